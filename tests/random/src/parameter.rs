//! Parameters of all locations and styles.

use serde_json::{Value, json};

use crate::choices::Choices;
use crate::names;
use crate::schema::Schemas;

/// Generates the parameters of an operation: its path parameters, and a few others with different names.
pub(crate) fn parameters(in_path: &[String], schemas: &mut Schemas, choices: &mut Choices<'_>) -> Vec<Value> {
    let mut parameters: Vec<_> =
        in_path.iter().map(|name| parameter(name, "path", schemas, choices)).collect();
    for _ in 0..choices.up_to(4) {
        let (location, name) = match choices.up_to(5) {
            0..=3 => ("query", names::any(choices)),
            4 => ("header", names::header(choices)),
            _ => ("cookie", names::header(choices)),
        };
        let same = |other: &Value| {
            let other_name = other["name"].as_str().unwrap_or_default();
            other["in"] == location && other_name.eq_ignore_ascii_case(&name)
        };
        if !parameters.iter().any(same) {
            parameters.push(parameter(&name, location, schemas, choices));
        }
    }
    parameters
}

fn parameter(name: &str, location: &str, schemas: &mut Schemas, choices: &mut Choices<'_>) -> Value {
    let mut parameter = json!({"name": name, "in": location});
    if choices.chance(8) {
        parameter["content"] = json!({"application/json": {"schema": schemas.schema(1, choices)}});
    } else {
        parameter["schema"] = value(schemas, choices);
        style(&mut parameter, location, choices);
    }
    if location == "path" || choices.chance(3) {
        parameter["required"] = json!(true);
    }
    for (key, value) in [("deprecated", json!(true)), ("description", names::prose(choices).into())] {
        if choices.chance(6) {
            parameter[key] = value;
        }
    }
    parameter
}

/// Generates a schema that is common for parameters: a scalar, an array, or a flat object.
fn value(schemas: &mut Schemas, choices: &mut Choices<'_>) -> Value {
    let one = schemas.schema(0, choices);
    match choices.up_to(5) {
        0..=2 => one,
        3 => json!({"type": "array", "items": one}),
        4 => json!({"type": "object", "properties": {"from": one, "to": {"type": "integer"}}}),
        _ => json!({"type": "object", "additionalProperties": one}),
    }
}

fn style(parameter: &mut Value, location: &str, choices: &mut Choices<'_>) {
    let styles: &[&str] = match location {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        _ => &["form"],
    };
    if choices.chance(2) {
        parameter["style"] = choices.pick(styles).into();
        parameter["explode"] = choices.chance(2).into();
    }
    if location == "query" && choices.chance(6) {
        parameter[choices.pick(&["allowReserved", "allowEmptyValue"])] = json!(true);
    }
}
