//! The fixed keys of the larger objects, and of the extensions of this generator.

use super::object_kind::ObjectKind::{
    Callback, ClientExtension, Components, Discriminator, Encoding, ErrorHint, Example, Header, Info, Link,
    MediaType, OAuthFlow, OAuthFlows, Operation, Pagination, Parameter, PathItem, Paths, Pending, RateLimit,
    RequestBody, Response, Responses, Schema, Scopes, SecurityRequirement, SecurityScheme, Server, Stream,
    Tag, WebhookEvents, WebhookSignature,
};
use super::value_kind::Fields;
use super::value_kind::ValueKind::{
    Any, Array, Boolean, Count, Map, Number, Object, ObjectOrObjects, Objects, SmallCount, String, Strings,
};

pub(crate) const ROOT: Fields = &[
    ("openapi", String),
    ("$self", String),
    ("info", Object(Info)),
    ("jsonSchemaDialect", String),
    ("servers", Objects(Server)),
    ("paths", Object(Paths)),
    ("webhooks", Map(PathItem)),
    // The same in documents of OpenAPI 3.0.
    ("x-webhooks", Map(PathItem)),
    ("components", Object(Components)),
    ("security", Objects(SecurityRequirement)),
    ("tags", Objects(Tag)),
    ("externalDocs", Any),
    ("x-client", Object(ClientExtension)),
    ("x-webhook-signature", Object(WebhookSignature)),
    ("x-webhook-events", Object(WebhookEvents)),
];

pub(crate) const INFO: Fields = &[
    ("title", String),
    ("summary", String),
    ("description", String),
    ("termsOfService", String),
    ("contact", Any),
    ("license", Any),
    ("version", String),
];

pub(crate) const TAG: Fields = &[
    ("name", String),
    ("summary", String),
    ("description", String),
    ("externalDocs", Any),
    ("parent", String),
    ("kind", String),
    ("x-rust-name", String),
];

pub(crate) const PATH_ITEM: Fields = &[
    ("$ref", String),
    ("summary", String),
    ("description", String),
    ("get", Object(Operation)),
    ("put", Object(Operation)),
    ("post", Object(Operation)),
    ("delete", Object(Operation)),
    ("options", Object(Operation)),
    ("head", Object(Operation)),
    ("patch", Object(Operation)),
    ("trace", Object(Operation)),
    ("query", Object(Operation)),
    ("additionalOperations", Map(Operation)),
    ("servers", Objects(Server)),
    ("parameters", Objects(Parameter)),
];

pub(crate) const OPERATION: Fields = &[
    ("tags", Strings),
    ("summary", String),
    ("description", String),
    ("externalDocs", Any),
    ("operationId", String),
    ("parameters", Objects(Parameter)),
    ("requestBody", Object(RequestBody)),
    ("responses", Object(Responses)),
    ("callbacks", Map(Callback)),
    ("deprecated", Boolean),
    ("security", Objects(SecurityRequirement)),
    ("servers", Objects(Server)),
    ("x-rust-name", String),
    ("x-allowed-for", Strings),
    ("x-pagination", ObjectOrObjects(Pagination)),
    ("x-rate-limit", Object(RateLimit)),
    ("x-pending", Object(Pending)),
    ("x-stream", Object(Stream)),
    ("x-webhook-signature", Object(WebhookSignature)),
];

pub(crate) const PARAMETER: Fields = &[
    ("name", String),
    ("in", String),
    ("description", String),
    ("required", Boolean),
    ("deprecated", Boolean),
    ("allowEmptyValue", Boolean),
    ("style", String),
    ("explode", Boolean),
    ("allowReserved", Boolean),
    ("schema", Object(Schema)),
    ("example", Any),
    ("examples", Map(Example)),
    ("content", Map(MediaType)),
    ("x-rust-name", String),
];

pub(crate) const MEDIA_TYPE: Fields = &[
    ("schema", Object(Schema)),
    ("itemSchema", Object(Schema)),
    ("example", Any),
    ("examples", Map(Example)),
    ("encoding", Map(Encoding)),
    ("prefixEncoding", Objects(Encoding)),
    ("itemEncoding", Object(Encoding)),
];

pub(crate) const RESPONSE: Fields = &[
    ("summary", String),
    ("description", String),
    ("headers", Map(Header)),
    ("content", Map(MediaType)),
    ("links", Map(Link)),
];

pub(crate) const HEADER: Fields = &[
    ("description", String),
    ("required", Boolean),
    ("deprecated", Boolean),
    ("allowEmptyValue", Boolean),
    ("style", String),
    ("explode", Boolean),
    ("schema", Object(Schema)),
    ("example", Any),
    ("examples", Map(Example)),
    ("content", Map(MediaType)),
];

pub(crate) const EXAMPLE: Fields = &[
    ("summary", String),
    ("description", String),
    ("value", Any),
    ("externalValue", String),
    ("dataValue", Any),
    ("serializedValue", String),
];

pub(crate) const LINK: Fields = &[
    ("operationRef", String),
    ("operationId", String),
    ("parameters", Any),
    ("requestBody", Any),
    ("description", String),
    ("server", Object(Server)),
];

pub(crate) const COMPONENTS: Fields = &[
    ("schemas", Map(Schema)),
    ("responses", Map(Response)),
    ("parameters", Map(Parameter)),
    ("examples", Map(Example)),
    ("requestBodies", Map(RequestBody)),
    ("headers", Map(Header)),
    ("securitySchemes", Map(SecurityScheme)),
    ("links", Map(Link)),
    ("callbacks", Map(Callback)),
    ("pathItems", Map(PathItem)),
    ("mediaTypes", Map(MediaType)),
];

