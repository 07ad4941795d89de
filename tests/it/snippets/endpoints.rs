//! Operations: functions, builders and operation constants.

use super::{Output, document, emitted, endpoints, generate};

#[test]
fn path_parameters_are_arguments() {
    insta::assert_snapshot!(endpoints("
        /pets/{id}/toys/{name}:
          get:
            operationId: showToy
            parameters:
              - {name: id, in: path, required: true, schema: {type: integer}}
              - {name: name, in: path, required: true, schema: {type: string}}
            responses: {'200': {description: Fine., content: {application/json: {schema: {type: string}}}}}
    "), @r#"
    #[inline]
    pub fn show_toy(id: i64, name: &str) -> Request<String> {
        Request::new(&SHOW_TOY).path("id", &id).path("name", &name)
    }

    static SHOW_TOY: Operation = Operation::get("showToy", "/pets/{id}/toys/{name}");
    "#);
}

#[test]
fn optional_parameters_make_a_builder() {
    insta::assert_snapshot!(endpoints("
        /pets:
          get:
            operationId: listPets
            parameters:
              - {name: since, in: query, required: true, schema: {type: integer, format: unix-time}}
              - {name: ids, in: query, schema: {type: array, items: {type: integer}}}
              - {name: kinds, in: query, explode: false, schema: {type: array, items: {type: string, enum: [cat, dog]}}}
              - {name: 'page[size]', in: query, schema: {type: integer, format: int32}}
              - {name: exact, in: query, deprecated: true, schema: {type: boolean}}
              - {name: X-Trace, in: header, schema: {type: string}}
              - {name: q, in: query, x-rust-name: search, schema: {type: string}}
            responses: {'204': {description: Done.}}
    "), @r#"
    #[inline]
    pub fn list_pets(since: impl Into<UnixSeconds>) -> ListPets {
        ListPets(Request::new(&LIST_PETS).query("since", &since.into()))
    }

    #[derive(Clone)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct ListPets(Request<()>);

    impl ListPets {
        #[inline]
        pub fn ids(self, ids: impl IntoIterator<Item = i64>) -> Self {
            Self(self.0.query("ids", &list::<i64>(ids)))
        }

        #[inline]
        pub fn kinds(
            self,
            kinds: impl IntoIterator<Item = impl Into<models::ListPetsKindsItem>>,
        ) -> Self {
            Self(self.0.query_joined("kinds", &list::<models::ListPetsKindsItem>(kinds)))
        }

        #[inline]
        pub fn page_size(self, page_size: i64) -> Self {
            Self(self.0.query("page[size]", &page_size))
        }

        #[deprecated]
        #[inline]
        pub fn exact(self, exact: bool) -> Self {
            Self(self.0.query("exact", &exact))
        }

        #[inline]
        pub fn x_trace(self, x_trace: &str) -> Self {
            Self(self.0.header("X-Trace", &x_trace))
        }

        #[inline]
        pub fn search(self, search: &str) -> Self {
            Self(self.0.query("q", &search))
        }
    }

    clientwright_runtime::request_builder!(ListPets -> ());

    static LIST_PETS: Operation =
        Operation::get("listPets", "/pets")
            .requires(&["since"]);
    "#);
}

#[test]
fn operation_parameters_override_those_of_the_path() {
    insta::assert_snapshot!(endpoints("
        /pets/{id}:
          parameters:
            - {name: id, in: path, required: true, schema: {type: string}}
            - {name: deep, in: query, schema: {type: boolean}}
          get:
            operationId: showPet
            parameters:
              - {name: id, in: path, required: true, schema: {type: integer}}
              - {name: deep, in: header, required: true, schema: {type: string}}
            responses: {'204': {description: Done.}}
    "), @r#"
    #[inline]
    pub fn show_pet(id: i64, deep2: &str) -> ShowPet {
        ShowPet(Request::new(&SHOW_PET).path("id", &id).header("deep", &deep2))
    }

    #[derive(Clone)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct ShowPet(Request<()>);

    impl ShowPet {
        #[inline]
        pub fn deep(self, deep: bool) -> Self {
            Self(self.0.query("deep", &deep))
        }
    }

    clientwright_runtime::request_builder!(ShowPet -> ());

    static SHOW_PET: Operation =
        Operation::get("showPet", "/pets/{id}")
            .requires(&["deep"]);
    "#);
}

#[test]
fn references_are_followed() {
    let paths = "
        /pets/{id}:
          put:
            operationId: putPet
            parameters: [{$ref: '#/components/parameters/Id'}, {$ref: '#/components/parameters/Kind'}]
            requestBody: {$ref: '#/components/requestBodies/Again'}
            responses: {'200': {$ref: '#/components/responses/Fine'}}
    ";
    let components = "
        parameters:
          Id: {name: id, in: path, required: true, schema: {type: integer}}
          Kind: {name: kind, in: query, required: true, schema: {type: string, enum: [cat]}}
        requestBodies:
          Again: {$ref: '#/components/requestBodies/Pet'}
          Pet: {content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}
        responses:
          Fine: {description: Fine., content: {application/json: {schema: {type: array, items: {type: string}}}}}
    ";
    let description = document("3.1.0", paths, "{}") + &super::indented(components, 2);
    insta::assert_snapshot!(emitted("endpoints/", &generate(&description), false), @r#"
    #[inline]
    pub fn put_pet(
        id: i64,
        kind: impl Into<models::KindKind>,
        body: Option<&models::PutPetBody>,
    ) -> Request<Vec<String>> {
        Request::new(&PUT_PET)
            .path("id", &id)
            .query("kind", &kind.into())
            .json(optional(body))
    }

    static PUT_PET: Operation =
        Operation::put("putPet", "/pets/{id}")
            .requires(&["kind"]);
    "#);
}

#[test]
fn inline_body_and_response_schemas_become_models() {
    let output = operation("
        operationId: createPet
        requestBody: {required: true, content: {application/json: {schema: {type: object, required: [name], properties: {name: {type: string}}}}}}
        responses: {'201': {description: Made., content: {application/json: {schema: {type: object, properties: {id: {type: integer}}}}}}}
    ");
    insta::assert_snapshot!(emitted("", &output, false), @r#"
    #[inline]
    pub fn create_pet(body: &models::CreatePetBody) -> Request<models::CreatePetResponse> {
        Request::new(&CREATE_PET).json(body)
    }

    static CREATE_PET: Operation = Operation::post("createPet", "/pets");

    #[derive(Clone)]
    pub struct CreatePetBody {
        pub name: String,
    }

    clientwright_runtime::model! {
        CreatePetBody: closed default,
        0 "name" => name: REQUIRED,
    }

    impl CreatePetBody {
        #[must_use]
        #[inline]
        pub fn new(name: impl Into<String>) -> Self {
            Self { name: name.into() }
        }
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct CreatePetResponse {
        pub id: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        CreatePetResponse: open default,
        0 "id" => id,
    }
    "#);
}

#[test]
fn different_success_responses_become_an_enum_by_status_code() {
    let output = operation("
        operationId: run
        responses:
          '202': {description: Later., content: {application/json: {schema: {type: string}}}}
          '200': {description: Now., content: {application/json: {schema: {type: integer}}}}
          '404': {description: Gone., content: {application/json: {schema: {type: object, properties: {error: {type: string}}}}}}
          default: {description: Else., content: {application/problem+json: {schema: {type: object, properties: {title: {type: string}}}}}}
    ");
    let skipped: Vec<_> =
        output.api.skipped.iter().map(|skipped| format!("{}: {}", skipped.pointer, skipped.reason)).collect();
    insta::assert_snapshot!(format!("{}\n{}", emitted("", &output, false), skipped.join("\n")), @r#"
    #[inline]
    pub fn run() -> Request<models::RunSuccess> {
        Request::by_status(&RUN)
    }

    static RUN: Operation = Operation::post("run", "/pets");

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum RunFailure {
        Status404(RunError),
        Default(RunError2),
        Unknown(Value),
    }

    clientwright_runtime::response_union! {
        json RunFailure {
            Status404(RunError): json "404";
            Default(RunError2): json "default";
        }
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum RunSuccess {
        String(String),
        Integer(i64),
        Unknown(Value),
    }

    clientwright_runtime::response_union! {
        json RunSuccess {
            String(String): json "202";
            Integer(i64): json "200";
        }
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct RunError {
        pub error: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        RunError: open default,
        0 "error" => error,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct RunError2 {
        pub title: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        RunError2: open default,
        0 "title" => title,
    }
    "#);
}

#[test]
#[allow(clippy::too_many_lines, reason = "most of it is the expected output")]
fn pagination_rate_limits_and_parameter_rules_are_emitted() {
    let paths = "
        /pets:
          get:
            operationId: exportPets
            x-pagination:
              - {style: cursor, items: pets, max-page-size: 1000, size: limit, identity: [id, version], position: version, late: 90}
              - {style: next-page, items: pets, max-page-size: 0}
            x-rate-limit: {bucket: exports, requests: 10, seconds: 60, header: x-exports}
            x-parameter-rules: {exactly-one-of: [[start, cursor]], at-most-one-of: [[before, after]]}
            parameters:
              - {name: start, in: query, schema: {type: integer}}
              - {name: cursor, in: query, schema: {type: string}}
              - {name: before, in: query, schema: {type: string}}
              - {name: after, in: query, schema: {type: string}}
              - {name: limit, in: query, schema: {type: integer}}
            responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/PetPage'}}}}}
        /pets/all:
          get:
            operationId: listPets
            x-pagination: {style: page-cursor, items: pets, max-page-size: 100}
            x-rate-limit: {bucket: lists, requests: 5, seconds: 1}
            responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/PetPage'}}}}}
    ";
    let schemas = "
        PetPage: {type: object, required: [pets], properties: {pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
        Pet: {type: object, required: [id], properties: {id: {type: integer}, version: {type: integer}}}
    ";
    insta::assert_snapshot!(emitted("", &generate(&document("3.1.0", paths, schemas)), false), @r#"
    #[inline]
    pub fn export_pets() -> ExportPets {
        ExportPets(Request::new(&EXPORT_PETS))
    }

    #[derive(Clone)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct ExportPets(Request<models::PetPage>);

    impl ExportPets {
        #[inline]
        pub fn start(self, start: i64) -> Self {
            Self(self.0.query("start", &start))
        }

        #[inline]
        pub fn cursor(self, cursor: &str) -> Self {
            Self(self.0.query("cursor", &cursor))
        }

        #[inline]
        pub fn before(self, before: &str) -> Self {
            Self(self.0.query("before", &before))
        }

        #[inline]
        pub fn after(self, after: &str) -> Self {
            Self(self.0.query("after", &after))
        }

        #[inline]
        pub fn limit(self, limit: i64) -> Self {
            Self(self.0.query("limit", &limit))
        }
    }

    clientwright_runtime::request_builder!(ExportPets -> models::PetPage);

    static EXPORT_PETS: Operation =
        Operation::get("exportPets", "/pets")
            .exactly_one_of(&[&["start", "cursor"]])
            .at_most_one_of(&[&["before", "after"]])
            .paged(&[
                Pagination::cursor("pets", 1000)
                    .sized_by("limit")
                    .identified_by(&["id", "version"])
                    .ordered_by("version")
                    .late_by(90),
                Pagination::next_page("pets", 0),
            ])
            .limited(
                RateLimit::new("exports", 10, 60)
                    .state_header("x-exports"),
            );

    #[inline]
    pub fn list_pets() -> Request<models::PetPage> {
        Request::new(&LIST_PETS)
    }

    static LIST_PETS: Operation =
        Operation::get("listPets", "/pets/all")
            .paged(&[Pagination::page_cursor("pets", 100)])
            .limited(RateLimit::new("lists", 5, 1));

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: i64,
        pub version: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "id" => id: REQUIRED,
        1 "version" => version,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct PetPage {
        pub pets: Vec<Pet>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        PetPage: open default,
        0 "pets" => pets: REQUIRED,
    }

    clientwright_runtime::paged!(PetPage -> Pet);
    "#);
}

#[test]
fn x_pending_is_emitted() {
    let output = operation("
        operationId: startWork
        x-pending: {pointer: /job/state, values: [queued, working]}
        responses: {'200': {description: '', content: {application/json: {schema: {type: object, properties: {job: {type: object, properties: {state: {type: string}}}}}}}}}
    ");
    insta::assert_snapshot!(emitted("endpoints/", &output, false), @r#"
    #[inline]
    pub fn start_work() -> Request<models::StartWorkResponse> {
        Request::new(&START_WORK)
    }

    static START_WORK: Operation =
        Operation::post("startWork", "/pets")
            .pending_while("/job/state", &["queued", "working"]);
    "#);
}

#[test]
fn an_operation_without_id_and_tag_gets_default_names() {
    let output = operation("responses: {'204': {description: Done.}}");
    insta::assert_snapshot!(format!("{}\n{}", codegen::surface(&output.api), emitted("endpoints/", &output, true)), @r#"
    POST /pets → pets::post_pets() -> ()

    /// Creates a request for the operation `post/pets`.
    ///
    /// `POST /pets`.
    ///
    /// # Responses
    ///
    /// - `204`: Done.
    ///
    /// Source: `#/paths/~1pets/post`
    #[inline]
    pub fn post_pets() -> Request<()> {
        Request::new(&POST_PETS)
    }

    static POST_PETS: Operation = Operation::post("post/pets", "/pets");
    "#);
}

/// The type is a union with an array of itself.
#[test]
fn a_parameter_may_have_a_recursive_type() {
    let paths = "/a: {get: {operationId: a, parameters: [{name: f, in: query, schema: {$ref: '#/components/schemas/F'}}], responses: {'204': {description: ''}}}}";
    let schemas = "F: {oneOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/F'}}]}";
    insta::assert_snapshot!(emitted("endpoints/", &generate(&document("3.1.0", paths, schemas)), false), @r#"
    #[inline]
    pub fn a() -> A {
        A(Request::new(&A2))
    }

    #[derive(Clone)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct A(Request<()>);

    impl A {
        #[inline]
        pub fn f(self, f: impl Into<models::F>) -> Self {
            Self(self.0.query("f", &f.into()))
        }
    }

    clientwright_runtime::request_builder!(A -> ());

    static A2: Operation = Operation::get("a", "/a");
    "#);
}

#[test]
fn skipped_nodes_are_listed_with_a_reason() {
    let paths = "
        /a:
          get:
            operationId: a
            parameters: [{name: Accept, in: header, schema: {type: string}}]
            responses: {'200': {description: '', content: {application/json: {}, application/xml: {schema: {type: string}}}}, '409': {description: '', content: {image/png: {}}}}
          post:
            operationId: b
            requestBody: {content: {application/json: {}, text/xml: {}, text/json: {}}}
            responses: {'204': {description: ''}}
    ";
    let output = generate(&document("3.1.0", paths, "{}"));
    let skipped: Vec<_> =
        output.api.skipped.iter().map(|skipped| format!("{}: {}", skipped.pointer, skipped.reason)).collect();
    insta::assert_snapshot!(skipped.join("\n"), @"
    #/paths/~1a/get/parameters/0: the client sets this header itself
    #/paths/~1a/get/responses/409: bytes of an error response are not available
    #/paths/~1a/post/requestBody/content/text~1json: the function sends the body in another media type
    #/paths/~1a/post/requestBody/content/text~1xml: the function sends the body in another media type
    ");
}

/// Generates code of one operation, `POST /pets`.
fn operation(operation: &str) -> Output {
    let paths = format!("/pets:\n  post:\n{}", super::indented(operation, 4));
    generate(&document("3.1.0", &paths, "{}"))
}
