//! Strings, numbers and enums.

use serde_json::{Value, json};

use crate::choices::Choices;
use crate::names;

pub(super) fn string(choices: &mut Choices<'_>) -> Value {
    const FORMATS: [&str; 9] =
        ["date-time", "date", "uuid", "email", "uri", "byte", "password", "int64", "no-such-format"];
    let mut schema = json!({"type": "string"});
    match choices.up_to(5) {
        0..=2 => schema["format"] = choices.pick(&FORMATS).into(),
        3 => {
            schema["minLength"] = json!(1);
            schema["maxLength"] = json!(5);
        }
        4 => schema["pattern"] = json!("^[a-z]+$"),
        _ => schema["default"] = json!("a \"quoted\" \\ text"),
    }
    schema
}

pub(super) fn integer(choices: &mut Choices<'_>) -> Value {
    let mut schema = json!({"type": "integer"});
    match choices.up_to(7) {
        0 => schema["format"] = json!("int32"),
        1 => schema["format"] = json!("int64"),
        2 => schema["format"] = json!("unix-time"),
        3 => schema["minimum"] = json!(-10),
        4 => schema["default"] = json!(3),
        5 => schema["enum"] = json!([1, 2, -1, 9_007_199_254_740_993_i64, 1]),
        6 => schema["format"] = json!("uint64"),
        _ => {}
    }
    schema
}

pub(super) fn number(choices: &mut Choices<'_>) -> Value {
    let mut schema = json!({"type": "number"});
    match choices.up_to(6) {
        0 => schema["format"] = json!("float"),
        1 => schema["format"] = json!("double"),
        2 => schema["multipleOf"] = json!(0.5),
        3 => schema["default"] = json!(1.5),
        4 => schema["format"] = json!("decimal"),
        5 => schema["enum"] = json!([0.5, 1, -2.25]),
        _ => {}
    }
    schema
}

/// Generates an enum, mostly of strings. Some values become the same identifier in Rust.
pub(super) fn enumeration(choices: &mut Choices<'_>) -> Value {
    match choices.up_to(8) {
        0 => json!({"enum": [1, "1", true, null, 1.5, "a", {"a": [1]}]}),
        3 => json!({"enum": [u64::MAX, 1]}),
        4 => json!({"type": "boolean", "enum": [choices.chance(2)]}),
        5 => {
            json!({"oneOf": [{"enum": [1], "title": "One"}, {"enum": [-1], "description": "Text."}, {"enum": [2]}]})
        }
        1 => json!({"type": "integer", "enum": [0, 1, -1]}),
        2 => json!({"type": "string", "enum": ["only"], "default": "only"}),
        _ => {
            let mut values: Vec<String> = vec![];
            for _ in 0..=choices.up_to(6) {
                let value = names::unique(|name| values.iter().any(|value| value == name), choices);
                values.push(value);
            }
            json!({"type": "string", "enum": values})
        }
    }
}
