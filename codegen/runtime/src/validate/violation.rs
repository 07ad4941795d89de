//! Parts of a value that don't match the constraints of their schemas.

use std::error::Error;
use std::fmt;
use std::ops::Deref;

/// The maximum number of violations in a message.
const MAX_SHOWN: usize = 20;

/// A part of a value that doesn't match a constraint of its schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    pub(super) path: String,
    pub(super) keyword: &'static str,
    pub(super) problem: String,
}

impl Violation {
    /// Returns the location of the part as a JSON pointer (RFC 6901): `/items/0/name`. Empty for the entire value.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the keyword of JSON Schema: `maxLength`.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        self.keyword
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gap = if self.path.is_empty() { "" } else { ": " };
        write!(f, "{}{gap}{}", self.path, self.problem)
    }
}

/// All parts of a value that don't match the constraints of their schemas.
///
/// The message names the first 20. It contains the constraints, but never the values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Violations(pub(super) Vec<Violation>);

impl Deref for Violations {
    type Target = [Violation];

    fn deref(&self) -> &[Violation] {
        &self.0
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.iter().take(MAX_SHOWN).enumerate() {
            write!(f, "{}{violation}", if index > 0 { "; " } else { "" })?;
        }
        match self.len().saturating_sub(MAX_SHOWN) {
            0 => Ok(()),
            rest => write!(f, "; and {rest} more"),
        }
    }
}

impl Error for Violations {}
