//! Documents that break the rules of OpenAPI.

use super::{overlaid, report, rest};

#[test]
fn another_version() {
    insta::assert_snapshot!(report("swagger: '2.0'\ninfo: {title: Old, version: '1'}\n"), @"
    error: this is a Swagger 2.0 document
      --> api.yaml:1:1 (#/swagger)
      help: this generator reads OpenAPI 3.0, 3.1 and 3.2; convert older documents first
    ");
    insta::assert_snapshot!(report("openapi: 4.0.0\ninfo: {title: New, version: '1'}\n"), @r#"
    error: OpenAPI version "4.0.0" is not supported
      --> api.yaml:1:1 (#/openapi)
      help: this generator reads OpenAPI 3.0, 3.1 and 3.2; convert older documents first
    "#);
    insta::assert_snapshot!(report("openapi: 3.1\ninfo: {title: Number, version: '1'}\n"), @"
    error: the version must be a text, not a number
      --> api.yaml:1:1 (#/openapi)
      help: put it in quotes: `openapi: '3.1.0'`
    ");
    insta::assert_snapshot!(report("info: {title: None, version: '1'}\n"), @"
    error: this is no OpenAPI document: the key `openapi` is missing
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

    warning: `operationID` is no key of an Operation Object and is ignored
      --> api.yaml:6:7 (#/paths/~1pets/get/operationID)
      help: did you mean `operationId`? Keys of your own begin with `x-`

    warning: `respones` is no key of an Operation Object and is ignored
      --> api.yaml:7:7 (#/paths/~1pets/get/respones)
      help: did you mean `responses`? Keys of your own begin with `x-`

    warning: `component` is no key of the OpenAPI Object and is ignored
      --> api.yaml:10:1 (#/component)
      help: did you mean `components`? Keys of your own begin with `x-`

    warning: `entirely-different` is no key of the OpenAPI Object and is ignored
      --> api.yaml:11:1 (#/entirely-different)
      help: delete it, or begin it with `x-` if it is meant for a tool
    ");
}

#[test]
fn a_value_of_a_wrong_kind() {
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
    error: `operationId` must be a text, not 7
      --> api.yaml:6:7 (#/paths/~1pets/get/operationId)
      help: mend the value; an overlay can do it

    error: `tags` must be a list of texts, not a text
      --> api.yaml:7:7 (#/paths/~1pets/get/tags)
      help: mend the value; an overlay can do it

    error: `deprecated` must be true or false, not a text
      --> api.yaml:8:7 (#/paths/~1pets/get/deprecated)
      help: mend the value; an overlay can do it

    error: `parameters` must be a list, not a mapping
      --> api.yaml:9:7 (#/paths/~1pets/get/parameters)
      help: mend the value; an overlay can do it

    error: `x-allowed-for` must be a list of texts, not a text
      --> api.yaml:10:7 (#/paths/~1pets/get/x-allowed-for)
      help: mend the value; an overlay can do it

    error: `x-rust-name` must be a text, not a list
      --> api.yaml:11:7 (#/paths/~1pets/get/x-rust-name)
      help: mend the value; an overlay can do it

    error: a Responses Object must be an object, not a list
      --> api.yaml:12:7 (#/paths/~1pets/get/responses)
      help: write it as a mapping of keys to values

    error: `properties` must be a mapping, not a list
      --> api.yaml:15:25 (#/components/schemas/Pet/properties)
      help: mend the value; an overlay can do it

    error: `required` must be a list of texts, not a text
      --> api.yaml:15:45 (#/components/schemas/Pet/required)
      help: mend the value; an overlay can do it
    ");
}

#[test]
fn a_missing_key() {
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
fn a_path_item_elsewhere() {
    insta::assert_snapshot!(rest("
        paths:
          /pets: {$ref: 'pets.yaml#/get'}
    "), @r#"
    error: the file of the reference "pets.yaml#/get" can't be read: no other file is read in this run
      --> api.yaml:4:11 (#/paths/~1pets)
      help: put the file there, or move what it holds into the description
    "#);
}

#[test]
fn a_count_that_is_none() {
    insta::assert_snapshot!(rest("
        components: {schemas: {Pet: {type: string, minLength: -1, maxLength: 1.5}}}
    "), @"
    error: `minLength` must be a whole number from 0, not -1
      --> api.yaml:3:44 (#/components/schemas/Pet/minLength)
      help: mend the value; an overlay can do it

    error: `maxLength` must be a whole number from 0, not 1.5
      --> api.yaml:3:59 (#/components/schemas/Pet/maxLength)
      help: mend the value; an overlay can do it
    ");
}

/// What the checks before don't look into is found when the document is read into types.
#[test]
fn a_value_that_only_the_typed_document_refuses() {
    insta::assert_snapshot!(rest("
        security: [oauth]
    "), @r#"
    error: the description can't be read here: invalid type: string "oauth", expected a map
      --> api.yaml:3:12 (#/security/0)
      help: mend the value; an overlay can do it
    "#);
}

#[test]
fn several_mistakes_come_in_the_order_of_their_lines() {
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

    error: the reference "#/components/responses/None" leads nowhere
      --> api.yaml:4:55 (#/paths/~1b~1{id}/get/responses/200/$ref)
      help: add the component by an overlay, or mend the reference

    error: the operationId "b" is used twice; the first is #/paths/~1b~1{id}/get
      --> api.yaml:5:14 (#/paths/~1a/get/operationId)
      help: give each operation an id of its own

    error: the reference "#/components/schemas/Missing" leads nowhere
      --> api.yaml:8:9 (#/components/schemas/Z/$ref)
      help: add the component by an overlay, or mend the reference

    error: allOf goes in a circle: A → A
      --> api.yaml:9:17 (#/components/schemas/A/allOf/0)
      help: take one of these members out; a type can't be a part of itself
    "##);
}

#[test]
fn a_mistake_that_an_overlay_brought() {
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

    error: the reference "#/components/responses/Pet" leads nowhere
      --> overlay-1.yaml:9:31 (#/paths/~1pets~1{id}/get/responses/200/$ref)
      help: add the component by an overlay, or mend the reference
    "##);
}

/// Elements behind a removed one have moved; what is wrong with them is still shown where they stand.
#[test]
fn a_mistake_behind_a_removed_element() {
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
    error: a parameter can't be in "nowhere"
      --> api.yaml:10:25 (#/paths/~1pets/get/parameters/0/in)
      help: use one of path, query, header, cookie

    error: a parameter can't be in "somewhere"
      --> overlay-2.yaml:5:29 (#/paths/~1pets/get/parameters/1/in)
      help: use one of path, query, header, cookie

    error: `required` must be true or false, not a text
      --> overlay-2.yaml:7:14 (#/paths/~1pets/get/parameters/0/required)
      help: mend the value; an overlay can do it
    "#);
}
