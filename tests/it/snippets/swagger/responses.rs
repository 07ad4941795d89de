//! Responses and definitions.

use super::{assert_same, emitted, generate, swagger};

#[test]
fn responses_have_the_media_types_of_the_operation() {
    assert_same(
        "
        produces: [application/json]
        responses:
          Gone: {description: Gone., schema: {type: object, properties: {code: {type: integer}}}}
        paths:
          /json:
            get:
              operationId: json
              responses:
                '200':
                  description: Fine.
                  schema: {$ref: '#/definitions/Pet'}
                  headers: {X-Rate: {type: integer, description: The rate.}}
                  examples: {application/json: {name: Rex}}
                '404': {$ref: '#/responses/Gone'}
          /text: {get: {operationId: text, produces: [text/plain], responses: {'200': {description: Fine., schema: {type: string}}}}}
          /file:
            get:
              operationId: file
              produces: [application/zip]
              responses:
                '200': {description: Fine., schema: {type: file}}
                '404': {$ref: '#/responses/Gone'}
          /cleared: {get: {operationId: cleared, produces: [], responses: {'200': {description: Fine., schema: {$ref: '#/definitions/Pet'}}}}}
        definitions:
          Pet: {type: object, properties: {name: {type: string}}}
        ",
        "
        paths:
          /json:
            get:
              operationId: json
              responses:
                '200':
                  description: Fine.
                  headers: {X-Rate: {description: The rate., schema: {type: integer}}}
                  content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}, example: {name: Rex}}}
                '404': {$ref: '#/components/responses/Gone'}
          /text:
            get: {operationId: text, responses: {'200': {description: Fine., content: {text/plain: {schema: {type: string}}}}}}
          /file:
            get:
              operationId: file
              responses:
                '200': {description: Fine., content: {application/zip: {schema: {type: string, format: binary}}}}
                '404': {$ref: '#/components/responses/Gone'}
          /cleared:
            get:
              operationId: cleared
              responses: {'200': {description: Fine., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
        components:
          responses:
            Gone:
              description: Gone.
              content: {application/json: {schema: {type: object, properties: {code: {type: integer}}}}}
          schemas:
            Pet: {type: object, properties: {name: {type: string}}}
        ",
    );
}

#[test]
fn a_discriminator_is_the_name_of_a_property() {
    let paths = "paths: {/a: {get: {operationId: a, responses: {'200': {description: Fine., ";
    assert_same(
        &format!(
            "
            {paths}schema: {{$ref: '#/definitions/Pet'}}}}}}}}}}}}
            definitions:
              Pet: {{type: object, discriminator: kind, required: [kind], properties: {{kind: {{type: string}}, bark: {{type: string, x-nullable: true}}}}}}
              Cat: {{allOf: [{{$ref: '#/definitions/Pet'}}, {{type: object, properties: {{lives: {{type: integer}}}}}}]}}
              Dog: {{x-discriminator-value: hound, allOf: [{{$ref: '#/definitions/Pet'}}, {{type: object, properties: {{size: {{type: integer}}}}}}]}}
            "
        ),
        &format!(
            "
            {paths}content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}}}}}}}}}}}
            components:
              schemas:
                Pet:
                  type: object
                  discriminator: {{propertyName: kind, mapping: {{hound: '#/components/schemas/Dog'}}}}
                  required: [kind]
                  properties: {{kind: {{type: string}}, bark: {{type: string, nullable: true}}}}
                Cat: {{allOf: [{{$ref: '#/components/schemas/Pet'}}, {{type: object, properties: {{lives: {{type: integer}}}}}}]}}
                Dog: {{allOf: [{{$ref: '#/components/schemas/Pet'}}, {{type: object, properties: {{size: {{type: integer}}}}}}]}}
            "
        ),
    );
}

/// An operation declares the media type of its success. Errors are usually JSON.
#[test]
fn a_shared_response_has_the_media_type_of_its_use() {
    assert_same(
        "
        produces: [application/pdf]
        responses:
          File: {description: A file., schema: {$ref: '#/definitions/Row'}}
          Error: {description: An error., schema: {$ref: '#/definitions/Row'}}
        definitions: {Row: {type: object, properties: {id: {type: integer}}}}
        paths:
          /a: {get: {operationId: a, responses: {'200': {$ref: '#/responses/File'}, '400': {$ref: '#/responses/Error'}}}}
          /b: {get: {operationId: b, produces: [application/json], responses: {'200': {$ref: '#/responses/File'}}}}
        ",
        "
        paths:
          /a: {get: {operationId: a, responses: {'200': {$ref: '#/components/responses/File'}, '400': {$ref: '#/components/responses/Error'}}}}
          /b: {get: {operationId: b, responses: {'200': {description: A file., content: {application/json: {schema: {$ref: '#/components/schemas/Row'}}}}}}}
        components:
          responses:
            File: {description: A file., content: {application/pdf: {schema: {$ref: '#/components/schemas/Row'}}}}
            Error: {description: An error., content: {application/json: {schema: {$ref: '#/components/schemas/Row'}}}}
          schemas: {Row: {type: object, properties: {id: {type: integer}}}}
        ",
    );
}

