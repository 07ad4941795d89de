//! What an API's description says of the API as a whole: data that a client is set up with.

mod api_key;
mod error_hint;
mod security;
mod server;
mod whole;

#[cfg(test)]
pub(crate) mod sample;

pub use api_key::ApiKey;
#[cfg(feature = "client")]
pub(crate) use api_key::Location;
pub use error_hint::ErrorHint;
#[cfg(feature = "client")]
pub(crate) use security::SchemeKind;
pub use security::{Requirement, SecurityScheme};
pub use server::{Server, ServerVariable};
pub use whole::{Api, TokenRequest};
