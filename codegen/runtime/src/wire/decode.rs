//! Reading: a [`Slot`] is filled from whatever the text holds there.

use serde_json::{Number, Value};

use super::choice::CHAIN;
use super::context::{Context, Failed, Problem};
use super::error::DecodeError;
use super::object;
use super::order::Orders;
use super::slot::{INTEGER, NUMBER, Slot};
use super::view::integral;
use crate::json::fault::without_place;
use crate::json::raw::Raw;
use crate::json::reader::{Kind, Numeral, Reader};

/// What a slot was filled with.
pub(super) enum Filled {
    /// A value, or a null that the value itself remembers.
    Value,
    /// A null that the slot takes without a trace.
    Null,
    /// A null that the slot has no room for; it was left as it was, and the context holds the problem.
    Refused,
}

/// Fills a slot from JSON text; in which order fields come is known from texts before it.
pub(super) fn from_slice(slot: Slot<'_>, json: &[u8], orders: &mut Orders) -> Result<(), DecodeError> {
    if matches!(slot, Slot::Unit) && json.iter().all(u8::is_ascii_whitespace) {
        return Ok(());
    }
    // Looking at all of the text once is much faster than looking at each string in it.
    let text = str::from_utf8(json).map_err(|error| DecodeError::not_text(json, &error))?;
    let mut context = Context::new(std::mem::take(orders));
    let mut reader = Reader::new(text);
    let result = drive(slot, &mut reader, &mut context).and_then(|()| {
        reader.end()?;
        Ok(())
    });
    *orders = std::mem::take(&mut context.orders);
    result.map_err(|_| DecodeError::new(context, json))
}

/// Fills the content that a tag announced.
pub fn fill(slot: Slot<'_>, value: Raw<'_>, context: &mut Context) -> Result<(), Failed> {
    let chain = context.chain;
    let result = if chain < CHAIN {
        context.chain += 1;
        context.fit.listed.0 += 1;
        drive(slot, &mut value.reader(), context)
    } else {
        Err(context.fail(Problem::Depth, value.at()))
    };
    context.chain = chain;
    result
}

/// Fills a slot that must not be left empty.
pub(super) fn drive(slot: Slot<'_>, reader: &mut Reader<'_>, context: &mut Context) -> Result<(), Failed> {
    match read(slot, false, reader, context)? {
        Filled::Value | Filled::Null => Ok(()),
        Filled::Refused => Err(Failed),
    }
}

/// Fills a slot with the next value. If it is lenient, an integer may be written as a text.
pub(super) fn read(
    slot: Slot<'_>,
    lenient: bool,
    reader: &mut Reader<'_>,
    context: &mut Context,
) -> Result<Filled, Failed> {
    context.look(1);
    let kind = reader.kind()?;
    if kind == Kind::Null {
        return null(slot, reader, context);
    }
    match (slot.present(), kind) {
        (Slot::String(slot), Kind::String) => *slot = reader.string()?.into_owned(),
        (Slot::I64(slot), Kind::Number) => *slot = integer(reader, context)?,
        (Slot::Integer(slot), Kind::Number) => slot.set(integer(reader, context)?),
        (Slot::Bool(slot), Kind::Bool(value)) => {
            reader.literal(kind)?;
            *slot = value;
        }
        (Slot::Parsed(slot), Kind::String) => {
            let text = reader.string()?;
            if !slot.parse(&text) {
                let (expected, found) = (slot.expected(), "another text");
                return Err(context.fail(Problem::Mismatch { expected, found }, reader.at()));
            }
            match slot.is_listed() {
                Some(true) => context.fit.listed.0 += 1,
                Some(false) => context.fit.strange += 1,
                None => {}
            }
        }
        (Slot::Array(array), Kind::Array) => {
            context.enter(reader.at())?;
            object::array(array, reader, lenient, context)?;
            context.leave();
        }
        (slot @ (Slot::Object(_) | Slot::Map(_) | Slot::Free(_)), Kind::Object) => {
            context.enter(reader.at())?;
            match slot {
                Slot::Object(model) => object::model(model, reader, context)?,
                Slot::Map(map) => object::map(map, reader, lenient, context)?,
                Slot::Free(map) => object::free(map, reader, context)?,
                _ => {}
            }
            context.leave();
        }
        (Slot::F64(slot), Kind::Number) => *slot = float(reader, context)?,
        (Slot::Number(slot), Kind::Number) => *slot = number(reader, context)?,
        (slot @ (Slot::Any(_) | Slot::Union(_)), _) => any_kind(slot, reader, context)?,
        (Slot::I64(slot), Kind::String) if lenient => *slot = digits(reader, context)?,
        (Slot::Integer(slot), Kind::String) if lenient => slot.set(digits(reader, context)?),
        (slot, _) => return Err(mismatch(&slot, reader, context)),
    }
    Ok(Filled::Value)
}

/// Fills a slot that takes all kinds.
fn any_kind(slot: Slot<'_>, reader: &mut Reader<'_>, context: &mut Context) -> Result<(), Failed> {
    let raw = reader.skip()?;
    match slot {
        Slot::Union(_) if context.leaves_out() => {}
        Slot::Union(union) => {
            context.look(raw.size());
            let known = union.set(raw, context)?;
            context.fit.strange += u32::from(!known);
        }
        Slot::Any(any) => {
            context.note_undeclared(raw.size() - 1);
            *any = context.value(raw)?;
        }
        _ => {}
    }
    Ok(())
}

