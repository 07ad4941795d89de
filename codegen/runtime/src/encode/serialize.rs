//! Implements `serde::Serialize` for models.

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::visit::{Tags, visit_model};
use crate::model::node::{Node, View, view_of};

/// Serializes a value with any serde serializer.
///
/// # Errors
///
/// Returns an error if a number is NaN or infinite, or the serializer fails.
pub fn serialize<T: Node, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    Encodable(view_of(value)).serialize(serializer)
}

/// A view that implements `Serialize`.
pub(super) struct Encodable<'a>(pub(super) View<'a>);

impl Serialize for Encodable<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            View::Absent | View::Null | View::Extra(_) => serializer.serialize_unit(),
            View::Bool(value) => serializer.serialize_bool(value),
            View::I64(value) => serializer.serialize_i64(value),
            View::F64(value) => float(value, serializer),
            View::Number(value) => value.serialize(serializer),
            View::Str(value) => serializer.serialize_str(value),
            View::Time(value) => serializer.collect_str(&value),
            View::Any(value) => value.serialize(serializer),
            View::Free(value) => value.serialize(serializer),
            View::Array(array) => {
                let mut items = serializer.serialize_seq(Some(array.len()))?;
                let mut result = Ok(());
                array.each(&mut |view| {
                    if result.is_ok() {
                        result = items.serialize_element(&Encodable(view));
                    }
                });
                result.and_then(|()| items.end())
            }
            View::Map(map) => {
                let mut entries = serializer.serialize_map(Some(map.len()))?;
                let mut result = Ok(());
                map.each(&mut |key, view| {
                    if result.is_ok() {
                        result = entries.serialize_entry(key, &Encodable(view));
                    }
                });
                result.and_then(|()| entries.end())
            }
            View::Object(model) => object(model, None, serializer),
            View::Tagged(field, tags, model) => object(model, Some((field, tags)), serializer),
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

/// Serializes a model.
fn object<S: Serializer>(model: &dyn Node, tags: Option<Tags>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut entries = serializer.serialize_map(None)?;
    let mut result = Ok(());
    visit_model(model, tags, &mut |key, view| {
        if result.is_ok() {
            result = entries.serialize_entry(key, &Encodable(view));
        }
    });
    result.and_then(|()| entries.end())
}
