//! Everything that can go wrong with a request.

mod advice;
mod any;
mod api;
#[cfg(feature = "blocking")]
mod blocking;
#[cfg(feature = "client")]
mod config;
mod effort;
#[cfg(feature = "export")]
mod export;
pub(crate) mod retry_after;
#[cfg(feature = "client")]
mod transport;

pub use any::Error;
#[cfg(feature = "client")]
pub use any::{OAuthError, OAuthErrorKind};
pub use api::{ApiError, ApiErrorItem};
#[cfg(feature = "blocking")]
pub use blocking::BlockingError;
#[cfg(feature = "client")]
pub use config::ConfigError;
#[cfg(feature = "client")]
pub(crate) use config::Problem;
#[cfg(feature = "client")]
pub(crate) use effort::Effort;
#[cfg(feature = "export")]
pub use export::{ExportError, ExportErrorKind};
#[cfg(feature = "client")]
pub use transport::{TransportError, TransportErrorKind};
