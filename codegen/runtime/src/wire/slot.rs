//! Places that the driver fills.

use serde_json::{Map, Number, Value};

use super::context::{Context, Failed};
use super::extra::Extra;
use super::node::Node;
use crate::json::raw::Raw;

/// What is expected for an integer.
pub(super) const INTEGER: &str = "an integer of 64 bits";
/// What is expected for any number.
pub(super) const NUMBER: &str = "a number";

/// A place of one type that waits for its value.
pub enum Slot<'a> {
    /// No content: null is all that fits.
    Unit,
    /// A boolean.
    Bool(&'a mut bool),
    /// An integer of 64 bits.
    I64(&'a mut i64),
    /// A number, as floating point.
    F64(&'a mut f64),
    /// A number, kept as it was written.
    Number(&'a mut Number),
    /// A text.
    String(&'a mut String),
    /// Any value.
    Any(&'a mut Value),
    /// An object without declared fields.
    Free(&'a mut Map<String, Value>),
    /// Something that is read from a text.
    Parsed(&'a mut dyn ParseSlot),
    /// Something that is read from an integer.
    Integer(&'a mut dyn IntegerSlot),
    /// Something that may be null.
    Optional(&'a mut dyn OptionalSlot),
    /// A list.
    Array(&'a mut dyn ArraySlot),
    /// An object whose keys are data.
    Map(&'a mut dyn MapSlot),
    /// A model.
    Object(&'a mut dyn Node),
    /// What a model holds beyond its fields; it is filled by the driver alone.
    Extra(&'a mut Extra),
    /// One of several types, chosen by looking at the value.
    Union(&'a mut dyn UnionSlot),
}

/// Something that is read from a text: a point in time, an open enum.
pub trait ParseSlot {
    /// What the text should be.
    fn expected(&self) -> &'static str;
    /// Reads the text; `false` if it does not fit.
    fn parse(&mut self, text: &str) -> bool;
    /// Whether the text is one of a list; nothing where there is no such list.
    fn is_listed(&self) -> Option<bool> {
        None
    }
}

/// Something that is read from an integer of 64 bits.
pub trait IntegerSlot {
    /// Takes the integer.
    fn set(&mut self, value: i64);
}

/// Something that may be null.
pub trait OptionalSlot {
    /// Takes a null; `true` if the value itself remembers that it was null and not absent.
    fn set_null(&mut self) -> bool;
    /// Makes room for a value.
    fn present(&mut self) -> Slot<'_>;
}

/// A list.
pub trait ArraySlot {
    /// Makes room for one more item.
    fn push(&mut self) -> Slot<'_>;
}

/// An object whose keys are data.
pub trait MapSlot {
    /// Makes room for the value of a key; nothing if the key stands there already.
    fn entry(&mut self, key: String) -> Option<Slot<'_>>;
}

/// One of several types, chosen by looking at the value.
pub trait UnionSlot {
    /// Takes the value, and tells whether one of the types holds it; what went wrong is left in the context.
    fn set(&mut self, value: Raw<'_>, context: &mut Context) -> Result<bool, Failed>;
}

impl<'a> Slot<'a> {
    #[inline]
    /// The slot inside of any number of optional ones, for a value that is not null.
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
