//! Keys, operations and parameters that lenient mode reads although they are invalid.

use codegen::{Mode, Options, Source};

use super::lenient::{described, read};

#[test]
fn the_last_duplicate_key_wins() {
    insta::assert_snapshot!(read(
        "
        Pet:
          type: object
          properties:
            id: {type: integer}
            id: {type: string}
    "
    ), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub id: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "id" => id,
    }

    warning: duplicate key "id"; the first one is at 10:9
      --> snippet.yaml:11:9 (#/components/schemas/Pet/properties/id)
      help: delete one of the two, or merge them
    "#);
}

#[test]
fn a_security_requirement_without_scopes_is_read_as_one() {
    insta::assert_snapshot!(described(
        &super::document("3.1.0", "{}", "{Pet: {type: string}}")
            .replace("paths:", "security: [oauth]\nx-pagination: {any: thing}\npaths:",)
    ), @r#"
    pub type Pet = String;

    warning: a Security Requirement Object must be an object, not a string
      --> snippet.yaml:3:12 (#/security/0)
      help: write it as an object
    "#);
}

#[test]
fn invalid_parameters_and_security_schemes_are_warnings() {
    let description = r"
        openapi: 3.0.3
        info: {title: Snippet, version: 1.0}
        paths:
          /a:
            get:
              parameters:
                - {name: a, in: formData, schema: {type: string}}
                - {in: query, schema: {type: string}}
                - {name: c, in: query, style: simple, schema: {type: string}}
                - {name: d, in: query}
              responses: {'204': {description: Done.}}
        components:
          securitySchemes:
            a: {type: basic}
            b: {type: apiKey, in: header}
            c: {type: oauth2, flows: {implicit: {scopes: []}}}
    ";
    insta::assert_snapshot!(described(description), @r#"

    warning: `version` must be a string, not 1.0
      --> snippet.yaml:3:32 (#/info/version)
      help: fix the value, for example with an overlay

    warning: invalid location "formData" of a parameter
      --> snippet.yaml:8:29 (#/paths/~1a/get/parameters/0/in)
      help: use one of path, query, header, cookie, querystring

    warning: a Parameter Object has no `name`
      --> snippet.yaml:9:19 (#/paths/~1a/get/parameters/1)
      help: add `name`

    warning: a parameter in "query" can't have the style "simple"
      --> snippet.yaml:10:40 (#/paths/~1a/get/parameters/2/style)
      help: use one of form, spaceDelimited, pipeDelimited, deepObject

    warning: the parameter has neither `schema` nor `content`
      --> snippet.yaml:11:19 (#/paths/~1a/get/parameters/3)
      help: add a `schema` for its value

    warning: unknown type "basic" of a security scheme
      --> snippet.yaml:15:17 (#/components/securitySchemes/a/type)
      help: use one of apiKey, http, oauth2, openIdConnect

    warning: a security scheme of the type "apiKey" has no `name`
      --> snippet.yaml:16:13 (#/components/securitySchemes/b)
      help: add `name`

    warning: an OAuth Flow Object has no `authorizationUrl`
      --> snippet.yaml:17:39 (#/components/securitySchemes/c/flows/implicit)
      help: add `authorizationUrl`

    warning: the scopes of an OAuth Flow Object must be an object, not an array
      --> snippet.yaml:17:50 (#/components/securitySchemes/c/flows/implicit/scopes)
      help: write it as an object
    "#);
}

#[test]
fn a_path_without_a_leading_slash_gets_one() {
    let description = "openapi: 3.1.0\ninfo: {title: Snippet, version: '1'}\npaths:\n  a/{id}: {get: {responses: {}}}\n  b: {get: {operationId: lost, responses: {}}}\n  /b: {get: {operationId: kept, responses: {}}}\n";
    let source = Source::new("snippet.yaml", description);
    let output = codegen::generate_with(&source, &[], &Options::new(Mode::Lenient)).unwrap();
    assert_eq!(codegen::unaccounted(&output), []);
    let paths: Vec<_> = output.api.operations().map(|(_, operation)| operation.path.clone()).collect();
    let warnings: Vec<_> = output.warnings.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(format!("{paths:?}\n\n{}", warnings.join("\n\n")), @r#"
    ["/a/{id}", "/b"]

    warning: the path "a/{id}" doesn't begin with a slash
      --> snippet.yaml:4:3 (#/paths/a~1{id})
      help: add a leading `/`

    warning: the path names `{id}`, but no path parameter declares it
      --> snippet.yaml:4:12 (#/paths/a~1{id}/get)
      help: add a parameter `id` with `in: path`

    warning: the path "b" is ignored: it has the meaning of "/b", which exists
      --> snippet.yaml:5:3 (#/paths/b)
      help: merge the two paths
    "#);
}
