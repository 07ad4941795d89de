//! Reads numbers, and reports values of the wrong kind.

use crate::json::exact::{Whole, is_exact, whole};
use crate::json::reader::{JsonKind, Numeral, Reader};
use crate::model::node::{ParseSlot, Slot};
use crate::model::slot::{INTEGER, NUMBER, UNSIGNED};
use crate::state::decode_context::{DecodeContext, Failed};
use crate::state::problem::{
    DecodeProblem, FAR_TIME, LARGE_DIGITS, LARGE_INTEGER, LARGE_NUMBER, ROUNDED_INTEGER,
};
use crate::types::accuracy::Accuracy;
use crate::types::number::Number;

/// Records that the next value has the wrong kind.
#[cold]
pub(super) fn mismatch(slot: &Slot<'_>, reader: &mut Reader<'_>, context: &mut DecodeContext) -> Failed {
    let found = match reader.kind() {
        Ok(JsonKind::Number) => match reader.number() {
            Ok(Numeral { integer: Some(_), .. }) => "an integer",
            Ok(Numeral { text, .. }) if text.parse::<u64>().is_ok() => "an integer",
            _ => "a number with a fraction",
        },
        Ok(kind @ (JsonKind::String | JsonKind::Bool(_))) => match reader.skip() {
            Ok(_) => kind.name(),
            Err(broken) => return broken.into(),
        },
        Ok(kind) => kind.name(),
        Err(broken) => return broken.into(),
    };
    context.fail(DecodeProblem::Mismatch { expected: slot.expected(), found }, reader.offset())
}

/// Fills a type that is parsed from a string.
pub(super) fn parse(
    slot: &mut dyn ParseSlot,
    reader: &mut Reader<'_>,
    context: &mut DecodeContext,
) -> Result<(), Failed> {
    let text = reader.string()?;
    match slot.parse(&text) {
        Some(Accuracy::Exact) => {}
        Some(Accuracy::Rounded) => context.note_inexact(1),
        inexact @ (Some(Accuracy::OutOfRange) | None) => {
            let found = if inexact.is_some() { FAR_TIME } else { "another string" };
            let problem = DecodeProblem::Mismatch { expected: slot.expected(), found };
            return Err(context.fail(problem, reader.offset()));
        }
    }
    Ok(())
}

/// Records that a number has the wrong form.
#[cold]
fn wrong_number(
    expected: &'static str,
    found: &'static str,
    at: usize,
    context: &mut DecodeContext,
) -> Failed {
    context.fail(DecodeProblem::Mismatch { expected, found }, at)
}

/// Reads a 64-bit integer.
#[inline]
pub(super) fn integer(reader: &mut Reader<'_>, context: &mut DecodeContext) -> Result<i64, Failed> {
    if let Some(value) = reader.short_integer() {
        return Ok(value);
    }
    let numeral = reader.number()?;
    match numeral.integer {
        Some(value) => Ok(value),
        None => bounded(numeral, INTEGER, reader.offset(), context),
    }
}

/// Reads a 64-bit integer that is not negative.
pub(super) fn unsigned(reader: &mut Reader<'_>, context: &mut DecodeContext) -> Result<u64, Failed> {
    let numeral = reader.number()?;
    bounded(numeral, UNSIGNED, reader.offset(), context)
}

/// Returns the integer that is equal to a number, which may have a fraction of zeros or an exponent.
#[cold]
fn bounded<T: TryFrom<i128>>(
    numeral: Numeral<'_>,
    expected: &'static str,
    at: usize,
    context: &mut DecodeContext,
) -> Result<T, Failed> {
    let value = match whole(numeral.text) {
        Whole::Fraction => return Err(wrong_number(expected, "a number with a fraction", at, context)),
        Whole::Integer(value) => T::try_from(value).ok(),
        Whole::Beyond => None,
    };
    // The nearest integer would be another one.
    value.ok_or_else(|| wrong_number(expected, LARGE_INTEGER, at, context))
}

/// Reads a number as an `f64`. One with more digits than an `f64` has is rounded, if the number itself is kept. Otherwise
/// an integer that would be rounded is an error.
pub(super) fn float(reader: &mut Reader<'_>, context: &mut DecodeContext) -> Result<f64, Failed> {
    let numeral = reader.number()?;
    let value = numeral.text.parse().unwrap_or(f64::NAN);
    if is_exact(numeral.text, value) {
        return Ok(value);
    }
    let found = match numeral.integer {
        _ if !value.is_finite() => LARGE_NUMBER,
        Some(_) => ROUNDED_INTEGER,
        None if numeral.text.parse::<u64>().is_ok() => ROUNDED_INTEGER,
        None => "",
    };
    if context.keeps_originals && value.is_finite() {
        context.note_inexact(1);
        return Ok(value);
    }
    if found.is_empty() { Ok(value) } else { Err(wrong_number(NUMBER, found, reader.offset(), context)) }
}

/// Reads a number of any precision.
pub(super) fn number(reader: &mut Reader<'_>) -> Result<Number, Failed> {
    Ok(Number::from_json(reader.number()?.text))
}

/// Reads a string of digits as an integer that is not negative.
pub(super) fn unsigned_digits(reader: &mut Reader<'_>, context: &mut DecodeContext) -> Result<u64, Failed> {
    let text = reader.string()?;
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let value = if plain { text.parse().ok() } else { None };
    let found = if plain { LARGE_DIGITS } else { "a string that is not such an integer" };
    value.ok_or_else(|| wrong_number(UNSIGNED, found, reader.offset(), context))
}

/// Reads a string of digits as an integer.
pub(super) fn digits(reader: &mut Reader<'_>, context: &mut DecodeContext) -> Result<i64, Failed> {
    let text = reader.string()?;
    let unsigned = text.strip_prefix('-').unwrap_or(&text);
    let plain = !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit());
    let value = if plain { text.parse().ok() } else { None };
    let found = if plain { LARGE_DIGITS } else { "a string that is not an integer" };
    value.ok_or_else(|| wrong_number(INTEGER, found, reader.offset(), context))
}
