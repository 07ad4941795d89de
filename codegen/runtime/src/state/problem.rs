//! What can be wrong with a value.

use std::fmt;

/// How deep values may be nested; `serde_json` draws the same line.
pub(crate) const DEPTH: u8 = 128;

/// What can be wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    Mismatch {
        expected: &'static str,
        found: &'static str,
    },
    Missing {
        model: &'static str,
        fields: Vec<&'static str>,
    },
    Unknown {
        model: &'static str,
    },
    Duplicate,
    Depth,
    /// In the words of the format: not JSON at all, for example.
    Format(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mismatch { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::Missing { model, fields } => {
                let (noun, verb) = if fields.len() == 1 { ("field", "is") } else { ("fields", "are") };
                write!(f, "{noun} `{}` of {model} {verb} missing", fields.join("`, `"))
            }
            Self::Unknown { model } => write!(f, "{model} has no such field"),
            Self::Duplicate => f.write_str("this key stands twice in its object"),
            Self::Depth => write!(f, "values are nested more than {DEPTH} deep"),
            Self::Format(message) => f.write_str(message),
        }
    }
}
