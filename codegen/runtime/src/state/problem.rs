//! Problems that the decoder reports.

use std::fmt;

/// The maximum depth of values; `serde_json` has the same limit.
pub(crate) const MAX_DEPTH: u8 = 128;

/// A problem with a JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DecodeProblem {
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
    /// A message of `serde_json` or of another format, such as invalid JSON.
    Format(String),
}

impl fmt::Display for DecodeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mismatch { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::Missing { model, fields } => {
                let noun = if fields.len() == 1 { "field" } else { "fields" };
                write!(f, "missing {noun} `{}` of {model}", fields.join("`, `"))
            }
            Self::Unknown { model } => write!(f, "{model} has no such field"),
            Self::Duplicate => f.write_str("duplicate key"),
            Self::Depth => write!(f, "values are nested more than {MAX_DEPTH} levels deep"),
            Self::Format(message) => f.write_str(message),
        }
    }
}
