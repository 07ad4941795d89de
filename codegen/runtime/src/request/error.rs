//! Errors of invalid requests.

use std::error::Error;
use std::fmt;

use crate::encode::error::EncodeError;
#[cfg(feature = "validate")]
use crate::validate::{Violation, Violations};

/// An error for an invalid request, which was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError {
    operation: &'static str,
    problem: RequestProblem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RequestProblem {
    Missing(String),
    Empty(String),
    PathValue(String),
    Value(String),
    ExactlyOneOf(&'static [&'static str]),
    AtMostOneOf(&'static [&'static str]),
    Body(EncodeError),
    Form,
    /// The value of a parameter, or the body if the name is empty, doesn't meet the constraints of its schema.
    #[cfg(feature = "validate")]
    Invalid(String, Violations),
}

impl RequestError {
    pub(super) fn new(operation: &'static str, problem: RequestProblem) -> Self {
        Self { operation, problem }
    }

    /// Returns the ID of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Returns the names of the invalid parameters; empty if the body is invalid.
    #[must_use]
    pub fn parameters(&self) -> Vec<&str> {
        match &self.problem {
            RequestProblem::Missing(name)
            | RequestProblem::Empty(name)
            | RequestProblem::PathValue(name)
            | RequestProblem::Value(name) => {
                vec![name]
            }
            RequestProblem::ExactlyOneOf(names) | RequestProblem::AtMostOneOf(names) => names.to_vec(),
            RequestProblem::Body(_) | RequestProblem::Form => Vec::new(),
            #[cfg(feature = "validate")]
            RequestProblem::Invalid(name, _) if name.is_empty() => Vec::new(),
            #[cfg(feature = "validate")]
            RequestProblem::Invalid(name, _) => vec![name],
        }
    }
}

#[cfg(feature = "validate")]
impl RequestError {
    /// Returns what doesn't meet the constraints of a parameter or the body.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        match &self.problem {
            RequestProblem::Invalid(_, violations) => violations,
            _ => &[],
        }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation)?;
        match &self.problem {
            RequestProblem::Missing(name) => write!(f, "the parameter `{name}` is missing"),
            RequestProblem::Empty(name) => write!(f, "the parameter `{name}` must not be empty"),
            RequestProblem::PathValue(name) => {
                write!(
                    f,
                    "the parameter `{name}` must not be empty, `.` or `..`, which would change the path"
                )
            }
            RequestProblem::Value(name) => {
                write!(f, "the parameter `{name}` has a value that cannot be sent")
            }
            RequestProblem::ExactlyOneOf(names) => write!(f, "set exactly one of `{}`", names.join("`, `")),
            RequestProblem::AtMostOneOf(names) => write!(f, "set at most one of `{}`", names.join("`, `")),
            RequestProblem::Body(error) => write!(f, "the body cannot be written as JSON: {error}"),
            #[cfg(feature = "validate")]
            RequestProblem::Invalid(name, violations) if name.is_empty() => {
                write!(f, "the body is invalid: {violations}")
            }
            #[cfg(feature = "validate")]
            RequestProblem::Invalid(name, violations) => {
                write!(f, "the parameter `{name}` is invalid: {violations}")
            }
            RequestProblem::Form => f.write_str("the body cannot be written as a form: it must be an object"),
        }
    }
}

/// There is no source: the message includes the message of an error in the body.
impl Error for RequestError {}
