//! The attempts of a request before its error was returned.

use std::fmt;
use std::time::Duration;

/// The number of attempts of a request, and the total delay between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attempts {
    pub(crate) count: u32,
    pub(crate) waited: Duration,
}

impl Attempts {
    /// The request was not sent.
    pub(super) const NONE: Self = Self { count: 0, waited: Duration::ZERO };
}

/// A single attempt.
impl Default for Attempts {
    fn default() -> Self {
        Self { count: 1, waited: Duration::ZERO }
    }
}

/// Nothing after a single attempt.
impl fmt::Display for Attempts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.count < 2 {
            return Ok(());
        }
        write!(f, " [after {} attempts and {:.1} s of waiting]", self.count, self.waited.as_secs_f64())
    }
}
