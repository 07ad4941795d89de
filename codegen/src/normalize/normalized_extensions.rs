//! Extension keys for data that OpenAPI 3.0 has no key for.

/// Holds `webhooks` of OpenAPI 3.1.
pub(crate) const WEBHOOKS: &str = "x-normalized-webhooks";
/// Holds the operation `query` of a path item of OpenAPI 3.2.
pub(crate) const QUERY: &str = "x-normalized-query";
/// Holds `defaultMapping` of a discriminator of OpenAPI 3.2.
pub(crate) const DEFAULT_MAPPING: &str = "x-normalized-default-mapping";
/// Holds the delimiters of an array and of the arrays in it, outermost first, where no style of OpenAPI has them: tabs,
/// and the collection formats of Swagger 2.0 in paths, headers and nested arrays. `&` stands for a repeated name.
pub(crate) const DELIMITERS: &str = "x-normalized-delimiters";
