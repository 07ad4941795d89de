//! Extension keys for data that OpenAPI 3.0 has no key for.

/// Holds `webhooks` of OpenAPI 3.1.
pub(crate) const WEBHOOKS: &str = "x-normalized-webhooks";
/// Holds the operation `query` of a path item of OpenAPI 3.2.
pub(crate) const QUERY: &str = "x-normalized-query";
/// Holds `defaultMapping` of a discriminator of OpenAPI 3.2.
pub(crate) const DEFAULT_MAPPING: &str = "x-normalized-default-mapping";
