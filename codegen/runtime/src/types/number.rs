//! Numbers to the last digit.

use std::fmt;

/// A number that is kept as it was sent: an integer stays one, a fraction keeps its digits.
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
    /// The number as an integer, if it is one of 64 bits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.0.as_i64()
    }

    /// The number as floating point.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        self.0.as_f64()
    }

    /// The number as `serde_json` has it.
    #[must_use]
    pub fn as_json(&self) -> &serde_json::Number {
        &self.0
    }

    /// The same, to be changed to the one that is read.
    pub(crate) fn as_json_mut(&mut self) -> &mut serde_json::Number {
        &mut self.0
    }
}

/// Zero.
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
