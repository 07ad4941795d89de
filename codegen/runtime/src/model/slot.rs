//! Helpers for slots.

use super::node::{OptionalSlot, Slot};

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
        loop {
            self = match self {
                Slot::Optional(optional) => optional.present(),
                Slot::OptionalString(optional) => return Slot::String(optional.insert(String::new())),
                Slot::OptionalI64(optional) => return Slot::I64(optional.insert(0)),
                Slot::OptionalBool(optional) => return Slot::Bool(optional.insert(false)),
                present => return present,
            }
        }
    }

    /// Returns whether the type may be null.
    pub(crate) fn is_optional(&self) -> bool {
        matches!(
            self,
            Slot::Optional(_) | Slot::OptionalString(_) | Slot::OptionalI64(_) | Slot::OptionalBool(_)
        )
    }

    /// Returns the slot of a type that may be null; `None` for other types.
    pub(crate) fn optional(self) -> Option<&'a mut dyn OptionalSlot> {
        match self {
            Slot::Optional(optional) => Some(optional),
            Slot::OptionalString(optional) => Some(optional),
            Slot::OptionalI64(optional) => Some(optional),
            Slot::OptionalBool(optional) => Some(optional),
            _ => None,
        }
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
            Slot::String(_) | Slot::Listed(_) => "a string",
            Slot::Parsed(parsed) => parsed.expected(),
            Slot::Custom(custom) => custom.expected(),
            Slot::Array(_) => "an array",
            Slot::Free(_) | Slot::Map(_) | Slot::Object(_) | Slot::Extra(_) => "an object",
            Slot::Any(_)
            | Slot::Union(_)
            | Slot::Optional(_)
            | Slot::OptionalString(_)
            | Slot::OptionalI64(_)
            | Slot::OptionalBool(_) => "a value",
        }
    }
}
