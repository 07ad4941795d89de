//! Scalars of the core schema of YAML 1.2.

use saphyr_parser::{ScalarStyle, Tag};
use serde_json::{Number, Value};

use crate::base::digits;

/// Returns the value of a scalar.
pub(super) fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let core = tag.filter(|tag| tag.is_yaml_core_schema()).map(|tag| tag.suffix.as_str());
    if core == Some("str") || (style != ScalarStyle::Plain && core.is_none()) {
        return Value::String(text.to_owned());
    }
    plain(text)
}

/// Returns the value of a plain scalar.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number),
    }
}

/// Returns the number that the tree holds for a text, if it is one.
pub(super) fn number(text: &str) -> Option<Number> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+')) {
        return None;
    }
    let number = digits::json_number(text)?;
    if let Ok(integer) = number.parse::<i64>() {
        return Some(integer.into());
    }
    if let Ok(integer) = number.parse::<u64>() {
        return Some(integer.into());
    }
    // A number that is too large for a float becomes the largest one.
    let number = number.parse::<f64>().ok()?;
    Number::from_f64(number.clamp(f64::MIN, f64::MAX))
}

/// Returns the text of a number that the tree doesn't hold as it is written.
pub(super) fn number_text(text: &str, value: &Value) -> Option<Box<str>> {
    let number = value.as_number()?.to_string();
    (number != text).then(|| text.into())
}
