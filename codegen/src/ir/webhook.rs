//! Webhooks and callbacks: requests that the server sends.

use super::constraint::Constraint;
use super::request::{DeclaredResponse, Method, ParameterLocation};
use super::ty::Type;
use crate::base::name::{RustName, WireName};
use crate::base::pointer::Pointer;

/// A request that the server sends, which becomes one function.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// Name of the function.
    pub name: RustName,
    /// The key of the webhook or of the callback.
    pub key: String,
    /// The callback that it is; `None` for a webhook.
    pub callback: Option<Callback>,
    /// The method.
    pub method: Method,
    /// JSON pointer to the operation, in the description as OpenAPI 3.
    pub pointer: Pointer,
    /// The summary and description.
    pub docs: String,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The headers, and other parameters.
    pub parameters: Vec<IncomingParameter>,
    /// The body. `None` if there is none.
    pub body: Option<IncomingBody>,
    /// The responses that the server expects.
    pub responses: Vec<DeclaredResponse>,
    /// How it is signed, if it has a scheme of its own.
    pub signature: Option<(RustName, Signature)>,
}

/// What only callbacks have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    /// The ID of the operation whose request makes the server send it.
    pub operation: String,
    /// The runtime expression of its URL.
    pub expression: String,
}

/// A parameter of a request that the server sends.
#[derive(Clone, Debug, PartialEq)]
pub struct IncomingParameter {
    /// Its name.
    pub wire: WireName,
    /// Its location.
    pub location: ParameterLocation,
    /// Whether each request has it.
    pub required: bool,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The description.
    pub docs: String,
    /// What its value has to meet, its type included.
    pub constraints: Vec<Constraint>,
    /// The values that the description lists.
    pub values: Vec<String>,
}

/// The body of a request that the server sends.
#[derive(Clone, Debug, PartialEq)]
pub struct IncomingBody {
    /// How it is read.
    pub format: IncomingFormat,
    /// The type of its value.
    pub ty: Type,
    /// The declared media types.
    pub media_types: Vec<String>,
    /// The description.
    pub docs: String,
    /// What its value has to meet beyond the type.
    pub constraints: Vec<Constraint>,
}

/// How the body of a request that the server sends is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IncomingFormat {
    /// As JSON.
    Json,
    /// As a form, or as JSON if the request says so.
    Form,
    /// As text.
    Text,
    /// As bytes.
    Bytes,
}

/// A variant that a header selects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Name of the header.
    pub header: String,
    /// The values that select the variant.
    pub values: Vec<String>,
    /// Name of the variant.
    pub variant: RustName,
    /// How the body is read.
    pub format: IncomingFormat,
}

/// How requests are signed, as declared by `x-webhook-signature`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The header with the signatures.
    pub header: String,
    /// How a signature is written.
    pub encoding: BytesEncoding,
    /// The text before a signature.
    pub prefix: String,
    /// The text between the elements of the header.
    pub separator: Option<String>,
    /// What is signed, with the placeholders `{timestamp}`, `{id}` and `{body}`.
    pub signed: String,
    /// The header with the time of the signature.
    pub timestamp_header: Option<String>,
    /// The prefix of the element with the time of the signature.
    pub timestamp_element: Option<String>,
    /// The header with the ID of the request.
    pub id_header: Option<String>,
    /// The maximum age of a signature in seconds.
    pub tolerance: Option<u32>,
    /// How the key is written in a secret.
    pub key_encoding: BytesEncoding,
    /// The text before the key in a secret.
    pub key_prefix: String,
}

/// How bytes are written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BytesEncoding {
    /// As they are.
    Text,
    /// In hexadecimal digits.
    Hex,
    /// In Base64.
    Base64,
}
