//! Parameters: styles, names and path templates.

use super::endpoints;

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
