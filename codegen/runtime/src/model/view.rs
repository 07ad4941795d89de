//! Helpers for views.

use serde_json::Value;

use super::node::{Node, View};
use crate::types::timestamp::Timestamp;

impl View<'_> {
    /// Adds the discriminator `field`, which has one of the values `tags`, to an object. Other views stay as they are, and
    /// an object without such values.
    #[must_use]
    pub fn tagged(self, field: &'static str, tags: &'static [&'static str]) -> Self {
        match self {
            _ if tags.is_empty() => self,
            View::Object(model) => View::Tagged(field, tags, model),
            View::Map(map) => View::TaggedMap(field, tags, map),
            View::Free(map) | View::Any(Value::Object(map)) => View::TaggedMap(field, tags, map),
            other => other,
        }
    }

    /// Returns whether this is an object that may have parts that it can't hold.
    pub(crate) fn is_object(&self) -> bool {
        matches!(
            self,
            View::Map(_) | View::TaggedMap(..) | View::Free(_) | View::Object(_) | View::Tagged(..)
        )
    }

    /// Returns whether this is the value of a field that was never set.
    pub(crate) fn is_default(&self) -> bool {
        match *self {
            View::Absent | View::Null | View::Missing => true,
            View::Bool(value) => !value,
            View::I64(value) => value == 0,
            View::F64(value) => value.to_bits() == 0,
            View::U64(value) => value == 0,
            View::Str(value) => value.is_empty(),
            View::Time(value) => value == Timestamp::UNIX_EPOCH,
            View::Any(value) => value.is_null(),
            View::Json(_) | View::Custom(_) => false,
            View::Extra(extra) => extra.is_blank(),
            View::Free(value) => value.is_empty(),
            View::Array(value) => value.len() == 0,
            View::Map(value) | View::TaggedMap(_, _, value) => value.len() == 0,
            View::Object(model) | View::Tagged(_, _, model) => is_default(model),
        }
    }
}

/// Returns whether no field of the model was set.
fn is_default(model: &dyn Node) -> bool {
    model.model_descriptor().positions().all(|index| model.view_at(index).is_default())
}
