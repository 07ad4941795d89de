//! What is asked of a slot before it is filled.

use super::node::Slot;

/// What is expected for an integer.
pub(crate) const INTEGER: &str = "an integer of 64 bits";
/// What is expected for any number.
pub(crate) const NUMBER: &str = "a number";

impl<'a> Slot<'a> {
    /// The slot inside of any number of optional ones, for a value that is not null.
    #[inline]
    pub(crate) fn present(mut self) -> Slot<'a> {
        while let Slot::Optional(optional) = self {
            self = optional.present();
        }
        self
    }

    /// What fits, for error messages.
    pub(crate) fn expected(&self) -> &'static str {
        match self {
            Slot::Unit => "null",
            Slot::Bool(_) => "true or false",
            Slot::I64(_) | Slot::Integer(_) => INTEGER,
            Slot::F64(_) | Slot::Number(_) => NUMBER,
            Slot::String(_) => "a string",
            Slot::Parsed(parsed) => parsed.expected(),
            Slot::Array(_) => "an array",
            Slot::Free(_) | Slot::Map(_) | Slot::Object(_) | Slot::Extra(_) => "an object",
            Slot::Any(_) | Slot::Union(_) | Slot::Optional(_) => "a value",
        }
    }
}