impl Context {
    /// A value as a tree.
    pub fn value(&mut self, raw: Raw<'_>) -> Result<Value, Failed> {
        raw.parse().map_err(|error| self.unreadable(raw, &error))
    }

    /// Sees that a value can be had as a tree later.
    pub(super) fn check(&mut self, raw: Raw<'_>) -> Result<(), Failed> {
        raw.check().map_err(|error| self.unreadable(raw, &error))
    }

    /// The failure of a value that is JSON, but that `serde_json` refuses to read.
    #[cold]
    fn unreadable(&mut self, raw: Raw<'_>, error: &serde_json::Error) -> Failed {
        self.fail(Problem::Format(without_place(error)), raw.place_of(error))
    }
}

/// Fills a slot with null.
fn null(slot: Slot<'_>, reader: &mut Reader<'_>, context: &mut Context) -> Result<Filled, Failed> {
    if let slot @ (Slot::Any(_) | Slot::Union(_)) = slot {
        return any_kind(slot, reader, context).map(|()| Filled::Value);
    }
    reader.literal(Kind::Null)?;
    match slot {
        Slot::Unit => Ok(Filled::Value),
        Slot::Optional(optional) => {
            if optional.set_null() {
                return Ok(Filled::Value);
            }
            // A null that any value may be, where nothing else would remember it.
            if !context.has_room && matches!(optional.present(), Slot::Any(_)) {
                return Ok(Filled::Value);
            }
            optional.set_null();
            Ok(Filled::Null)
        }
        _ => {
            let problem = Problem::Mismatch { expected: slot.expected(), found: "null" };
            context.fail(problem, reader.at());
            Ok(Filled::Refused)
        }
    }
}

/// The failure of a value of the wrong kind.
#[cold]
fn mismatch(slot: &Slot<'_>, reader: &mut Reader<'_>, context: &mut Context) -> Failed {
    let found = match reader.kind() {
        Ok(Kind::Number) => match reader.number() {
            Ok(Numeral { integer: Some(_), .. }) => "an integer",
            Ok(Numeral { text, .. }) if text.parse::<u64>().is_ok() => "an integer",
            _ => "a number with a fraction",
        },
        Ok(kind @ (Kind::String | Kind::Bool(_))) => match reader.skip() {
            Ok(_) => kind.name(),
            Err(broken) => return broken.into(),
        },
        Ok(kind) => kind.name(),
        Err(broken) => return broken.into(),
    };
    context.fail(Problem::Mismatch { expected: slot.expected(), found }, reader.at())
}

/// The failure of a number of the wrong kind.
#[cold]
fn misfit(expected: &'static str, found: &'static str, at: usize, context: &mut Context) -> Failed {
    context.fail(Problem::Mismatch { expected, found }, at)
}

#[inline]
fn integer(reader: &mut Reader<'_>, context: &mut Context) -> Result<i64, Failed> {
    let numeral = reader.number()?;
    match numeral.integer {
        Some(value) => Ok(value),
        None => whole(numeral, reader.at(), context),
    }
}

/// The integer that a number is which is not written as one of 64 bits.
fn whole(numeral: Numeral<'_>, at: usize, context: &mut Context) -> Result<i64, Failed> {
    let value = finite(numeral, at, context)?;
    match integral(value) {
        Some(value) => Ok(value),
        None if value.fract() == 0.0 => Err(misfit(INTEGER, "an integer out of range", at, context)),
        None => Err(misfit(INTEGER, "a number with a fraction", at, context)),
    }
}

/// The floating point that is nearest to a number.
fn finite(numeral: Numeral<'_>, at: usize, context: &mut Context) -> Result<f64, Failed> {
    let value = numeral.text.parse().ok().filter(|value: &f64| value.is_finite());
    value.ok_or_else(|| misfit(NUMBER, "a number out of range", at, context))
}

fn float(reader: &mut Reader<'_>, context: &mut Context) -> Result<f64, Failed> {
    let numeral = reader.number()?;
    let value = finite(numeral, reader.at(), context)?;
    let integer =
        numeral.integer.map(i128::from).or_else(|| numeral.text.parse::<u64>().ok().map(i128::from));
    match integer {
        Some(integer) if !is_exact(integer, value) => {
            Err(misfit(NUMBER, "an integer that floating point rounds", reader.at(), context))
        }
        _ => Ok(value),
    }
}

/// Whether floating point holds an integer, and loses nothing of it.
fn is_exact(integer: i128, value: f64) -> bool {
    #[expect(clippy::cast_possible_truncation, reason = "it came from an integer of fewer bits")]
    let back = value as i128;
    back == integer
}

/// A number to the last digit.
fn number(reader: &mut Reader<'_>, context: &mut Context) -> Result<Number, Failed> {
    let numeral = reader.number()?;
    serde_json::from_str(numeral.text)
        .map_err(|_| misfit(NUMBER, "a number out of range", reader.at(), context))
}

/// The integer that a text of digits stands for.
fn digits(reader: &mut Reader<'_>, context: &mut Context) -> Result<i64, Failed> {
    let text = reader.string()?;
    let unsigned = text.strip_prefix('-').unwrap_or(&text);
    let plain = !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit());
    let value = if plain { text.parse().ok() } else { None };
    value.ok_or_else(|| misfit(INTEGER, "a string that is no such integer", reader.at(), context))
}
