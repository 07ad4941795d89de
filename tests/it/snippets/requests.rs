//! How requests are written and answers are read: styles of parameters, kinds of bodies, kinds of answers.

use super::{document, emitted, endpoints, generate};

#[test]
fn styles_of_parameters() {
    insta::assert_snapshot!(endpoints("
        /a/{plain}/{label}/{matrix}/{object}:
          get:
            operationId: find
            parameters:
              - {name: plain, in: path, required: true, explode: true, schema: {type: array, items: {type: string}}}
              - {name: label, in: path, required: true, style: label, schema: {type: integer}}
              - {name: matrix, in: path, required: true, style: matrix, explode: true, schema: {type: array, items: {type: integer}}}
              - {name: object, in: path, required: true, explode: true, schema: {type: object, additionalProperties: {type: integer}}}
              - {name: spaces, in: query, style: spaceDelimited, explode: false, schema: {type: array, items: {type: string}}}
              - {name: pipes, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}
              - {name: filter, in: query, style: deepObject, explode: true, schema: {type: object, properties: {size: {type: integer}}}}
              - {name: pair, in: query, schema: {type: object}}
              - {name: callback, in: query, allowReserved: true, schema: {type: string}}
              - {name: where, in: query, content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}
              - {name: X-Ids, in: header, schema: {type: array, items: {type: integer}}}
              - {name: X-Pair, in: header, explode: true, schema: {type: object}}
              - {name: session, in: cookie, required: true, schema: {type: string}}
              - {name: flags, in: cookie, explode: false, schema: {type: array, items: {type: string}}}
              - {name: any, in: query, schema: {}}
            responses: {'204': {description: Done.}}
    "), @r#"
    #[inline]
    pub fn find(
        plain: impl IntoIterator<Item = impl Into<String>>,
        label: i64,
        matrix: impl IntoIterator<Item = i64>,
        object: BTreeMap<String, i64>,
        session: &str,
    ) -> Find {
        Find(
            Request::new(&FIND)
                .path("plain", &list::<String>(plain))
                .path_as("label", &label, Style::LABEL)
                .path_as("matrix", &list::<i64>(matrix), Style::MATRIX.exploded())
                .path_as("object", &object, Style::SIMPLE.exploded())
                .cookie("session", &session),
        )
    }

    #[derive(Clone)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct Find(Request<()>);

    impl Find {
        #[inline]
        pub fn spaces(self, spaces: impl IntoIterator<Item = impl Into<String>>) -> Self {
            Self(self.0.query_as("spaces", &list::<String>(spaces), Style::SPACE_DELIMITED))
        }

        #[inline]
        pub fn pipes(self, pipes: impl IntoIterator<Item = impl Into<String>>) -> Self {
            Self(self.0.query_as("pipes", &list::<String>(pipes), Style::PIPE_DELIMITED))
        }

        #[inline]
        pub fn filter(self, filter: impl Into<models::FindFilter>) -> Self {
            Self(self.0.query_as("filter", &filter.into(), Style::DEEP_OBJECT))
        }

        #[inline]
        pub fn pair(self, pair: Map<String, Value>) -> Self {
            Self(self.0.query("pair", &pair))
        }

        #[inline]
        pub fn callback(self, callback: &str) -> Self {
            Self(self.0.query_as("callback", &callback, Style::FORM.exploded().reserved()))
        }

        #[inline]
        pub fn r#where(self, r#where: impl Into<models::FindWhere>) -> Self {
            Self(self.0.query_as("where", &r#where.into(), Style::JSON))
        }

        #[inline]
        pub fn x_ids(self, x_ids: impl IntoIterator<Item = i64>) -> Self {
            Self(self.0.header("X-Ids", &list::<i64>(x_ids)))
        }

        #[inline]
        pub fn x_pair(self, x_pair: Map<String, Value>) -> Self {
            Self(self.0.header_as("X-Pair", &x_pair, Style::SIMPLE.exploded()))
        }

        #[inline]
        pub fn flags(self, flags: impl IntoIterator<Item = impl Into<String>>) -> Self {
            Self(self.0.cookie_as("flags", &list::<String>(flags), Style::FORM))
        }

        #[inline]
        pub fn any(self, any: impl Into<Value>) -> Self {
            Self(self.0.query("any", &any.into()))
        }
    }

    clientwright_runtime::request_builder!(Find -> ());

    static FIND: Operation =
        Operation::get("find", "/a/{plain}/{label}/{matrix}/{object}")
            .requires(&["session"]);
    "#);
}

#[test]
fn names_that_differ_in_signs_only() {
    insta::assert_snapshot!(endpoints("
        /a:
          get:
            operationId: find
            parameters:
              - {name: role, in: query, schema: {type: string}}
              - {name: 'role[]', in: query, schema: {type: array, items: {type: string}}}
              - {name: 'filter[a][b]', in: query, schema: {type: string, default: none}}
              - {name: q, in: query, required: true, allowEmptyValue: true, schema: {type: string}}
            responses: {'204': {description: Done.}}
    "), @r#"
    #[inline]
    pub fn find(q: &str) -> Find {
        Find(Request::new(&FIND).query("q", &q))
    }

    #[derive(Clone)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct Find(Request<()>);

    impl Find {
        #[inline]
        pub fn role(self, role: &str) -> Self {
            Self(self.0.query("role", &role))
        }

        #[inline]
        pub fn role2(self, role2: impl IntoIterator<Item = impl Into<String>>) -> Self {
            Self(self.0.query("role[]", &list::<String>(role2)))
        }

        #[inline]
        pub fn filter_a_b(self, filter_a_b: &str) -> Self {
            Self(self.0.query("filter[a][b]", &filter_a_b))
        }
    }

    clientwright_runtime::request_builder!(Find -> ());

    static FIND: Operation = Operation::get("find", "/a");
    "#);
}

#[test]
fn paths_that_are_no_plain_templates() {
    insta::assert_snapshot!(endpoints("
        /a b/{id}:run?kind=full#second:
          post:
            operationId: run
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            responses: {'204': {description: Done.}}
    "), @r#"
    #[inline]
    pub fn run(id: &str) -> Request<()> {
        Request::new(&RUN).path("id", &id)
    }

    static RUN: Operation = Operation::post("run", "/a%20b/{id}:run?kind=full#second");
    "#);
}

#[test]
fn each_kind_of_body_is_a_function() {
    let paths = "
        /pets:
          post:
            operationId: addPet
            requestBody:
              required: true
              content:
                multipart/form-data:
                  schema: {$ref: '#/components/schemas/Upload'}
                  encoding: {photo: {contentType: image/png}, meta: {contentType: application/vnd.meta+json}}
                application/x-www-form-urlencoded:
                  schema: {$ref: '#/components/schemas/Pet'}
                  encoding: {tags: {style: form, explode: false}, nicknames: {style: form}, meta: {style: deepObject, explode: true}}
                application/json: {schema: {$ref: '#/components/schemas/Pet'}}
                text/json: {schema: {$ref: '#/components/schemas/Pet'}}
                application/merge-patch+json: {schema: {$ref: '#/components/schemas/Pet'}}
                application/xml: {schema: {$ref: '#/components/schemas/Pet'}}
                application/octet-stream: {}
            responses: {'204': {description: Done.}}
    ";
    let schemas = "
        Pet: {type: object, properties: {name: {type: string}, tags: {type: array, items: {type: string}}, meta: {type: object}}}
        Upload:
          type: object
          required: [photo, name]
          properties:
            photo: {type: string, format: binary}
            more: {type: array, items: {type: string, format: binary}}
            name: {type: string}
            tags: {type: array, items: {type: string}}
            meta: {type: object, properties: {a: {type: integer}}}
    ";
    insta::assert_snapshot!(emitted("endpoints/", &generate(&document("3.0.3", paths, schemas)), false), @r#"
    #[inline]
    pub fn add_pet(body: &models::Pet) -> Request<()> {
        Request::new(&ADD_PET).json(body)
    }

    static ADD_PET: Operation = Operation::post("addPet", "/pets");

    #[inline]
    pub fn add_pet_merge_patch_json(body: &models::Pet) -> Request<()> {
        Request::new(&ADD_PET_MERGE_PATCH_JSON)
            .json(body)
            .content_type("application/merge-patch+json")
    }

    static ADD_PET_MERGE_PATCH_JSON: Operation = Operation::post("addPet", "/pets");

    #[inline]
    pub fn add_pet_form(body: &models::Pet) -> Request<()> {
        Request::new(&ADD_PET_FORM)
            .form_as(
                body,
                &[
                    ("tags", Style::FORM),
                    ("nicknames", Style::FORM.exploded()),
                    ("meta", Style::DEEP_OBJECT),
                ],
            )
    }

    static ADD_PET_FORM: Operation = Operation::post("addPet", "/pets");

    #[inline]
    pub fn add_pet_multipart(photo: impl Into<Part>, name: &str) -> AddPetMultipart {
        AddPetMultipart(
            Request::new(&ADD_PET_MULTIPART)
                .multipart()
                .files("photo", &[photo.into()], Some("image/png"))
                .part("name", &name),
        )
    }

    #[derive(Clone)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct AddPetMultipart(Request<()>);

    impl AddPetMultipart {
        #[inline]
        pub fn more(self, more: impl IntoIterator<Item = impl Into<Part>>) -> Self {
            Self(self.0.files("more", &list::<Part>(more), None))
        }

        #[inline]
        pub fn tags(self, tags: impl IntoIterator<Item = impl Into<String>>) -> Self {
            Self(self.0.part("tags", &list::<String>(tags)))
        }

        #[inline]
        pub fn meta(self, meta: impl Into<models::UploadMeta>) -> Self {
            Self(self.0.part_as("meta", &meta.into(), "application/vnd.meta+json"))
        }
    }

    clientwright_runtime::request_builder!(AddPetMultipart -> ());

    static ADD_PET_MULTIPART: Operation = Operation::post("addPet", "/pets");

    #[inline]
    pub fn add_pet_bytes(body: impl Into<Vec<u8>>) -> Request<()> {
        Request::new(&ADD_PET_BYTES).raw(body, "application/octet-stream")
    }

    static ADD_PET_BYTES: Operation = Operation::post("addPet", "/pets");
    "#);
}

#[test]
fn bodies_of_bytes_and_text() {
    insta::assert_snapshot!(endpoints("
        /a:
          put: {operationId: text, requestBody: {required: true, content: {text/csv: {}}}, responses: {'204': {description: ''}}}
          post: {operationId: image, requestBody: {content: {image/*: {schema: {type: string, format: binary}}}}, responses: {'204': {description: ''}}}
          patch: {operationId: one, requestBody: {content: {application/pdf: {}}}, responses: {'204': {description: ''}}}
          delete: {operationId: any, requestBody: {content: {application/json: {schema: {type: array, items: {type: string}}}}}, responses: {'204': {description: ''}}}
        /b:
          put: {operationId: parts, requestBody: {required: true, content: {multipart/mixed: {}}}, responses: {'204': {description: ''}}}
          post: {operationId: json, requestBody: {required: true, content: {application/*: {schema: {type: string}}}}, responses: {'204': {description: ''}}}
    "), @r#"
    #[inline]
    pub fn text(body: impl Into<Vec<u8>>) -> Request<()> {
        Request::new(&TEXT).raw(body, "text/csv")
    }

    static TEXT: Operation = Operation::put("text", "/a");

    #[inline]
    pub fn image(body: impl Into<Vec<u8>>, content_type: &str) -> Request<()> {
        Request::new(&IMAGE).raw(body, content_type.to_owned())
    }

    static IMAGE: Operation = Operation::post("image", "/a");

    #[inline]
    pub fn one(body: impl Into<Vec<u8>>) -> Request<()> {
        Request::new(&ONE).raw(body, "application/pdf")
    }

    static ONE: Operation = Operation::patch("one", "/a");

    #[inline]
    pub fn any(body: Option<&[String]>) -> Request<()> {
        Request::new(&ANY).json(optional(body.as_ref()))
    }

    static ANY: Operation = Operation::delete("any", "/a");

    #[inline]
    pub fn parts(body: impl Into<Vec<u8>>, content_type: &str) -> Request<()> {
        Request::new(&PARTS).raw(body, content_type.to_owned())
    }

    static PARTS: Operation = Operation::put("parts", "/b");

    #[inline]
    pub fn json(body: &str) -> Request<()> {
        Request::new(&JSON).json(&body)
    }

    static JSON: Operation = Operation::post("json", "/b");
    "#);
}

#[test]
fn kinds_of_answers() {
    insta::assert_snapshot!(endpoints("
        /a:
          get: {operationId: csv, responses: {'200': {description: '', content: {text/csv: {}}}}}
          put: {operationId: image, responses: {'200': {description: '', content: {image/png: {}, image/webp: {}}}}}
          post: {operationId: maybe, responses: {'200': {description: '', content: {application/json: {schema: {type: string}}}}, '204': {description: ''}}}
          patch: {operationId: vendor, responses: {2XX: {description: '', content: {application/vnd.pets+json: {schema: {type: string}}}}}}
          delete: {operationId: fallback, responses: {default: {description: '', content: {'*/*': {schema: {type: object}}}}}}
          head: {operationId: look, responses: {'200': {description: '', content: {application/json: {schema: {type: string}}}}}}
          options: {operationId: ask, responses: {'200': {description: '', content: {application/json: {schema: {type: string, format: binary}}}}}}
          trace: {operationId: echo, responses: {'200': {description: '', content: {'*/*': {schema: {type: string}}}}}}
    "), @r#"
    #[inline]
    pub fn csv() -> Request<String> {
        Request::text(&CSV)
    }

    static CSV: Operation =
        Operation::get("csv", "/a")
            .accepts("text/csv, */*;q=0.1");

    #[inline]
    pub fn image() -> Request<Vec<u8>> {
        Request::bytes(&IMAGE)
    }

    static IMAGE: Operation =
        Operation::put("image", "/a")
            .accepts("image/png, image/webp, */*;q=0.1");

    #[inline]
    pub fn maybe() -> Request<Option<String>> {
        Request::or_empty(&MAYBE)
    }

    static MAYBE: Operation = Operation::post("maybe", "/a");

    #[inline]
    pub fn vendor() -> Request<String> {
        Request::new(&VENDOR)
    }

    static VENDOR: Operation =
        Operation::patch("vendor", "/a")
            .accepts("application/vnd.pets+json, */*;q=0.1");

    #[inline]
    pub fn fallback() -> Request<Map<String, Value>> {
        Request::new(&FALLBACK)
    }

    static FALLBACK: Operation = Operation::delete("fallback", "/a");

    #[inline]
    pub fn look() -> Request<()> {
        Request::new(&LOOK)
    }

    static LOOK: Operation = Operation::head("look", "/a");

    #[inline]
    pub fn ask() -> Request<Vec<u8>> {
        Request::bytes(&ASK)
    }

    static ASK: Operation =
        Operation::options("ask", "/a")
            .accepts("application/json, */*;q=0.1");

    #[inline]
    pub fn echo() -> Request<String> {
        Request::text(&ECHO)
    }

    static ECHO: Operation =
        Operation::trace("echo", "/a")
            .accepts("*/*");
    "#);
}

#[test]
fn docs_of_answers() {
    let paths = "
        /a:
          get:
            operationId: a
            responses:
              '200': {description: '', headers: {X-Left: {description: Requests left., schema: {type: integer}}, X-Id: {schema: {type: string}}}, content: {application/json: {schema: {type: string}}}}
              '202': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}}
              '404': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}}
              '5XX': {description: '', content: {text/plain: {}}}
              default: {description: '', content: {application/problem+json: {schema: {$ref: '#/components/schemas/Problem'}}}}
    ";
    let schemas = "
        Job: {type: object, properties: {id: {type: string}}}
        Problem: {type: object, properties: {title: {type: string}}}
    ";
    insta::assert_snapshot!(emitted("endpoints/", &generate(&document("3.1.0", paths, schemas)), true), @r#"
    /// The operation `a`.
    ///
    /// `GET /a`.
    ///
    /// The answer holds `String` (200) or `models::Job` (202), by its status.
    ///
    /// A refusal holds `models::Problem` (404, default), see `ApiError::decode`.
    ///
    /// # Headers of the answer
    ///
    /// - `X-Left`: Requests left.
    /// - `X-Id`
    ///
    /// Source: `#/paths/~1a/get`
    #[inline]
    pub fn a() -> Request<models::AAnswer> {
        Request::new(&A)
    }

    static A: Operation = Operation::get("a", "/a");
    "#);
}

#[test]
fn names_that_become_the_same() {
    let paths = "
        /a: {get: {operationId: get-pet, responses: {'204': {description: ''}}}}
        /b: {get: {operationId: getPet, responses: {'204': {description: ''}}}}
        /c/{id}: {get: {parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {'204': {description: ''}}}}
        /c/by/id: {get: {responses: {'204': {description: ''}}}}
    ";
    let output = generate(&document("3.1.0", paths, "{}"));
    let warnings: Vec<_> = output.warnings.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(format!("{}\n{}", codegen::surface(&output.api), warnings.join("\n\n")), @"
    GET /a → operations::get_pet() -> ()
    GET /b → operations::get_pet2() -> ()
    GET /c/{id} → operations::get_c_by_id(id: String) -> ()
    GET /c/by/id → operations::get_c_by_id2() -> ()

    warning: the function name `get_pet` is taken; this operation gets a number behind it
      --> snippet.yaml:5:8 (#/paths/~1b/get)
      help: give one of the two an `x-rust-name` by an overlay

    warning: the function name `get_c_by_id` is taken; this operation gets a number behind it
      --> snippet.yaml:7:14 (#/paths/~1c~1by~1id/get)
      help: give one of the two an `x-rust-name` by an overlay
    ");
}

#[test]
fn what_the_server_sends_of_its_own_accord() {
    let description = "openapi: 3.1.0\ninfo: {title: Snippet, version: '1'}\npaths:\n  /a:\n    post:\n      operationId: subscribe\n      callbacks: {done: {'{$request.body#/url}': {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {ok: {type: boolean}}}}}}, responses: {}}}}}\n      responses: {'204': {description: ''}}\nwebhooks:\n  newPet: {post: {requestBody: {content: {application/json: {schema: {type: object, required: [id], properties: {id: {type: integer}}}}}}, responses: {}}}\n";
    let output = generate(description);
    let skipped: Vec<_> =
        output.api.skipped.iter().map(|skipped| format!("{}: {}", skipped.pointer, skipped.reason)).collect();
    insta::assert_snapshot!(format!("{}\n{}", emitted("", &output, false), skipped.join("\n")), @r#"
    #[inline]
    pub fn subscribe() -> Request<()> {
        Request::new(&SUBSCRIBE)
    }

    static SUBSCRIBE: Operation = Operation::post("subscribe", "/a");

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct NewPetBody {
        pub id: i64,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        NewPetBody: open,
        0 "id" => id: REQUIRED,
    }

    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct SubscribeDoneBody {
        pub ok: Option<bool>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        SubscribeDoneBody: open,
        0 "ok" => ok,
    }

    #/paths/~1a/post/callbacks: a client doesn't receive callbacks; what they send can be decoded
    #/webhooks/newPet: a client doesn't receive webhooks; what they send can be decoded
    "#);
}

#[test]
fn the_method_query() {
    insta::assert_snapshot!(endpoints("
        /pets:
          query:
            operationId: searchPets
            requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}
            responses: {'200': {description: '', content: {application/json: {schema: {type: array, items: {type: string}}}}}}
    "), @r#"
    #[inline]
    pub fn search_pets(body: &models::SearchPetsBody) -> Request<Vec<String>> {
        Request::new(&SEARCH_PETS).json(body)
    }

    static SEARCH_PETS: Operation = Operation::query("searchPets", "/pets");
    "#);
}
