//! The keys of each kind of object, and the types of their values.

use super::object_kind::ObjectKind;
use super::object_kind::ObjectKind::{
    Callback, ClientExtension, Components, Discriminator, Encoding, ErrorHint, Example, Header, Info, Link,
    MediaType, OAuthFlow, OAuthFlows, Operation, Pagination, Parameter, PathItem, Paths, Pending, RateLimit,
    RequestBody, Response, Responses, Root, Schema, Scopes, SecurityRequirement, SecurityScheme, Server,
    ServerVariable, Stream, Swagger, SwaggerHeader, SwaggerItems, SwaggerMediaType, SwaggerOperation,
    SwaggerParameter, SwaggerPathItem, SwaggerPaths, SwaggerRequestBody, SwaggerResponse, SwaggerResponses,
    SwaggerSchema, SwaggerSecurityScheme, Tag, WebhookEvents, WebhookSignature,
};
use super::value_kind::Fields;
use super::value_kind::ValueKind::{self, Any, Boolean, Map, Object, String, Strings};
use super::{fields, swagger};

impl ObjectKind {
    /// Returns the keys that no later stage uses after their values have been checked.
    pub(crate) fn unused_keys(self) -> &'static [&'static str] {
        match self {
            // Bases of references, which are resolved before.
            Root => &["externalDocs", "$self", "jsonSchemaDialect"],
            Tag => &["externalDocs", "summary", "parent", "kind"],
            Operation => &["externalDocs"],
            Info => &["summary", "termsOfService", "contact", "license"],
            Parameter | MediaType => &["example", "examples"],
            Header => &["example", "examples", "allowEmptyValue"],
            Components => &["examples", "links", "callbacks", "pathItems", "mediaTypes"],
            Response => &["links"],
            Schema => fields::SCHEMA_ANNOTATIONS,
            _ => &[],
        }
    }

    /// Returns the keys that limit values in a way that no type expresses. The docs state them.
    pub(crate) fn constraint_keys(self) -> &'static [&'static str] {
        if self == Schema { fields::CONSTRAINTS } else { &[] }
    }

    /// Returns the type of the values under arbitrary keys. `None` if all keys are fixed.
    pub(crate) fn patterned_field(self) -> Option<ValueKind> {
        match self {
            Paths | Callback => Some(Object(PathItem)),
            Responses => Some(Object(Response)),
            SwaggerPaths => Some(Object(SwaggerPathItem)),
            SwaggerResponses => Some(Object(SwaggerResponse)),
            SecurityRequirement => Some(Strings),
            Scopes => Some(String),
            _ => None,
        }
    }

    /// Returns the type of the value under a key. `None` for extensions and unknown keys.
    pub(crate) fn value_kind(self, key: &str) -> Option<ValueKind> {
        match self.fixed_fields().iter().find(|(name, _)| *name == key) {
            Some((_, value_kind)) => Some(*value_kind),
            None if key.starts_with("x-") && self.may_be_extended() => None,
            None => self.patterned_field(),
        }
    }

    /// Returns the fixed keys.
    pub(crate) fn fixed_fields(self) -> Fields {
        match self {
            Root => fields::ROOT,
            Info => fields::INFO,
            Server => &[
                ("url", String),
                ("description", String),
                ("name", String),
                ("variables", Map(ServerVariable)),
            ],
            ServerVariable => &[("enum", Strings), ("default", String), ("description", String)],
            Tag => fields::TAG,
            PathItem => fields::PATH_ITEM,
            Operation => fields::OPERATION,
            Parameter => fields::PARAMETER,
            RequestBody => &[("description", String), ("content", Map(MediaType)), ("required", Boolean)],
            MediaType => fields::MEDIA_TYPE,
            Encoding => fields::ENCODING,
            Paths | Callback | Responses | SwaggerPaths | SwaggerResponses | Scopes | SecurityRequirement => {
                &[]
            }
            Response => fields::RESPONSE,
            Header => fields::HEADER,
            Example => fields::EXAMPLE,
            Link => fields::LINK,
            Components => fields::COMPONENTS,
            SecurityScheme => fields::SECURITY_SCHEME,
            OAuthFlows => fields::OAUTH_FLOWS,
            OAuthFlow => fields::OAUTH_FLOW,
            Schema => fields::SCHEMA,
            Discriminator => &[("propertyName", String), ("mapping", Any), ("defaultMapping", String)],
            Pagination => fields::PAGINATION,
            RateLimit => fields::RATE_LIMIT,
            Pending => fields::PENDING,
            Stream => fields::STREAM,
            WebhookSignature => fields::WEBHOOK_SIGNATURE,
            WebhookEvents => &[("property", String), ("header", String)],
            ClientExtension => fields::CLIENT_EXTENSION,
            ErrorHint => fields::ERROR_HINT,
            Swagger => swagger::ROOT,
            SwaggerPathItem => swagger::PATH_ITEM,
            SwaggerOperation => swagger::OPERATION,
            SwaggerParameter => swagger::PARAMETER,
            SwaggerItems => swagger::ITEMS,
            SwaggerRequestBody => swagger::REQUEST_BODY,
            SwaggerMediaType => swagger::MEDIA_TYPE,
            SwaggerResponse => swagger::RESPONSE,
            SwaggerHeader => swagger::HEADER,
            SwaggerSchema => swagger::SCHEMA,
            SwaggerSecurityScheme => swagger::SECURITY_SCHEME,
        }
    }

    /// Returns the keys of OpenAPI 3 that an object of Swagger 2.0 doesn't have, but that are read in it.
    pub(crate) fn newer_keys(self) -> &'static [&'static str] {
        match self {
            Swagger => swagger::NEWER_IN_ROOT,
            SwaggerPathItem => swagger::NEWER_IN_PATH_ITEM,
            SwaggerOperation => swagger::NEWER_IN_OPERATION,
            SwaggerParameter => swagger::NEWER_IN_PARAMETER,
            SwaggerItems => swagger::NEWER_IN_ITEMS,
            SwaggerResponse => swagger::NEWER_IN_RESPONSE,
            SwaggerHeader => swagger::NEWER_IN_HEADER,
            SwaggerSchema => swagger::NEWER_IN_SCHEMA,
            SwaggerSecurityScheme => swagger::NEWER_IN_SECURITY_SCHEME,
            _ => &[],
        }
    }
}
