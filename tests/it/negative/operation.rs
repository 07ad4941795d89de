//! Operations for which no function can be emitted.

use super::rest;

#[test]
fn a_duplicate_operation_id_is_an_error() {
    insta::assert_snapshot!(rest("
        paths:
          /a: {get: {operationId: pets, responses: {}}}
          /b: {get: {operationId: pets, responses: {}}}
    "), @r#"
    error: duplicate operationId "pets"; first used at #/paths/~1a/get
      --> api.yaml:5:14 (#/paths/~1b/get/operationId)
      help: give each operation its own operationId
    "#);
}

#[test]
fn path_template_and_path_parameters_must_match() {
    insta::assert_snapshot!(rest("
        paths:
          /pets/{id}/toys/{toy}:
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            get:
              operationId: toys
              parameters: [{$ref: '#/components/parameters/Name'}]
              responses: {}
        components: {parameters: {Name: {name: name, in: path, required: true, schema: {type: string}}}}
    "), @"
    error: the path names `{toy}`, but no path parameter declares it
      --> api.yaml:6:5 (#/paths/~1pets~1{id}~1toys~1{toy}/get)
      help: add a parameter `toy` with `in: path`

    error: the path /pets/{id}/toys/{toy} doesn't name the path parameter `name`
      --> api.yaml:8:20 (#/paths/~1pets~1{id}~1toys~1{toy}/get/parameters/0)
      help: write {name} into the path, or make it a query parameter
    ");
}

#[test]
fn a_path_parameter_with_a_similar_name_may_be_meant() {
    insta::assert_snapshot!(rest("
        paths:
          /pets/{id}/toys/{toyId}:
            parameters: [{name: id, in: path, required: true, schema: {type: string}}, {name: toyid, in: path, required: true, schema: {type: string}}]
            get: {operationId: toys, responses: {}}
    "), @"
    error: the path /pets/{id}/toys/{toyId} doesn't name the path parameter `toyid`
      --> api.yaml:5:80 (#/paths/~1pets~1{id}~1toys~1{toyId}/parameters/1)
      help: did you mean `toyId`?

    error: the path names `{toyId}`, but no path parameter declares it
      --> api.yaml:6:5 (#/paths/~1pets~1{id}~1toys~1{toyId}/get)
      help: the parameter `toyid` may be meant: write both the same way
    ");
}

#[test]
fn an_unresolved_reference_is_an_error() {
    insta::assert_snapshot!(rest("
        paths:
          /pets:
            post:
              operationId: pets
              parameters: [{$ref: '#/components/parameters/Limt'}, {$ref: '#/components/schemas/Pet'}]
              requestBody: {$ref: '#/components/requestBodies/Pet'}
              responses:
                '200': {$ref: '#/components/responses/Pats'}
                '404': {$ref: 'common.yaml#/NotFound'}
                '500': {$ref: '#/components/responses/Loop'}
        components:
          parameters: {Limit: {name: limit, in: query, schema: {type: integer}}}
          responses:
            Pets: {description: Pets.}
            Loop: {$ref: '#/components/responses/Again'}
            Again: {$ref: '#/components/responses/Loop'}
    "), @r##"
    error: unresolved reference "#/components/parameters/Limt"
      --> api.yaml:7:21 (#/paths/~1pets/post/parameters/0/$ref)
      help: did you mean #/components/parameters/Limit?

    error: unresolved reference "#/components/schemas/Pet"
      --> api.yaml:7:61 (#/paths/~1pets/post/parameters/1/$ref)
      help: fix the reference, or add its target with an overlay

    error: unresolved reference "#/components/requestBodies/Pet"; any JSON content is assumed
      --> api.yaml:8:21 (#/paths/~1pets/post/requestBody/$ref)
      help: add the component in an overlay, or fix the reference

    error: unresolved reference "#/components/responses/Pats"; any JSON content is assumed
      --> api.yaml:10:17 (#/paths/~1pets/post/responses/200/$ref)
      help: did you mean #/components/responses/Pets?

    error: the file of the reference "common.yaml#/NotFound" can't be read: no file loader is set
      --> api.yaml:11:17 (#/paths/~1pets/post/responses/404/$ref)
      help: create the file, or move its content into the description

    error: the reference "#/components/responses/Loop" is circular
      --> api.yaml:12:17 (#/paths/~1pets/post/responses/500/$ref)
      help: replace one reference of the cycle by its content
    "##);
}

#[test]
fn a_parameter_needs_a_valid_location_and_a_schema() {
    insta::assert_snapshot!(rest("
        paths:
          /pets:
            get:
              operationId: pets
              parameters: [{name: a, in: body, schema: {type: string}}, {name: b, in: query}]
              responses: {}
    "), @r#"
    error: invalid location "body" of a parameter
      --> api.yaml:7:30 (#/paths/~1pets/get/parameters/0/in)
      help: use one of path, query, header, cookie, querystring

    error: the parameter has neither `schema` nor `content`
      --> api.yaml:7:65 (#/paths/~1pets/get/parameters/1)
      help: add a `schema` for its value
    "#);
}
