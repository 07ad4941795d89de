//! Inline objects, pattern properties and additional properties.

use super::{Usage, assert_has, described, emitted, generate, received, sent};

#[test]
fn an_inline_object_is_named_after_its_path() {
    insta::assert_snapshot!(received("
        Pet:
          type: object
          properties:
            home: {type: object, properties: {door: {type: object, properties: {wide: {type: boolean}}}}}
            toys: {type: array, items: {type: object, properties: {name: {type: string}}}}
            tag: {type: object, x-rust-name: Collar, properties: {id: {type: integer}}}
        PetHome: {type: object, properties: {taken: {type: boolean}}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub home: Option<PetHome2>,
        pub toys: Option<Vec<PetToysItem>>,
        pub tag: Option<Collar>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "home" => home,
        1 "toys" => toys,
        2 "tag" => tag,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct PetHome2 {
        pub door: Option<PetHome2Door>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        PetHome2: open default,
        0 "door" => door,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Collar {
        pub id: Option<i64>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Collar: open default,
        0 "id" => id,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct PetToysItem {
        pub name: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        PetToysItem: open default,
        0 "name" => name,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct PetHome2Door {
        pub wide: Option<bool>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        PetHome2Door: open default,
        0 "wide" => wide,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct PetHome {
        pub taken: Option<bool>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        PetHome: open default,
        0 "taken" => taken,
    }
    "#);
}

#[test]
fn pattern_properties_become_a_map() {
    insta::assert_snapshot!(received("
        Pet:
          type: object
          properties:
            one: {patternProperties: {'^x': {type: integer}}, additionalProperties: false}
            two: {type: object, patternProperties: {'^x': {type: integer}, '^y': {type: string}}}
    "), @r#"
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        pub one: Option<BTreeMap<String, i64>>,
        pub two: Option<Map<String, Value>>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "one" => one,
        1 "two" => two,
    }
    "#);
}

/// A type of a request body is open only if the description declares `additionalProperties`.
#[test]
fn additional_properties_open_a_body_type() {
    insta::assert_snapshot!(sent("
        Typed: {type: object, properties: {a: {type: string}}, additionalProperties: {type: integer}}
        Free: {type: object, properties: {a: {type: string}}, additionalProperties: true}
        Closed: {type: object, properties: {a: {type: string}}, additionalProperties: false}
        Silent: {type: object, properties: {a: {type: string}}}
    "), @r#"
    #[derive(Clone)]
    pub struct Closed {
        pub a: Option<String>,
    }

    clientwright_runtime::model! {
        Closed: closed default,
        0 "a" => a,
    }

    #[derive(Clone)]
    pub struct Free {
        pub a: Option<String>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Free: open default,
        0 "a" => a,
    }

    #[derive(Clone)]
    pub struct Silent {
        pub a: Option<String>,
    }

    clientwright_runtime::model! {
        Silent: closed default,
        0 "a" => a,
    }

    #[derive(Clone)]
    pub struct Typed {
        pub a: Option<String>,
        pub additional: BTreeMap<String, i64>,
    }

    clientwright_runtime::model! {
        Typed: closed default,
        0 "a" => a,
        * 2 => additional,
    }
    "#);
}

/// JSON Schema Core 10.3.2.2 and 10.3.2.3: the schema of a pattern applies to the properties whose names match. Properties
/// of other names have any value, unless `additionalProperties` says more.
#[test]
fn pattern_properties_say_nothing_of_other_names() {
    let description = described(
        "3.1.0",
        Usage::Response,
        "
        Pet:
          type: object
          properties:
            open: {patternProperties: {'^n_': {type: integer}}}
            typed: {patternProperties: {'^n_': {type: integer}}, additionalProperties: {type: string}}
            same: {patternProperties: {'^n_': {type: integer}}, additionalProperties: {type: integer}}
            all: {patternProperties: {'^.*$': {type: integer}}}
            closed: {patternProperties: {'^n_': {type: integer}}, additionalProperties: false}
            named: {patternProperties: {'^n_': {$ref: '#/components/schemas/Pet'}}}
    ",
    );
    let output = generate(&description);
    let code = emitted("models/", &output, true);
    let all = "Additional properties have names that match";
    assert_has(
        &code,
        &[
            "/// Properties whose names match `^n_` have values of the type `integer`. pub open: Option<Map<String, Value>>,",
            "/// Properties whose names match `^n_` have values of the type `integer`. pub typed: Option<Map<String, Value>>,",
            "pub same: Option<BTreeMap<String, i64>>,",
            "pub all: Option<BTreeMap<String, i64>>,",
            &format!(
                "/// {all} `^n_`. No other properties are valid. pub closed: Option<BTreeMap<String, i64>>,"
            ),
            "/// Properties whose names match `^n_` match the schema `Pet`. pub named: Option<Map<String, Value>>,",
        ],
    );
    let skipped: Vec<_> = output.skipped().iter().map(|part| part.pointer.to_string()).collect();
    let at = "#/components/schemas/Pet/properties";
    assert_eq!(skipped, ["named", "open", "typed"].map(|name| format!("{at}/{name}/patternProperties")));
}
