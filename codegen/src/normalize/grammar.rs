//! What OpenAPI 3.0 to 3.2 allows where: the keys of each object and the kind of their values.

use serde_json::{Value, json};

use super::fields;

/// The objects that are looked into: those of the standard, and the generator's own extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Root,
    Info,
    Server,
    ServerVariable,
    Tag,
    Paths,
    PathItem,
    Callback,
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
    Pagination,
    RateLimit,
    Pending,
    ClientFacts,
    ErrorHint,
}

/// The kind of value that a key takes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    Any,
    Text,
    Bool,
    Number,
    Count,
    SmallCount,
    Texts,
    List,
    Node(Kind),
    Nodes(Kind),
    NodeOrNodes(Kind),
    Map(Kind),
}

impl Shape {
    /// An empty value of this kind, to go on with.
    pub(crate) fn neutral(self) -> Value {
        match self {
            Self::Any => Value::Null,
            Self::Text => json!(""),
            Self::Bool => json!(false),
            Self::Number | Self::Count | Self::SmallCount => json!(0),
            Self::Texts | Self::List | Self::Nodes(_) | Self::NodeOrNodes(_) => json!([]),
            Self::Node(_) | Self::Map(_) => json!({}),
        }
    }

    pub(crate) fn article(self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::Text => "a text",
            Self::Bool => "true or false",
            Self::Number => "a number",
            Self::Count => "a whole number from 0",
            Self::SmallCount => "a whole number of 32 bits from 0",
            Self::Texts => "a list of texts",
            Self::List | Self::Nodes(_) => "a list",
            Self::NodeOrNodes(_) => "a mapping or a list of such",
            Self::Node(_) | Self::Map(_) => "a mapping",
        }
    }
}

pub(crate) type Fields = &'static [(&'static str, Shape)];

use Kind::{
    Callback, ClientFacts, Components, Discriminator, ErrorHint, Example, Header, Info, MediaType, Operation,
    Pagination, Parameter, PathItem, Paths, Pending, RateLimit, RequestBody, Response, Responses, Root,
    Schema, SecurityScheme, Server, ServerVariable, Tag,
};
use Shape::{Any, Bool, Map, Node, Text, Texts};

impl Kind {
    /// The object's name in the standard, with its article.
    pub(crate) fn article(self) -> &'static str {
        match self {
            Root => "the OpenAPI Object",
            Info => "the Info Object",
            Server => "a Server Object",
            ServerVariable => "a Server Variable Object",
            Tag => "a Tag Object",
            Paths => "the Paths Object",
            PathItem => "a Path Item Object",
            Callback => "a Callback Object",
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
            Pagination => "`x-pagination`",
            RateLimit => "`x-rate-limit`",
            Pending => "`x-pending`",
            ClientFacts => "`x-client`",
            ErrorHint => "an error hint of `x-client`",
        }
    }

    /// Whether it is an extension of the generator's own: an unknown key in it can't be meant for another tool.
    pub(crate) fn is_own(self) -> bool {
        matches!(self, Pagination | RateLimit | Pending | ClientFacts | ErrorHint)
    }

    /// Whether a Reference Object may stand in its place.
    pub(crate) fn may_refer(self) -> bool {
        matches!(self, Parameter | RequestBody | Response | Header | Example | SecurityScheme | Schema)
    }

    /// The folder of the Components Object that holds objects of this kind.
    pub(crate) fn folder(self) -> Option<&'static str> {
        Some(match self {
            Schema => "schemas",
            Response => "responses",
            Parameter => "parameters",
            Example => "examples",
            RequestBody => "requestBodies",
            Header => "headers",
            SecurityScheme => "securitySchemes",
            _ => return None,
        })
    }

    /// Keys that must be there.
    pub(crate) fn required(self) -> &'static [&'static str] {
        match self {
            Root => &["info"],
            Info => &["title", "version"],
            Parameter => &["name", "in"],
            RequestBody => &["content"],
            Tag => &["name"],
            Server => &["url"],
            Discriminator => &["propertyName"],
            SecurityScheme => &["type"],
            Pagination => &["style", "items", "max-page-size"],
            RateLimit => &["bucket", "requests", "seconds"],
            Pending => &["pointer", "values"],
            ServerVariable => &["default"],
            ErrorHint => &["help"],
            _ => &[],
        }
    }

    /// Keys that no later stage asks for, once their values have been checked.
    pub(crate) fn unused(self) -> &'static [&'static str] {
        match self {
            Root | Tag | Operation => &["externalDocs"],
            Info => &["contact", "license"],
            Parameter | Header | MediaType => &["example", "examples"],
            Components => &["examples", "links", "callbacks", "pathItems", "mediaTypes"],
            Response => &["links"],
            Schema => fields::ONLY_CHECKED,
            _ => &[],
        }
    }

    /// What keys that have no fixed name hold; `None` where there are none such.
    pub(crate) fn pattern(self) -> Option<Shape> {
        match self {
            Paths | Callback => Some(Node(PathItem)),
            Responses => Some(Node(Response)),
            _ => None,
        }
    }

    /// Keys with a fixed name.
    pub(crate) fn fields(self) -> Fields {
        match self {
            Root => fields::ROOT,
            Info => fields::INFO,
            Server => {
                &[("url", Text), ("description", Text), ("name", Text), ("variables", Map(ServerVariable))]
            }
            ServerVariable => &[("enum", Texts), ("default", Text), ("description", Text)],
            Tag => fields::TAG,
            PathItem => fields::PATH_ITEM,
            Operation => fields::OPERATION,
            Parameter => fields::PARAMETER,
            RequestBody => &[("description", Text), ("content", Map(MediaType)), ("required", Bool)],
            MediaType => fields::MEDIA_TYPE,
            Paths | Callback | Responses => &[],
            Response => fields::RESPONSE,
            Header => fields::HEADER,
            Example => fields::EXAMPLE,
            Components => fields::COMPONENTS,
            SecurityScheme => fields::SECURITY_SCHEME,
            Schema => fields::SCHEMA,
            Discriminator => &[("propertyName", Text), ("mapping", Any), ("defaultMapping", Text)],
            Pagination => fields::PAGINATION,
            RateLimit => fields::RATE_LIMIT,
            Pending => fields::PENDING,
            ClientFacts => fields::CLIENT_FACTS,
            ErrorHint => fields::ERROR_HINT,
        }
    }
}
