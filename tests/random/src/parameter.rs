//! Parameters of all places and styles.

use serde_json::{Value, json};

use crate::choices::Choices;
use crate::names;
use crate::schema::Schemas;

/// The parameters of an operation: those that the path names, and a few others, no two alike.
pub(crate) fn parameters(in_path: &[String], schemas: &mut Schemas, choices: &mut Choices<'_>) -> Vec<Value> {
    let mut parameters: Vec<_> =
        in_path.iter().map(|name| parameter(name, "path", schemas, choices)).collect();
    for _ in 0..choices.up_to(4) {
        let (place, name) = match choices.up_to(5) {
            0..=3 => ("query", names::any(choices)),
            4 => ("header", names::header(choices)),
            _ => ("cookie", names::header(choices)),
        };
        let same = |other: &Value| {
            let other_name = other["name"].as_str().unwrap_or_default();
            other["in"] == place && other_name.eq_ignore_ascii_case(&name)
        };
        if !parameters.iter().any(same) {
            parameters.push(parameter(&name, place, schemas, choices));
        }
    }
    parameters
}

fn parameter(name: &str, place: &str, schemas: &mut Schemas, choices: &mut Choices<'_>) -> Value {
    let mut parameter = json!({"name": name, "in": place});
    if choices.chance(8) {
        parameter["content"] = json!({"application/json": {"schema": schemas.schema(1, choices)}});
    } else {
        parameter["schema"] = value(schemas, choices);
        style(&mut parameter, place, choices);
    }
    if place == "path" || choices.chance(3) {
        parameter["required"] = json!(true);
    }
    for (key, value) in [("deprecated", json!(true)), ("description", names::prose(choices).into())] {
        if choices.chance(6) {
            parameter[key] = value;
        }
    }
    parameter
}

/// What parameters take in most documents: one value, a list of them, or an object without depth.
fn value(schemas: &mut Schemas, choices: &mut Choices<'_>) -> Value {
    let one = schemas.schema(0, choices);
    match choices.up_to(5) {
        0..=2 => one,
        3 => json!({"type": "array", "items": one}),
        4 => json!({"type": "object", "properties": {"from": one, "to": {"type": "integer"}}}),
        _ => json!({"type": "object", "additionalProperties": one}),
    }
}

fn style(parameter: &mut Value, place: &str, choices: &mut Choices<'_>) {
    let styles: &[&str] = match place {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        _ => &["form"],
    };
    if choices.chance(2) {
        parameter["style"] = choices.pick(styles).into();
        parameter["explode"] = choices.chance(2).into();
    }
    if place == "query" && choices.chance(6) {
        parameter[choices.pick(&["allowReserved", "allowEmptyValue"])] = json!(true);
    }
}
