//! Reading: a visitor that fills a [`Slot`] from whatever the format holds there.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Number, Value};

use super::choice::CHAIN;
use super::context::{Context, Failed, Problem};
use super::error::DecodeError;
use super::slot::Slot;
use super::view::integral;
use super::{Node, node, object};

/// A slot on its way to its value.
pub(super) struct Seed<'s, 'c> {
    pub(super) slot: Slot<'s>,
    pub(super) lenient: bool,
    pub(super) context: &'c mut Context,
}

/// What a slot was filled with.
pub(super) enum Filled {
    /// A value, or a null that the value itself remembers.
    Value,
    /// A null that the slot takes without a trace.
    Null,
    /// A null that the slot has no room for; it was left as it was, and the context holds the problem.
    Refused,
}

/// Fills a slot from JSON text.
pub(super) fn from_slice(slot: Slot<'_>, json: &[u8]) -> Result<(), DecodeError> {
    if matches!(slot, Slot::Unit) && json.iter().all(u8::is_ascii_whitespace) {
        return Ok(());
    }
    // Looking at all of the text once is much faster than looking at each string in it.
    let json = str::from_utf8(json).map_err(|error| DecodeError::not_text(json, &error))?;
    let mut context = Context::new();
    let mut deserializer = serde_json::Deserializer::from_str(json);
    drive(slot, &mut context, &mut deserializer)
        .and_then(|()| deserializer.end())
        .map_err(|error| DecodeError::new(context, json.as_bytes(), &error))
}

/// Reads a value from any format of serde.
pub(crate) fn deserialize<'de, T: Node + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut value = T::default();
    from_deserializer(node::slot_of(&mut value), deserializer)?;
    Ok(value)
}

/// Fills a slot from any format of serde; the path is put before the format's own message.
fn from_deserializer<'de, D: Deserializer<'de>>(slot: Slot<'_>, deserializer: D) -> Result<(), D::Error> {
    let mut context = Context::new();
    drive(slot, &mut context, deserializer).map_err(|error| {
        if context.trail.is_empty() {
            error
        } else {
            de::Error::custom(format_args!("{}: {error}", context.pointer()))
        }
    })
}

/// Fills the content that a tag announced.
pub(crate) fn fill(slot: Slot<'_>, value: Value, context: &mut Context) -> Result<(), Failed> {
    let chain = context.chain;
    let result = if chain < CHAIN {
        context.chain += 1;
        context.fit.listed.0 += 1;
        drive(slot, context, value)
    } else {
        Err(context.fail::<serde_json::Error>(Problem::Depth))
    };
    context.chain = chain;
    result.map_err(|error| context.failed(&error))
}

/// Fills a slot that must not be left empty.
pub(super) fn drive<'de, D: Deserializer<'de>>(
    slot: Slot<'_>,
    context: &mut Context,
    deserializer: D,
) -> Result<(), D::Error> {
    let seed = Seed { slot, lenient: false, context: &mut *context };
    match seed.deserialize(deserializer)? {
        Filled::Value | Filled::Null => Ok(()),
        Filled::Refused => Err(context.raise(Failed)),
    }
}

impl Seed<'_, '_> {
    #[cold]
    fn mismatch<E: de::Error>(self, found: &'static str) -> E {
        self.context.mismatch(self.slot.expected(), found)
    }

    /// The same seed with the slot that a value which is not null belongs to.
    fn present(self) -> Self {
        Self { slot: self.slot.present(), ..self }
    }

    /// Gives a value to a slot that takes all kinds.
    fn any_kind<E: de::Error>(self, value: Value) -> Result<Filled, E> {
        match self.slot {
            Slot::Union(union) => {
                self.context.look(&value);
                let known = union.set(value, self.context).map_err(|failed| self.context.raise(failed))?;
                self.context.fit.strange += u32::from(!known);
            }
            Slot::Any(any) => {
                self.context.note_undeclared_within(&value);
                *any = value;
            }
            _ => {}
        }
        Ok(Filled::Value)
    }

