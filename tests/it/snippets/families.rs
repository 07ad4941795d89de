//! Discriminators beside members, in nested unions, and of schemas that others build on.

use super::discriminators::rows;
use super::{Usage, assert_has, described, document, exchanged, generate, models, received};

#[test]
fn a_schema_with_one_branch_is_a_base_for_those_that_build_on_it() {
    for keyword in ["oneOf", "anyOf"] {
        let code = received(&format!(
            "
        Pet: {{allOf: [{{type: object, required: [kind], properties: {{kind: {{type: string}}}}}}], {keyword}: [{{required: [kind]}}], discriminator: {{propertyName: kind}}}}
        Cat: {{allOf: [{{$ref: '#/components/schemas/Pet'}}, {{properties: {{meow: {{type: string}}}}}}]}}
    "
        ));
        assert_has(&code, &["pub enum Pet { Cat(Cat), Base(PetBase), Unknown(Value), }"]);
    }
}

#[test]
fn a_schema_that_adds_nothing_to_a_base_is_a_struct() {
    let code = received(
        "
        Pet: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}
        Cat: {allOf: [{$ref: '#/components/schemas/Pet'}]}
        Same: {oneOf: [{$ref: '#/components/schemas/Pet'}]}
    ",
    );
    assert_has(&code, &["pub struct Cat { pub kind: String, pub extra: Extra, }", "pub type Same = Pet;"]);
}

/// The discriminator may be declared beside members of which one has the branches.
#[test]
fn a_discriminator_beside_members_selects_the_branches() {
    let code = exchanged(
        "
        Pet: {discriminator: {propertyName: kind}, allOf: [{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}], properties: {m: {type: string}}}
        Cat: {type: object, required: [kind], properties: {kind: {type: string}, a: {type: string}}}
        Dog: {type: object, required: [kind], properties: {kind: {type: string}, b: {type: string}}}
    ",
    );
    assert_eq!(
        rows(&code, "Pet"),
        [r#"Pet by "kind","#, r#""Cat" => Cat(PetCat) from PetCat,"#, r#""Dog" => Dog(PetDog) from PetDog,"#]
    );
    assert_has(
        &code,
        &[
            "pub struct PetCat { pub m: Option<String>, pub kind: String, pub a: Option<String>, pub extra: Extra, }",
        ],
    );
}

#[test]
fn a_property_of_two_schemas_keeps_the_branches_of_a_component() {
    let code = exchanged(
        "
        Pet: {type: object, properties: {w: {type: string}}, oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
        Holder: {type: object, allOf: [{properties: {p: {$ref: '#/components/schemas/Pet'}}}, {properties: {p: {properties: {x: {type: string}}}}}]}
        Cat: {type: object, required: [a], properties: {a: {type: string}}}
        Dog: {type: object, required: [b], properties: {b: {type: string}}}
    ",
    );
    assert_has(
        &code,
        &[
            "pub enum HolderP { Cat(HolderPCat), Dog(HolderPDog), Unknown(Value), }",
            "pub struct HolderPCat { pub w: Option<String>, pub x: Option<String>, pub a: String, pub extra: Extra, }",
        ],
    );
}

/// The name of a schema is a value only if the schema declares none.
#[test]
fn a_nested_union_has_the_names_of_schemas_without_a_value() {
    let code = received(
        "
        Pet: {oneOf: [{$ref: '#/components/schemas/Canine'}, {$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: kind}}
        Canine: {oneOf: [{$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Wolf'}], discriminator: {propertyName: kind}}
        Dog: {type: object, required: [kind], properties: {kind: {enum: [dog]}, d: {type: string}}}
        Wolf: {type: object, required: [kind], properties: {kind: {type: string}, w: {type: string}}}
        Cat: {type: object, required: [kind], properties: {kind: {type: string}, c: {type: string}}}
    ",
    );
    assert_eq!(rows(&code, "Pet")[1], r#""dog" | "Wolf" => Canine(Canine),"#);
}

/// OpenAPI 3.2.0, "Discriminator Object": `defaultMapping` names a schema, as the values of `mapping` do.
#[test]
fn a_mapping_names_a_branch_or_is_a_warning() {
    let warnings = |discriminator: &str| {
        let schemas = format!(
            "
        Pet: {{oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}], discriminator: {{propertyName: kind, {discriminator}}}}}
        Cat: {{type: object, required: [kind], properties: {{kind: {{type: string}}, c: {{type: string}}}}}}
        Dog: {{type: object, properties: {{kind: {{type: string}}, d: {{type: string}}}}}}
    "
        );
        let output = generate(&described("3.2.0", Usage::Response, &schemas));
        let warnings: Vec<_> = output.warnings.iter().map(|warning| warning.message.clone()).collect();
        warnings
    };
    assert!(warnings("defaultMapping: Dog").is_empty());
    assert!(
        warnings("defaultMapping: Bird")
            .contains(&"`defaultMapping` names \"Bird\", which is not a branch".to_owned())
    );
    assert!(warnings("mapping: {x: '#/components/schemas/Dog'}").is_empty());
    assert_eq!(
        warnings("mapping: {x: '#/paths/components/Dog'}"),
        [r##"the discriminator maps "x" to "#/paths/components/Dog", which is not a schema"##]
    );
    let folders = models(&document(
        "3.1.0",
        "/a: {get: {responses: {'200': {description: Fine., content: {application/json: {schema: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind, mapping: {x: '#/definitions/schemas/Dog', y: '#/components/other/Dog', z: '#/components/schemas/Dog'}}}}}}}}}",
        "
        Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
        Dog: {type: object, required: [kind], properties: {kind: {type: string}}}
    ",
    ));
    assert_has(&folders, &[r#""z" | "Dog" => Z(Dog),"#]);
    assert!(!folders.contains("\"x\"") && !folders.contains("\"y\""), "{folders}");
}
