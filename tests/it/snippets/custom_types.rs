//! Types that the configuration or `x-rust-type` give schemas and formats.

use codegen::{Customizations, Mode, Options, Source, TypeSetting};

use super::{Usage, assert_has, described, document, emitted, models, received};

/// Returns the models with some types given by the configuration.
fn with(customizations: &Customizations, description: &str) -> String {
    let options = Options::new(Mode::Strict).with_customizations(customizations);
    let output = codegen::generate_with(&Source::new("snippet.yaml", description), &[], &options);
    emitted("models/", &output.unwrap_or_else(|report| panic!("{report}")), false)
}

/// Returns the report on a document with some types given by the configuration.
fn report(customizations: &Customizations, schemas: &str) -> String {
    let description = described("3.1.0", Usage::Both, schemas);
    let options = Options::new(Mode::Strict).with_customizations(customizations);
    let failed = codegen::generate_with(&Source::new("snippet.yaml", description), &[], &options);
    failed.unwrap_err().to_string()
}

const FORMATS: &str = "Item: {type: object, required: [a], properties: {
    a: {type: string, format: uuid}, b: {type: string, format: date}, c: {type: number, format: decimal},
    d: {type: integer, format: int64}, e: {type: string, format: int64}, f: {type: string, format: byte},
    g: {type: string, format: uuid, enum: [x, y]}, h: {type: array, items: {type: [string, 'null'], format: uuid}}}}";

#[test]
fn formats_have_no_types_of_their_own_by_default() {
    assert_has(
        &received(FORMATS),
        &["pub a: String,", "pub b: Option<String>,", "pub c: Option<Number>,", "pub e: Option<String>,"],
    );
}

#[test]
fn formats_have_the_usual_types_on_request() {
    let models = with(&Customizations::new().usual_types(), &described("3.1.0", Usage::Response, FORMATS));
    assert_has(
        &models,
        &[
            "pub a: clientwright_runtime::Custom<::uuid::Uuid>,",
            "pub b: Option<clientwright_runtime::Custom<::jiff::civil::Date>>,",
            "clientwright_runtime::Custom< ::rust_decimal::Decimal, clientwright_runtime::FromNumber, >",
            "pub d: Option<i64>,",
            "pub e: Option<clientwright_runtime::Custom<i64>>,",
            "clientwright_runtime::Custom<Vec<u8>, clientwright_runtime::Base64>",
            "pub g: Option<ItemG>,",
            "pub h: Option<Vec<Option<clientwright_runtime::Custom<::uuid::Uuid>>>>,",
        ],
    );
}

#[test]
fn a_format_is_given_a_type_by_its_name() {
    let customizations = Customizations::new()
        .format("uuid", "crate::Id")
        .format("integer:int64", "u128")
        .format("number:decimal", "f32");
    let models = with(&customizations, &described("3.1.0", Usage::Response, FORMATS));
    assert_has(
        &models,
        &[
            "pub a: clientwright_runtime::Custom<crate::Id>,",
            "pub b: Option<String>,",
            "Option<clientwright_runtime::Custom<f32, clientwright_runtime::FromNumber>>",
            "Option<clientwright_runtime::Custom<u128, clientwright_runtime::FromNumber>>",
            "pub e: Option<String>,",
        ],
    );
}

const NESTED: &str = "
    Order: {type: object, properties: {id: {type: string}, price: {$ref: '#/components/schemas/Price'}, to: {type: object, properties: {x: {type: integer}}}}}
    Price: {type: object, properties: {cents: {type: integer}}}
    Special: {allOf: [{$ref: '#/components/schemas/Order'}, {type: object, properties: {more: {type: string}}}]}
";

#[test]
fn a_schema_or_a_property_is_given_a_type() {
    let customizations = Customizations::new()
        .schema("Order.id", "uuid::Uuid")
        .schema("Price", "crate::Price")
        .schema("#/components/schemas/Order/properties/to", "crate::To");
    let models = with(&customizations, &described("3.1.0", Usage::Response, NESTED));
    assert_has(
        &models,
        &[
            "pub struct Order { pub id: Option<clientwright_runtime::Custom<::uuid::Uuid>>, pub price: Option<Price>,",
            "Custom<crate::To, clientwright_runtime::WithSerde>",
            "pub type Price = clientwright_runtime::Custom< crate::Price, clientwright_runtime::WithSerde, >;",
            "pub struct Special { pub id: Option<clientwright_runtime::Custom<::uuid::Uuid>>,",
        ],
    );
    assert!(!models.contains("OrderTo") && !models.contains("cents"), "{models}");
}

#[test]
fn one_use_of_a_component_is_given_a_type() {
    let models = with(
        &Customizations::new().schema("Order.price", "crate::Money"),
        &described("3.1.0", Usage::Response, NESTED),
    );
    assert_has(
        &models,
        &[
            "pub price: Option< clientwright_runtime::Custom<crate::Money, clientwright_runtime::WithSerde>, >,",
            "pub struct Price {",
        ],
    );
}

