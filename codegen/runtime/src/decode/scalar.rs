//! Reads numbers, and reports values of the wrong kind.

use serde_json::Number;

use crate::json::reader::{JsonKind, Numeral, Reader};
use crate::model::node::Slot;
use crate::model::slot::{INTEGER, NUMBER};
use crate::state::decode_context::{DecodeContext, Failed};
use crate::state::problem::DecodeProblem;

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
    let numeral = reader.number()?;
    match numeral.integer {
        Some(value) => Ok(value),
        None => integral_number(numeral, reader.offset(), context),
    }
}

/// Returns the 64-bit integer that is equal to a number with a fraction or exponent, such as `1.0`.
fn integral_number(numeral: Numeral<'_>, at: usize, context: &mut DecodeContext) -> Result<i64, Failed> {
    let value = finite(numeral, at, context)?;
    match integral(value) {
        Some(value) => Ok(value),
        None if value.fract() == 0.0 => Err(wrong_number(INTEGER, "an integer out of range", at, context)),
        None => Err(wrong_number(INTEGER, "a number with a fraction", at, context)),
    }
}

/// Returns the `f64` that is nearest to a number.
fn finite(numeral: Numeral<'_>, at: usize, context: &mut DecodeContext) -> Result<f64, Failed> {
    let value = numeral.text.parse().ok().filter(|value: &f64| value.is_finite());
    value.ok_or_else(|| wrong_number(NUMBER, "a number out of range", at, context))
}

/// Reads a number as an `f64`. An integer that an `f64` cannot represent exactly is an error.
pub(super) fn float(reader: &mut Reader<'_>, context: &mut DecodeContext) -> Result<f64, Failed> {
    let numeral = reader.number()?;
    let value = finite(numeral, reader.offset(), context)?;
    let integer =
        numeral.integer.map(i128::from).or_else(|| numeral.text.parse::<u64>().ok().map(i128::from));
    match integer {
        Some(integer) if !is_exact(integer, value) => {
            Err(wrong_number(NUMBER, "an integer that an `f64` would round", reader.offset(), context))
        }
        _ => Ok(value),
    }
}

/// Returns whether an `f64` represents an integer exactly.
fn is_exact(integer: i128, value: f64) -> bool {
    #[expect(clippy::cast_possible_truncation, reason = "it came from an integer of fewer bits")]
    let back = value as i128;
    back == integer
}

/// Reads a number of any precision.
pub(super) fn number(reader: &mut Reader<'_>, context: &mut DecodeContext) -> Result<Number, Failed> {
    let numeral = reader.number()?;
    serde_json::from_str(numeral.text)
        .map_err(|_| wrong_number(NUMBER, "a number out of range", reader.offset(), context))
}

/// Reads a string of digits as an integer.
pub(super) fn digits(reader: &mut Reader<'_>, context: &mut DecodeContext) -> Result<i64, Failed> {
    let text = reader.string()?;
    let unsigned = text.strip_prefix('-').unwrap_or(&text);
    let plain = !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit());
    let value = if plain { text.parse().ok() } else { None };
    value.ok_or_else(|| {
        wrong_number(INTEGER, "a string that is not a 64-bit integer", reader.offset(), context)
    })
}

/// Returns the integer that is equal to a number, if the number is so small that neighbouring integers differ as `f64`.
fn integral(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked right after")]
    let integer = number as i64;
    (number.fract() == 0.0 && number.abs() < EXACT).then_some(integer)
}
