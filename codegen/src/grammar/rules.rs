//! What stands in which object: its keys, and the kind of their values.

use super::fields;
use super::kind::Kind;
use super::kind::Kind::{
    Callback, ClientFacts, Components, Discriminator, ErrorHint, Example, Header, Info, MediaType, Operation,
    Pagination, Parameter, PathItem, Paths, Pending, RateLimit, RequestBody, Response, Responses, Root,
    Schema, SecurityScheme, Server, ServerVariable, Tag,
};
use super::shape::Fields;
use super::shape::Shape::{self, Any, Bool, Map, Node, Text, Texts};

impl Kind {
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
