//! The keys of the larger objects, and of the generator's own extensions.

use super::kind::Kind::{
    Callback, ClientFacts, Components, Discriminator, ErrorHint, Example, Header, Info, MediaType, Operation,
    Pagination, Parameter, PathItem, Paths, Pending, RateLimit, RequestBody, Response, Responses, Schema,
    SecurityScheme, Server, Tag,
};
use super::shape::Fields;
use super::shape::Shape::{
    Any, Bool, Count, List, Map, Node, NodeOrNodes, Nodes, Number, SmallCount, Text, Texts,
};

pub(crate) const ROOT: Fields = &[
    ("openapi", Text),
    ("$self", Text),
    ("info", Node(Info)),
    ("jsonSchemaDialect", Text),
    ("servers", Nodes(Server)),
    ("paths", Node(Paths)),
    ("webhooks", Map(PathItem)),
    ("components", Node(Components)),
    ("security", List),
    ("tags", Nodes(Tag)),
    ("externalDocs", Any),
    ("x-client", Node(ClientFacts)),
];

pub(crate) const INFO: Fields = &[
    ("title", Text),
    ("summary", Text),
    ("description", Text),
    ("termsOfService", Text),
    ("contact", Any),
    ("license", Any),
    ("version", Text),
];

pub(crate) const TAG: Fields = &[
    ("name", Text),
    ("summary", Text),
    ("description", Text),
    ("externalDocs", Any),
    ("parent", Text),
    ("kind", Text),
    ("x-rust-name", Text),
];

pub(crate) const PATH_ITEM: Fields = &[
    ("$ref", Text),
    ("summary", Text),
    ("description", Text),
    ("get", Node(Operation)),
    ("put", Node(Operation)),
    ("post", Node(Operation)),
    ("delete", Node(Operation)),
    ("options", Node(Operation)),
    ("head", Node(Operation)),
    ("patch", Node(Operation)),
    ("trace", Node(Operation)),
    ("query", Node(Operation)),
    ("additionalOperations", Any),
    ("servers", Nodes(Server)),
    ("parameters", Nodes(Parameter)),
];

pub(crate) const OPERATION: Fields = &[
    ("tags", Texts),
    ("summary", Text),
    ("description", Text),
    ("externalDocs", Any),
    ("operationId", Text),
    ("parameters", Nodes(Parameter)),
    ("requestBody", Node(RequestBody)),
    ("responses", Node(Responses)),
    ("callbacks", Map(Callback)),
    ("deprecated", Bool),
    ("security", List),
    ("servers", Nodes(Server)),
    ("x-rust-name", Text),
    ("x-allowed-for", Texts),
    ("x-pagination", NodeOrNodes(Pagination)),
    ("x-rate-limit", Node(RateLimit)),
    ("x-pending", Node(Pending)),
];

pub(crate) const PARAMETER: Fields = &[
    ("name", Text),
    ("in", Text),
    ("description", Text),
    ("required", Bool),
    ("deprecated", Bool),
    ("allowEmptyValue", Bool),
    ("style", Text),
    ("explode", Bool),
    ("allowReserved", Bool),
    ("schema", Node(Schema)),
    ("example", Any),
    ("examples", Map(Example)),
    ("content", Map(MediaType)),
    ("x-rust-name", Text),
];

pub(crate) const MEDIA_TYPE: Fields = &[
    ("schema", Node(Schema)),
    ("itemSchema", Any),
    ("example", Any),
    ("examples", Map(Example)),
    ("encoding", Any),
    ("prefixEncoding", Any),
    ("itemEncoding", Any),
];

pub(crate) const RESPONSE: Fields = &[
    ("summary", Text),
    ("description", Text),
    ("headers", Map(Header)),
    ("content", Map(MediaType)),
    ("links", Any),
];

pub(crate) const HEADER: Fields = &[
    ("description", Text),
    ("required", Bool),
    ("deprecated", Bool),
    ("allowEmptyValue", Bool),
    ("style", Text),
    ("explode", Bool),
    ("schema", Node(Schema)),
    ("example", Any),
    ("examples", Map(Example)),
    ("content", Map(MediaType)),
];

pub(crate) const EXAMPLE: Fields = &[
    ("summary", Text),
    ("description", Text),
    ("value", Any),
    ("externalValue", Text),
    ("dataValue", Any),
    ("serializedValue", Text),
];

