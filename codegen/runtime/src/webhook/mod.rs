//! Webhooks and callbacks: requests that the server of an API sends, as typed events. No I/O happens here.
//!
//! [`IncomingRequest`] is a request as any HTTP framework gives it, [`VerifySignature`] checks where it comes from. A
//! [`SignatureScheme`] describes how an API signs its requests; with the feature `signatures`, it makes a verifier.

mod error;
mod form;
#[cfg(feature = "signatures")]
mod hmac_sha256;
mod incoming_request;
mod signature_error;
#[cfg(feature = "signatures")]
mod signature_header;
mod signature_scheme;

#[cfg(test)]
mod tests;

pub use error::WebhookError;
#[cfg(feature = "signatures")]
pub use hmac_sha256::{HmacSha256, VerifierError};
pub use incoming_request::{IncomingRequest, VerifySignature};
pub use signature_error::SignatureError;
pub use signature_scheme::SignatureScheme;
