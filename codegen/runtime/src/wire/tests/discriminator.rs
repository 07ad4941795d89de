//! Tests of unions with a discriminator: which variant is chosen, and which value is written.

#![allow(unreachable_pub, reason = "written like the emitted models, which are public")]

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::decode::error::DecodeError;
use crate::decode::text::decode;
use crate::encode::text::encode;
use crate::model::extra::Extra;
use crate::model::node::Decode;
use crate::nodes::lenient::{Lenient, decode_lenient};
use crate::types::number::Number;
use crate::types::unknown_value::UnknownValue;
use crate::{model, open_enum, tagged_union, union};

#[derive(Clone)]
pub struct Cat {
    pub kind: String,
    pub meow: Option<bool>,
    pub extra: Extra,
}
model! { Cat: open default, 0 "kind" => kind: REQUIRED, 1 "meow" => meow, }

#[derive(Clone)]
pub struct Dog {
    pub kind: Option<String>,
    pub bark: Option<bool>,
    pub extra: Extra,
}
model! { Dog: open default, 0 "kind" => kind, 1 "bark" => bark, }

/// A variant that doesn't declare the discriminator.
#[derive(Clone)]
pub struct Lizard {
    pub legs: Option<i64>,
    pub extra: Extra,
}
model! { Lizard: open default, 0 "legs" => legs, }

/// A variant whose enum lists its value.
#[derive(Clone)]
pub struct Fish {
    pub kind: Option<FishKind>,
    pub fins: Option<i64>,
    pub extra: Extra,
}
model! { Fish: open default, 0 "kind" => kind, 1 "fins" => fins, }

#[derive(Clone)]
pub enum FishKind {
    Fish,
    Unknown(UnknownValue),
}
open_enum! { FishKind, "fish" => Fish, }

#[derive(Clone, Debug, PartialEq)]
pub enum Pet {
    Cat(Cat),
    Dog(Dog),
    Lizard(Box<Lizard>),
    Fish(Fish),
    Name(String),
    Unknown(Value),
}
tagged_union! {
    Pet by "kind",
    "cat" | "Cat" => Cat(Cat) from Cat,
    "dog" => Dog(Dog) from Dog,
    "lizard" => Lizard(Box<Lizard>) from Lizard,
    "fish" => Fish(Fish) from Fish,
    => Name(String) from String | &str,
}

/// A union with a variant for all other values.
#[derive(Clone, Debug, PartialEq)]
pub enum Animal {
    Cat(Cat),
    Other(Lizard),
    Unknown(Value),
}
tagged_union! { Animal by "kind" or 1, "cat" => Cat(Cat), "other" => Other(Lizard), }

/// A union of a union with the same discriminator, and of one without.
#[derive(Clone, Debug, PartialEq)]
pub enum Being {
    Pet(Pet),
    Plant(Plant),
    Unknown(Value),
}
tagged_union! { Being by "kind", "cat" | "dog" => Pet(Pet) from Pet | Cat | Dog | &str, "plant" => Plant(Plant), }

#[derive(Clone, Debug, PartialEq)]
pub enum Plant {
    Tree(Tree),
    Size(i64),
    Unknown(Value),
}
union! { Plant, Tree(Tree), Size(i64), }

#[derive(Clone)]
pub struct Tree {
    pub height: i64,
    pub extra: Extra,
}
model! { Tree: open default, 0 "height" => height: REQUIRED, }

/// A union of closed models, which can't keep a discriminator that came.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Circle(Circle),
    Unknown(Value),
}
tagged_union! { Shape by "kind", "circle" | "Circle" => Circle(Circle), }

#[derive(Clone)]
pub struct Circle {
    pub kind: Option<String>,
    pub radius: Option<i64>,
}
model! { Circle: closed default, 0 "kind" => kind, 1 "radius" => radius, }

/// A closed model that doesn't declare the discriminator.
#[derive(Clone)]
pub struct Square {
    pub width: Option<i64>,
}
model! { Square: closed default, 0 "width" => width, }

/// A closed model with additional properties.
#[derive(Clone)]
pub struct Sizes {
    pub unit: Option<String>,
    pub additional: BTreeMap<String, i64>,
}
model! { Sizes: closed default, 0 "unit" => unit, * 2 => additional, }

