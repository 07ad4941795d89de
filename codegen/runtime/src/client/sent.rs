//! What a request holds of credentials.

use reqwest::header::{HeaderName, HeaderValue};

/// What a request holds of credentials that are the same in each.
#[derive(Clone, Default)]
pub(super) struct Fixed {
    /// Headers, marked as ones that must not be shown.
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    /// Pairs of the query, percent-encoded.
    pub(super) query: Vec<String>,
    /// Pairs of the header `Cookie`.
    pub(super) cookies: Vec<String>,
}

/// An access token, as it stands in a header.
pub(super) struct Bearer {
    pub(super) header: HeaderValue,
    /// Which pair of tokens it is of, counted from 0.
    pub(super) generation: u64,
}

/// The header of an access token, if it can be sent in one.
pub(super) fn bearer_header(token: &str) -> Option<HeaderValue> {
    if token.is_empty() { None } else { hidden(&format!("Bearer {token}")) }
}

/// A header that is not shown.
pub(super) fn hidden(value: &str) -> Option<HeaderValue> {
    let mut header = HeaderValue::from_str(value).ok()?;
    header.set_sensitive(true);
    Some(header)
}
