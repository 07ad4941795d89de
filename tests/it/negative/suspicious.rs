//! Probable errors in valid documents: warnings, in strict mode too.

use super::{overlaid, rest};

#[test]
fn a_contradictory_schema_is_a_warning() {
    insta::assert_snapshot!(rest("
        components:
          schemas:
            A: {type: string, enum: [red, green, red], default: gren}
            B: {type: integer, minimum: 10, maximum: 5, default: '7'}
            C: {type: string, minLength: 3, maxLength: 2, example: 12}
            D: {type: object, properties: {a: {type: string, readOnly: true, writeOnly: true}}}
            E: {type: [integer, 'null'], maxLength: 3, example: none}
            F: {type: array, items: {type: number}, minItems: 2, maxItems: 1, default: null}
    "), @r#"
    generated

    warning: duplicate enum value "red"
      --> api.yaml:5:42 (#/components/schemas/A/enum/2)
      help: delete it

    warning: the default "gren" is not one of the values in `enum`
      --> api.yaml:5:48 (#/components/schemas/A/default)
      help: did you mean "green"?

    warning: no value is valid: `minimum` is 10, and `maximum` is 5
      --> api.yaml:6:24 (#/components/schemas/B/minimum)
      help: fix one of the two

    warning: the default is a string, but the schema's type is integer
      --> api.yaml:6:49 (#/components/schemas/B/default)
      help: use a default of that type, or fix the type

    warning: no value is valid: `minLength` is 3, and `maxLength` is 2
      --> api.yaml:7:23 (#/components/schemas/C/minLength)
      help: fix one of the two

    warning: the example is a number, but the schema's type is string
      --> api.yaml:7:51 (#/components/schemas/C/example)
      help: use an example of that type, or fix the type

    warning: the value is `readOnly` and `writeOnly`: it is never sent
      --> api.yaml:8:70 (#/components/schemas/D/properties/a/writeOnly)
      help: delete one of the two

    warning: `maxLength` doesn't apply to values of type integer or null
      --> api.yaml:9:34 (#/components/schemas/E/maxLength)
      help: delete it, or fix the type: it applies to string

    warning: the example is a string, but the schema's type is integer or null
      --> api.yaml:9:48 (#/components/schemas/E/example)
      help: use an example of that type, or fix the type

    warning: no value is valid: `minItems` is 2, and `maxItems` is 1
      --> api.yaml:10:45 (#/components/schemas/F/minItems)
      help: fix one of the two

    warning: the default is null, but the schema's type is array
      --> api.yaml:10:71 (#/components/schemas/F/default)
      help: use a default of that type, or fix the type
    "#);
}

#[test]
fn an_example_of_the_wrong_type_is_a_warning() {
    insta::assert_snapshot!(rest("
        paths:
          /a:
            get:
              parameters: [{name: since, in: query, example: yesterday, schema: {$ref: '#/components/schemas/Since'}}]
              responses: {'200': {description: A., content: {application/json: {schema: {type: array, items: {}}, example: {a: 1}}}}}
        components: {schemas: {Since: {type: integer}}}
    "), @"
    generated

    warning: the example is a string, but the schema's type is integer
      --> api.yaml:6:45 (#/paths/~1a/get/parameters/0/example)
      help: use an example of that type, or fix the type

    warning: the example is an object, but the schema's type is array
      --> api.yaml:7:107 (#/paths/~1a/get/responses/200/content/application~1json/example)
      help: use an example of that type, or fix the type
    ");
}

#[test]
fn an_undeclared_name_is_a_warning() {
    insta::assert_snapshot!(rest("
        security: [{tokn: []}]
        servers: [{url: 'https://{regoin}.example', variables: {region: {default: eu, enum: [us]}}}]
        paths:
          /a: {get: {security: [{other: []}, {token: []}], responses: {'204': {description: Done.}}}}
        components:
          securitySchemes: {token: {type: http, scheme: bearer}}
          schemas:
            Pet:
              oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
              discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cats', dog: Dog, d: '#/components/schemas/Dog'}}
            Cat: {type: object, required: [kidn], properties: {kind: {type: string}}}
            Dog: {type: object, properties: {kind: {type: string}}}
    "), @r##"
    generated

    warning: unknown security scheme "tokn"
      --> api.yaml:3:13 (#/security/0/tokn)
      help: did you mean "token"?

    warning: the server URL uses `{regoin}`, but no server variable declares it
      --> api.yaml:4:12 (#/servers/0/url)
      help: did you mean `{region}`?

    warning: the default "eu" is not one of the values in `enum`
      --> api.yaml:4:66 (#/servers/0/variables/region/default)
      help: use one of the values as the default, or add the default to them

    warning: unknown security scheme "other"
      --> api.yaml:6:26 (#/paths/~1a/get/security/0/other)
      help: declare a security scheme of that name, or name a declared one

    warning: the discriminator maps "cat" to "#/components/schemas/Cats", which is not a schema
      --> api.yaml:12:53 (#/components/schemas/Pet/discriminator/mapping/cat)
      help: did you mean "Cat"?

    warning: `kidn` is required, but no property of that name is declared
      --> api.yaml:13:5 (#/components/schemas/Cat)
      help: did you mean `kind`?
    "##);
}

#[test]
fn suspicious_paths_and_responses_are_reported() {
    insta::assert_snapshot!(rest("
        paths:
          /a/{id}/b/{id}:
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            get: {responses: {'404': {description: No.}, '20O': {description: Typo.}}}
          /c/{id}:
            get:
              parameters: [{name: id, in: path, required: true, schema: {}}, {name: q, in: query, schema: {}}, {name: q, in: query, schema: {}}]
              responses: {'204': {description: Done.}}
          /c/{name}:
            get: {parameters: [{name: name, in: path, required: true, schema: {}}], responses: {'204': {description: Done.}}}
          d:
            get: {responses: {'404': {description: No.}, 5XX: {description: Trouble.}}}
    "), @r#"
    error: invalid status code "20O"
      --> api.yaml:6:50 (#/paths/~1a~1{id}~1b~1{id}/get/responses/20O)
      help: use a status code such as `200`, a range such as `4XX`, or `default`

    error: the path "d" doesn't begin with a slash
      --> api.yaml:13:3 (#/paths/d)
      help: add a leading `/`

    warning: the path "/a/{id}/b/{id}" contains the parameter `{id}` twice
      --> api.yaml:4:3 (#/paths/~1a~1{id}~1b~1{id})
      help: use a different name and parameter for each part

    warning: duplicate parameter "q" in "query"; the last one is used
      --> api.yaml:9:104 (#/paths/~1c~1{id}/get/parameters/2)
      help: delete one of the two

    warning: the path "/c/{name}" differs from "/c/{id}" only in the names of the parameters
      --> api.yaml:11:3 (#/paths/~1c~1{name})
      help: merge the two paths: OpenAPI doesn't allow both, since they match the same URLs

    warning: the operation declares no successful response
      --> api.yaml:14:11 (#/paths/d/get/responses)
      help: add a successful response, such as `'200'` or `'204'`
    "#);
}

#[test]
fn a_misspelled_reference_gets_a_suggestion() {
    insta::assert_snapshot!(rest("
        components:
          schemas:
            A: {type: object, properties: {part: {type: string}}}
            B: {type: object, properties: {b: {$ref: '#/components/schemas/A/propertys/part'}, c: {$ref: '#/component/schemas/A'}}}
    "), @r##"
    error: unresolved reference "#/components/schemas/A/propertys/part"
      --> api.yaml:6:40 (#/components/schemas/B/properties/b/$ref)
      help: did you mean #/components/schemas/A/properties/part?

    error: unresolved reference "#/component/schemas/A"
      --> api.yaml:6:92 (#/components/schemas/B/properties/c/$ref)
      help: did you mean #/components/schemas/A?
    "##);
}

#[test]
fn a_misspelled_overlay_target_gets_a_suggestion() {
    let description = "\
openapi: 3.1.0
info: {title: Base, version: '1'}
paths:
  /pets: {get: {operationId: listPets, responses: {'204': {description: Done.}}}}
";
    let overlay = "
        overlay: 1.0.0
        info: {title: Fix, version: '1'}
        actions:
          - {target: \"$.paths['/pet'].get\", update: {summary: Lists pets.}}
          - {target: \"$.paths.*[?@.operationId == 'listPest']\", update: {summary: Lists pets.}}
          - {target: \"$.paths['/entirely/different']\", update: {summary: Lists pets.}}
          - {target: \"$.info\", copy: $.inof}
    ";
    insta::assert_snapshot!(overlaid(description, &[overlay]), @r#"
    error: stale action: its target $.paths['/pet'].get matches nothing
      --> overlay-1.yaml:4:6 (#/actions/0/target)
      help: did you mean "/pets"? Otherwise delete the action if the description no longer needs it, or fix its target

    error: stale action: its target $.paths.*[?@.operationId == 'listPest'] matches nothing
      --> overlay-1.yaml:5:6 (#/actions/1/target)
      help: did you mean "listPets"? Otherwise delete the action if the description no longer needs it, or fix its target

    error: stale action: its target $.paths['/entirely/different'] matches nothing
      --> overlay-1.yaml:6:6 (#/actions/2/target)
      help: delete the action if the description no longer needs it, or fix its target

    error: `copy` must select one node, but $.inof selects 0
      --> overlay-1.yaml:7:24 (#/actions/3/copy)
      help: did you mean "info"? Otherwise delete the action if the description no longer needs it, or fix its target
    "#);
}

/// Unusual but valid constructs give no warnings.
#[test]
fn a_valid_document_has_no_warnings() {
    insta::assert_snapshot!(rest("
        security: [{}, {token: []}]
        servers: [{url: 'https://{region}.example', variables: {region: {default: eu, enum: [eu, us]}}}]
        paths:
          /a/{id}:
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            get: {responses: {default: {description: Any.}}}
            put: {parameters: [{name: id, in: query, schema: {}}], responses: {3XX: {description: Elsewhere.}, x-note: 1}}
          /a/{name}:
            delete: {parameters: [{name: name, in: path, required: true, schema: {type: string}}], responses: {'204': {description: Done.}}}
        components:
          securitySchemes: {token: {type: http, scheme: bearer}}
          schemas:
            A: {type: [string, 'null'], enum: [a, A, '1', null], default: null, example: a, maxLength: 1}
            B: {type: integer, enum: [1, 2], default: 1.0, minimum: 2, maximum: 2, example: 2}
            C: {type: string, example: '1', nullable: true, default: null}
            D: {type: [string, integer], minimum: 1, minLength: 1, example: 1}
            E: {minLength: 1, minimum: 1, default: {}, enum: [{}, []]}
            F: {type: number, example: 1}
            G: {oneOf: [{$ref: '#/components/schemas/H'}], discriminator: {propertyName: kind, mapping: {h: H}}}
            H: {type: object, properties: {kind: {type: string}, default: {type: string}, enum: {type: array, items: {}}}, example: {kind: h}}
    "), @"generated");
}

#[test]
fn listed_values_of_the_declared_type_are_no_problem() {
    insta::assert_snapshot!(rest("
        components:
          schemas:
            A: {type: boolean, enum: [true]}
            B: {type: array, enum: [[1]]}
            C: {type: object, enum: [{a: 1}]}
            D: {type: number, enum: [1, 2.5]}
            E: {type: [string, integer, 'null'], enum: [a, 1, null]}
            F: {type: integer, default: 5.0, example: 1e2}
            G: {type: boolean, enum: [1]}
    "), @"
    generated

    warning: the enum value 1 is not a boolean; the type is ignored
      --> api.yaml:11:31 (#/components/schemas/G/enum/0)
      help: fix the value or the type
    ");
}
