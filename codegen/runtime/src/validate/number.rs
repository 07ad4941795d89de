//! Compares numbers: integers exactly, others as `f64`.

use std::cmp::Ordering;

use serde_json::Value;

/// A number as JSON text.
pub(super) struct Numeral(pub(super) String);

impl Numeral {
    /// Returns the number of a keyword.
    pub(super) fn of(value: &Value) -> Option<Self> {
        value.is_number().then(|| Self(value.to_string()))
    }

    fn integer(&self) -> Option<i128> {
        self.0.parse().ok()
    }

    fn float(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self.integer(), other.integer()) {
            (Some(own), Some(other)) => Some(own.cmp(&other)),
            _ => self.float().partial_cmp(&other.float()),
        }
    }

    /// Returns whether the number is a multiple of another one; `true` if that can't be decided.
    pub(super) fn is_multiple_of(&self, other: &Self) -> bool {
        if let (Some(own), Some(other)) = (self.integer(), other.integer()) {
            return other == 0 || own % other == 0;
        }
        let quotient = self.float() / other.float();
        // Decimals such as 0.1 are not exact as `f64`.
        !quotient.is_finite() || (quotient - quotient.round()).abs() < 1e-9 * quotient.abs().max(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Numeral;

    #[test]
    fn multiples_of_decimals_are_found() {
        let is_multiple =
            |own: &str, other: &str| Numeral(own.to_owned()).is_multiple_of(&Numeral(other.to_owned()));
        for (own, other) in
            [("0.3", "0.1"), ("1e3", "0.01"), ("9007199254740993", "3"), ("4.35", "0.01"), ("5", "0")]
        {
            assert!(is_multiple(own, other), "{own} {other}");
        }
        for (own, other) in [("0.35", "0.1"), ("9007199254740993", "2"), ("1", "3")] {
            assert!(!is_multiple(own, other), "{own} {other}");
        }
    }
}
