//! Whether the types of Rust represent a JSON number exactly, and which numbers `serde_json` writes as they came.

use std::fmt::Write as _;
use std::io::Write as _;

use super::skip;
use super::swar::plain_end;

/// A decimal number with at most this many digits is the only one of them near its `f64`.
const SAFE_LENGTH: usize = 15;

/// From here on, neighbouring integers differ by more than one as `f64`.
const LARGE: f64 = 9_007_199_254_740_992.0;

/// Returns whether an `f64`, which is the nearest one to a number, is written as an equal number.
pub(crate) fn is_exact(text: &str, value: f64) -> bool {
    // A number near zero may have become zero, or have lost digits.
    let is_usual = value.is_normal() && value.abs() < LARGE;
    (text.len() <= SAFE_LENGTH && is_usual) || text == "0" || is_written_as(text, value)
}

fn is_written_as(text: &str, value: f64) -> bool {
    // The shortest digits, which are at most 17, with a sign, a point and an exponent.
    let mut written = [0; 32];
    let mut rest = written.as_mut_slice();
    // The encoder writes all digits of a 64-bit integer.
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked right after")]
    let integer = value as i128;
    let is_integer = value.fract() == 0.0 && (i64::MIN.into()..=u64::MAX.into()).contains(&integer);
    // Of two shortest numbers that are equally near, the encoder may choose another one than `format!`.
    let is_written = if is_integer {
        write!(rest, "{integer}").is_ok()
    } else {
        serde_json::to_writer(&mut rest, &value).is_ok()
    };
    if !is_written {
        return false;
    }
    let unused = rest.len();
    let written = written.get(..written.len() - unused).and_then(|written| str::from_utf8(written).ok());
    written.is_some_and(|written| same_number(written, text))
}

/// Returns whether `serde_json` writes all numbers in a value as they came.
pub(super) fn all_kept(json: &str) -> bool {
    numbers(json).all(|(start, end)| json.get(start..end).is_some_and(is_kept))
}

/// Returns a value in which numbers beyond the range of an `f64` are replaced by the nearest one; `None` without any.
#[cold]
pub(crate) fn in_range(json: &str) -> Option<String> {
    let (mut text, mut copied) = (String::new(), 0);
    for (start, end) in numbers(json) {
        let value = json.get(start..end)?.parse().unwrap_or(0.0);
        if !f64::is_finite(value) {
            text.push_str(json.get(copied..start)?);
            write!(text, "{:e}", value.clamp(f64::MIN, f64::MAX)).ok()?;
            copied = end;
        }
    }
    text.push_str(json.get(copied..)?);
    (copied > 0).then_some(text)
}

/// Returns the offsets of all numbers in a value.
fn numbers(json: &str) -> impl Iterator<Item = (usize, usize)> {
    let (text, mut at) = (json.as_bytes(), 0);
    std::iter::from_fn(move || {
        while let Some(byte) = text.get(at) {
            let start = at;
            match byte {
                b'"' => at = string_end(text, at + 1),
                b'-' | b'0'..=b'9' => {
                    at = skip::number(text, at).unwrap_or(text.len());
                    return Some((start, at));
                }
                _ => at += 1,
            }
        }
        None
    })
}

fn string_end(text: &[u8], mut at: usize) -> usize {
    loop {
        at = plain_end(text, at);
        match text.get(at) {
            Some(b'\\') => at += 2,
            _ => return at + 1,
        }
    }
}

/// Returns whether `serde_json` writes a number as it came: `1.50`, `1e5` and `-0` are written in another way.
fn is_kept(text: &str) -> bool {
    if !text.contains(['.', 'e', 'E']) {
        return text != "-0" && (text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok());
    }
    let Ok(value) = text.parse::<f64>() else { return false };
    let mut written = [0; 32];
    let mut rest = written.as_mut_slice();
    let is_written = value.is_finite() && serde_json::to_writer(&mut rest, &value).is_ok();
    let unused = rest.len();
    is_written && written.get(..written.len() - unused) == Some(text.as_bytes())
}

