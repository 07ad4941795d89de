//! A request with its response.

use serde_json::Value;

use crate::base::message::{Request, Response};
use crate::base::violation::Violation;

/// A request with its response, and what was found about both.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Exchange {
    /// The request.
    pub request: Request,
    /// The response.
    pub response: Response,
    /// The method and path template of the operation, if there is one.
    pub operation: Option<(String, String)>,
    /// What in the request doesn't match the description.
    pub violations: Vec<Violation>,
    /// A note about the response: its content doesn't match its schema, as no valid value was found.
    pub note: Option<String>,
    /// The parameters as they were read: location, name, and value.
    pub parameters: Vec<(String, String, Value)>,
    /// The value of the body as it was read.
    pub body: Option<Value>,
}
