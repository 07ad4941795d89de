//! Tests of choosing the variant of a union.

#![allow(unreachable_pub, reason = "written like the emitted models, which are public")]

use serde_json::{Value, json};

use crate::decode::error::DecodeError;
use crate::decode::text::decode;
use crate::encode::text::encode;
use crate::model::extra::Extra;
use crate::model::node::Decode;
use crate::types::unknown_value::UnknownValue;
use crate::wire::samples::Status;
use crate::{model, open_enum, tagged_union, union};

/// A variant of `Pet` with an enum.
#[derive(Clone)]
pub struct Cat {
    pub kind: Option<CatKind>,
    pub name: Option<String>,
    pub extra: Extra,
}
model! {
    Cat: open default,
    0 "kind" => kind,
    1 "name" => name,
}

/// The only kind.
#[derive(Clone)]
pub enum CatKind {
    Cat,
    Unknown(UnknownValue),
}
open_enum! { CatKind, "cat" => Cat, }

/// A variant of `Pet` with more fields.
#[derive(Clone)]
pub struct Dog {
    pub kind: Option<String>,
    pub name: Option<String>,
    pub owner: Option<Owner>,
    pub extra: Extra,
}
model! {
    Dog: open default,
    0 "kind" => kind,
    1 "name" => name,
    2 "owner" => owner,
}

/// A part of a dog.
#[derive(Clone)]
pub struct Owner {
    pub id: i64,
    pub extra: Extra,
}
model! {
    Owner: open default,
    0 "id" => id: REQUIRED,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Pet {
    Cat(Cat),
    Dog(Dog),
    Unknown(Value),
}
union! { Pet, Cat(Cat), Dog(Dog), }

#[derive(Clone, Debug, PartialEq)]
pub enum Holder {
    Pet(Pet),
    Owner(Owner),
    Pets(Vec<Pet>),
    Counts(Vec<i64>),
    Unknown(Value),
}
union! { Holder, Pet(Pet), Owner(Owner), Pets(Vec<Pet>), Counts(Vec<i64>), }

#[derive(Clone, Debug, PartialEq)]
pub enum Word {
    Text(String),
    Status(Status),
    Unknown(Value),
}
union! { Word, Text(String), Status(Status), }

#[derive(Clone, Debug, PartialEq)]
pub enum StatusFirst {
    Status(Status),
    Integer(Option<i64>),
    Text(String),
    Unknown(Value),
}
union! { StatusFirst, Status(Status), Integer(Option<i64>), Text(String), }

/// A union of two types that match equally well at each level.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    Left(Box<Left>),
    Right(Box<Right>),
    End(i64),
    Unknown(Value),
}
union! { Step, Left(Box<Left>), Right(Box<Right>), End(i64), }

#[derive(Clone)]
pub struct Left {
    pub next: Option<Step>,
    pub turn: Option<bool>,
    pub extra: Extra,
}
model! {
    Left: open default,
    0 "next" => next,
    1 "turn" => turn,
}

#[derive(Clone)]
pub struct Right {
    pub next: Option<Step>,
    pub turn: Option<i64>,
    pub extra: Extra,
}
model! {
    Right: open default,
    0 "next" => next,
    1 "turn" => turn,
}

/// Two unions that contain each other directly.
#[derive(Clone, Debug, PartialEq)]
pub enum Chicken {
    Egg(Box<Egg>),
    Integer(i64),
    Unknown(Value),
}
union! { Chicken, Egg(Box<Egg>), Integer(i64), }

#[derive(Clone, Debug, PartialEq)]
pub enum Egg {
    Chicken(Box<Chicken>),
    Text(String),
    Unknown(Value),
}
union! { Egg, Chicken(Box<Chicken>), Text(String), }

/// Two unions that contain each other directly and share a discriminator.
#[derive(Clone, Debug, PartialEq)]
pub enum Outer {
    Inner(Box<Inner>),
    Unknown(Value),
}
tagged_union! { Outer by "kind", "a" => Inner(Box<Inner>), }

#[derive(Clone, Debug, PartialEq)]
pub enum Inner {
    Outer(Box<Outer>),
    Unknown(Value),
}
tagged_union! { Inner by "kind", "a" => Outer(Box<Outer>), }

/// Decodes a value, and checks that it is encoded to the same JSON.
fn read<T: Decode>(value: &Value) -> T {
    let read: T = decode(value.to_string().as_bytes()).unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&encode(&read).unwrap()).unwrap(), *value);
    read
}

#[test]
fn the_fewest_undeclared_fields_win() {
    assert!(matches!(read(&json!({"name": "Tom"})), Pet::Cat(_)));
    assert!(matches!(read(&json!({"name": "Rex", "owner": {"id": 1}})), Pet::Dog(_)));
    assert!(matches!(read(&json!({"owner": {"id": "no integer"}, "x": 1})), Pet::Cat(_)));
    assert!(matches!(read(&json!({"owner": {"id": 1, "x": 1}})), Pet::Dog(_)));
    assert!(matches!(read(&json!({"name": "?", "x": 1, "y": 2})), Pet::Cat(_)));
    assert!(matches!(read(&json!(5)), Pet::Unknown(_)));
}