/// A union with variants of any properties.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    Square(Square),
    Counts(BTreeMap<String, i64>),
    Sizes(Sizes),
    Free(Map<String, Value>),
    Any(Value),
    Unknown(Value),
}
tagged_union! {
    Node by "kind",
    "square" | "Square" => Square(Square),
    "counts" => Counts(BTreeMap<String, i64>),
    "sizes" => Sizes(Sizes),
    "free" => Free(Map<String, Value>) from Map<String, Value>,
    "any" => Any(Value),
}

/// Decodes a value, and checks that it is encoded to the same JSON.
fn read<T: Decode>(value: &Value) -> T {
    let read: T = decode(value.to_string().as_bytes()).unwrap();
    assert_eq!(written(&read), *value);
    read
}

fn written<T: Decode>(value: &T) -> Value {
    serde_json::from_slice(&encode(value).unwrap()).unwrap()
}

#[test]
fn the_discriminator_selects_the_variant() {
    assert!(matches!(read(&json!({"kind": "dog", "meow": true})), Pet::Dog(_)));
    assert!(matches!(read(&json!({"legs": 4, "kind": "lizard"})), Pet::Lizard(_)));
    let wrong: Result<Pet, DecodeError> = decode(br#"{"kind": "cat", "meow": 5}"#);
    assert!(wrong.unwrap_err().to_string().contains("/meow"));
}

#[test]
fn each_value_of_a_variant_is_written_as_it_came() {
    assert!(matches!(read(&json!({"kind": "Cat", "meow": true})), Pet::Cat(_)));
    assert!(matches!(read(&json!({"kind": "cat"})), Pet::Cat(_)));
    assert!(matches!(read(&json!({"kind": "Circle", "radius": 1})), Shape::Circle(_)));
}

#[test]
fn the_variant_gives_the_discriminator() {
    let dog = |kind: Option<&str>| Dog { kind: kind.map(str::to_owned), bark: Some(true), ..Dog::default() };
    for kind in [None, Some(""), Some("cat"), Some("dog")] {
        assert_eq!(written(&Pet::Dog(dog(kind))), json!({"kind": "dog", "bark": true}));
    }
    assert_eq!(written(&Pet::from(Cat::default())), json!({"kind": "cat"}));
    assert_eq!(written(&Pet::from(Fish::default())), json!({"kind": "fish"}));
    let mut lizard = Lizard { legs: Some(4), ..Lizard::default() };
    assert_eq!(written(&Pet::from(lizard.clone())), json!({"kind": "lizard", "legs": 4}));
    lizard.extra.insert("kind", "dog");
    assert_eq!(written(&Pet::from(lizard)), json!({"kind": "lizard", "legs": 4}));
}

#[test]
fn without_the_discriminator_the_shape_decides() {
    assert!(matches!(read(&json!({"bark": true})), Pet::Dog(_)));
    assert!(matches!(read(&json!({"legs": 4})), Pet::Lizard(_)));
    assert!(matches!(read(&json!({"legs": 4, "x": null})), Pet::Lizard(_)));
    assert!(matches!(read(&json!({"kind": null, "legs": 4})), Pet::Lizard(_)));
    assert!(matches!(read(&json!("Tom")), Pet::Name(_)));
    assert!(matches!(read(&json!(5)), Pet::Unknown(_)));
    assert!(matches!(read(&json!({"radius": 1})), Shape::Unknown(_)));
}

#[test]
fn an_unlisted_value_needs_a_shape_that_only_one_variant_has() {
    assert!(matches!(read(&json!({"kind": "wolf", "bark": true})), Pet::Dog(_)));
    assert!(matches!(read(&json!({"kind": "newt", "legs": 4})), Pet::Lizard(_)));
    assert!(matches!(read(&json!({"kind": {"id": 1}, "legs": 4})), Pet::Lizard(_)));
    // Several variants match, or none matches exactly.
    assert!(matches!(read(&json!({"kind": "bird"})), Pet::Unknown(_)));
    assert!(matches!(read(&json!({"kind": "bird", "wings": 2})), Pet::Unknown(_)));
    assert!(matches!(read(&json!({"kind": "wolf", "bark": true, "pack": 1})), Pet::Unknown(_)));
    assert!(matches!(read(&json!({"kind": "shark", "fins": 1})), Pet::Unknown(_)));
}

#[test]
fn the_default_variant_is_that_of_all_other_values() {
    assert!(matches!(read(&json!({"kind": "cat"})), Animal::Cat(_)));
    for value in
        [json!({"legs": 4}), json!({"kind": "bird"}), json!({"kind": "other", "x": 1}), json!({"kind": 5})]
    {
        assert!(matches!(read(&value), Animal::Other(_)));
    }
    assert!(matches!(read(&json!({"legs": "four"})), Animal::Unknown(_)));
    assert_eq!(written(&Animal::Other(Lizard::default())), json!({"kind": "other"}));
}

#[test]
fn a_nested_union_writes_its_own_discriminator() {
    assert!(matches!(read(&json!({"kind": "dog"})), Being::Pet(pet) if matches!(pet, Pet::Dog(_))));
    assert!(
        matches!(read(&json!({"kind": "Cat", "meow": true})), Being::Pet(pet) if matches!(pet, Pet::Cat(_)))
    );
    assert!(matches!(read(&json!({"kind": "plant", "height": 1})), Being::Plant(Plant::Tree(_))));
    assert!(matches!(read(&json!({"height": 1})), Being::Plant(Plant::Tree(_))));
    assert!(matches!(read(&json!(5)), Being::Plant(Plant::Size(5))));
    assert_eq!(written(&Being::from(Dog::default())), json!({"kind": "dog"}));
    assert_eq!(written(&Being::from("Tom")), json!("Tom"));
    let tree = Tree { height: 1, ..Tree::default() };
    assert_eq!(written(&Being::Plant(Plant::Tree(tree))), json!({"kind": "plant", "height": 1}));
}

/// A union that an integer distinguishes.
#[derive(Clone, Debug, PartialEq)]
pub enum Version {
    First(Numbered),
    Second(Numbered),
    Unknown(Value),
}
tagged_union! { Version by "version", "1" => First(Numbered), "2" => Second(Numbered), }

#[derive(Clone)]
pub struct Numbered {
    pub version: i64,
    pub extra: Extra,
}
model! { Numbered: open default, 0 "version" => version: REQUIRED, }

#[test]
fn an_integer_distinguishes_variants_as_well() {
    assert!(matches!(read(&json!({"version": 1})), Version::First(_)));
    assert!(matches!(read(&json!({"version": 2, "x": 1})), Version::Second(_)));
    assert!(matches!(read(&json!({"version": 3})), Version::Unknown(_)));
    assert_eq!(written(&Version::Second(Numbered::default())), json!({"version": 2}));
}

#[test]
fn the_variant_gives_the_discriminator_of_an_object_of_any_properties() {
    let counts = BTreeMap::from([("a".to_owned(), 1)]);
    assert_eq!(written(&Node::Counts(counts)), json!({"kind": "counts", "a": 1}));
    assert_eq!(written(&Node::Free(Map::new())), json!({"kind": "free"}));
    assert_eq!(written(&Node::Any(json!({"a": 1}))), json!({"kind": "any", "a": 1}));
    assert_eq!(written(&Node::Any(json!([1]))), json!([1]));
    assert_eq!(written(&Node::Square(Square::default())), json!({"kind": "square"}));
    let sizes = Sizes { additional: BTreeMap::from([("a".to_owned(), 1)]), ..Sizes::default() };
    assert_eq!(written(&Node::Sizes(sizes)), json!({"kind": "sizes", "a": 1}));
    // A key that the caller sets is written as it is, once.
    let map = Map::from_iter([("kind".to_owned(), json!("FREE")), ("a".to_owned(), json!(1))]);
    assert_eq!(written(&Node::from(map)), json!({"kind": "FREE", "a": 1}));
    assert_ne!(Node::Counts(BTreeMap::new()), Node::Counts(BTreeMap::from([("a".to_owned(), 1)])));
    assert_eq!(format!("{:?}", vec![Node::Counts(BTreeMap::new())]), "[Counts({})]");
}

#[test]
fn the_discriminator_needs_no_declaration_in_a_variant_without_undeclared_properties() {
    assert!(matches!(read(&json!({"kind": "square", "width": 1})), Node::Square(_)));
    assert!(matches!(read(&json!({"kind": "counts", "a": 1})), Node::Counts(_)));
    assert!(matches!(read(&json!({"kind": "sizes", "unit": "m", "a": 1})), Node::Sizes(_)));
    assert!(matches!(read(&json!({"kind": "free", "a": "b"})), Node::Free(_)));
    assert!(matches!(read(&json!({"kind": "any", "a": "b"})), Node::Any(_)));
    for (json, path) in [
        (r#"{"kind": "square", "width": 1, "x": 2}"#, "/x"),
        (r#"{"kind": "counts", "a": "b"}"#, "/a"),
        (r#"{"kind": "sizes", "a": "b"}"#, "/a"),
        // The encoder would write another value.
        (r#"{"kind": "Square", "width": 1}"#, "/kind"),
    ] {
        assert_eq!(decode::<Node>(json.as_bytes()).unwrap_err().path(), path, "{json}");
    }
}

#[test]
fn a_discriminator_is_written_once_beside_values_that_are_left_out() {
    for json in [
        r#"{"kind":"square","width":"x","more":1}"#,
        r#"{"kind":"Square","width":1}"#,
        r#"{"kind":"counts","a":1,"b":"x"}"#,
        r#"{"kind":"sizes","a":1,"b":"x"}"#,
    ] {
        let nodes: Lenient<Vec<Node>> = decode_lenient(format!("[{json}]").as_bytes()).unwrap();
        let text = String::from_utf8(encode(&nodes).unwrap()).unwrap();
        let object = text.trim_matches(['[', ']']);
        assert_eq!(object.matches("kind").count(), 1, "{text}");
        assert_eq!(
            serde_json::from_str::<Value>(object).unwrap(),
            serde_json::from_str::<Value>(json).unwrap()
        );
    }
    let nodes: Lenient<Node> = decode_lenient(br#"{"kind":"square","width":"x"}"#).unwrap();
    assert_eq!(nodes.mismatches.iter().map(crate::Mismatch::path).collect::<Vec<_>>(), ["/width"]);
}

#[test]
fn an_object_of_any_properties_without_the_discriminator_is_encoded_without_it() {
    for value in [
        json!({"a": 1}),
        json!({"kind": "other", "a": 1}),
        json!({"kind": null}),
        json!({"kind": 5, "b": "c"}),
    ] {
        let _: Node = read(&value);
        let boxed: Vec<Node> = decode(json!([value]).to_string().as_bytes()).unwrap();
        assert_eq!(written(&boxed), json!([value]));
    }
}

/// A model with a number as its discriminator.
#[derive(Clone)]
pub struct Ratio {
    pub n: Option<Number>,
    pub extra: Extra,
}
model! { Ratio: open default, 0 "n" => n, }

/// Another one.
#[derive(Clone)]
pub struct Precise {
    pub n: Option<Number>,
    pub extra: Extra,
}
model! { Precise: open default, 0 "n" => n, }

/// One of two models, chosen by a number.
#[derive(Clone, Debug, PartialEq)]
pub enum ByNumber {
    Ratio(Ratio),
    Precise(Precise),
    Unknown(Value),
}
tagged_union! { ByNumber by "n", "1.5" => Ratio(Ratio), "9007199254740993.5" => Precise(Precise), }

#[test]
fn a_number_selects_a_type_by_its_value() {
    for json in [r#"{"n":1.50}"#, r#"{"n":15e-1}"#] {
        let numbered = decode::<ByNumber>(json.as_bytes()).unwrap();
        assert!(matches!(numbered, ByNumber::Ratio(_)), "{json}");
        assert_eq!(encode(&numbered).unwrap(), json.as_bytes());
    }
    let precise = decode::<ByNumber>(br#"{"n":9007199254740993.5}"#).unwrap();
    assert!(matches!(precise, ByNumber::Precise(_)));
    let other = decode::<ByNumber>(br#"{"n":9007199254740992.5}"#).unwrap();
    assert!(!matches!(other, ByNumber::Precise(_)));
    // A string is not a number.
    let text = decode::<ByNumber>(br#"{"n":"1.50"}"#).unwrap();
    assert!(matches!(text, ByNumber::Unknown(_)));
}

/// A type whose discriminator is a string, by digits.
#[derive(Clone)]
pub struct Worded {
    pub k: String,
    pub b: Option<String>,
    pub extra: Extra,
}
model! { Worded: open default, 0 "k" => k: REQUIRED, 1 "b" => b, }

/// A type whose discriminator is an integer.
#[derive(Clone)]
pub struct Counted {
    pub k: i64,
    pub c: Option<String>,
    pub extra: Extra,
}
model! { Counted: open default, 0 "k" => k: REQUIRED, 1 "c" => c, }

/// A type whose discriminator is a boolean.
#[derive(Clone)]
pub struct Flagged {
    pub k: Option<bool>,
    pub extra: Extra,
}
model! { Flagged: open default, 0 "k" => k, }

/// A union of types whose discriminators have different types.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Worded(Worded),
    Counted(Counted),
    Flagged(Flagged),
    Words(BTreeMap<String, String>),
    Unknown(Value),
}
tagged_union! {
    Kind by "k",
    "1" => Worded(Worded),
    "2" => Counted(Counted),
    "true" => Flagged(Flagged),
    "3" => Words(BTreeMap<String, String>),
}

/// A union of one of them, and of one for all other values.
#[derive(Clone, Debug, PartialEq)]
pub enum Defaulted {
    Worded(Worded),
    Other(Lizard),
    Unknown(Value),
}
tagged_union! { Defaulted by "k" or 1, "1" => Worded(Worded), => Other(Lizard), }

#[test]
fn a_value_of_another_type_does_not_select_a_type_by_its_text() {
    assert!(matches!(read(&json!({"k": "1", "b": "x"})), Kind::Worded(_)));
    assert!(matches!(read(&json!({"k": 2, "c": "x"})), Kind::Counted(_)));
    assert!(matches!(read(&json!({"k": true})), Kind::Flagged(_)));
    assert!(matches!(read(&json!({"k": "3", "d": "x"})), Kind::Words(_)));
    // The shape decides.
    assert!(matches!(read(&json!({"k": 1, "c": "x"})), Kind::Counted(_)));
    for value in [
        json!({"k": 1, "b": "x"}),
        json!({"k": "2", "e": 5}),
        json!({"k": "true", "e": 5}),
        json!({"k": 3, "d": "x"}),
    ] {
        assert!(matches!(read(&value), Kind::Unknown(_)), "{value}");
        let lenient: Lenient<Kind> = decode_lenient(value.to_string().as_bytes()).unwrap();
        assert_eq!(written(&lenient.value), value);
        assert!(lenient.is_exact(), "{value}");
    }
    assert!(matches!(read(&json!({"k": 1, "legs": 4})), Defaulted::Other(_)));
    // Any other mismatch of the type that is selected is an error.
    let error = decode::<Kind>(br#"{"k": "1", "b": 5}"#).unwrap_err();
    assert_eq!(error.path(), "/b");
}

#[test]
fn a_repeated_discriminator_is_an_error_and_no_value_of_it_is_dropped() {
    for json in [
        r#"[{"kind":"cat","kind":"lizard","legs":4}]"#,
        r#"[{"kind":"lizard","kind":"lizard","legs":4}]"#,
        r#"[{"kind":"lizard","kind":"bird","legs":4}]"#,
        r#"[{"kind":"bird","kind":null}]"#,
    ] {
        let error = decode::<Vec<Pet>>(json.as_bytes()).unwrap_err();
        assert!(error.to_string().starts_with("/0/kind: duplicate key"), "{error}");
        let lenient: Lenient<Vec<Pet>> = decode_lenient(json.as_bytes()).unwrap();
        assert_eq!(&lenient.mismatches, error.mismatches());
        assert_eq!((lenient.mismatches[0].path(), lenient.mismatches[0].left_out()), ("/0/kind", "/0"));
        assert!(lenient.value.is_empty());
        assert_eq!(String::from_utf8(encode(&lenient).unwrap()).unwrap(), json);
    }
}