pub(crate) const COMPONENTS: Fields = &[
    ("schemas", Map(Schema)),
    ("responses", Map(Response)),
    ("parameters", Map(Parameter)),
    ("examples", Map(Example)),
    ("requestBodies", Map(RequestBody)),
    ("headers", Map(Header)),
    ("securitySchemes", Map(SecurityScheme)),
    ("links", Any),
    ("callbacks", Any),
    ("pathItems", Map(PathItem)),
    ("mediaTypes", Any),
];

pub(crate) const SECURITY_SCHEME: Fields = &[
    ("type", Text),
    ("description", Text),
    ("name", Text),
    ("in", Text),
    ("scheme", Text),
    ("bearerFormat", Text),
    ("flows", Any),
    ("openIdConnectUrl", Text),
    ("oauth2MetadataUrl", Text),
    ("deprecated", Bool),
    ("x-basic-user", Text),
];

pub(crate) const SCHEMA: Fields = &[
    ("$ref", Text),
    ("$schema", Any),
    ("$id", Any),
    ("$anchor", Any),
    ("$comment", Any),
    ("$defs", Map(Schema)),
    ("$dynamicRef", Any),
    ("$dynamicAnchor", Any),
    ("type", Any),
    ("title", Text),
    ("description", Text),
    ("format", Text),
    ("enum", List),
    ("const", Any),
    ("default", Any),
    ("example", Any),
    ("examples", Any),
    ("nullable", Bool),
    ("deprecated", Bool),
    ("readOnly", Bool),
    ("writeOnly", Bool),
    ("multipleOf", Number),
    ("maximum", Number),
    ("exclusiveMaximum", Any),
    ("minimum", Number),
    ("exclusiveMinimum", Any),
    ("maxLength", Count),
    ("minLength", Count),
    ("pattern", Text),
    ("maxItems", Count),
    ("minItems", Count),
    ("uniqueItems", Bool),
    ("maxContains", Any),
    ("minContains", Any),
    ("maxProperties", Count),
    ("minProperties", Count),
    ("required", Texts),
    ("dependentRequired", Any),
    ("properties", Map(Schema)),
    ("patternProperties", Map(Schema)),
    ("additionalProperties", Node(Schema)),
    ("propertyNames", Any),
    ("unevaluatedProperties", Any),
    ("unevaluatedItems", Any),
    ("dependentSchemas", Any),
    ("items", Node(Schema)),
    ("prefixItems", Nodes(Schema)),
    ("contains", Any),
    ("allOf", Nodes(Schema)),
    ("oneOf", Nodes(Schema)),
    ("anyOf", Nodes(Schema)),
    ("not", Node(Schema)),
    ("if", Any),
    ("then", Any),
    ("else", Any),
    ("contentMediaType", Any),
    ("contentEncoding", Any),
    ("contentSchema", Any),
    ("discriminator", Node(Discriminator)),
    ("xml", Any),
    ("externalDocs", Any),
    ("x-rust-name", Text),
    ("x-read-as", Text),
];

/// Keys of a schema that restrict or explain values without giving them another type.
pub(crate) const ONLY_CHECKED: &[&str] = &[
    "example",
    "examples",
    "xml",
    "externalDocs",
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
    "maxContains",
    "minContains",
    "contains",
    "maxProperties",
    "minProperties",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "not",
    "$schema",
    "$id",
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "definitions",
];

pub(crate) const PAGINATION: Fields = &[
    ("style", Text),
    ("items", Text),
    ("max-page-size", SmallCount),
    ("size", Text),
    ("identity", Texts),
    ("position", Text),
    ("late", SmallCount),
];

pub(crate) const RATE_LIMIT: Fields =
    &[("bucket", Text), ("requests", SmallCount), ("seconds", SmallCount), ("header", Text)];

pub(crate) const CLIENT_FACTS: Fields = &[
    ("token-url", Text),
    ("token-requests", Text),
    ("request-id-headers", Texts),
    ("warning-header", Text),
    ("error-hints", Nodes(ErrorHint)),
];

pub(crate) const ERROR_HINT: Fields =
    &[("help", Text), ("status", SmallCount), ("code", Text), ("phrase", Text), ("too-early", Bool)];

pub(crate) const PENDING: Fields = &[("pointer", Text), ("values", Texts)];
