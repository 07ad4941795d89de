//! The keys of each kind of object, and the types of their values.

use super::fields;
use super::object_kind::ObjectKind;
use super::object_kind::ObjectKind::{
    Callback, ClientExtension, Components, Discriminator, ErrorHint, Example, Header, Info, MediaType,
    Operation, Pagination, Parameter, PathItem, Paths, Pending, RateLimit, RequestBody, Response, Responses,
    Root, Schema, SecurityScheme, Server, ServerVariable, Tag,
};
use super::value_kind::Fields;
use super::value_kind::ValueKind::{self, Any, Boolean, Map, Object, String, Strings};

impl ObjectKind {
    /// Returns the keys that no later stage uses after their values have been checked.
    pub(crate) fn unused_keys(self) -> &'static [&'static str] {
        match self {
            Root | Tag | Operation => &["externalDocs"],
            Info => &["contact", "license"],
            Parameter | Header | MediaType => &["example", "examples"],
            Components => &["examples", "links", "callbacks", "pathItems", "mediaTypes"],
            Response => &["links"],
            Schema => fields::CONSTRAINTS_AND_ANNOTATIONS,
            _ => &[],
        }
    }

    /// Returns the type of the values under arbitrary keys. `None` if all keys are fixed.
    pub(crate) fn patterned_field(self) -> Option<ValueKind> {
        match self {
            Paths | Callback => Some(Object(PathItem)),
            Responses => Some(Object(Response)),
            _ => None,
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
            Paths | Callback | Responses => &[],
            Response => fields::RESPONSE,
            Header => fields::HEADER,
            Example => fields::EXAMPLE,
            Components => fields::COMPONENTS,
            SecurityScheme => fields::SECURITY_SCHEME,
            Schema => fields::SCHEMA,
            Discriminator => &[("propertyName", String), ("mapping", Any), ("defaultMapping", String)],
            Pagination => fields::PAGINATION,
            RateLimit => fields::RATE_LIMIT,
            Pending => fields::PENDING,
            ClientExtension => fields::CLIENT_EXTENSION,
            ErrorHint => fields::ERROR_HINT,
        }
    }
}
