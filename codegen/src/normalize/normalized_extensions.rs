//! Extension keys for data that OpenAPI 3.0 has no key for.

/// Holds `webhooks` of OpenAPI 3.1.
pub(crate) const WEBHOOKS: &str = "x-normalized-webhooks";
/// Marks a media type whose items OpenAPI 3.2 describes by `itemSchema`: its schema is an array of them.
pub(crate) const ITEMS: &str = "x-normalized-items";
/// Marks a schema whose `items` are branches: the first items of an array, of JSON Schema 2020-12, then that of all others.
/// Its value has the number of `first` items, how many are `required`, and whether there are no others (`closed`).
pub(crate) const TUPLE: &str = "x-normalized-tuple";
/// Holds the operation `query` of a path item of OpenAPI 3.2.
pub(crate) const QUERY: &str = "x-normalized-query";
/// Holds `defaultMapping` of a discriminator of OpenAPI 3.2.
pub(crate) const DEFAULT_MAPPING: &str = "x-normalized-default-mapping";
/// Holds the delimiters of an array and of the arrays in it, outermost first, where no style of OpenAPI has them: tabs,
/// and the collection formats of Swagger 2.0 in paths, headers and nested arrays. `&` stands for a repeated name.
pub(crate) const DELIMITERS: &str = "x-normalized-delimiters";
/// Holds `additionalOperations` of a path item of OpenAPI 3.2.
pub(crate) const ADDITIONAL_OPERATIONS: &str = "x-normalized-additional-operations";
/// Marks a parameter `in: querystring` of OpenAPI 3.2, which becomes one `in: query`.
pub(crate) const QUERYSTRING: &str = "x-normalized-querystring";
/// Marks `allowReserved` of a parameter that isn't `in: query`, since OpenAPI 3.2.
pub(crate) const RESERVED: &str = "x-normalized-reserved";
/// Marks the style `cookie` of OpenAPI 3.2.
pub(crate) const COOKIE_STYLE: &str = "x-normalized-cookie-style";
/// Holds `contentEncoding` of a schema of OpenAPI 3.1.
pub(crate) const CONTENT_ENCODING: &str = "x-normalized-content-encoding";
/// Holds `contentMediaType` of a schema of OpenAPI 3.1.
pub(crate) const CONTENT_MEDIA_TYPE: &str = "x-normalized-content-media-type";
/// Marks an encoding with `style`, `explode` or `allowReserved`, whose `contentType` is ignored.
pub(crate) const STYLED: &str = "x-normalized-styled";
/// Holds the keywords of a schema that limit its values in a way that no type expresses.
pub(crate) const CONSTRAINTS: &str = "x-normalized-constraints";
/// Holds the flow `deviceAuthorization` of OpenAPI 3.2.
pub(crate) const DEVICE_FLOW: &str = "x-normalized-device-flow";
/// Holds `oauth2MetadataUrl` of a security scheme of OpenAPI 3.2.
pub(crate) const METADATA_URL: &str = "x-normalized-metadata-url";
/// Marks a security scheme that is `deprecated`, since OpenAPI 3.2.
pub(crate) const DEPRECATED: &str = "x-normalized-deprecated";
/// Holds `explode` of a header, which `openapiv3` doesn't read.
pub(crate) const HEADER_EXPLODE: &str = "x-normalized-header-explode";
/// Marks a response whose content is unknown, because the description of it can't be read.
pub(crate) const UNKNOWN_CONTENT: &str = "x-normalized-unknown-content";
