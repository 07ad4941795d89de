//! What OpenAPI 3.0 to 3.2 allows where: the keys of each object and the kind of their values.

use serde_json::{Value, json};

/// The objects of the standard that are looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Root,
    Info,
    Server,
    ServerVariable,
    Tag,
    Paths,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Responses,
    Response,
    Header,
    Example,
    Components,
    SecurityScheme,
    Schema,
    Discriminator,
}

/// The kind of value that a key takes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    Any,
    Text,
    Bool,
    Number,
    Count,
    Texts,
    List,
    Node(Kind),
    Nodes(Kind),
    Map(Kind),
}

impl Shape {
    /// An empty value of this kind, to go on with.
    pub(super) fn neutral(self) -> Value {
        match self {
            Self::Any => Value::Null,
            Self::Text => json!(""),
            Self::Bool => json!(false),
            Self::Number | Self::Count => json!(0),
            Self::Texts | Self::List | Self::Nodes(_) => json!([]),
            Self::Node(_) | Self::Map(_) => json!({}),
        }
    }

    pub(super) fn article(self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::Text => "a text",
            Self::Bool => "true or false",
            Self::Number => "a number",
            Self::Count => "a whole number from 0",
            Self::Texts => "a list of texts",
            Self::List | Self::Nodes(_) => "a list",
            Self::Node(_) | Self::Map(_) => "a mapping",
        }
    }
}

type Fields = &'static [(&'static str, Shape)];

use Kind::{
    Components, Discriminator, Example, Header, Info, MediaType, Operation, Parameter, PathItem, Paths,
    RequestBody, Response, Responses, Root, Schema, SecurityScheme, Server, ServerVariable, Tag,
};
use Shape::{Any, Bool, Count, List, Map, Node, Nodes, Number, Text, Texts};

impl Kind {
    /// The object's name in the standard, with its article.
    pub(super) fn article(self) -> &'static str {
        match self {
            Root => "the OpenAPI Object",
            Info => "the Info Object",
            Server => "a Server Object",
            ServerVariable => "a Server Variable Object",
            Tag => "a Tag Object",
            Paths => "the Paths Object",
            PathItem => "a Path Item Object",
            Operation => "an Operation Object",
            Parameter => "a Parameter Object",
            RequestBody => "a Request Body Object",
            MediaType => "a Media Type Object",
            Responses => "a Responses Object",
            Response => "a Response Object",
            Header => "a Header Object",
            Example => "an Example Object",
            Components => "the Components Object",
            SecurityScheme => "a Security Scheme Object",
            Schema => "a Schema Object",
            Discriminator => "a Discriminator Object",
        }
    }

    /// Whether a Reference Object may stand in its place.
    pub(super) fn may_refer(self) -> bool {
        matches!(self, Parameter | RequestBody | Response | Header | Example | SecurityScheme | Schema)
    }

    /// Keys that must be there.
    pub(super) fn required(self) -> &'static [&'static str] {
        match self {
            Root => &["info"],
            Info => &["title", "version"],
            Parameter => &["name", "in"],
            RequestBody => &["content"],
            Tag => &["name"],
            Server => &["url"],
            Discriminator => &["propertyName"],
            SecurityScheme => &["type"],
            _ => &[],
        }
    }

    /// What keys that have no fixed name hold; `None` where there are none such.
    pub(super) fn pattern(self) -> Option<Shape> {
        match self {
            Paths => Some(Node(PathItem)),
            Responses => Some(Node(Response)),
            _ => None,
        }
    }

    /// Keys with a fixed name.
    pub(super) fn fields(self) -> Fields {
        match self {
            Root => ROOT,
            Info => INFO,
            Server => {
                &[("url", Text), ("description", Text), ("name", Text), ("variables", Map(ServerVariable))]
            }
            ServerVariable => &[("enum", Texts), ("default", Text), ("description", Text)],
            Tag => TAG,
            PathItem => PATH_ITEM,
            Operation => OPERATION,
            Parameter => PARAMETER,
            RequestBody => &[("description", Text), ("content", Map(MediaType)), ("required", Bool)],
            MediaType => MEDIA_TYPE,
            Paths | Responses => &[],
            Response => RESPONSE,
            Header => HEADER,
            Example => EXAMPLE,
            Components => COMPONENTS,
            SecurityScheme => SECURITY_SCHEME,
            Schema => SCHEMA,
            Discriminator => &[("propertyName", Text), ("mapping", Any), ("defaultMapping", Text)],
        }
    }
}

const ROOT: Fields = &[
    ("openapi", Text),
    ("$self", Text),
    ("info", Node(Info)),
    ("jsonSchemaDialect", Text),
    ("servers", Nodes(Server)),
    ("paths", Node(Paths)),
    ("webhooks", Any),
    ("components", Node(Components)),
    ("security", List),
    ("tags", Nodes(Tag)),
    ("externalDocs", Any),
];

const INFO: Fields = &[
    ("title", Text),
    ("summary", Text),
    ("description", Text),
    ("termsOfService", Text),
    ("contact", Any),
    ("license", Any),
    ("version", Text),
];

const TAG: Fields = &[
    ("name", Text),
    ("summary", Text),
    ("description", Text),
    ("externalDocs", Any),
    ("parent", Text),
    ("kind", Text),
    ("x-rust-name", Text),
];

const PATH_ITEM: Fields = &[
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
    ("query", Any),
    ("additionalOperations", Any),
    ("servers", Nodes(Server)),
    ("parameters", Nodes(Parameter)),
];

const OPERATION: Fields = &[
    ("tags", Texts),
    ("summary", Text),
    ("description", Text),
    ("externalDocs", Any),
    ("operationId", Text),
    ("parameters", Nodes(Parameter)),
    ("requestBody", Node(RequestBody)),
    ("responses", Node(Responses)),
    ("callbacks", Any),
    ("deprecated", Bool),
    ("security", List),
    ("servers", Nodes(Server)),
    ("x-rust-name", Text),
    ("x-allowed-for", Texts),
];

const PARAMETER: Fields = &[
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

const MEDIA_TYPE: Fields = &[
    ("schema", Node(Schema)),
    ("itemSchema", Any),
    ("example", Any),
    ("examples", Map(Example)),
    ("encoding", Any),
    ("prefixEncoding", Any),
    ("itemEncoding", Any),
];

const RESPONSE: Fields = &[
    ("summary", Text),
    ("description", Text),
    ("headers", Map(Header)),
    ("content", Map(MediaType)),
    ("links", Any),
];

const HEADER: Fields = &[
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

const EXAMPLE: Fields = &[
    ("summary", Text),
    ("description", Text),
    ("value", Any),
    ("externalValue", Text),
    ("dataValue", Any),
    ("serializedValue", Text),
];

const COMPONENTS: Fields = &[
    ("schemas", Map(Schema)),
    ("responses", Map(Response)),
    ("parameters", Map(Parameter)),
    ("examples", Map(Example)),
    ("requestBodies", Map(RequestBody)),
    ("headers", Map(Header)),
    ("securitySchemes", Map(SecurityScheme)),
    ("links", Any),
    ("callbacks", Any),
    ("pathItems", Any),
    ("mediaTypes", Any),
];

const SECURITY_SCHEME: Fields = &[
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
];

const SCHEMA: Fields = &[
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
    ("patternProperties", Any),
    ("additionalProperties", Node(Schema)),
    ("propertyNames", Any),
    ("unevaluatedProperties", Any),
    ("unevaluatedItems", Any),
    ("dependentSchemas", Any),
    ("items", Node(Schema)),
    ("prefixItems", Any),
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
