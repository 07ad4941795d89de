//! The fixed keys of the objects of Swagger 2.0, and the keys of OpenAPI 3 that documents of Swagger 2.0 use by mistake.

use super::object_kind::ObjectKind::{
    ClientExtension, Info, Pagination, Pending, RateLimit, Server, Stream, SwaggerHeader, SwaggerItems,
    SwaggerMediaType, SwaggerOperation, SwaggerParameter, SwaggerPaths, SwaggerRequestBody, SwaggerResponse,
    SwaggerResponses, SwaggerSchema, SwaggerSecurityScheme, Tag,
};
use super::value_kind::Fields;
use super::value_kind::ValueKind::{
    Any, Array, Boolean, Count, Map, Number, Object, ObjectOrObjects, Objects, String, Strings,
};

pub(super) const ROOT: Fields = &[
    ("swagger", Any),
    ("info", Object(Info)),
    ("host", String),
    ("basePath", String),
    ("schemes", Strings),
    ("consumes", Strings),
    ("produces", Strings),
    ("paths", Object(SwaggerPaths)),
    ("definitions", Map(SwaggerSchema)),
    ("parameters", Map(SwaggerParameter)),
    ("responses", Map(SwaggerResponse)),
    ("securityDefinitions", Map(SwaggerSecurityScheme)),
    ("security", Array),
    ("tags", Objects(Tag)),
    ("externalDocs", Any),
    ("x-client", Object(ClientExtension)),
    ("servers", Objects(Server)),
];

pub(super) const PATH_ITEM: Fields = &[
    ("$ref", String),
    ("get", Object(SwaggerOperation)),
    ("put", Object(SwaggerOperation)),
    ("post", Object(SwaggerOperation)),
    ("delete", Object(SwaggerOperation)),
    ("options", Object(SwaggerOperation)),
    ("head", Object(SwaggerOperation)),
    ("patch", Object(SwaggerOperation)),
    ("parameters", Objects(SwaggerParameter)),
    ("summary", String),
    ("description", String),
    ("trace", Object(SwaggerOperation)),
    ("servers", Objects(Server)),
];

pub(super) const OPERATION: Fields = &[
    ("tags", Strings),
    ("summary", String),
    ("description", String),
    ("externalDocs", Any),
    ("operationId", String),
    ("consumes", Strings),
    ("produces", Strings),
    ("parameters", Objects(SwaggerParameter)),
    ("responses", Object(SwaggerResponses)),
    ("schemes", Strings),
    ("deprecated", Boolean),
    ("security", Array),
    ("x-rust-name", String),
    ("x-allowed-for", Strings),
    ("x-pagination", ObjectOrObjects(Pagination)),
    ("x-rate-limit", Object(RateLimit)),
    ("x-pending", Object(Pending)),
    ("x-stream", Object(Stream)),
    ("requestBody", Object(SwaggerRequestBody)),
    ("servers", Objects(Server)),
];

pub(super) const PARAMETER: Fields = &[
    ("name", String),
    ("in", String),
    ("description", String),
    ("required", Boolean),
    ("schema", Object(SwaggerSchema)),
    ("allowEmptyValue", Boolean),
    ("collectionFormat", String),
    ("type", Any),
    ("format", String),
    ("items", Object(SwaggerItems)),
    ("default", Any),
    ("maximum", Number),
    ("exclusiveMaximum", Any),
    ("minimum", Number),
    ("exclusiveMinimum", Any),
    ("maxLength", Count),
    ("minLength", Count),
    ("pattern", String),
    ("maxItems", Count),
    ("minItems", Count),
    ("uniqueItems", Boolean),
    ("enum", Array),
    ("multipleOf", Number),
    ("x-rust-name", String),
    ("deprecated", Boolean),
    ("style", String),
    ("explode", Boolean),
    ("allowReserved", Boolean),
    ("content", Map(SwaggerMediaType)),
    ("example", Any),
    ("examples", Any),
    ("nullable", Boolean),
    ("title", String),
];

pub(super) const ITEMS: Fields = &[
    ("type", Any),
    ("format", String),
    ("items", Object(SwaggerItems)),
    ("collectionFormat", String),
    ("default", Any),
    ("maximum", Number),
    ("exclusiveMaximum", Any),
    ("minimum", Number),
    ("exclusiveMinimum", Any),
    ("maxLength", Count),
    ("minLength", Count),
    ("pattern", String),
    ("maxItems", Count),
    ("minItems", Count),
    ("uniqueItems", Boolean),
    ("enum", Array),
    ("multipleOf", Number),
    ("description", String),
    ("title", String),
    ("example", Any),
    ("nullable", Boolean),
];

pub(super) const RESPONSE: Fields = &[
    ("description", String),
    ("schema", Object(SwaggerSchema)),
    ("headers", Map(SwaggerHeader)),
    ("examples", Any),
    ("content", Map(SwaggerMediaType)),
    ("links", Any),
];