#[test]
fn a_description_gives_types_by_an_extension() {
    let models = received(
        "
        Item: {type: object, required: [a], properties: {a: {$ref: '#/components/schemas/Id'}, b: {type: integer, x-rust-type: 'crate::Count', minimum: 3},
          c: {x-rust-type: {type: 'crate::C', with: 'crate::ByC'}}}}
        Id: {type: string, x-rust-type: 'uuid::Uuid', description: An id.}
        ",
    );
    assert_has(
        &models,
        &[
            "pub a: Id,",
            "pub b: Option< clientwright_runtime::Custom<crate::Count, clientwright_runtime::FromNumber>, >,",
            "pub c: Option<clientwright_runtime::Custom<crate::C, crate::ByC>>,",
            "pub type Id = clientwright_runtime::Custom<::uuid::Uuid>;",
        ],
    );
}

#[test]
fn parameters_take_values_of_the_type() {
    let paths = "/a: {get: {tags: [a], operationId: a, parameters: [{name: id, in: query, required: true, schema: {type: string, format: uuid}}], responses: {'204': {description: Done.}}}}";
    let options = Customizations::new().format("uuid", "uuid::Uuid");
    let options = Options::new(Mode::Strict).with_customizations(&options);
    let description = document("3.1.0", paths, "{}");
    let output = codegen::generate_with(&Source::new("a.yaml", description), &[], &options).unwrap();
    assert_has(
        &emitted("endpoints/", &output, false),
        &["pub fn a(id: impl Into<clientwright_runtime::Custom<::uuid::Uuid>>) -> Request<()> {"],
    );
}

#[test]
fn what_is_no_path_of_a_type_is_an_error() {
    for (path, message) in [
        ("Uuid", "the type \"Uuid\" is not in scope in the generated files"),
        ("super::Id", "depends on the file that it is in"),
        ("a::B } fn f() {", "is not the path of a type in Rust"),
        ("&'static str", "is not the path of a type in Rust"),
    ] {
        let failed = report(&Customizations::new().schema("Id", path), "Id: {type: string}");
        assert!(failed.contains(message), "{failed}");
        let failed = codegen::generate(
            &Source::new(
                "a.yaml",
                described("3.1.0", Usage::Both, &format!("Id: {{type: string, x-rust-type: {path:?}}}")),
            ),
            &[],
        );
        let failed = failed.unwrap_err().to_string();
        assert!(
            failed.contains(message) && failed.contains("(#/components/schemas/Id/x-rust-type)"),
            "{failed}"
        );
    }
}

#[test]
fn settings_without_an_effect_are_errors() {
    let failed = report(&Customizations::new().schema("Itm", "crate::Item"), "Item: {type: string}");
    assert!(
        failed.contains("there is no schema \"Itm\"") && failed.contains("did you mean \"Item\"?"),
        "{failed}"
    );
    let mut unusual = Customizations::new();
    unusual.formats.insert("color".to_owned(), TypeSetting::default());
    let failed = report(&unusual, "Item: {type: string, format: color}");
    assert!(failed.contains("there is no usual type for the format \"color\""), "{failed}");
    let mut odd = Customizations::new().schema("Item", "crate::Item");
    odd.schemas.entry("Item".to_owned()).and_modify(|setting| setting.with = Some("yaml".to_owned()));
    let failed = report(&odd, "Item: {type: string}");
    assert!(failed.contains("\"yaml\" is not a conversion"), "{failed}");
}

#[test]
fn unions_have_variants_of_custom_types() {
    let description =
        described("3.1.0", Usage::Both, "Either: {oneOf: [{type: string, format: uuid}, {type: integer}]}");
    assert_has(
        &with(&Customizations::new().usual_types(), &description),
        &["Uuid(clientwright_runtime::Custom<::uuid::Uuid>) from clientwright_runtime::Custom<::uuid::Uuid>"],
    );
    assert!(models(&description).contains("String(String)"));
}

/// Returns the kinds of changes between two configurations of one description.
fn changes(old: &Customizations, new: &Customizations) -> Vec<String> {
    let paths = "
        /a:
          put:
            tags: [a]
            operationId: a
            parameters: [{name: id, in: query, schema: {type: string, format: uuid}}]
            requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}}
            responses: {'200': {description: Done., content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}}}
    ";
    let schemas = "
        Item: {type: object, required: [id], properties: {id: {type: string, format: uuid}, of: {$ref: '#/components/schemas/Ref'}}}
        Ref: {type: string, format: uuid}
    ";
    let description = document("3.1.0", paths, schemas);
    let output = |customizations: &Customizations| {
        let options = Options::new(Mode::Strict).with_customizations(customizations);
        codegen::generate_with(&Source::new("snippet.yaml", description.as_str()), &[], &options).unwrap()
    };
    let found = codegen::diff::diff(&output(old), &output(new));
    let mut kinds: Vec<_> = found.iter().map(|change| change.kind.code().to_owned()).collect();
    kinds.sort();
    kinds.dedup();
    kinds
}

#[test]
fn another_type_of_a_field_is_a_change_for_users() {
    let (plain, usual) = (Customizations::new(), Customizations::new().usual_types());
    assert_eq!(
        changes(&plain, &usual),
        ["alias-retyped", "constructor-changed", "default-removed", "field-retyped", "parameter-retyped"]
    );
    let own = Customizations::new().format("uuid", "crate::Id");
    assert_eq!(
        changes(&usual, &own),
        ["alias-retyped", "constructor-changed", "field-retyped", "parameter-retyped"]
    );
    assert_eq!(changes(&plain, &Customizations::new().optional_in_responses("*")), ["field-now-optional"]);
    assert_eq!(changes(&usual, &usual), [""; 0]);
}
