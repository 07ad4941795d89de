//! The objects of a description.

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

use self::Kind::{
    Callback, ClientFacts, Components, Discriminator, ErrorHint, Example, Header, Info, MediaType, Operation,
    Pagination, Parameter, PathItem, Paths, Pending, RateLimit, RequestBody, Response, Responses, Root,
    Schema, SecurityScheme, Server, ServerVariable, Tag,
};

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
}
