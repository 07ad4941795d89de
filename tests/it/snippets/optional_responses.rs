//! Required properties that responses may lack: `optional_in_responses`.

use codegen::{Customizations, Mode, Options, Source};

use super::{Usage, assert_has, described, emitted};

const SCHEMAS: &str = "
    Pet: {type: object, required: [id, owner, kind, size], properties: {id: {type: integer}, owner: {type: [string, 'null']}, kind: {type: string, enum: [a, b]},
      size: {type: object, required: [x], properties: {x: {type: integer}}}}}
    Toy: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, required: [name], properties: {name: {type: string}}}]}
";

fn with(usage: Usage, selectors: &[&str]) -> String {
    let all = selectors.iter();
    let customizations =
        all.fold(Customizations::new(), |all, selector| all.optional_in_responses(*selector));
    let options = Options::new(Mode::Strict).with_customizations(&customizations);
    let description = described("3.1.0", usage, SCHEMAS);
    let output = codegen::generate_with(&Source::new("snippet.yaml", description), &[], &options);
    emitted("models/", &output.unwrap_or_else(|report| panic!("{report}")), false)
}

#[test]
fn responses_may_lack_everything_that_is_selected() {
    assert_has(
        &with(Usage::Response, &["*"]),
        &[
            "pub struct Pet { pub id: Option<i64>, pub owner: Option<String>, pub kind: Option<PetKind>, pub size: Option<PetSize>,",
            "Pet: open default, 0 \"id\" => id, 1 \"owner\" => owner, 2 \"kind\" => kind, 3 \"size\" => size,",
            "pub struct PetSize { pub x: Option<i64>,",
            "pub name: Option<String>,",
        ],
    );
}

#[test]
fn a_schema_a_property_or_a_pointer_is_selected() {
    // Also where the schema is a part of another one.
    assert_has(
        &with(Usage::Response, &["Pet"]),
        &[
            "pub struct Pet { pub id: Option<i64>,",
            "pub struct PetSize { pub x: Option<i64>,",
            "pub struct Toy { pub id: Option<i64>,",
            "pub name: String,",
        ],
    );
    for selector in ["Pet.id", "#/components/schemas/Pet/properties/id"] {
        assert_has(
            &with(Usage::Response, &[selector]),
            &[
                "pub struct Pet { pub id: Option<i64>, pub owner: Option<String>, pub kind: PetKind, pub size: PetSize,",
            ],
        );
    }
}

#[test]
fn requests_still_have_the_required_properties() {
    let models = with(Usage::Body, &["*"]);
    assert_has(&models, &["pub struct Pet { pub id: i64,", "0 \"id\" => id: REQUIRED,"]);
}

#[test]
fn a_type_of_both_directions_may_lack_them_but_is_constructed_with_them() {
    assert_has(
        &with(Usage::Both, &["*"]),
        &[
            "pub struct Pet { pub id: Option<i64>, pub owner: Maybe<String>, pub kind: Option<PetKind>,",
            "0 \"id\" => id, 1 \"owner\" => owner,",
            "pub fn new(id: i64, kind: PetKind, size: PetSize) -> Self { Self { id: Some(id), kind: Some(kind), size: Some(size),",
        ],
    );
}

#[test]
fn what_the_document_does_not_have_is_an_error() {
    let customizations = Customizations::new().optional_in_responses("Pets").optional_in_responses("Pet.idd");
    let options = Options::new(Mode::Strict).with_customizations(&customizations);
    let description = described("3.1.0", Usage::Response, SCHEMAS);
    let report =
        codegen::generate_with(&Source::new("snippet.yaml", description), &[], &options).unwrap_err();
    let report = report.to_string();
    assert!(
        report.contains("there is no schema \"Pets\"\n  --> options\n  help: did you mean \"Pet\"?"),
        "{report}"
    );
    assert!(report.contains("there is no schema \"Pet.idd\""), "{report}");
}
