//! An operation: what a request may contain, and its responses.

use super::parameter::Parameter;
use super::security::Requirement;
use super::template::Template;

/// An operation.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// The method as it is sent.
    pub(crate) method: String,
    /// The path template as it is written.
    pub(crate) path: String,
    /// The path template below each base path.
    pub(super) templates: Vec<Template>,
    /// The JSON pointer of the operation.
    pub(crate) at: String,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    pub(crate) responses: Vec<DeclaredResponse>,
    /// Alternative security requirements. Empty if no credentials are needed.
    pub(crate) security: Vec<Requirement>,
}

/// A request body.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub(crate) required: bool,
    /// The JSON pointer of the body.
    pub(crate) at: String,
    pub(crate) contents: Vec<Content>,
}

/// The content of a body with a media type.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    /// The media type, or a range.
    pub(crate) media_type: String,
    /// The JSON pointer of the media type object.
    pub(crate) at: String,
    /// The JSON pointer of the schema.
    pub(crate) schema: Option<String>,
    /// The JSON pointer of the schema of each item of a sequence.
    pub(crate) item_schema: Option<String>,
}

/// A response.
#[derive(Clone, Debug)]
pub(crate) struct DeclaredResponse {
    /// The status code as it is written: `200`, `2XX`, `default`.
    pub(crate) status: String,
    /// The JSON pointer of the response.
    pub(crate) at: String,
    pub(crate) contents: Vec<Content>,
    pub(crate) headers: Vec<Header>,
}

/// A header field of a response.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    pub(crate) name: String,
    /// The JSON pointer of the header.
    pub(crate) at: String,
    pub(crate) explode: bool,
    /// The JSON pointer of the schema.
    pub(crate) schema: Option<String>,
    /// Whether the value is JSON.
    pub(crate) is_json: bool,
}
