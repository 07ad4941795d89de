//! Errors of requests that cannot be sent as they are.

use std::error::Error;
use std::fmt;

use crate::encode::error::EncodeError;

/// A request cannot be sent as it is; the server was not asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError {
    operation: &'static str,
    problem: Problem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    Missing(String),
    Empty(String),
    PathValue(String),
    Value(String),
    ExactlyOneOf(&'static [&'static str]),
    AtMostOneOf(&'static [&'static str]),
    Body(EncodeError),
    Form,
}

impl RequestError {
    pub(super) fn new(operation: &'static str, problem: Problem) -> Self {
        Self { operation, problem }
    }

    /// The id of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The parameters that it is about; none if it is about the body.
    #[must_use]
    pub fn parameters(&self) -> Vec<&str> {
        match &self.problem {
            Problem::Missing(name)
            | Problem::Empty(name)
            | Problem::PathValue(name)
            | Problem::Value(name) => {
                vec![name]
            }
            Problem::ExactlyOneOf(names) | Problem::AtMostOneOf(names) => names.to_vec(),
            Problem::Body(_) | Problem::Form => Vec::new(),
        }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation)?;
        match &self.problem {
            Problem::Missing(name) => write!(f, "the parameter `{name}` is missing"),
            Problem::Empty(name) => write!(f, "the parameter `{name}` must not be empty"),
            Problem::PathValue(name) => {
                write!(f, "the parameter `{name}` must not be empty, `.` or `..`: that would be another path")
            }
            Problem::Value(name) => write!(f, "the parameter `{name}` has a value that cannot be sent there"),
            Problem::ExactlyOneOf(names) => write!(f, "set exactly one of `{}`", names.join("`, `")),
            Problem::AtMostOneOf(names) => write!(f, "set at most one of `{}`", names.join("`, `")),
            Problem::Body(error) => write!(f, "the body cannot be written: {error}"),
            Problem::Form => {
                f.write_str("the body cannot be written as a form: it is no object of such values")
            }
        }
    }
}

impl Error for RequestError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.problem {
            Problem::Body(error) => Some(error),
            _ => None,
        }
    }
}
