//! Implements `serde::Serialize` for models.

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::visit::visit_object;
use crate::model::node::{Node, View, view_of};
use crate::types::json_text::JsonText;

/// Serializes a value with any serde serializer.
///
/// # Errors
///
/// Returns an error if a number is NaN or infinite, or the serializer fails.
pub fn serialize<T: Node, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    Encodable { view: view_of(value), is_json: false }.serialize(serializer)
}

/// A view that implements `Serialize`.
pub(super) struct Encodable<'a> {
    view: View<'a>,
    /// Whether the serializer writes JSON text, so that text can be written unchanged.
    is_json: bool,
}

impl<'a> Encodable<'a> {
    /// Creates a value for a serializer of `serde_json` that writes text.
    pub(super) fn for_json(view: View<'a>) -> Self {
        Self { view, is_json: true }
    }
}

impl Serialize for Encodable<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_json = self.is_json;
        match self.view {
            View::Absent | View::Null | View::Extra(_) => serializer.serialize_unit(),
            View::Missing => Err(S::Error::custom("a required value is missing")),
            View::Bool(value) => serializer.serialize_bool(value),
            View::I64(value) => serializer.serialize_i64(value),
            View::F64(value) => float(value, serializer),
            View::U64(value) => serializer.serialize_u64(value),
            View::Json(text) => json(text, is_json, serializer),
            View::Str(value) => serializer.serialize_str(value),
            View::Time(value) => serializer.collect_str(&value),
            View::Custom(value) => match value.json() {
                Some(JsonText::String(text)) => serializer.serialize_str(&text),
                Some(JsonText::Other(text)) => json(&text, is_json, serializer),
                None => Err(S::Error::custom("the value of a custom type can't be written as JSON")),
            },
            View::Any(value) => value.serialize(serializer),
            View::Free(value) => value.serialize(serializer),
            View::Array(array) => {
                let mut items = serializer.serialize_seq(Some(array.len()))?;
                let mut result = Ok(());
                array.each(&mut |view| {
                    if result.is_ok() {
                        result = items.serialize_element(&Encodable { view, is_json });
                    }
                });
                result.and_then(|()| items.end())
            }
            View::Map(map) => {
                let mut entries = serializer.serialize_map(Some(map.len()))?;
                let mut result = Ok(());
                map.each(&mut |key, view| {
                    if result.is_ok() {
                        result = entries.serialize_entry(key, &Encodable { view, is_json });
                    }
                });
                result.and_then(|()| entries.end())
            }
            View::Object(_) | View::Tagged(..) | View::TaggedMap(..) => {
                object(self.view, is_json, serializer)
            }
        }
    }
}

/// Serializes a number. A number without a fraction is written as an integer if it has at most 64 bits, as servers do.
fn float<S: Serializer>(value: f64, serializer: S) -> Result<S::Ok, S::Error> {
    if !value.is_finite() {
        return Err(S::Error::custom("NaN and infinite numbers cannot be written as JSON"));
    }
    let negative_zero = value == 0.0 && value.is_sign_negative();
    if value.fract() != 0.0 || negative_zero {
        return serializer.serialize_f64(value);
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a larger number saturates, and an `i128` has more than 64 bits"
    )]
    let integer = value as i128;
    match (i64::try_from(integer), u64::try_from(integer)) {
        (Ok(integer), _) => serializer.serialize_i64(integer),
        (_, Ok(integer)) => serializer.serialize_u64(integer),
        _ => serializer.serialize_f64(value),
    }
}

/// Serializes JSON text. Other formats get the value that `serde_json` parses; if it rejects the text, the private map of
/// `serde_json` that contains the text, which the decoder reads.
fn json<S: Serializer>(text: &str, is_json: bool, serializer: S) -> Result<S::Ok, S::Error> {
    if !is_json && let Ok(value) = serde_json::from_str::<Value>(text) {
        return value.serialize(serializer);
    }
    serde_json::from_str::<&RawValue>(text).map_err(S::Error::custom)?.serialize(serializer)
}

/// Returns whether a view is encoded as this JSON.
fn is_encoded_as(view: View<'_>, json: &str) -> bool {
    serde_json::to_string(&Encodable::for_json(view)).is_ok_and(|text| text == json)
}

/// Serializes a model, or an object in a union.
fn object<S: Serializer>(view: View<'_>, is_json: bool, serializer: S) -> Result<S::Ok, S::Error> {
    let mut entries = serializer.serialize_map(None)?;
    let mut result = Ok(());
    visit_object(view, Some(is_encoded_as), &mut |key, view| {
        if result.is_ok() {
            result = entries.serialize_entry(key, &Encodable { view, is_json });
        }
    });
    result.and_then(|()| entries.end())
}
