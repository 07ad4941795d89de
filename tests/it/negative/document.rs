//! Documents that break the rules of OpenAPI.

use super::{overlaid, report, rest};

#[test]
fn an_unsupported_version_is_rejected() {
    insta::assert_snapshot!(report("swagger: '1.2'\ninfo: {title: Old, version: '1'}\n"), @r#"
    error: Swagger version "1.2" is not supported
      --> api.yaml:1:1 (#/swagger)
      help: Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 are supported; convert older documents first
    "#);
    insta::assert_snapshot!(report("openapi: 4.0.0\ninfo: {title: New, version: '1'}\n"), @r#"
    error: OpenAPI version "4.0.0" is not supported
      --> api.yaml:1:1 (#/openapi)
      help: Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 are supported; convert older documents first
    "#);
    insta::assert_snapshot!(report("openapi: 3.1\ninfo: {title: Number, version: '1'}\n"), @"
    error: the version must be a string, not a number
      --> api.yaml:1:1 (#/openapi)
      help: put it in quotes: `openapi: '3.1.0'`
    ");
    insta::assert_snapshot!(report("openapi: true\ninfo: {title: Flag, version: '1'}\n"), @"
    error: the version must be a string, not a boolean
      --> api.yaml:1:1 (#/openapi)
      help: put it in quotes: `openapi: '3.1.0'`
    ");
    insta::assert_snapshot!(report("info: {title: None, version: '1'}\n"), @"
    error: this is not an OpenAPI document: the key `openapi` is missing
      --> api.yaml:1:1
      help: begin it with `openapi: 3.1.0`
    ");
}

#[test]
fn an_unknown_key_is_a_warning() {
    insta::assert_snapshot!(rest("
        paths:
          /pets:
            get:
              operationID: pets
              respones: {}
              x-mine: {}
              responses: {'204': {description: Done.}}
        component: {}
        entirely-different: {}
    "), @"
    generated

    warning: unknown key `operationID` in an Operation Object; it is ignored
      --> api.yaml:6:7 (#/paths/~1pets/get/operationID)
      help: did you mean `operationId`? Extensions begin with `x-`

    warning: unknown key `respones` in an Operation Object; it is ignored
      --> api.yaml:7:7 (#/paths/~1pets/get/respones)
      help: did you mean `responses`? Extensions begin with `x-`

    warning: unknown key `component` in the OpenAPI Object; it is ignored
      --> api.yaml:10:1 (#/component)
      help: did you mean `components`? Extensions begin with `x-`

    warning: unknown key `entirely-different` in the OpenAPI Object; it is ignored
      --> api.yaml:11:1 (#/entirely-different)
      help: delete it, or prefix it with `x-` if it is an extension
    ");
}

#[test]
fn a_value_of_the_wrong_type_is_an_error() {
    insta::assert_snapshot!(rest("
        paths:
          /pets:
            get:
              operationId: 7
              tags: pets
              deprecated: 'yes'
              parameters: {name: id}
              x-allowed-for: admins
              x-rust-name: [pets]
              responses: [200]
        components:
          schemas:
            Pet: {type: object, properties: [name], required: name}
    "), @"
    error: `operationId` must be a string, not 7
      --> api.yaml:6:7 (#/paths/~1pets/get/operationId)
      help: fix the value, for example with an overlay

    error: `tags` must be an array of strings, not a string
      --> api.yaml:7:7 (#/paths/~1pets/get/tags)
      help: fix the value, for example with an overlay

    error: `deprecated` must be a boolean, not a string
      --> api.yaml:8:7 (#/paths/~1pets/get/deprecated)
      help: fix the value, for example with an overlay

    error: `parameters` must be an array, not an object
      --> api.yaml:9:7 (#/paths/~1pets/get/parameters)
      help: fix the value, for example with an overlay

    error: `x-allowed-for` must be an array of strings, not a string
      --> api.yaml:10:7 (#/paths/~1pets/get/x-allowed-for)
      help: fix the value, for example with an overlay

    error: `x-rust-name` must be a string, not an array
      --> api.yaml:11:7 (#/paths/~1pets/get/x-rust-name)
      help: fix the value, for example with an overlay

    error: a Responses Object must be an object, not an array
      --> api.yaml:12:7 (#/paths/~1pets/get/responses)
      help: write it as an object

    error: `properties` must be an object, not an array
      --> api.yaml:15:25 (#/components/schemas/Pet/properties)
      help: fix the value, for example with an overlay

    error: `required` must be an array of strings, not a string
      --> api.yaml:15:45 (#/components/schemas/Pet/required)
      help: fix the value, for example with an overlay
    ");
}

#[test]
fn a_missing_required_key_is_an_error() {
    insta::assert_snapshot!(report("openapi: 3.1.0\ninfo: {title: T}\npaths: {/a: {get: {parameters: [{in: query, schema: {}}], responses: {}}}}\n"), @"
    error: the Info Object has no `version`
      --> api.yaml:2:1 (#/info)
      help: add `version`

    error: a Parameter Object has no `name`
      --> api.yaml:3:33 (#/paths/~1a/get/parameters/0)
      help: add `name`
    ");
}

#[test]
fn a_path_item_in_an_unread_file_is_an_error() {
    insta::assert_snapshot!(rest("
        paths:
          /pets: {$ref: 'pets.yaml#/get'}
    "), @r#"
    error: the file of the reference "pets.yaml#/get" can't be read: no file loader is set
      --> api.yaml:4:11 (#/paths/~1pets)
      help: create the file, or move its content into the description
    "#);
}

#[test]
fn a_count_must_be_a_non_negative_integer() {
    insta::assert_snapshot!(rest("
        components: {schemas: {Pet: {type: string, minLength: -1, maxLength: 1.5}}}
    "), @"
    error: `minLength` must be a non-negative integer, not -1
      --> api.yaml:3:44 (#/components/schemas/Pet/minLength)
      help: fix the value, for example with an overlay

    error: `maxLength` must be a non-negative integer, not 1.5
      --> api.yaml:3:59 (#/components/schemas/Pet/maxLength)
      help: fix the value, for example with an overlay
    ");
}

#[test]
fn a_security_requirement_that_is_no_object_is_an_error() {
    insta::assert_snapshot!(rest("
        security: [oauth]
    "), @"
    error: a Security Requirement Object must be an object, not a string
      --> api.yaml:3:12 (#/security/0)
      help: write it as an object
    ");
}

#[test]
fn errors_are_reported_in_line_order() {
    insta::assert_snapshot!(rest("
        paths:
          /b/{id}: {get: {operationId: b, responses: {'200': {$ref: '#/components/responses/None'}}}}
          /a: {get: {operationId: b, responses: {'204': {description: Done.}}}}
        components:
          schemas:
            Z: {$ref: '#/components/schemas/Missing'}
            A: {allOf: [{$ref: '#/components/schemas/A'}, {properties: {x: {type: string}}}]}
    "), @r##"
    error: the path names `{id}`, but no path parameter declares it
      --> api.yaml:4:13 (#/paths/~1b~1{id}/get)
      help: add a parameter `id` with `in: path`

    error: unresolved reference "#/components/responses/None"; any JSON content is assumed
      --> api.yaml:4:55 (#/paths/~1b~1{id}/get/responses/200/$ref)
      help: add the component in an overlay, or fix the reference

    error: duplicate operationId "b"; first used at #/paths/~1b~1{id}/get
      --> api.yaml:5:14 (#/paths/~1a/get/operationId)
      help: give each operation its own operationId

    error: unresolved reference "#/components/schemas/Missing"
      --> api.yaml:8:9 (#/components/schemas/Z/$ref)
      help: add the component in an overlay, or fix the reference

    error: allOf is circular: A → A
      --> api.yaml:9:17 (#/components/schemas/A/allOf/0)
      help: remove one of these members: a type can't contain itself by allOf
    "##);
}

#[test]
fn an_error_from_an_overlay_is_located_in_the_overlay() {
    let description = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n";
    let overlay = "
        overlay: 1.0.0
        info: {title: Pets, version: '1'}
        actions:
          - target: $.paths
            update:
              /pets/{id}:
                get:
                  operationId: pets
                  responses: {'200': {$ref: '#/components/responses/Pet'}}
    ";
    insta::assert_snapshot!(overlaid(description, &[overlay]), @r##"
    error: the path names `{id}`, but no path parameter declares it
      --> overlay-1.yaml:7:9 (#/paths/~1pets~1{id}/get)
      help: add a parameter `id` with `in: path`

    error: unresolved reference "#/components/responses/Pet"; any JSON content is assumed
      --> overlay-1.yaml:9:31 (#/paths/~1pets~1{id}/get/responses/200/$ref)
      help: add the component in an overlay, or fix the reference
    "##);
}

/// Later elements move in the array, but their diagnostics keep the locations in the file.
#[test]
fn an_error_after_a_removed_element_keeps_its_location() {
    let description = "\
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /pets:
    get:
      operationId: pets
      parameters:
        - {name: first, in: query, schema: {type: string}}
        - {name: second, in: query, schema: {type: string}}
        - {name: third, in: nowhere, schema: {type: string}}
      responses: {'204': {description: Done.}}
";
    let removing = "
        overlay: 1.0.0
        info: {title: Fewer, version: '1'}
        actions:
          - target: $.paths['/pets'].get.parameters[?@.name == 'first' || @.name == 'second']
            remove: true
    ";
    let adding = "
        overlay: 1.0.0
        info: {title: More, version: '1'}
        actions:
          - target: $.paths['/pets'].get.parameters
            update: [{name: fourth, in: somewhere, schema: {type: string}}]
          - target: $.paths['/pets'].get.parameters[0]
            update: {required: sure}
    ";
    insta::assert_snapshot!(overlaid(description, &[removing, adding]), @r#"
    error: invalid location "nowhere" of a parameter
      --> api.yaml:10:25 (#/paths/~1pets/get/parameters/0/in)
      help: use one of path, query, header, cookie, querystring

    error: invalid location "somewhere" of a parameter
      --> overlay-2.yaml:5:29 (#/paths/~1pets/get/parameters/1/in)
      help: use one of path, query, header, cookie, querystring

    error: `required` must be a boolean, not a string
      --> overlay-2.yaml:7:14 (#/paths/~1pets/get/parameters/0/required)
      help: fix the value, for example with an overlay
    "#);
}

/// OpenAPI 3.1.1, section 4.8.24: additional properties of a Schema Object may omit the `x-` prefix.
#[test]
fn a_schema_of_3_1_may_have_keywords_of_its_own() {
    let document = |version: &str, keyword: &str| {
        format!(
            "openapi: {version}\ninfo: {{title: t, version: '1'}}\npaths: {{}}\n\
             components: {{schemas: {{Port: {{type: integer, {keyword}: 5}}}}}}\n"
        )
    };
    let warnings = |version, keyword| {
        let output = codegen::generate_with(
            &codegen::Source::new("ports.yaml", document(version, keyword)),
            &[],
            &codegen::Options::new(codegen::Mode::Lenient).without_files(),
        );
        output.unwrap().warnings.len()
    };
    assert_eq!(warnings("3.1.0", "environment_variables"), 0);
    assert_eq!(warnings("3.2.0", "environment_variables"), 0);
    assert_eq!(warnings("3.0.3", "environment_variables"), 1);
    // Probably a misspelled keyword.
    assert_eq!(warnings("3.1.0", "minimun"), 1);
}