/// Returns whether two JSON numbers are equal: `1.50` and `15e-1` are.
pub(crate) fn same_number(one: &str, other: &str) -> bool {
    match (Decimal::of(one), Decimal::of(other)) {
        (Some(one), Some(other)) => one.is(&other),
        // Numbers with exponents of 19 digits.
        _ => one == other,
    }
}

/// A number without a fraction, or with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    /// A number without a fraction: `12`, `1.20e1`.
    Integer(i128),
    /// Such a number with more than 128 bits.
    Beyond,
    /// A number with a fraction.
    Fraction,
}

/// Returns the integer that is equal to a number.
pub(crate) fn whole(text: &str) -> Whole {
    let Some(decimal) = Decimal::of(text) else { return Whole::Beyond };
    let (digits, zeros) = decimal.significant();
    let Some(exponent) = i64::try_from(zeros).ok().and_then(|zeros| decimal.exponent.checked_add(zeros))
    else {
        return Whole::Beyond;
    };
    let mut integer = Some(0_i128);
    for digit in digits {
        integer = integer.and_then(|value| value.checked_mul(10)?.checked_add(i128::from(digit - b'0')));
    }
    if integer == Some(0) {
        return Whole::Integer(0);
    }
    let Ok(exponent) = u32::try_from(exponent) else {
        return if exponent < 0 { Whole::Fraction } else { Whole::Beyond };
    };
    let integer =
        integer.zip(10_i128.checked_pow(exponent)).and_then(|(value, power)| value.checked_mul(power));
    integer.map_or(Whole::Beyond, |value| Whole::Integer(if decimal.is_negative { -value } else { value }))
}

/// A number as its digits and the power of ten of the last one.
struct Decimal<'t> {
    is_negative: bool,
    whole: &'t str,
    fraction: &'t str,
    exponent: i64,
}

impl<'t> Decimal<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let is_negative = text.starts_with('-');
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
            None => (text, 0),
        };
        let mantissa = mantissa.trim_start_matches('-');
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let exponent = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
        Some(Self { is_negative, whole, fraction, exponent })
    }

    fn digits(&self) -> impl DoubleEndedIterator<Item = u8> {
        self.whole.bytes().chain(self.fraction.bytes())
    }

    fn is(&self, other: &Self) -> bool {
        let zeros = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let (one, end) = self.significant();
        let (two, other_end) = other.significant();
        let exponents = (self.exponent.checked_add(zeros(end)), other.exponent.checked_add(zeros(other_end)));
        let mut digits = one.peekable();
        let is_zero = digits.peek().is_none();
        digits.eq(two) && (is_zero || (self.is_negative == other.is_negative && exponents.0 == exponents.1))
    }

    /// Returns the digits without zeros at both ends, and the number of zeros at the end.
    fn significant(&self) -> (impl Iterator<Item = u8>, usize) {
        let length = self.whole.len() + self.fraction.len();
        let start = self.digits().take_while(|digit| *digit == b'0').count();
        let end = self.digits().rev().take_while(|digit| *digit == b'0').count();
        (self.digits().take(length.saturating_sub(end)).skip(start), end)
    }
}

