//! Credentials as parts of a request.

use reqwest::header::{HeaderName, HeaderValue};

use crate::secrets::Secrets;

/// The credentials that are the same in each request.
#[derive(Clone, Default)]
pub(super) struct FixedCredentials {
    /// Header fields, marked as sensitive.
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    /// Pairs of the query, percent-encoded.
    pub(super) query: Vec<String>,
    /// Pairs of the header field `Cookie`.
    pub(super) cookies: Vec<String>,
}

/// An access token as a header value.
pub(super) struct BearerToken {
    pub(super) header: HeaderValue,
    /// The number of the token pair, counted from 0.
    pub(super) generation: u64,
    /// The tokens of the pair.
    pub(super) secrets: Secrets,
}

/// Returns the header value of an access token, or `None` if the token can't be sent.
pub(super) fn bearer_header(token: &str) -> Option<HeaderValue> {
    if token.is_empty() { None } else { sensitive(&format!("Bearer {token}")) }
}

/// Returns a header value whose debug form is hidden, or `None` if the value can't be sent.
pub(super) fn sensitive(value: &str) -> Option<HeaderValue> {
    let mut header = HeaderValue::from_str(value).ok()?;
    header.set_sensitive(true);
    Some(header)
}
