//! The kinds of objects in a description.

use serde_json::Value;

/// A kind of object: one of the OpenAPI standard, or an extension of this generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    Encoding,
    Responses,
    Response,
    Header,
    Example,
    Link,
    Components,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    Scopes,
    SecurityRequirement,
    Schema,
    Discriminator,
    Pagination,
    RateLimit,
    Pending,
    Stream,
    WebhookSignature,
    WebhookEvents,
    ClientExtension,
    ErrorHint,
    /// The root of a document of Swagger 2.0. The objects below it have kinds of their own.
    Swagger,
    SwaggerPaths,
    SwaggerPathItem,
    SwaggerOperation,
    SwaggerParameter,
    SwaggerItems,
    SwaggerRequestBody,
    SwaggerMediaType,
    SwaggerResponses,
    SwaggerResponse,
    SwaggerHeader,
    SwaggerSchema,
    SwaggerSecurityScheme,
}

use self::ObjectKind::{
    Callback, ClientExtension, Components, Discriminator, Encoding, ErrorHint, Example, Header, Info, Link,
    MediaType, OAuthFlow, OAuthFlows, Operation, Pagination, Parameter, PathItem, Paths, Pending, RateLimit,
    RequestBody, Response, Responses, Root, Schema, Scopes, SecurityRequirement, SecurityScheme, Server,
    ServerVariable, Stream, Swagger, SwaggerHeader, SwaggerItems, SwaggerMediaType, SwaggerOperation,
    SwaggerParameter, SwaggerPathItem, SwaggerPaths, SwaggerRequestBody, SwaggerResponse, SwaggerResponses,
    SwaggerSchema, SwaggerSecurityScheme, Tag, WebhookEvents, WebhookSignature,
};