#[test]
fn without_produces_the_examples_name_the_media_types() {
    assert_same(
        "
        paths:
          /a: {get: {operationId: a, responses: {'200': {description: Fine., schema: {type: string}, examples: {text/csv: 'a,b'}}}}}
        ",
        "
        paths:
          /a: {get: {operationId: a, responses: {'200': {description: Fine., content: {text/csv: {schema: {type: string}, example: 'a,b'}}}}}}
        ",
    );
}

/// Swagger 2.0, "Operation Object": an empty `produces` clears that of the document.
#[test]
fn a_shared_response_without_produces_has_the_media_types_of_its_examples() {
    assert_same(
        "
        produces: [application/json]
        responses: {Rows: {description: Rows., schema: {type: string}, examples: {text/csv: 'a,b'}}}
        paths:
          /a: {get: {operationId: a, produces: [], responses: {'200': {$ref: '#/responses/Rows'}}}}
        ",
        "
        paths:
          /a: {get: {operationId: a, responses: {'200': {description: Rows., content: {text/csv: {schema: {type: string}, example: 'a,b'}}}}}}
        ",
    );
}

#[test]
fn references_in_items_and_properties_are_those_of_definitions() {
    let array = |at: &str| format!("{{type: array, items: {{$ref: '{at}Pet'}}}}");
    let object = |at: &str| {
        format!(
            "{{type: object, properties: {{pet: {{$ref: '{at}Pet'}}}}, additionalProperties: {{$ref: '{at}Pet'}}}}"
        )
    };
    let (old, new) = ("#/definitions/", "#/components/schemas/");
    let pet = "Pet: {type: object, properties: {name: {type: string}}}";
    assert_same(
        &format!("
            paths:
              /a: {{get: {{operationId: a, responses: {{'200': {{description: Fine., schema: {}}}}}}}}}
              /b: {{get: {{operationId: b, responses: {{'200': {{description: Fine., schema: {}}}}}}}}}
            definitions: {{{pet}}}
        ", array(old), object(old)),
        &format!("
            paths:
              /a: {{get: {{operationId: a, responses: {{'200': {{description: Fine., content: {{application/json: {{schema: {}}}}}}}}}}}}}
              /b: {{get: {{operationId: b, responses: {{'200': {{description: Fine., content: {{application/json: {{schema: {}}}}}}}}}}}}}
            components: {{schemas: {{{pet}}}}}
        ", array(new), object(new)),
    );
}

#[test]
fn content_of_openapi_3_refers_to_definitions() {
    let output = generate(&swagger(
        "
        paths:
          /a:
            post:
              operationId: a
              requestBody: {content: {application/json: {schema: {$ref: '#/definitions/Pet'}}}}
              responses: {'200': {description: Fine., content: {application/json: {schema: {type: array, items: {$ref: '#/definitions/Pet'}}}}}}
        definitions:
          Pet: {type: object, discriminator: kind, required: [kind], properties: {kind: {type: string}}}
        ",
    ));
    let code = emitted("endpoints/", &output, false);
    assert!(
        code.contains("Request<Vec<models::Pet>>") && code.contains("body: Option<&models::Pet>"),
        "{code}"
    );
}

#[test]
fn definitions_that_extend_each_other_are_read() {
    let document = swagger(
        "
        paths: {/a: {get: {operationId: a, responses: {'200': {description: Fine., schema: {$ref: '#/definitions/A'}}}}}}
        definitions:
          A: {x-discriminator-value: a, allOf: [{$ref: '#/definitions/B'}]}
          B: {x-discriminator-value: b, allOf: [{$ref: '#/definitions/A'}]}
        ",
    );
    let options = codegen::Options::new(codegen::Mode::Lenient);
    let output = codegen::generate_with(&codegen::Source::new("api.yaml", document), &[], &options).unwrap();
    assert_eq!(output.api.operations().count(), 1);
}
