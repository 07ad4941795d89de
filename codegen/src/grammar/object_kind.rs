//! The kinds of objects in a description.

/// A kind of object: one of the OpenAPI standard, or an extension of this generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ObjectKind {
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
    ClientExtension,
    ErrorHint,
}

use self::ObjectKind::{
    Callback, ClientExtension, Components, Discriminator, ErrorHint, Example, Header, Info, MediaType,
    Operation, Pagination, Parameter, PathItem, Paths, Pending, RateLimit, RequestBody, Response, Responses,
    Root, Schema, SecurityScheme, Server, ServerVariable, Tag,
};

impl ObjectKind {
    /// Returns the name in the standard with an article, for diagnostics.
    pub(crate) fn with_article(self) -> &'static str {
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
            ClientExtension => "`x-client`",
            ErrorHint => "an error hint of `x-client`",
        }
    }

    /// Returns whether it is an extension of this generator. An unknown key in it can't belong to another tool.
    pub(crate) fn is_extension(self) -> bool {
        matches!(self, Pagination | RateLimit | Pending | ClientExtension | ErrorHint)
    }

    /// Returns whether a Reference Object is allowed instead.
    pub(crate) fn may_be_reference(self) -> bool {
        matches!(self, Parameter | RequestBody | Response | Header | Example | SecurityScheme | Schema)
    }

    /// Returns the key of the Components Object for this kind of object. `None` if it can't be a component.
    pub(crate) fn section(self) -> Option<&'static str> {
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

    /// Returns the required keys.
    pub(crate) fn required_keys(self) -> &'static [&'static str] {
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