/// Returns JSON without whitespace between its tokens.
pub(crate) fn compact(json: &str) -> String {
    let text = json.as_bytes();
    let mut compact = String::with_capacity(json.len());
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        let end = if *byte == b'"' { string_end(text, at + 1).min(text.len()) } else { at + 1 };
        if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
            compact.push_str(json.get(at..end).unwrap_or_default());
        }
        at = end;
    }
    compact
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Whole, all_kept, compact, in_range, is_exact, same_number, whole};

    #[test]
    fn equal_numbers_are_recognized() {
        for (one, other) in [
            ("1", "1.0"),
            ("0", "-0.0e5"),
            ("1.50", "15e-1"),
            ("1e2", "100"),
            ("0.001", "1E-3"),
            ("10e-1", "1"),
            ("-120", "-1.2e+2"),
        ] {
            assert!(same_number(one, other) && same_number(other, one), "{one} {other}");
        }
        for (one, other) in
            [("1", "-1"), ("1", "10"), ("1.5", "1.05"), ("12", "21"), ("1e-5", "1e5"), ("0", "1")]
        {
            assert!(!same_number(one, other), "{one} {other}");
        }
    }

    #[test]
    fn inexact_numbers_are_recognized() {
        let exact = |text: &str| is_exact(text, text.parse().unwrap());
        for text in
            ["0", "0.0", "-0", "0.1", "1.0", "1e300", "0.30000000000000004", "5e-324", "9007199254740992"]
        {
            assert!(exact(text), "{text}");
        }
        for text in [
            "9007199254740993",
            "0.1000000000000000055511151231257827",
            "1e-999",
            "3e-324",
            "12345678901234567890.1",
            // It is between this one and 570000000000000.2, which is written.
            "570000000000000.3",
        ] {
            assert!(!exact(text), "{text}");
        }
    }

    #[test]
    fn numbers_that_serde_json_rewrites_are_recognized() {
        assert!(all_kept(
            r#"{"0.10": [18446744073709551615, -9223372036854775808, 0.5, 1.0, -0.0, 1e-7, "\"1e999"]}"#
        ));
        for text in [
            "-0",
            "0.10",
            "1.50",
            "1e5",
            "1E+2",
            "1e999",
            "0.00",
            "0.000001",
            "200000000000000992.0",
            "-18446744073709551615",
            "1234567890123456789012345678901234567890",
            "0.1000000000000000055511151231257827",
        ] {
            assert!(!all_kept(&format!(r#"[{{"a": {text}}}]"#)), "{text}");
        }
    }

    #[test]
    fn numbers_out_of_range_become_the_nearest() {
        assert_eq!(
            in_range(r#"{"1e999":[1e999,-1E400,1.50],"a":"1e999"}"#).unwrap(),
            r#"{"1e999":[1.7976931348623157e308,-1.7976931348623157e308,1.50],"a":"1e999"}"#
        );
        assert_eq!(in_range("[1e308, 1e-999]"), None);
    }

    #[test]
    fn numbers_without_a_fraction_are_integers() {
        for (text, integer) in [
            ("12", 12),
            ("-0", 0),
            ("1.20e1", 12),
            ("-1e18", -1_000_000_000_000_000_000),
            ("9007199254740993.0", 9_007_199_254_740_993),
            ("18446744073709551616", 18_446_744_073_709_551_616),
        ] {
            assert_eq!(whole(text), Whole::Integer(integer), "{text}");
        }
        assert_eq!(whole("123456789.5e3"), Whole::Integer(123_456_789_500));
        for text in ["1.5", "1e-1", "0.001"] {
            assert_eq!(whole(text), Whole::Fraction);
        }
        for text in ["1e39", "1e999", "1234567890123456789012345678901234567890"] {
            assert_eq!(whole(text), Whole::Beyond);
        }
    }

    #[test]
    fn whitespace_is_kept_in_strings_only() {
        assert_eq!(compact("{ \"a b\" :\n[1, \"\\\" \" ,\ttrue] }"), r#"{"a b":[1,"\" ",true]}"#);
    }

    proptest! {
        #[test]
        fn an_exact_number_is_written_as_an_equal_one(text in "-?(0|[1-9][0-9]{0,20})([.][0-9]{1,20})?([eE][+-]?[0-9]{1,3})?") {
            let value: f64 = text.parse().unwrap();
            if value.is_finite() {
                let written = crate::encode(&value).unwrap();
                let written = str::from_utf8(&written).unwrap();
                prop_assert_eq!(is_exact(&text, value), same_number(written, &text));
            }
        }

        #[test]
        fn every_written_number_is_exact(value in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL) {
            let written = crate::encode(&value).unwrap();
            prop_assert!(is_exact(str::from_utf8(&written).unwrap(), value));
        }
    }
}
