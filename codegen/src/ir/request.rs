//! The parts of a request, and how the response is decoded.

use serde_json::Value;

use super::constraint::Constraint;
use super::ty::Type;
use crate::base::name::{RustName, WireName};

/// An HTTP method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Method {
    /// GET
    Get,
    /// PUT
    Put,
    /// POST
    Post,
    /// PATCH
    Patch,
    /// DELETE
    Delete,
    /// HEAD
    Head,
    /// OPTIONS
    Options,
    /// TRACE
    Trace,
    /// QUERY
    Query,
    /// A method of `additionalOperations`, as it is sent.
    Other(String),
}

impl Method {
    /// Returns the method as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Trace => "TRACE",
            Self::Query => "QUERY",
            Self::Other(name) => name,
        }
    }
}

/// The location of a parameter in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterLocation {
    /// The path.
    Path,
    /// The query.
    Query,
    /// A header field.
    Header,
    /// The entire query: `in: querystring`.
    QueryString,
    /// The `Cookie` header field.
    Cookie,
    /// A part of a multipart body that contains a value.
    Part,
    /// A part of a multipart body that contains a file. One part for each file of an array.
    File,
    /// A header field of the part that `Parameter::part` names.
    PartHeader,
}

/// How a parameter is serialized: `style`, `explode` and `allowReserved`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// `style`.
    pub kind: StyleKind,
    /// `explode`.
    pub explode: bool,
    /// `allowReserved`.
    pub reserved: bool,
}

/// A style of the OpenAPI standard, or JSON for parameters that declare `content`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StyleKind {
    /// `simple`
    Simple,
    /// `label`
    Label,
    /// `matrix`
    Matrix,
    /// `form`
    Form,
    /// `spaceDelimited`
    SpaceDelimited,
    /// `pipeDelimited`
    PipeDelimited,
    /// `deepObject`
    DeepObject,
    /// `cookie`
    Cookie,
    /// The value as JSON.
    Json,
    /// An array whose items, which may be arrays, are separated by these characters.
    Delimited(Delimiters),
}

/// The characters between the items of an array and of the arrays in it, outermost first. `&` repeats the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delimiters([Option<char>; Self::MAX]);

impl Delimiters {
    /// The maximum number of arrays in each other. The innermost of more are sent as JSON.
    const MAX: usize = 4;

    /// Creates the delimiters from a string with one character for each array, outermost first.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut delimiters = [None; Self::MAX];
        delimiters.iter_mut().zip(text.chars()).for_each(|(slot, delimiter)| *slot = Some(delimiter));
        Self(delimiters)
    }

    /// Returns the delimiters, outermost first.
    pub fn iter(&self) -> impl Iterator<Item = char> {
        self.0.into_iter().flatten()
    }
}

impl Style {
    /// Returns the style without `explode` and `allowReserved`.
    #[must_use]
    pub fn new(kind: StyleKind) -> Self {
        Self { kind, explode: false, reserved: false }
    }

    /// Sets `explode`.
    #[must_use]
    pub fn with_explode(self, explode: bool) -> Self {
        Self { explode, ..self }
    }
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Name in the request.
    pub wire: WireName,
    /// Name of the argument or setter.
    pub name: RustName,
    /// Its location in the request.
    pub location: ParameterLocation,
    /// How it is serialized.
    pub style: Style,
    /// Whether it must be sent.
    pub required: bool,
    /// Whether it may be sent without a value: `allowEmptyValue`.
    pub may_be_empty: bool,
    /// The type of the value. For files, an array represents several files.
    pub ty: Type,
    /// The media type of a part, if the document declares one.
    pub media_type: Option<String>,
    /// The name of the part, for one of its header fields.
    pub part: Option<WireName>,
    /// The description.
    pub docs: String,
    /// What its value has to meet beyond the type.
    pub constraints: Vec<Constraint>,
    /// What the client checks before it sends the value, as JSON that the runtime reads. Empty for nothing.
    pub limits: String,
    /// The value that the server uses if the parameter is not sent.
    pub default: Option<Value>,
    /// Whether the parameter is deprecated.
    pub deprecated: bool,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// How the body is serialized.
    pub kind: BodyKind,
    /// The type of the value that is serialized.
    pub ty: Type,
    /// The media type that is sent.
    pub media_type: String,
    /// Whether the body must be sent.
    pub required: bool,
    /// The description.
    pub docs: String,
    /// What its value has to meet beyond the type.
    pub constraints: Vec<Constraint>,
    /// What the client checks before it sends the body, as JSON that the runtime reads. Empty for nothing.
    pub limits: String,
}

/// How a request body is serialized.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// As JSON.
    Json,
    /// As a sequence of JSON values.
    Items,
    /// As a form. The listed fields have a style other than the default.
    Form(Vec<(WireName, Style)>),
    /// As a multipart body, whose parts are parameters of the operation.
    Multipart,
    /// As bytes from the caller.
    Bytes,
    /// As bytes and a media type from the caller.
    AnyBytes,
}

/// How the body of a successful response is decoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ResponseFormat {
    /// As JSON.
    #[default]
    Json,
    /// As text.
    Text,
    /// As bytes.
    Bytes,
    /// As a sequence of JSON values.
    Items,
    /// As the items of a stream.
    Events,
    /// As a redirect, which has no content.
    Redirect,
    /// As the variant for the status code.
    ByStatus,
}

/// The body of responses with a status code, or a range of status codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseBody {
    /// The status code as the document spells it: `404`, `4XX`, `default`.
    pub status: String,
    /// The type of the body.
    pub ty: Type,
}

/// A header field of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseHeader {
    /// Name of the field.
    pub name: WireName,
    /// The description.
    pub docs: String,
    /// Whether it is in each of these responses.
    pub required: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// What its value has to meet, its type included.
    pub constraints: Vec<Constraint>,
    /// The status codes of the responses that declare it.
    pub statuses: Vec<String>,
    /// The type of its value.
    pub ty: Type,
    /// How its value is written.
    pub format: HeaderFormat,
    /// Name of the constant that reads it.
    pub constant: Option<RustName>,
}

/// How the value of a header field of a response is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeaderFormat {
    /// In the style `simple`.
    #[default]
    Simple,
    /// In the style `simple` with `explode`.
    Exploded,
    /// As JSON.
    Json,
}

/// A response that the description declares.
#[derive(Clone, Debug, PartialEq)]
pub struct DeclaredResponse {
    /// The status code as the document spells it: `404`, `4XX`, `default`.
    pub status: String,
    /// The description.
    pub docs: String,
    /// The media types of its content, that of its type first.
    pub media_types: Vec<String>,
    /// What its content has to meet beyond the type.
    pub constraints: Vec<Constraint>,
}
