//! Problems that the decoder reports.

use std::fmt;

use crate::json::syntax::syntax_message;

/// The maximum depth of values; `serde_json` has the same limit.
pub(crate) const MAX_DEPTH: u8 = 128;

/// The problem of a value that was left out.
#[derive(Clone, Debug)]
pub(crate) struct FoundProblem {
    /// The byte offset where the value starts.
    pub(crate) start: usize,
    /// The byte offset of the problem.
    pub(crate) at: usize,
    pub(crate) problem: DecodeProblem,
    /// The byte offset where the value starts that was left out because of it: this one, or one around it.
    pub(crate) left_out: usize,
    /// How many values were left out because of it; 0 if they count for another problem.
    pub(crate) size: u32,
}

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
    /// The content is of another kind than the declared one, such as HTML.
    Content {
        expected: String,
        found: String,
    },
    /// A message of `serde_json` or of another format, such as invalid JSON.
    Format(String),
}

/// What was found where a 64-bit integer is expected.
pub(crate) const LARGE_INTEGER: &str = "an integer out of range";
/// What was found where a 64-bit integer is expected, which may be a string.
pub(crate) const LARGE_DIGITS: &str = "a string with an integer out of range";
/// What was found where a time is expected.
pub(crate) const FAR_TIME: &str = "a time out of range";
/// What was found where a number is expected.
pub(crate) const LARGE_NUMBER: &str = "a number out of range";
/// What was found where a number is expected.
pub(crate) const ROUNDED_INTEGER: &str = "an integer that an `f64` would round";

impl DecodeProblem {
    /// The problem of a string with an unpaired surrogate.
    pub(crate) const SURROGATE: Self =
        Self::Mismatch { expected: "Unicode text", found: "an unpaired surrogate" };
    /// The problem of a string with other bytes than UTF-8.
    pub(crate) const NOT_UTF8: Self = Self::Mismatch { expected: "UTF-8", found: "other bytes" };

    /// Returns whether this is a number that the types of Rust can't represent.
    pub(crate) fn is_large_number(&self) -> bool {
        matches!(self, Self::Mismatch { found: LARGE_INTEGER | LARGE_NUMBER | ROUNDED_INTEGER, .. })
    }

    /// Returns whether a model lacks a required field.
    pub(crate) fn is_missing_field(&self) -> bool {
        // Other parts of a response are no types: "the page".
        matches!(self, Self::Missing { model, .. } if !model.contains(' '))
    }

    /// Returns whether this is a value that the description may allow, but that is beyond the range of its type.
    pub(crate) fn is_out_of_range(&self) -> bool {
        matches!(self, Self::Mismatch { found: LARGE_INTEGER | LARGE_DIGITS | LARGE_NUMBER | FAR_TIME, .. })
    }

    /// Returns the problem of a value that is JSON, but that `serde_json` rejects.
    pub(crate) fn unreadable(error: &serde_json::Error) -> Self {
        let message = syntax_message(error);
        if message.contains("surrogate") || message.contains("hex escape") {
            Self::SURROGATE
        } else if message.contains("number out of range") {
            Self::Mismatch { expected: "a number", found: LARGE_NUMBER }
        } else {
            Self::Format(message)
        }
    }
}

impl fmt::Display for DecodeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mismatch { expected, found } => write!(f, "expected {expected}, found {found}"),
            Self::Content { expected, found } => write!(f, "expected {expected}, found {found}"),
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