#[test]
fn an_unlisted_string_counts_more_than_undeclared_fields() {
    assert!(matches!(read(&json!({"kind": "dog", "x": 1})), Pet::Dog(_)));
    assert!(matches!(read(&json!({"kind": "cat", "name": "Tom"})), Pet::Cat(_)));
    assert!(matches!(read(&json!({"kind": "cat", "owner": {"id": 1}})), Pet::Dog(_)));
}

#[test]
fn an_undeclared_null_matches_worse() {
    let pets: Vec<Pet> = read(&json!([{"kind": null, "owner": null}, {"kind": null}]));
    assert!(matches!(pets.as_slice(), [Pet::Dog(_), Pet::Cat(_)]));
}

#[test]
fn a_nested_union_does_not_match_unknown_values() {
    assert!(matches!(read(&json!({"kind": "cat"})), Holder::Pet(Pet::Cat(_))));
    assert!(matches!(read(&json!({"id": 1})), Holder::Owner(_)));
    assert!(matches!(read(&json!([{"kind": "cat"}, {}])), Holder::Pets(_)));
    assert!(matches!(read(&json!([1, 2])), Holder::Counts(_)));
    assert!(matches!(read(&json!([])), Holder::Pets(_)));
    assert!(matches!(read(&json!(["a"])), Holder::Pets(_)));
    assert!(matches!(read(&json!(true)), Holder::Unknown(_)));
}

#[test]
fn listed_strings_become_the_enum_and_others_a_string() {
    assert_eq!(read::<Word>(&json!("open")), Word::Status(Status::Open));
    assert_eq!(read::<Word>(&json!("other")), Word::Text("other".to_owned()));
    assert_eq!(read::<StatusFirst>(&json!("new")), StatusFirst::Status(Status::New));
    assert_eq!(read::<StatusFirst>(&json!("other")), StatusFirst::Text("other".to_owned()));
    assert_eq!(read::<StatusFirst>(&json!(7)), StatusFirst::Integer(Some(7)));
    assert_eq!(read::<StatusFirst>(&json!(7.5)), StatusFirst::Unknown(json!(7.5)));
}

#[test]
fn deeply_nested_unions_are_decoded_in_linear_time() {
    let down = |end: Value, turns: &dyn Fn(usize) -> Value| {
        (0..60).fold(end, |next, step| json!({"next": next, "turn": turns(step)}))
    };
    // Both types can read the value, down to a `turn` that only one of them accepts, or neither.
    for value in [
        down(json!(1), &|_| json!(5)),
        down(json!(1), &|step| if step % 2 == 0 { json!(5) } else { json!(true) }),
        down(json!("end"), &|_| json!("neither")),
    ] {
        read::<Step>(&value);
    }
    let Step::Right(right) = read::<Step>(&down(json!(1), &|_| json!(5))) else { panic!("no right turn") };
    assert!(matches!(right.next, Some(Step::Right(_))));
}

#[test]
fn unions_that_a_trial_skips_are_decoded_after_the_choice() {
    let pets = json!({"name": "many", "owner": {"id": 1, "pets": vec![json!({"kind": "cat"}); 2000]}});
    assert!(matches!(read(&pets), Pet::Dog(_)));
    let many = json!(vec![json!({"kind": "dog"}); 2000]);
    let Holder::Pets(pets) = read(&many) else { panic!("no pets") };
    assert!(pets.iter().all(|pet| matches!(pet, Pet::Dog(_))));
}

#[test]
fn unions_that_contain_each_other_are_limited() {
    assert!(!matches!(read(&json!(5)), Chicken::Unknown(_)));
    assert!(matches!(read(&json!("x")), Chicken::Egg(_)));
    assert_eq!(read::<Chicken>(&json!(true)), Chicken::Unknown(json!(true)));
    let endless: Result<Outer, DecodeError> = decode(br#"{"kind": "a"}"#);
    assert!(endless.unwrap_err().to_string().contains("nested"));
}

/// An enum of strings.
#[derive(Clone)]
enum Light {
    On,
    Off,
    Unknown(UnknownValue),
}
open_enum! { Light, "on" => On, "off" => Off, }

/// A union of enums: a string is a value of one of them.
#[derive(Clone, Debug, PartialEq)]
enum LightOrStatus {
    Light(Light),
    Status(Status),
    Unknown(Value),
}
union! {
    LightOrStatus from String | &str,
    Light(Light) from Light,
    Status(Status) from Status,
}

#[test]
fn a_string_converts_into_the_variant_that_lists_it() {
    assert_eq!(LightOrStatus::from("off"), LightOrStatus::Light(Light::Off));
    assert_eq!(LightOrStatus::from("open".to_owned()), LightOrStatus::Status(Status::Open));
    assert_eq!(LightOrStatus::from(Status::New), LightOrStatus::from("new"));
    for text in ["off", "new", "dim", "", "a\"b\n"] {
        let json = serde_json::to_vec(text).unwrap();
        assert_eq!(encode(&LightOrStatus::from(text)).unwrap(), json);
        assert_eq!(decode::<LightOrStatus>(&json).unwrap(), LightOrStatus::from(text));
    }
}