pub(super) const HEADER: Fields = &[
    ("description", String),
    ("type", Any),
    ("format", String),
    ("items", Object(SwaggerItems)),
    ("collectionFormat", String),
    ("default", Any),
    ("maximum", Number),
    ("exclusiveMaximum", Any),
    ("minimum", Number),
    ("exclusiveMinimum", Any),
    ("maxLength", Count),
    ("minLength", Count),
    ("pattern", String),
    ("maxItems", Count),
    ("minItems", Count),
    ("uniqueItems", Boolean),
    ("enum", Array),
    ("multipleOf", Number),
    ("schema", Object(SwaggerSchema)),
    ("required", Boolean),
    ("deprecated", Boolean),
    ("example", Any),
];

pub(super) const SECURITY_SCHEME: Fields = &[
    ("type", String),
    ("description", String),
    ("name", String),
    ("in", String),
    ("flow", String),
    ("authorizationUrl", String),
    ("tokenUrl", String),
    ("scopes", Any),
    ("x-basic-user", String),
    ("scheme", String),
    ("bearerFormat", String),
    ("flows", Any),
    ("openIdConnectUrl", String),
];

pub(super) const SCHEMA: Fields = &[
    ("$ref", String),
    ("type", Any),
    ("title", String),
    ("description", String),
    ("format", String),
    ("enum", Array),
    ("default", Any),
    ("example", Any),
    ("readOnly", Boolean),
    ("multipleOf", Number),
    ("maximum", Number),
    ("exclusiveMaximum", Any),
    ("minimum", Number),
    ("exclusiveMinimum", Any),
    ("maxLength", Count),
    ("minLength", Count),
    ("pattern", String),
    ("maxItems", Count),
    ("minItems", Count),
    ("uniqueItems", Boolean),
    ("maxProperties", Count),
    ("minProperties", Count),
    ("required", Strings),
    ("properties", Map(SwaggerSchema)),
    ("additionalProperties", Object(SwaggerSchema)),
    ("items", Object(SwaggerSchema)),
    ("allOf", Objects(SwaggerSchema)),
    ("discriminator", Any),
    ("xml", Any),
    ("externalDocs", Any),
    ("x-rust-name", String),
    ("x-rust-type", Any),
    ("x-read-as", String),
    ("x-nullable", Boolean),
    // Keywords of OpenAPI 3.
    ("oneOf", Objects(SwaggerSchema)),
    ("anyOf", Objects(SwaggerSchema)),
    ("not", Object(SwaggerSchema)),
    ("patternProperties", Map(SwaggerSchema)),
    ("prefixItems", Objects(SwaggerSchema)),
    ("nullable", Boolean),
    ("deprecated", Boolean),
    ("writeOnly", Boolean),
    ("const", Any),
    ("examples", Any),
    ("contentMediaType", Any),
    ("contentEncoding", Any),
    ("$schema", Any),
    ("$id", Any),
    ("$comment", Any),
    ("$defs", Map(SwaggerSchema)),
];

pub(super) const REQUEST_BODY: Fields =
    &[("description", String), ("content", Map(SwaggerMediaType)), ("required", Boolean)];

pub(super) const MEDIA_TYPE: Fields =
    &[("schema", Object(SwaggerSchema)), ("example", Any), ("examples", Any), ("encoding", Any)];

/// Keys of OpenAPI 3 in the Swagger Object.
pub(super) const NEWER_IN_ROOT: &[&str] = &["servers"];
/// Keys of OpenAPI 3 in a Path Item Object.
pub(super) const NEWER_IN_PATH_ITEM: &[&str] = &["summary", "description", "trace", "servers"];
/// Keys of OpenAPI 3 in an Operation Object.
pub(super) const NEWER_IN_OPERATION: &[&str] = &["requestBody", "servers"];
/// Keys of OpenAPI 3 in a Parameter Object.
pub(super) const NEWER_IN_PARAMETER: &[&str] = &[
    "deprecated",
    "style",
    "explode",
    "allowReserved",
    "content",
    "example",
    "examples",
    "nullable",
    "title",
];
/// Keys of OpenAPI 3 in an Items Object.
pub(super) const NEWER_IN_ITEMS: &[&str] = &["description", "title", "example", "nullable"];
/// Keys of OpenAPI 3 in a Response Object.
pub(super) const NEWER_IN_RESPONSE: &[&str] = &["content", "links"];
/// Keys of OpenAPI 3 in a Header Object.
pub(super) const NEWER_IN_HEADER: &[&str] = &["schema", "required", "deprecated", "example"];
/// Keys of OpenAPI 3 in a Security Scheme Object.
pub(super) const NEWER_IN_SECURITY_SCHEME: &[&str] = &["scheme", "bearerFormat", "flows", "openIdConnectUrl"];
/// Keywords of OpenAPI 3 in a Schema Object. Those that any reader ignores are not listed.
pub(super) const NEWER_IN_SCHEMA: &[&str] = &[
    "oneOf",
    "anyOf",
    "not",
    "patternProperties",
    "prefixItems",
    "nullable",
    "deprecated",
    "writeOnly",
    "const",
    "examples",
    "contentMediaType",
    "contentEncoding",
];
