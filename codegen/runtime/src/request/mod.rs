//! Requests as values: what will be sent, and how to read the answer. No I/O happens here.

#[macro_use]
mod builder;

mod body;
mod error;
mod part;
mod parts;
mod query;
mod style;
mod text;
mod value;

#[cfg(test)]
mod tests;

pub(crate) use body::{Body, Chunk};
pub use builder::{list, optional};
pub use error::RequestError;
pub use part::Part;
pub(crate) use parts::Parts;
pub(crate) use query::Query;
pub use style::Style;
pub(crate) use text::encoded;
pub(crate) use value::{FORM, JSON};
pub use value::{IntoRequest, Request};
