//! Requests as values: the data that is sent, and the decoding of the response. No I/O happens here.

#[macro_use]
mod builder;

mod body;
mod by_response;
mod error;
mod file_part;
mod options;
mod parts;
mod query;
mod style;
mod typed_request;
mod upload;
mod value_string;

#[cfg(test)]
mod tests;

pub(crate) use body::{Body, Chunk};
pub use builder::{list, nullable, optional, optional_nullable};
pub use error::RequestError;
pub use file_part::Part;
#[cfg(feature = "client")]
pub(crate) use options::ExtraHeader;
pub use options::RequestOptions;
pub(crate) use parts::RequestParts;
pub(crate) use query::Query;
pub use style::Style;
pub(crate) use typed_request::{FORM, JSON};
pub use typed_request::{IntoRequest, Request};
pub use upload::Upload;
#[cfg(feature = "client")]
pub(crate) use upload::{OpenUpload, Progress, UploadStream};
