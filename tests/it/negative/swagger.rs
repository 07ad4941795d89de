//! Documents of Swagger 2.0 that break its rules. Locations and pointers are those of the document as it is written.

use super::{dedented, report};

/// Returns the report on a document of Swagger 2.0.
fn swagger(root: &str) -> String {
    report(format!("swagger: '2.0'\ninfo: {{title: Bad, version: '1'}}\n{}", dedented(root)))
}

#[test]
fn unknown_keys_are_warnings_with_the_known_keys_of_swagger() {
    insta::assert_snapshot!(swagger("
        basepath: /v1
        paths:
          /a:
            get:
              consume: [application/json]
              parameters: [{name: q, in: query, type: string, collectionformat: csv}]
              responses: {'204': {description: Done.}}
        definitons: {}
        definitions:
          Pet: {type: object, proprties: {}}
    "), @r#"
    generated

    warning: unknown key `basepath` in the Swagger Object; it is ignored
      --> api.yaml:3:1 (#/basepath)
      help: did you mean `basePath`? Extensions begin with `x-`

    warning: unknown key `consume` in an Operation Object; it is ignored
      --> api.yaml:7:7 (#/paths/~1a/get/consume)
      help: did you mean `consumes`? Extensions begin with `x-`

    warning: unknown key `collectionformat` in a Parameter Object; it is ignored
      --> api.yaml:8:55 (#/paths/~1a/get/parameters/0/collectionformat)
      help: did you mean `collectionFormat`? Extensions begin with `x-`

    warning: unknown key `definitons` in the Swagger Object; it is ignored
      --> api.yaml:10:1 (#/definitons)
      help: did you mean `definitions`? Extensions begin with `x-`

    warning: unknown key `proprties` in a Schema Object; it is ignored
      --> api.yaml:12:23 (#/definitions/Pet/proprties)
      help: did you mean `properties`? Extensions begin with `x-`
    "#);
}

#[test]
fn keys_of_openapi_3_are_read_with_a_warning() {
    insta::assert_snapshot!(swagger("
        paths:
          /a:
            post:
              parameters: [{name: q, in: query, schema: {type: integer}}]
              requestBody: {content: {application/json: {schema: {$ref: '#/definitions/Pet'}}}}
              responses: {'200': {description: Fine., content: {application/json: {schema: {$ref: '#/definitions/Pet'}}}}}
        definitions:
          Pet:
            oneOf: [{$ref: '#/definitions/Cat'}, {type: string, nullable: true}]
          Cat: {type: object, properties: {name: {type: string}}}
    "), @r#"
    generated

    warning: a parameter in "query" has no `schema` in Swagger 2.0; it is read as in OpenAPI 3
      --> api.yaml:6:41 (#/paths/~1a/post/parameters/0/schema)
      help: write the keys of the schema in the parameter itself

    warning: an Operation Object of Swagger 2.0 has no `requestBody`; it is read as in OpenAPI 3
      --> api.yaml:7:7 (#/paths/~1a/post/requestBody)
      help: delete it, or convert the document to OpenAPI 3

    warning: a Response Object of Swagger 2.0 has no `content`; it is read as in OpenAPI 3
      --> api.yaml:8:47 (#/paths/~1a/post/responses/200/content)
      help: delete it, or convert the document to OpenAPI 3

    warning: a Schema Object of Swagger 2.0 has no `oneOf`; it is read as in OpenAPI 3
      --> api.yaml:11:5 (#/definitions/Pet/oneOf)
      help: delete it, or convert the document to OpenAPI 3

    warning: a Schema Object of Swagger 2.0 has no `nullable`; it is read as in OpenAPI 3
      --> api.yaml:11:57 (#/definitions/Pet/oneOf/1/nullable)
      help: delete it, or convert the document to OpenAPI 3
    "#);
}

#[test]
fn a_null_response_is_left_out() {
    let description = "
        swagger: '2.0'
        info: {title: Bad, version: '1'}
        paths:
          /a: {get: {operationId: a, responses: {'200': {description: Fine., schema: {type: string}}, '404': null}}}
    ";
    let source = codegen::Source::new("api.yaml", dedented(description));
    let options = codegen::Options::new(codegen::Mode::Lenient);
    let output = codegen::generate_with(&source, &[], &options).unwrap();
    assert_eq!(output.api.operations().count(), 1);
    assert_eq!(output.warnings.len(), 1);
    assert_eq!(
        output.warnings[0].message,
        "a Response Object must be an object, not null; any JSON content is assumed"
    );
    assert_eq!(output.warnings[0].pointer.to_string(), "#/paths/~1a/get/responses/404");
}

#[test]
fn misused_parts_are_problems_at_their_location() {
    insta::assert_snapshot!(swagger("
        host: https://a.test/v1
        basePath: v1
        schemes: [https, ftp]
        securityDefinitions:
          code: {type: oauth2, flow: authorizationCode, scopes: {}}
          machine: {type: oauth2, flow: application}
        paths:
          /a:
            post:
              consumes: [application/json]
              parameters:
                - {name: one, in: body, schema: {type: string}}
                - {name: two, in: body, schema: {type: string}}
                - {name: three, in: formData, type: string}
                - {name: file, in: query, type: file}
                - {name: list, in: query, type: array, items: {type: string}, collectionFormat: comma}
                - {name: X-List, in: header, type: array, items: {type: string}, collectionFormat: multi}
                - {name: none, in: query}
              responses: {'200': {description: Fine., examples: {application/json: 1}}}
            put:
              consumes: [application/json]
              parameters: [{name: file, in: formData, type: file}]
              responses: {'204': {description: Done.}}
            patch:
              parameters: [{name: body, in: body, type: string}]
              responses: {'204': {$ref: '#/responses/Done'}}
          /b: {put: {parameters: [{name: body, in: body, schema: {type: file}}], responses: {'204': {description: Done.}}}}
        responses: {Gone: {description: Gone., schema: {$ref: '#/definitions/Pett'}}}
        definitions:
          Pet: {type: object, discriminator: 1, properties: {image: {type: file}}}
    "), @r##"
    error: `host` is the name of a host with an optional port, not "https://a.test/v1"
      --> api.yaml:3:1 (#/host)
      help: write the scheme in `schemes`, and the path in `basePath`

    error: `basePath` must begin with a slash: "v1"
      --> api.yaml:4:1 (#/basePath)
      help: add a leading `/`

    error: unknown scheme "ftp"; it is ignored
      --> api.yaml:5:18 (#/schemes/1)
      help: use `http` or `https`

    error: unknown flow "authorizationCode" of OAuth
      --> api.yaml:7:3 (#/securityDefinitions/code)
      help: use one of implicit, password, application, accessCode as `flow`

    error: the flow "application" has no `tokenUrl`
      --> api.yaml:8:3 (#/securityDefinitions/machine)
      help: add `tokenUrl`

    error: the operation has two body parameters; "two" is ignored
      --> api.yaml:15:11 (#/paths/~1a/post/parameters/1)
      help: delete one of the two, or merge their schemas

    error: an operation with a body has no form parameters; "three" is ignored
      --> api.yaml:16:11 (#/paths/~1a/post/parameters/2)
      help: delete it, or make the body a form parameter

    error: `type: file` is allowed only for form parameters and responses
      --> api.yaml:17:35 (#/paths/~1a/post/parameters/3/type)
      help: write `in: formData`, or another type; it is interpreted as a string

    error: unknown collection format "comma"; items are separated by commas
      --> api.yaml:18:71 (#/paths/~1a/post/parameters/4/collectionFormat)
      help: use one of csv, ssv, tsv, pipes, multi

    error: `collectionFormat: multi` is allowed only for query and form parameters
      --> api.yaml:19:74 (#/paths/~1a/post/parameters/5/collectionFormat)
      help: items are separated by commas; delete it, or use another format

    error: the parameter has no `type`
      --> api.yaml:20:11 (#/paths/~1a/post/parameters/6)
      help: add the `type` of its value

    error: the operation has files, but none of the media types in `consumes` is `multipart/form-data`
      --> api.yaml:23:7 (#/paths/~1a/put/consumes)
      help: add `multipart/form-data`

    error: the body parameter has no `schema`
      --> api.yaml:27:20 (#/paths/~1a/patch/parameters/0)
      help: move the keys of its value to `schema`

    error: unresolved reference "#/responses/Done"
      --> api.yaml:28:27 (#/paths/~1a/patch/responses/204/$ref)
      help: did you mean #/responses/Gone?

    error: `type: file` is allowed only for form parameters and responses
      --> api.yaml:29:59 (#/paths/~1b/put/parameters/0/schema/type)
      help: use `type: string` with `format: binary`, which it is interpreted as

    error: unresolved reference "#/definitions/Pett"
      --> api.yaml:30:49 (#/responses/Gone/schema/$ref)
      help: did you mean #/definitions/Pet?

    error: `discriminator` must be a string, not a number
      --> api.yaml:32:23 (#/definitions/Pet/discriminator)
      help: write the name of the property

    error: `type: file` is allowed only for form parameters and responses
      --> api.yaml:32:62 (#/definitions/Pet/properties/image/type)
      help: use `type: string` with `format: binary`, which it is interpreted as

    warning: the response has examples, but no `schema`; its content is any value
      --> api.yaml:21:47 (#/paths/~1a/post/responses/200/examples)
      help: add a `schema`, or delete the examples
    "##);
}

/// OAuth of OpenAPI 3 in a document of Swagger 2.0.
#[test]
fn flows_of_openapi_3_are_read_with_a_warning() {
    insta::assert_snapshot!(swagger("
        host: example.com
        securityDefinitions:
          oauth: {type: oauth2, flows: {implicit: {authorizationUrl: 'https://example.com/authorize', scopes: {}}}}
        paths:
          /a: {get: {responses: {'204': {description: Done.}}}}
    "), @r#"
    generated

    warning: a Security Scheme Object of Swagger 2.0 has no `flows`; it is read as in OpenAPI 3
      --> api.yaml:5:25 (#/securityDefinitions/oauth/flows)
      help: delete it, or convert the document to OpenAPI 3
    "#);
}
