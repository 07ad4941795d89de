//! Numbers of any size and precision.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// A JSON number with all of its digits: an integer of any size, or a decimal of any precision.
///
/// It is written as it was read: `1.50` stays `1.50`. Two numbers are equal if they are written in the same way, so `1`
/// and `1.0` differ.
///
/// ```
/// use clientwright_runtime::Number;
///
/// let number = Number::from(5);
/// assert_eq!(number.as_i64(), Some(5));
/// let price: Number = "12345678901234567890.123456789".parse()?;
/// assert_eq!(price.to_string(), "12345678901234567890.123456789");
/// # Ok::<(), clientwright_runtime::ParseNumberError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Repr);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Integer(i64),
    /// Any other number.
    Text(Box<str>),
}

/// A number as it is written.
#[derive(Clone, Copy)]
pub(crate) enum NumberView<'n> {
    Integer(i64),
    Text(&'n str),
}

impl Number {
    /// Returns the number as an `i64`, if it is a 64-bit integer.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Integer(integer) => Some(*integer),
            Repr::Text(_) => None,
        }
    }

    /// Returns the number as a `u64`, if it is such an integer.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        match &self.0 {
            Repr::Integer(integer) => u64::try_from(*integer).ok(),
            Repr::Text(text) => text.parse().ok(),
        }
    }

    /// Returns the nearest `f64`; `None` if the number is out of its range.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "the nearest number is wanted")]
        match &self.0 {
            Repr::Integer(integer) => Some(*integer as f64),
            Repr::Text(text) => text.parse().ok().filter(|number: &f64| number.is_finite()),
        }
    }

    /// Creates a number from an `f64`; `None` if it is infinite or not a number.
    #[must_use]
    pub fn from_f64(number: f64) -> Option<Self> {
        serde_json::Number::from_f64(number).map(Self::from)
    }

    /// Returns the number as `serde_json` represents it, which has the precision of an `f64` unless its feature
    /// `arbitrary_precision` is on. `None` if the number is out of range.
    #[must_use]
    pub fn to_json(&self) -> Option<serde_json::Number> {
        match &self.0 {
            Repr::Integer(integer) => Some((*integer).into()),
            Repr::Text(text) => serde_json::from_str(text).ok(),
        }
    }

    /// Creates a number from the text of a JSON number.
    pub(crate) fn from_json(text: &str) -> Self {
        // Only integers that are written in the same way.
        let integer = text.parse().ok().filter(|_| text != "-0");
        Self(integer.map_or_else(|| Repr::Text(text.into()), Repr::Integer))
    }

    pub(crate) fn view(&self) -> NumberView<'_> {
        match &self.0 {
            Repr::Integer(integer) => NumberView::Integer(*integer),
            Repr::Text(text) => NumberView::Text(text),
        }
    }
}

/// The default is zero.
impl Default for Number {
    fn default() -> Self {
        Self::from(0)
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self(Repr::Integer(number))
    }
}

impl From<i32> for Number {
    fn from(number: i32) -> Self {
        Self::from(i64::from(number))
    }
}

impl From<u64> for Number {
    fn from(number: u64) -> Self {
        i64::try_from(number).map_or_else(|_| Self::from_json(&number.to_string()), Self::from)
    }
}

impl From<serde_json::Number> for Number {
    fn from(number: serde_json::Number) -> Self {
        Self::from_json(&number.to_string())
    }
}

/// Reads the text of a JSON number.
impl FromStr for Number {
    type Err = ParseNumberError;

    fn from_str(text: &str) -> Result<Self, ParseNumberError> {
        let number: Option<&serde_json::value::RawValue> = serde_json::from_str(text).ok();
        let is_number = text.starts_with(|first: char| first == '-' || first.is_ascii_digit());
        let number =
            number.map(serde_json::value::RawValue::get).filter(|number| is_number && *number == text);
        number.map(Self::from_json).ok_or(ParseNumberError(()))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Integer(integer) => integer.fmt(f),
            Repr::Text(text) => f.pad(text),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// An error for a string that is not a JSON number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseNumberError(());

impl fmt::Display for ParseNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a JSON number, such as 1.50")
    }
}

impl Error for ParseNumberError {}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn all_digits_are_kept() {
        for text in [
            "0",
            "-0",
            "1.0",
            "1.50",
            "-1e-7",
            "1E+2",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551616",
            "12345678901234567890.123456789",
            "1e999",
            "0.1000000000000000055511151231257827",
        ] {
            assert_eq!(text.parse::<Number>().unwrap().to_string(), text);
        }
        for text in ["", " 1", "1 ", "+1", "01", "1.", ".5", "0x1", "NaN", "true", "\"1\"", "[1]"] {
            assert!(text.parse::<Number>().is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_convert_to_and_from_others() {
        let big = Number::from(u64::MAX);
        assert_eq!(
            (big.as_i64(), big.as_u64(), big.as_f64()),
            (None, Some(u64::MAX), Some(18_446_744_073_709_551_615.0))
        );
        assert_eq!(big.to_json(), Some(u64::MAX.into()));
        assert_eq!((Number::from(-1).as_i64(), Number::from(-1).as_u64()), (Some(-1), None));
        assert_eq!(Number::from_f64(0.5).unwrap().to_string(), "0.5");
        assert_eq!(Number::from_f64(f64::NAN), None);
        assert_eq!("1e999".parse::<Number>().unwrap().as_f64(), None);
        assert_eq!(Number::default(), Number::from(serde_json::Number::from(0)));
    }
}
