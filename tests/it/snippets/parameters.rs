//! Parameters: styles, names and path templates.

use codegen::{Mode, Options};

use super::naming::with;
use super::{assert_has, document, emitted, endpoints, generate};

/// The parts of these query parameters that are skipped, from the index of the parameter.
fn skipped(parameters: &str) -> Vec<String> {
    let paths =
        format!("/a: {{get: {{parameters: [{parameters}], responses: {{'204': {{description: ''}}}}}}}}");
    let output = generate(&document("3.1.0", &paths, "{}"));
    let at = output.api.skipped.iter().map(|part| part.pointer.to_string());
    at.filter_map(|at| Some(at.split_once("/parameters/")?.1.to_owned())).collect()
}

#[test]
fn every_parameter_style_is_emitted() {
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
fn parameter_names_that_differ_in_punctuation_get_distinct_setters() {
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
fn an_unusual_path_template_is_kept() {
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
fn a_parameter_may_have_the_name_of_a_helper() {
    let emitted = super::endpoints(
        "/a: {get: {operationId: getA, parameters: [{name: list, in: query, schema: {type: array, items: {type: string}}}], responses: {'204': {description: Done.}}}}",
    );
    assert!(
        emitted.contains("pub fn list(self, list: impl IntoIterator<Item = impl Into<String>>)"),
        "{emitted}"
    );
    assert!(emitted.contains(r#"self.0.query("list", &list_::<String>(list))"#), "{emitted}");
}

/// OpenAPI 3.2.0, "Path Item Object": its parameters apply to all of its operations, also to `additionalOperations`.
#[test]
fn operations_share_the_types_of_the_parameters_of_their_path_item() {
    let paths = "
        /a:
          parameters: [{name: sort, in: query, schema: {type: string, enum: [up, down]}}]
          get: {operationId: find, responses: {'204': {description: Done.}}}
          additionalOperations: {LINK: {operationId: join, responses: {'204': {description: Done.}}}}
    ";
    let output = super::generate(&super::document("3.2.0", paths, "{}"));
    let types: Vec<_> =
        output.api.types.iter().map(|def| (def.name.to_string(), def.pointer.to_string())).collect();
    assert_eq!(types, [("FindSort".to_owned(), "#/paths/~1a/parameters/0/schema".to_owned())]);
}

#[test]
fn an_empty_value_can_only_be_sent_for_a_string() {
    let parameter = |name: &str, ty: &str| {
        format!("{{name: {name}, in: query, allowEmptyValue: true, schema: {{type: {ty}}}}}")
    };
    let parameters = [parameter("text", "string"), parameter("number", "integer")].join(", ");
    assert_eq!(skipped(&parameters), ["1/allowEmptyValue"]);
}

/// OpenAPI 3.1.1, 4.8.12.4: `content` of a parameter. Callers write media types other than JSON as text.
#[test]
fn the_schema_of_text_in_a_parameter_is_skipped_unless_it_is_a_string() {
    let parameter =
        |name: &str, media: &str| format!("{{name: {name}, in: query, content: {{text/csv: {media}}}}}");
    let parameters = [
        parameter("text", "{schema: {type: string}}"),
        parameter("number", "{schema: {type: integer}}"),
        parameter("none", "{}"),
        parameter("any", "{schema: {description: Any.}}"),
    ];
    assert_eq!(skipped(&parameters.join(", ")), ["1/content/text~1csv/schema"]);
}

/// OpenAPI 3.2.0, Parameter Object: the name and the location identify a parameter.
#[test]
fn the_entire_query_and_a_query_parameter_may_have_the_same_name() {
    let whole = "{name: q, in: querystring, content: {text/plain: {schema: {type: string}}}}";
    let paths = format!(
        "/a: {{parameters: [{whole}], get: {{operationId: a, parameters: [{{name: q, in: query, schema: {{type: integer}}}}], responses: {{'204': {{description: ''}}}}}}}}"
    );
    let output = with(&document("3.2.0", &paths, "{}"), &Options::new(Mode::Lenient));
    let code = emitted("endpoints/", &output, false);
    assert_has(&code, &["pub fn q(self, q: &str)", "pub fn q2(self, q2: i64)"]);
}

/// RFC 3986, 2.1: a URL has no other characters than ASCII. Names in braces are replaced.
#[test]
fn a_path_is_percent_encoded_except_in_braces() {
    let code = endpoints(
        "/köln/{größe}/ä b: {get: {operationId: a, parameters: [{name: größe, in: path, required: true, schema: {type: string}}], responses: {'204': {description: ''}}}}",
    );
    assert_has(&code, &[r#"Operation::get("a", "/k%C3%B6ln/{größe}/%C3%A4%20b")"#]);
}
