//! Schemas for which no type can be emitted.

use super::rest;

#[test]
fn an_unresolved_reference_is_an_error() {
    insta::assert_snapshot!(rest("
        components:
          schemas:
            Pet: {type: object, properties: {owner: {$ref: '#/components/schemas/Ownr'}}}
            Owner: {type: array, items: {$ref: '#/components/schemas/Entirely'}}
            Both: {allOf: [{$ref: '#/components/schemas/Pets'}, {type: object, properties: {a: {type: string}}}]}
    "), @r##"
    error: unresolved reference "#/components/schemas/Ownr"
      --> api.yaml:5:46 (#/components/schemas/Pet/properties/owner/$ref)
      help: did you mean #/components/schemas/Owner?

    error: unresolved reference "#/components/schemas/Entirely"
      --> api.yaml:6:34 (#/components/schemas/Owner/items/$ref)
      help: add the component in an overlay, or fix the reference

    error: unresolved reference "#/components/schemas/Pets"
      --> api.yaml:7:21 (#/components/schemas/Both/allOf/0/$ref)
      help: did you mean #/components/schemas/Pet?
    "##);
}

#[test]
fn a_reference_to_an_unread_file_is_an_error() {
    insta::assert_snapshot!(rest("
        components:
          schemas:
            File: {$ref: 'pet.yaml#/components/schemas/Pet'}
            Net: {type: array, items: {$ref: 'https://example.com/pet.json'}}
            Inside: {type: object, properties: {a: {$ref: '#/components/responses/Pet'}}}
    "), @r##"
    error: the file of the reference "pet.yaml#/components/schemas/Pet" can't be read: no file loader is set
      --> api.yaml:5:12 (#/components/schemas/File/$ref)
      help: create the file, or move its content into the description

    error: the reference "https://example.com/pet.json" points to another server, and remote files are not loaded
      --> api.yaml:6:32 (#/components/schemas/Net/items/$ref)
      help: save the file next to the description and refer to it by its path

    error: unresolved reference "#/components/responses/Pet"
      --> api.yaml:7:45 (#/components/schemas/Inside/properties/a/$ref)
      help: fix the reference, or add its target with an overlay
    "##);
}

#[test]
fn a_reference_must_be_a_string() {
    insta::assert_snapshot!(rest("
        paths: {/a: {get: {responses: {'200': {$ref: [x]}}}}}
        components: {schemas: {Pet: {$ref: 7}}}
    "), @"
    error: `$ref` must be a string
      --> api.yaml:3:40 (#/paths/~1a/get/responses/200/$ref)
      help: write `$ref: '#/components/…'`

    error: `$ref` must be a string
      --> api.yaml:4:30 (#/components/schemas/Pet/$ref)
      help: write `$ref: '#/components/…'`
    ");
}

#[test]
fn components_that_only_refer_to_each_other_are_an_error() {
    insta::assert_snapshot!(rest("
        components:
          schemas:
            Self: {$ref: '#/components/schemas/Self'}
            A: {$ref: '#/components/schemas/B'}
            B: {$ref: '#/components/schemas/A'}
            Tail: {$ref: '#/components/schemas/A'}
            Only: {allOf: [{$ref: '#/components/schemas/Only'}]}
            One: {oneOf: [{$ref: '#/components/schemas/One'}]}
    "), @"
    error: `Self_` is only a reference to itself: Self_ → Self_
      --> api.yaml:5:5 (#/components/schemas/Self)
      help: give one schema of the cycle a type

    error: `A` is only a reference to itself: A → B → A
      --> api.yaml:6:5 (#/components/schemas/A)
      help: give one schema of the cycle a type

    error: `Only` is only a reference to itself: Only → Only
      --> api.yaml:9:5 (#/components/schemas/Only)
      help: give one schema of the cycle a type

    error: `One` is only a reference to itself: One → One
      --> api.yaml:10:5 (#/components/schemas/One)
      help: give one schema of the cycle a type
    ");
}

#[test]
fn an_all_of_cycle_is_an_error() {
    insta::assert_snapshot!(rest("
        components:
          schemas:
            Self: {allOf: [{$ref: '#/components/schemas/Self'}, {type: object, properties: {a: {type: string}}}]}
    "), @"
    error: allOf is circular: Self → Self
      --> api.yaml:5:20 (#/components/schemas/Self/allOf/0)
      help: remove one of these members: a type can't contain itself by allOf
    ");
    insta::assert_snapshot!(rest("
        components:
          schemas:
            A: {allOf: [{$ref: '#/components/schemas/B'}, {type: object, properties: {a: {type: string}}}]}
            B: {allOf: [{$ref: '#/components/schemas/A'}, {type: object, properties: {b: {type: string}}}]}
    "), @"
    error: allOf is circular: B → A → B
      --> api.yaml:5:17 (#/components/schemas/A/allOf/0)
      help: remove one of these members: a type can't contain itself by allOf

    error: allOf is circular: A → B → A
      --> api.yaml:6:17 (#/components/schemas/B/allOf/0)
      help: remove one of these members: a type can't contain itself by allOf
    ");
}

#[test]
fn an_unknown_type_is_an_error() {
    insta::assert_snapshot!(rest("
        components:
          schemas:
            A: {type: strin}
            B: {type: [integer, text]}
            C: {type: 1}
    "), @r#"
    error: unknown type "strin"
      --> api.yaml:5:9 (#/components/schemas/A/type)
      help: did you mean "string"?

    error: unknown type "text"
      --> api.yaml:6:9 (#/components/schemas/B/type)
      help: use one of string, number, integer, boolean, object, array, null

    error: `type` must be a string or an array of strings, not a number
      --> api.yaml:7:9 (#/components/schemas/C/type)
      help: use a type of JSON Schema
    "#);
}

#[test]
fn an_inline_branch_without_a_tag_value_is_an_error() {
    insta::assert_snapshot!(rest("
        components:
          schemas:
            A:
              oneOf: [{type: object, properties: {kind: {type: string}}}, {$ref: '#/components/schemas/B'}]
              discriminator: {propertyName: kind, mapping: {c: '#/components/schemas/C'}}
            B: {type: object, properties: {kind: {type: string}}}
            C: {type: object, properties: {kind: {type: string}}}
    "), @r#"
    error: a branch beside a discriminator must be a `$ref`, or declare its value by an `enum`
      --> api.yaml:6:15 (#/components/schemas/A/oneOf/0)
      help: move the schema to components and refer to it; until then, its shape decides

    warning: the discriminator maps to "C", which is not a branch
      --> api.yaml:7:7 (#/components/schemas/A/discriminator)
      help: add the branch, or remove it from `mapping`
    "#);
}

#[test]
fn an_undeclared_required_property_is_a_warning() {
    insta::assert_snapshot!(rest("
        components: {schemas: {Pet: {type: object, required: [name, nam], properties: {name: {type: string}}}}}
    "), @"
    generated

    warning: `nam` is required, but no property of that name is declared
      --> api.yaml:3:24 (#/components/schemas/Pet)
      help: did you mean `name`?
    ");
}

#[test]
fn components_with_the_same_type_name_are_a_warning() {
    insta::assert_snapshot!(rest("
        components: {schemas: {pet: {type: string}, Pet: {type: integer}}}
    "), @r#"
    generated

    warning: the schemas "pet" and "Pet" have the same type name; "Pet" becomes `Pet2`
      --> api.yaml:3:45 (#/components/schemas/Pet)
      help: name one of the two by `x-rust-name`, for example in an overlay
    "#);
}

#[test]
fn a_discriminator_that_no_schema_declares_is_a_warning() {
    insta::assert_snapshot!(rest("
        components:
          schemas:
            A:
              oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]
              discriminator:
                propertyName: kind
            B: {type: object, properties: {b: {type: string}}}
            C: {type: object, properties: {c: {type: string}}}
    "), @"
    generated

    warning: no schema of the union declares the discriminator property `kind`
      --> api.yaml:8:9 (#/components/schemas/A/discriminator/propertyName)
      help: declare it in each schema; values without it are recognized by their shape
    ");
}

#[test]
fn a_default_mapping_must_name_a_branch() {
    insta::assert_snapshot!(rest("
        components:
          schemas:
            A:
              oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]
              discriminator:
                propertyName: kind
                defaultMapping: D
            B: {type: object, properties: {kind: {type: string}}}
            C: {type: object, properties: {kind: {type: string}}}
            D: {type: object, properties: {kind: {type: string}}}
            E:
              oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]
              discriminator:
                propertyName: kind
                defaultMapping: F
    "), @r#"
    generated

    warning: `defaultMapping` names "D", which is not a branch
      --> api.yaml:7:7 (#/components/schemas/A/discriminator)
      help: name the schema of a branch

    warning: `defaultMapping` names "F", which is not a branch
      --> api.yaml:15:7 (#/components/schemas/E/discriminator)
      help: name the schema of a branch

    warning: the discriminator maps other values to "F", which is not a schema
      --> api.yaml:17:9 (#/components/schemas/E/discriminator/defaultMapping)
      help: use the name of a component schema, or a reference to one
    "#);
}
