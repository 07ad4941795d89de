//! Helpers for slots.

use super::node::Slot;

/// The name of an integer in messages.
pub(crate) const INTEGER: &str = "a 64-bit integer";
/// The name of an integer that is not negative in messages.
pub(crate) const UNSIGNED: &str = "a 64-bit integer that is not negative";
/// The name of a number in messages.
pub(crate) const NUMBER: &str = "a number";

impl<'a> Slot<'a> {
    /// Returns the slot inside any number of optional slots, for a value that is not null.
    #[inline]
    pub(crate) fn present(mut self) -> Slot<'a> {
        while let Slot::Optional(optional) = self {
            self = optional.present();
        }
        self
    }

    /// Returns the name of the expected value, for messages.
    pub(crate) fn expected(&self) -> &'static str {
        match self {
            Slot::Unit | Slot::Null => "null",
            Slot::Bool(_) => "a boolean",
            Slot::I64(_) => INTEGER,
            Slot::U64(_) => UNSIGNED,
            Slot::Converted(converted) => converted.expected(),
            Slot::F64(_) | Slot::Number(_) => NUMBER,
            Slot::String(_) => "a string",
            Slot::Parsed(parsed) => parsed.expected(),
            Slot::Array(_) => "an array",
            Slot::Free(_) | Slot::Map(_) | Slot::Object(_) | Slot::Extra(_) => "an object",
            Slot::Any(_) | Slot::Union(_) | Slot::Optional(_) => "a value",
        }
    }
}
