//! The declarations of a description for the entire API: servers, security schemes, error hints.

mod api_key;
mod definition;
mod error_hint;
mod security;
mod server;

#[cfg(test)]
pub(crate) mod test_api;

pub use api_key::ApiKeyLocation;
#[cfg(feature = "client")]
pub(crate) use api_key::Location;
pub use definition::{Api, TokenRequestFormat};
pub use error_hint::ErrorHint;
#[cfg(feature = "client")]
pub(crate) use security::SchemeKind;
pub use security::{SecurityRequirement, SecurityScheme};
pub use server::{Server, ServerVariable};