impl ObjectKind {
    /// Returns the name in the standard with an article, for diagnostics.
    pub(crate) fn with_article(self) -> &'static str {
        match self {
            Root => "the OpenAPI Object",
            Swagger => "the Swagger Object",
            SwaggerItems => "an Items Object",
            Info => "the Info Object",
            Server => "a Server Object",
            ServerVariable => "a Server Variable Object",
            Tag => "a Tag Object",
            Paths | SwaggerPaths => "the Paths Object",
            PathItem | SwaggerPathItem => "a Path Item Object",
            Callback => "a Callback Object",
            Operation | SwaggerOperation => "an Operation Object",
            Parameter | SwaggerParameter => "a Parameter Object",
            RequestBody | SwaggerRequestBody => "a Request Body Object",
            MediaType | SwaggerMediaType => "a Media Type Object",
            Encoding => "an Encoding Object",
            Responses | SwaggerResponses => "a Responses Object",
            Response | SwaggerResponse => "a Response Object",
            Header | SwaggerHeader => "a Header Object",
            Example => "an Example Object",
            Link => "a Link Object",
            Components => "the Components Object",
            SecurityScheme | SwaggerSecurityScheme => "a Security Scheme Object",
            OAuthFlows => "the OAuth Flows Object",
            OAuthFlow => "an OAuth Flow Object",
            Scopes => "the scopes of an OAuth Flow Object",
            SecurityRequirement => "a Security Requirement Object",
            Schema | SwaggerSchema => "a Schema Object",
            Discriminator => "a Discriminator Object",
            Pagination => "`x-pagination`",
            RateLimit => "`x-rate-limit`",
            Pending => "`x-pending`",
            Stream => "`x-stream`",
            WebhookSignature => "`x-webhook-signature`",
            WebhookEvents => "`x-webhook-events`",
            ClientExtension => "`x-client`",
            ErrorHint => "an error hint of `x-client`",
        }
    }

    /// Returns whether it is an extension of this generator. An unknown key in it can't belong to another tool.
    pub(crate) fn is_extension(self) -> bool {
        matches!(
            self,
            Pagination
                | RateLimit
                | Pending
                | Stream
                | WebhookSignature
                | WebhookEvents
                | ClientExtension
                | ErrorHint
        )
    }

    /// Returns whether its keys that begin with `x-` are extensions. Those of a Security Requirement Object are names.
    pub(crate) fn may_be_extended(self) -> bool {
        self != SecurityRequirement
    }

    /// Returns whether a Reference Object is allowed instead.
    pub(crate) fn may_be_reference(self) -> bool {
        matches!(
            self,
            Parameter
                | RequestBody
                | Response
                | Header
                | Example
                | SecurityScheme
                | Schema
                | SwaggerParameter
                | SwaggerResponse
                | SwaggerSchema
        )
    }

    /// Returns the keys, separated by slashes, that lead to the reusable objects of this kind. `None` if it can't be a
    /// component.
    pub(crate) fn section(self) -> Option<&'static str> {
        Some(match self {
            Schema => "components/schemas",
            Response => "components/responses",
            Parameter => "components/parameters",
            Example => "components/examples",
            RequestBody => "components/requestBodies",
            Header => "components/headers",
            SecurityScheme => "components/securitySchemes",
            SwaggerSchema => "definitions",
            SwaggerResponse => "responses",
            SwaggerParameter => "parameters",
            SwaggerSecurityScheme => "securityDefinitions",
            _ => return None,
        })
    }

    /// Returns the required keys.
    pub(crate) fn required_keys(self) -> &'static [&'static str] {
        match self {
            Root | Swagger => &["info"],
            Info => &["title", "version"],
            Parameter | SwaggerParameter => &["name", "in"],
            RequestBody | SwaggerRequestBody => &["content"],
            Tag => &["name"],
            Server => &["url"],
            Discriminator => &["propertyName"],
            SecurityScheme | SwaggerSecurityScheme => &["type"],
            Pagination => &["style", "items", "max-page-size"],
            RateLimit => &["bucket", "requests", "seconds"],
            Pending => &["pointer", "values"],
            WebhookSignature => &["header"],
            ServerVariable => &["default"],
            ErrorHint => &["help"],
            _ => &[],
        }
    }

    /// Returns the kind of the root of a document. `None` if it is neither OpenAPI nor Swagger 2.0.
    pub(crate) fn of_root(tree: &Value) -> Option<Self> {
        if tree.get("openapi").is_some_and(Value::is_string) {
            return Some(Root);
        }
        let is_2_0 = match tree.get("swagger")? {
            Value::String(version) => version == "2" || version == "2.0" || version.starts_with("2.0."),
            version => version.as_f64() == Some(2.0),
        };
        is_2_0.then_some(Swagger)
    }

    /// Returns the kinds of objects that can be components of a document with this root.
    pub(crate) fn component_kinds(self) -> &'static [Self] {
        match self {
            Swagger => &[SwaggerSchema, SwaggerResponse, SwaggerParameter, SwaggerSecurityScheme],
            _ => &[Schema, Response, Parameter, Example, RequestBody, Header, SecurityScheme],
        }
    }

    /// Returns whether it is an object of Swagger 2.0 that differs in OpenAPI 3.
    pub(crate) fn is_swagger(self) -> bool {
        matches!(
            self,
            Swagger
                | SwaggerPaths
                | SwaggerPathItem
                | SwaggerOperation
                | SwaggerParameter
                | SwaggerItems
                | SwaggerRequestBody
                | SwaggerMediaType
                | SwaggerResponses
                | SwaggerResponse
                | SwaggerHeader
                | SwaggerSchema
                | SwaggerSecurityScheme
        )
    }

    /// Returns whether it is a Schema Object, of OpenAPI or of Swagger 2.0.
    pub(crate) fn is_schema(self) -> bool {
        matches!(self, Schema | SwaggerSchema)
    }

    /// Returns whether an object without a required key still has a meaning. Any other such object is left out.
    pub(crate) fn may_lack_keys(self) -> bool {
        !matches!(self, Parameter | Tag | Server | Discriminator)
    }
}
