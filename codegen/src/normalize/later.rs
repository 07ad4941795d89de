//! Where the typed document, which is one of 3.0, keeps what later versions have.

/// Where the document keeps the webhooks of 3.1.
pub(crate) const WEBHOOKS: &str = "x-normalized-webhooks";
/// Where a path item keeps the method QUERY of 3.2.
pub(crate) const QUERY: &str = "x-normalized-query";