    fn number<E: de::Error>(self, number: &Number) -> Result<Filled, E> {
        if let Some(value) = number.as_i64() {
            self.visit_i64(value)
        } else if let Some(value) = number.as_u64() {
            self.visit_u64(value)
        } else if let Slot::Number(slot) = self.slot {
            *slot = number.clone();
            Ok(Filled::Value)
        } else if let Some(value) = number.as_f64() {
            self.visit_f64(value)
        } else {
            Err(self.mismatch("a number out of range"))
        }
    }

    fn text<E: de::Error>(self, text: &str) -> Result<Filled, E> {
        match self.slot {
            Slot::Parsed(slot) => {
                if slot.parse(text) {
                    match slot.is_listed() {
                        Some(true) => self.context.fit.listed.0 += 1,
                        Some(false) => self.context.fit.strange += 1,
                        None => {}
                    }
                    Ok(Filled::Value)
                } else {
                    Err(self.context.mismatch(slot.expected(), "another text"))
                }
            }
            Slot::I64(_) | Slot::Integer(_) if self.lenient => match digits(text) {
                Some(value) => self.visit_i64(value),
                None => Err(self.mismatch("a string that is no such integer")),
            },
            _ => Err(self.mismatch("a string")),
        }
    }
}

/// The integer that a text of digits stands for.
fn digits(text: &str) -> Option<i64> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let plain = !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = Filled;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        self.context.look(&Value::Null);
        // Every format that can skip what it does not know describes itself, so the value may announce its
        // own kind.
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = Filled;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slot.expected())
    }

    fn visit_unit<E: de::Error>(self) -> Result<Filled, E> {
        match self.slot {
            Slot::Unit => Ok(Filled::Value),
            Slot::Any(_) | Slot::Union(_) => self.any_kind(Value::Null),
            Slot::Optional(optional) => {
                if optional.set_null() {
                    return Ok(Filled::Value);
                }
                // A null that any value may be, where nothing else would remember it.
                if !self.context.has_room && matches!(optional.present(), Slot::Any(_)) {
                    return Ok(Filled::Value);
                }
                optional.set_null();
                Ok(Filled::Null)
            }
            _ => {
                self.context.problem =
                    Some(Problem::Mismatch { expected: self.slot.expected(), found: "null" });
                Ok(Filled::Refused)
            }
        }
    }

    fn visit_none<E: de::Error>(self) -> Result<Filled, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Filled, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Filled, E> {
        let seed = self.present();
        match seed.slot {
            Slot::Bool(slot) => *slot = value,
            Slot::Any(_) | Slot::Union(_) => return seed.any_kind(Value::Bool(value)),
            _ => return Err(seed.mismatch("true or false")),
        }
        Ok(Filled::Value)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Filled, E> {
        let seed = self.present();
        match seed.slot {
            Slot::I64(slot) => *slot = value,
            Slot::Integer(slot) => slot.set(value),
            Slot::Number(slot) => *slot = value.into(),
            Slot::F64(slot) => match exact(value.into()) {
                Some(value) => *slot = value,
                None => {
                    return Err(seed.context.mismatch("a number", "an integer that floating point rounds"));
                }
            },
            Slot::Any(_) | Slot::Union(_) => return seed.any_kind(value.into()),
            _ => return Err(seed.mismatch("an integer")),
        }
        Ok(Filled::Value)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Filled, E> {
        if let Ok(value) = i64::try_from(value) {
            return self.visit_i64(value);
        }
        let seed = self.present();
        match seed.slot {
            Slot::Number(slot) => *slot = value.into(),
            Slot::F64(slot) => match exact(value.into()) {
                Some(value) => *slot = value,
                None => {
                    return Err(seed.context.mismatch("a number", "an integer that floating point rounds"));
                }
            },
            Slot::Any(_) | Slot::Union(_) => return seed.any_kind(value.into()),
            Slot::I64(_) | Slot::Integer(_) => {
                return Err(seed.mismatch("an integer out of range"));
            }
            _ => return Err(seed.mismatch("an integer")),
        }
        Ok(Filled::Value)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Filled, E> {
        let seed = self.present();
        match seed.slot {
            Slot::F64(slot) => *slot = value,
            Slot::Number(slot) => match Number::from_f64(value) {
                Some(value) => *slot = value,
                None => return Err(seed.context.mismatch("a number", "NaN or infinity")),
            },
            Slot::Any(_) | Slot::Union(_) => return seed.any_kind(value.into()),
            Slot::I64(_) | Slot::Integer(_) => {
                return match integral(value) {
                    Some(value) => seed.visit_i64(value),
                    None if value.fract() == 0.0 => Err(seed.mismatch("an integer out of range")),
                    None => Err(seed.mismatch("a number with a fraction")),
                };
            }
            _ => return Err(seed.mismatch("a number with a fraction")),
        }
        Ok(Filled::Value)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Filled, E> {
        let seed = self.present();
        match seed.slot {
            Slot::String(slot) => text.clone_into(slot),
            Slot::Any(_) | Slot::Union(_) => return seed.any_kind(text.into()),
            _ => return seed.text(text),
        }
        Ok(Filled::Value)
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Filled, E> {
        let seed = self.present();
        match seed.slot {
            Slot::String(slot) => *slot = text,
            Slot::Any(_) | Slot::Union(_) => return seed.any_kind(text.into()),
            _ => return seed.text(&text),
        }
        Ok(Filled::Value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Filled, A::Error> {
        let seed = self.present();
        match seed.slot {
            Slot::Array(array) => {
                seed.context.enter()?;
                object::array(array, items, seed.lenient, seed.context)?;
                seed.context.leave();
            }
            Slot::Union(_) if seed.context.leaves_out() => drop(IgnoredAny.visit_seq(items)?),
            Slot::Any(_) | Slot::Union(_) => {
                let value = Value::deserialize(SeqAccessDeserializer::new(items))?;
                return seed.any_kind(value);
            }
            _ => return Err(seed.mismatch("an array")),
        }
        Ok(Filled::Value)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Filled, A::Error> {
        let seed = self.present();
        match seed.slot {
            Slot::Union(_) if seed.context.leaves_out() => {
                IgnoredAny.visit_map(entries)?;
                return Ok(Filled::Value);
            }
            Slot::Any(_) | Slot::Union(_) => {
                let value = Value::deserialize(MapAccessDeserializer::new(entries))?;
                return seed.any_kind(value);
            }
            // With its feature `arbitrary_precision`, serde_json shows a number as a map that only `Number`
            // can read.
            Slot::I64(_) | Slot::F64(_) | Slot::Number(_) | Slot::Integer(_) => {
                return match Number::deserialize(MapAccessDeserializer::new(entries)) {
                    Ok(number) => seed.number(&number),
                    Err(_) => Err(seed.mismatch("an object")),
                };
            }
            Slot::Object(_) | Slot::Map(_) | Slot::Free(_) => {}
            _ => return Err(seed.mismatch("an object")),
        }
        seed.context.enter()?;
        match seed.slot {
            Slot::Object(model) => object::model(model, entries, seed.context)?,
            Slot::Map(map) => object::map(map, entries, seed.lenient, seed.context)?,
            Slot::Free(map) => object::free(map, entries, seed.context)?,
            _ => {}
        }
        seed.context.leave();
        Ok(Filled::Value)
    }
}

/// An integer as floating point, if none of it is lost.
fn exact(value: i128) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "what is lost is looked at right after")]
    let number = value as f64;
    #[expect(clippy::cast_possible_truncation, reason = "it came from an integer of fewer bits")]
    let back = number as i128;
    (back == value).then_some(number)
}
