//! What a request is made of, and how its answer is read.

use serde_json::Value;

use super::ty::Type;
use crate::base::name::{RustName, WireName};

/// HTTP methods that can be emitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

impl Method {
    /// As the request line has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
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
        }
    }
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// The path.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
    /// The header `Cookie`.
    Cookie,
    /// A part of a multipart body, with a value.
    Part,
    /// A part of a multipart body, with a file; several of a list.
    File,
}

/// How a parameter is written: `style`, `explode` and `allowReserved`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// `style`.
    pub shape: Shape,
    /// `explode`.
    pub explode: bool,
    /// `allowReserved`.
    pub reserved: bool,
}

/// The styles of the standard, and JSON for parameters with a `content`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
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
    /// The value as JSON.
    Json,
}

impl Style {
    /// A style without `explode`.
    #[must_use]
    pub fn new(shape: Shape) -> Self {
        Self { shape, explode: false, reserved: false }
    }

    /// The style with another `explode`.
    #[must_use]
    pub fn with_explode(self, explode: bool) -> Self {
        Self { explode, ..self }
    }
}

/// One parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Name on the wire.
    pub wire: WireName,
    /// Name of the argument or setter.
    pub name: RustName,
    /// Where it goes.
    pub location: Location,
    /// How it is written there.
    pub style: Style,
    /// Whether it must be sent.
    pub required: bool,
    /// Whether it may be sent empty: `allowEmptyValue`.
    pub may_be_empty: bool,
    /// What it takes; of a file, only whether there may be several.
    pub ty: Type,
    /// Media type of a part, where the document declares one.
    pub media_type: Option<String>,
    /// Prose.
    pub docs: String,
    /// What the server takes where it is not sent.
    pub default: Option<Value>,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// How it is written.
    pub kind: BodyKind,
    /// What it is written from.
    pub ty: Type,
    /// Its media type, as it is sent.
    pub media_type: String,
    /// Whether it must be sent.
    pub required: bool,
    /// Prose.
    pub docs: String,
}

/// How a request body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// As JSON.
    Json,
    /// As a form; the given fields in a style of their own.
    Form(Vec<(WireName, Style)>),
    /// As parts, which are parameters of the operation.
    Multipart,
    /// As bytes that the caller has.
    Bytes,
    /// The same, and the caller says which media type they are of.
    AnyBytes,
}

/// How the body of a success is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// As JSON; nothing is read where there is no content.
    #[default]
    Json,
    /// As JSON, or there is none.
    JsonOrEmpty,
    /// As text.
    Text,
    /// As bytes.
    Bytes,
}

/// What the answer of one status, or of a range of them, holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByStatus {
    /// The status as the document has it: `404`, `4XX`, `default`.
    pub status: String,
    /// The type of the body.
    pub ty: Type,
}

/// A header that an answer has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerHeader {
    /// Its name.
    pub name: WireName,
    /// Prose.
    pub docs: String,
}
