//! Derives and attributes that the configuration adds.

use codegen::{Customizations, Mode, Options, Output, Source};

use super::{Usage, assert_has, described, emitted};

const SCHEMAS: &str = "
    Pet: {type: object, properties: {id: {type: integer}, kind: {type: string, enum: [a, b]}, size: {type: object, properties: {x: {type: integer}}}}}
    Toy: {type: object, properties: {price: {type: number}, of: {oneOf: [{type: string}, {$ref: '#/components/schemas/Pet'}]}}}
    Shelf: {type: object, properties: {toys: {type: array, items: {$ref: '#/components/schemas/Toy'}}}}
";

fn with(customizations: &Customizations) -> Result<Output, String> {
    let options = Options::new(Mode::Strict).with_customizations(customizations);
    let description = described("3.1.0", Usage::Response, SCHEMAS);
    codegen::generate_with(&Source::new("snippet.yaml", description), &[], &options)
        .map_err(|report| report.to_string())
}

/// Returns the attributes of each type, as `Name: attributes`.
fn attributes(customizations: &Customizations) -> Vec<String> {
    let models = emitted("models/", &with(customizations).unwrap(), false);
    let mut found = Vec::new();
    let mut attributes = Vec::new();
    for line in models.lines() {
        if line.starts_with("#[") {
            attributes.push(line);
        } else if let Some(name) = line.strip_prefix("pub struct ").or(line.strip_prefix("pub enum ")) {
            let name = name.trim_end_matches([' ', '{']);
            attributes.retain(|attribute| *attribute != "#[non_exhaustive]");
            found.push(format!("{name}: {}", attributes.join(" ")));
            attributes.clear();
        }
    }
    found.sort();
    found
}

#[test]
fn all_types_that_can_have_a_trait_derive_it() {
    let found = attributes(&Customizations::new().derive("*", "Hash").derive("*", "Eq").derive("*", "a::B"));

    let derives: Vec<_> = found
        .iter()
        .map(|line| line.split(": ").next().unwrap().to_owned() + line.split_once("#[derive").unwrap().1)
        .collect();
    assert_eq!(
        derives,
        [
            "Pet(Clone, Hash, Eq, ::a::B)]",
            "PetKind(Clone, ::a::B)]",
            "PetSize(Clone, Hash, Eq, ::a::B)]",
            "Shelf(Clone, ::a::B)]",
            "Toy(Clone, ::a::B)]",
            "ToyOf(Clone, Debug, PartialEq, Hash, Eq, ::a::B)]",
        ]
    );
}

#[test]
fn a_schema_and_those_in_it_derive_a_trait() {
    let found = attributes(&Customizations::new().derive("Pet", "schemars::JsonSchema"));
    assert_eq!(
        found,
        [
            "Pet: #[derive(Clone, ::schemars::JsonSchema)]",
            "PetKind: #[derive(Clone, ::schemars::JsonSchema)]",
            "PetSize: #[derive(Clone, ::schemars::JsonSchema)]",
            "Shelf: #[derive(Clone)]",
            "Toy: #[derive(Clone)]",
            "ToyOf: #[derive(Clone, Debug, PartialEq)]",
        ]
    );
}

#[test]
fn types_and_fields_have_attributes() {
    let customizations = Customizations::new()
        .attribute("Pet", "doc(alias = \"animal\")")
        .attribute("Pet.id", "doc(hidden)")
        .attribute("#/components/schemas/Pet/properties/size", "must_use");
    let models = emitted("models/", &with(&customizations).unwrap(), false);
    assert!(models.contains("#[doc(alias = \"animal\")]\n#[non_exhaustive]\npub struct Pet {"), "{models}");
    assert!(models.contains("    #[doc(hidden)]\n    pub id: Option<i64>,"), "{models}");
    assert!(models.contains("#[must_use]\n#[non_exhaustive]\npub struct PetSize {"), "{models}");
    assert_has(&models, &["pub struct Toy {"]);
}

#[test]
fn what_is_no_attribute_is_an_error() {
    for (customizations, message) in [
        (Customizations::new().derive("Pet", "Foo"), "the type \"Foo\" is not in scope"),
        (Customizations::new().derive("Pet", "a::B)] struct X;"), "is not the path of a type"),
        (Customizations::new().attribute("Pet", "a] struct X; #[b"), "is not an attribute"),
        (Customizations::new().attribute("Pets", "must_use"), "there is no schema \"Pets\""),
    ] {
        let failed = with(&customizations).unwrap_err();
        assert!(failed.contains(message), "{failed}");
    }
}
