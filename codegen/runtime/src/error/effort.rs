//! What was tried before an error was given up on.

use std::fmt;
use std::time::Duration;

/// How often a request went out, and how long was waited between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Effort {
    pub(crate) attempts: u32,
    pub(crate) waited: Duration,
}

impl Effort {
    /// The request never went out.
    pub(super) const NONE: Self = Self { attempts: 0, waited: Duration::ZERO };
}

/// A single attempt.
impl Default for Effort {
    fn default() -> Self {
        Self { attempts: 1, waited: Duration::ZERO }
    }
}

/// Nothing after a single attempt.
impl fmt::Display for Effort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.attempts < 2 {
            return Ok(());
        }
        write!(f, " [after {} attempts and {:.1} s of waiting]", self.attempts, self.waited.as_secs_f64())
    }
}
