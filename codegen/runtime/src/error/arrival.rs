//! What is known of an error response beside its content.

use std::time::SystemTime;

use crate::secrets::Secrets;

/// What is known of an error response beside its content.
pub(crate) struct Arrival<'a> {
    /// The time of its arrival.
    pub(crate) now: SystemTime,
    /// Whether sending the request again has the same effect as sending it once.
    pub(crate) is_idempotent: bool,
    /// Credentials, which the server may repeat.
    pub(crate) secrets: &'a Secrets,
}