pub(crate) const SECURITY_SCHEME: Fields = &[
    ("type", String),
    ("description", String),
    ("name", String),
    ("in", String),
    ("scheme", String),
    ("bearerFormat", String),
    ("flows", Object(OAuthFlows)),
    ("openIdConnectUrl", String),
    ("oauth2MetadataUrl", String),
    ("deprecated", Boolean),
    ("x-basic-user", String),
];

pub(crate) const OAUTH_FLOWS: Fields = &[
    ("implicit", Object(OAuthFlow)),
    ("password", Object(OAuthFlow)),
    ("clientCredentials", Object(OAuthFlow)),
    ("authorizationCode", Object(OAuthFlow)),
    ("deviceAuthorization", Object(OAuthFlow)),
];

pub(crate) const OAUTH_FLOW: Fields = &[
    ("authorizationUrl", String),
    ("deviceAuthorizationUrl", String),
    ("tokenUrl", String),
    ("refreshUrl", String),
    ("scopes", Object(Scopes)),
];

pub(crate) const SCHEMA: Fields = &[
    ("$ref", String),
    ("$schema", Any),
    ("$id", Any),
    ("$anchor", Any),
    ("$comment", Any),
    ("$defs", Map(Schema)),
    ("$dynamicRef", Any),
    ("$dynamicAnchor", Any),
    ("type", Any),
    ("title", String),
    ("description", String),
    ("format", String),
    ("enum", Array),
    ("const", Any),
    ("default", Any),
    ("example", Any),
    ("examples", Any),
    ("nullable", Boolean),
    ("deprecated", Boolean),
    ("readOnly", Boolean),
    ("writeOnly", Boolean),
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
    ("maxContains", Any),
    ("minContains", Any),
    ("maxProperties", Count),
    ("minProperties", Count),
    ("required", Strings),
    ("dependentRequired", Any),
    ("properties", Map(Schema)),
    ("patternProperties", Map(Schema)),
    ("additionalProperties", Object(Schema)),
    ("propertyNames", Any),
    ("unevaluatedProperties", Object(Schema)),
    ("unevaluatedItems", Any),
    ("dependentSchemas", Any),
    ("items", Object(Schema)),
    ("prefixItems", Objects(Schema)),
    ("contains", Any),
    ("allOf", Objects(Schema)),
    ("oneOf", Objects(Schema)),
    ("anyOf", Objects(Schema)),
    ("not", Object(Schema)),
    ("if", Any),
    ("then", Any),
    ("else", Any),
    ("contentMediaType", Any),
    ("contentEncoding", Any),
    ("contentSchema", Any),
    ("discriminator", Object(Discriminator)),
    ("xml", Any),
    ("externalDocs", Any),
    ("x-rust-name", String),
    ("x-rust-type", Any),
    ("x-read-as", String),
];

/// Keywords of a schema that limit its values in a way that no type expresses. The docs state them.
pub(crate) const CONSTRAINTS: &[&str] = &[
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "contains",
    "maxContains",
    "minContains",
    "maxProperties",
    "minProperties",
    "propertyNames",
    "dependentRequired",
    "unevaluatedItems",
    "not",
];

/// Keywords of a schema that neither limit its values nor describe them, or that have done so when references were resolved.
pub(crate) const SCHEMA_ANNOTATIONS: &[&str] = &[
    "example",
    "examples",
    "xml",
    "externalDocs",
    "$schema",
    "$id",
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "definitions",
];

/// The keys of an Encoding Object.
pub(crate) const ENCODING: Fields = &[
    ("contentType", String),
    ("headers", Map(Header)),
    ("style", String),
    ("explode", Boolean),
    ("allowReserved", Boolean),
    ("encoding", Any),
    ("prefixEncoding", Any),
    ("itemEncoding", Any),
];

pub(crate) const PAGINATION: Fields = &[
    ("style", String),
    ("items", String),
    ("max-page-size", SmallCount),
    ("size", String),
    ("identity", Strings),
    ("position", String),
    ("late", SmallCount),
];

pub(crate) const RATE_LIMIT: Fields =
    &[("bucket", String), ("requests", SmallCount), ("seconds", SmallCount), ("header", String)];

pub(crate) const CLIENT_EXTENSION: Fields = &[
    ("token-url", String),
    ("token-requests", String),
    ("request-id-headers", Strings),
    ("warning-header", String),
    ("error-hints", Objects(ErrorHint)),
];

pub(crate) const ERROR_HINT: Fields =
    &[("help", String), ("status", SmallCount), ("code", String), ("phrase", String), ("too-early", Boolean)];

pub(crate) const WEBHOOK_SIGNATURE: Fields = &[
    ("header", String),
    ("encoding", String),
    ("prefix", String),
    ("separator", String),
    ("signed", String),
    ("timestamp-header", String),
    ("timestamp-element", String),
    ("id-header", String),
    ("tolerance", SmallCount),
    ("key-encoding", String),
    ("key-prefix", String),
];

pub(crate) const PENDING: Fields = &[("pointer", String), ("values", Strings)];
pub(crate) const STREAM: Fields = &[("end", Strings), ("property", String), ("reconnect", Boolean)];
