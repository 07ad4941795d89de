//! The error type of the client, and the details that it contains.

mod advice;
mod api_error;
mod arrival;
mod attempts;
mod body;
#[cfg(feature = "client")]
mod config;
#[cfg(feature = "export")]
mod export;
mod item;
mod keys;
mod kind;
mod markup;
mod opaque;
#[cfg(feature = "export")]
mod page_failure;
mod predicates;
mod received_response;
pub(crate) mod retry_after;
#[cfg(feature = "blocking")]
mod runtime;
mod server_text;
#[cfg(all(test, feature = "client"))]
mod shapes;
#[cfg(feature = "client")]
mod token;
#[cfg(feature = "client")]
mod transport;

pub use api_error::ApiError;
#[cfg(feature = "client")]
pub(crate) use arrival::Arrival;
#[cfg(feature = "client")]
pub(crate) use attempts::Attempts;
#[cfg(feature = "client")]
pub(crate) use config::ConfigProblem;
#[cfg(feature = "export")]
pub use export::{ExportError, ExportErrorKind};
pub use item::ApiErrorItem;
pub use kind::ErrorKind;
pub use opaque::Error;
#[cfg(feature = "export")]
pub(crate) use page_failure::PageFailure;
pub use received_response::ReceivedResponse;
#[cfg(feature = "export")]
pub(crate) use received_response::is_error_key;
#[cfg(feature = "client")]
pub(crate) use received_response::names_error;
#[cfg(feature = "blocking")]
pub(crate) use runtime::RuntimeFailure;
#[cfg(feature = "client")]
pub(crate) use token::{TokenFailure, TokenProblem};
#[cfg(feature = "client")]
pub(crate) use transport::TransportFailure;
