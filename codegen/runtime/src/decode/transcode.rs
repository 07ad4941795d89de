//! Implements `serde::Deserialize` for models: transcodes any serde format to JSON, which the decoder reads.
//!
//! So the decoder is compiled once, not once for each format. For JSON text, [`decode`](super::text::decode) doesn't
//! need this step.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::text::from_slice;
use crate::json::swar::plain_end;
use crate::model::node::{Decode, slot_of};
use crate::state::order::FieldOrders;

/// The prefix of the keys that `serde_json` uses for numbers and raw values that it keeps as text.
const PRIVATE: &str = "$serde_json::private::";

/// Deserializes a value from any serde format. The error message begins with the JSON pointer.
///
/// # Errors
///
/// Returns an error if the input is invalid, or doesn't match the declared type.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut text = Vec::new();
    Transcoder { text: &mut text, depth: 0 }.deserialize(deserializer)?;
    let mut value = T::blank();
    from_slice(slot_of(&mut value), &text, &mut FieldOrders::learning(), None)
        .map_err(|error| D::Error::custom(error.message_without_position()))?;
    Ok(value)
}

/// The maximum depth of values here: deeper than in the decoder, so that the decoder reports the problem with its
/// JSON pointer.
const MAX_DEPTH: u16 = 256;

/// Appends a value to JSON text.
struct Transcoder<'t> {
    text: &'t mut Vec<u8>,
    depth: u16,
}

impl Transcoder<'_> {
    /// Returns a transcoder for a value inside this one.
    fn inside(&mut self) -> Transcoder<'_> {
        Transcoder { text: self.text, depth: self.depth + 1 }
    }

    fn write<E: Error>(self, value: &(impl Serialize + ?Sized)) -> Result<(), E> {
        serde_json::to_writer(self.text, value).map_err(E::custom)
    }

    fn write_string<E: Error>(self, value: &str) -> Result<(), E> {
        if plain_end(value.as_bytes(), 0) < value.len() {
            return self.write(value);
        }
        self.text.push(b'"');
        self.text.extend_from_slice(value.as_bytes());
        self.text.push(b'"');
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Transcoder<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.depth > MAX_DEPTH {
            return Err(D::Error::custom(format_args!(
                "values are nested more than {MAX_DEPTH} levels deep"
            )));
        }
        // Models keep unknown fields, so only self-describing formats can be read.
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Transcoder<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that can be written as JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.write(&())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.write(&())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.write(&value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.write(&value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.write(&value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        if !value.is_finite() {
            return Err(E::custom("NaN and infinite numbers cannot be written as JSON"));
        }
        self.write(&value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.write_string(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        self.text.push(b'[');
        let start = self.text.len();
        while items.next_element_seed(self.inside())?.is_some() {
            self.text.push(b',');
        }
        // Removes the comma after the last item.
        if self.text.len() > start {
            self.text.pop();
        }
        self.text.push(b']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut properties: A) -> Result<(), A::Error> {
        self.text.push(b'{');
        let start = self.text.len();
        while let Some(is_private) =
            properties.next_key_seed(KeySeed { is_first: self.text.len() == start, text: self.text })?
        {
            if is_private {
                // The value of the private key replaces the entire map.
                self.text.truncate(start - 1);
                let text: Cow<'de, str> = properties.next_value()?;
                self.text.extend_from_slice(text.as_bytes());
                return Ok(());
            }
            properties.next_value_seed(self.inside())?;
        }
        self.text.push(b'}');
        Ok(())
    }
}

/// Appends a key and a colon. A private key is not appended; the value says whether it is private.
struct KeySeed<'t> {
    text: &'t mut Vec<u8>,
    is_first: bool,
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<bool, E> {
        if key.starts_with(PRIVATE) {
            return Ok(true);
        }
        if !self.is_first {
            self.text.push(b',');
        }
        Transcoder { text: self.text, depth: 0 }.write_string(key)?;
        self.text.push(b':');
        Ok(false)
    }
}
