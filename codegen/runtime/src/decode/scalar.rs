//! Reading numbers, and telling what stands there instead.

use serde_json::Number;

use crate::json::reader::{Kind, Numeral, Reader};
use crate::model::node::Slot;
use crate::model::slot::{INTEGER, NUMBER};
use crate::state::context::{Context, Failed};
use crate::state::problem::Problem;

/// The failure of a value of the wrong kind.
#[cold]
pub(super) fn mismatch(slot: &Slot<'_>, reader: &mut Reader<'_>, context: &mut Context) -> Failed {
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

/// An integer of 64 bits.
#[inline]
pub(super) fn integer(reader: &mut Reader<'_>, context: &mut Context) -> Result<i64, Failed> {
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

/// A number as floating point, if it loses nothing.
pub(super) fn float(reader: &mut Reader<'_>, context: &mut Context) -> Result<f64, Failed> {
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
pub(super) fn number(reader: &mut Reader<'_>, context: &mut Context) -> Result<Number, Failed> {
    let numeral = reader.number()?;
    serde_json::from_str(numeral.text)
        .map_err(|_| misfit(NUMBER, "a number out of range", reader.at(), context))
}

/// The integer that a text of digits stands for.
pub(super) fn digits(reader: &mut Reader<'_>, context: &mut Context) -> Result<i64, Failed> {
    let text = reader.string()?;
    let unsigned = text.strip_prefix('-').unwrap_or(&text);
    let plain = !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit());
    let value = if plain { text.parse().ok() } else { None };
    value.ok_or_else(|| misfit(INTEGER, "a string that is no such integer", reader.at(), context))
}

/// The integer that a number is equal to, if it is small enough to be told from its neighbours.
fn integral(number: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked right after")]
    let integer = number as i64;
    (number.fract() == 0.0 && number.abs() < EXACT).then_some(integer)
}
