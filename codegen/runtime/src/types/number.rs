//! Numbers that are integers or have a fraction.

use std::fmt;

/// A JSON number: an integer, or a number with a fraction.
///
/// An integer stays an integer. The precision is that of `serde_json`: 64 bits, or every digit with its feature
/// `arbitrary_precision`.
///
/// ```
/// use clientwright_runtime::Number;
///
/// let number = Number::from(5);
/// assert_eq!(number.as_i64(), Some(5));
/// assert_eq!(number.to_string(), "5");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(serde_json::Number);

impl Number {
    /// Returns the number as an `i64`, if it is a 64-bit integer.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.0.as_i64()
    }

    /// Returns the number as an `f64`.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.0.as_f64()
    }

    /// Returns the number as a `serde_json::Number`.
    #[must_use]
    pub fn as_json(&self) -> &serde_json::Number {
        &self.0
    }

    pub(crate) fn as_json_mut(&mut self) -> &mut serde_json::Number {
        &mut self.0
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
        Self(number.into())
    }
}

impl From<serde_json::Number> for Number {
    fn from(number: serde_json::Number) -> Self {
        Self(number)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
