//! Access to values of types that this crate doesn't know, for the decoder and the encoder.

use crate::types::conversion::{Accepts, Conversion};
use crate::types::custom::Custom;
use crate::types::json_text::JsonText;

/// A type that is read from the JSON text of a value. Unlike other types, it has no value for null.
pub trait CustomSlot {
    /// Returns the kinds of JSON values that it reads.
    fn accepts(&self) -> Accepts;
    /// Returns the name of the expected value, for messages.
    fn expected(&self) -> &'static str;
    /// Reads the JSON of a value. Returns `false` if it is not of the type.
    fn read(&mut self, json: JsonText<'_>) -> bool;
}

/// A type that is written as JSON text.
pub trait CustomView {
    /// Returns the JSON of the value; `None` if it can't be written as JSON.
    fn json(&self) -> Option<JsonText<'_>>;
}

impl<T, C: Conversion<T>> CustomSlot for Custom<T, C> {
    fn accepts(&self) -> Accepts {
        C::ACCEPTS
    }

    fn expected(&self) -> &'static str {
        C::expected()
    }

    fn read(&mut self, json: JsonText<'_>) -> bool {
        Self::read(self, json)
    }
}

impl<T, C: Conversion<T>> CustomView for Custom<T, C> {
    fn json(&self) -> Option<JsonText<'_>> {
        Self::json(self)
    }
}
