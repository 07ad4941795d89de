//! Helpers for views.

use super::node::{Node, View};
use crate::types::timestamp::Timestamp;

impl View<'_> {
    /// Adds the discriminator `field`, which has one of the values `tags`, to a model. Other views stay as they are, and a
    /// model without such values.
    #[must_use]
    pub fn tagged(self, field: &'static str, tags: &'static [&'static str]) -> Self {
        match self {
            View::Object(model) if !tags.is_empty() => View::Tagged(field, tags, model),
            other => other,
        }
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
            View::Json(_) => false,
            View::Extra(extra) => extra.is_blank(),
            View::Free(value) => value.is_empty(),
            View::Array(value) => value.len() == 0,
            View::Map(value) => value.len() == 0,
            View::Object(model) | View::Tagged(_, _, model) => is_default(model),
        }
    }
}

/// Returns whether no field of the model was set.
fn is_default(model: &dyn Node) -> bool {
    model.model_descriptor().positions().all(|index| model.view_at(index).is_default())
}
