//! The API: its modules, operations and named types.

use std::collections::BTreeSet;

use serde_json::Value;

use super::access::{ApiAccess, Requirement, Server};
use super::constraint::Constraint;
use super::custom::{CustomType, krate};
use super::extension::{Page, Pagination, Pending, RateLimit};
use super::naming::NamePattern;
use super::request::{
    Body, DeclaredResponse, Method, Parameter, ResponseBody, ResponseFormat, ResponseHeader,
};
use super::ty::Type;
pub use super::variant::{StatusVariant, UnionVariant, Variant};
use super::webhook::{Incoming, Selection, Signature};
use crate::base::name::{RustName, WireName};
use crate::base::pointer::Pointer;
use crate::base::skipped::Skipped;

/// The API: everything that is emitted as code.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// The title, from `info`.
    pub title: String,
    /// The version of the API, from `info`.
    pub version: String,
    /// The description, from `info`.
    pub docs: String,
    /// The servers and security schemes.
    pub access: ApiAccess,
    /// The operations, grouped by tag.
    pub modules: Vec<Module>,
    /// The requests that the server sends.
    pub webhooks: Webhooks,
    /// The models, enums, unions and aliases, sorted by file.
    pub types: Vec<TypeDef>,
    /// Patterns that were removed from the document's names.
    pub patterns: Vec<NamePattern>,
    /// The parts of the document that are not emitted.
    pub skipped: Vec<Skipped>,
    /// The schemas whose constraints the docs state.
    pub documented: BTreeSet<Pointer>,
    /// Whether requests are checked against constraints before they are sent.
    pub is_validated: bool,
}

impl Api {
    /// Returns whether an operation declares `x-pagination` or `x-pending`.
    #[must_use]
    pub fn is_paged(&self) -> bool {
        self.operations()
            .any(|(_, operation)| !operation.pagination.is_empty() || operation.pending.is_some())
    }

    /// Returns the types that the user gives schemas.
    #[must_use]
    pub fn customs(&self) -> Vec<&CustomType> {
        let of_operations = self.operations().flat_map(|(_, operation)| operation.types());
        let of_types = self.types.iter().flat_map(|def| def.kind.types());
        of_operations.chain(of_types).flat_map(Type::customs).collect()
    }

    /// Returns the crates, apart from the runtime, that emitted code uses. A crate may occur several times.
    #[must_use]
    pub fn crates(&self) -> Vec<&str> {
        let customs = self.customs().into_iter();
        let of_types =
            customs.flat_map(|custom| custom.krate().into_iter().chain(custom.krate_of_conversion()));
        let derives = self.types.iter().flat_map(|def| &def.derives);
        of_types.chain(derives.filter_map(|path| krate(path))).collect()
    }

    /// Returns all operations with their modules.
    pub fn operations(&self) -> impl Iterator<Item = (&Module, &Operation)> {
        self.modules
            .iter()
            .flat_map(|module| module.operations.iter().map(move |operation| (module, operation)))
    }
}

/// The webhooks and callbacks of a document.
#[derive(Clone, Debug, Default)]
pub struct Webhooks {
    /// Name of the Rust module, and of its file. `None` if there are no webhooks and callbacks.
    pub module: Option<RustName>,
    /// The webhooks, then the callbacks, in the order of the document.
    pub requests: Vec<Incoming>,
    /// The union of all webhooks, if there are several.
    pub event: Option<EventUnion>,
    /// How the requests are signed, as the document declares by `x-webhook-signature`.
    pub signature: Option<Signature>,
}

impl Webhooks {
    /// Returns the types of all bodies.
    pub(crate) fn types(&self) -> impl Iterator<Item = &Type> {
        self.requests.iter().filter_map(|request| Some(&request.body.as_ref()?.ty))
    }

    /// Returns what the docs state about values.
    pub(crate) fn constraints(&self) -> impl Iterator<Item = &Constraint> {
        let bodies = self.requests.iter().filter_map(|request| request.body.as_ref());
        let parameters = self.requests.iter().flat_map(|request| &request.parameters);
        bodies
            .flat_map(|body| &body.constraints)
            .chain(parameters.flat_map(|parameter| &parameter.constraints))
    }
}

/// The union of all webhooks.
#[derive(Clone, Debug)]
pub struct EventUnion {
    /// The enum.
    pub def: TypeDef,
    /// The requests of each variant, by their positions in [`Webhooks::requests`].
    pub members: Vec<Vec<usize>>,
    /// Whether events that the property or the header doesn't select are unknown, although their shape may match.
    pub is_listed: bool,
    /// Whether a webhook is a form.
    pub has_forms: bool,
    /// The variants that a header selects, before the body is read.
    pub selections: Vec<Selection>,
}

/// The operations of one tag.
#[derive(Clone, Debug)]
pub struct Module {
    /// Name of the Rust module.
    pub name: RustName,
    /// Name of the file, without extension.
    pub file: String,
    /// The tag as the document spells it.
    pub tag: String,
    /// The description of the tag.
    pub docs: String,
    /// The operations, in the order of the document.
    pub operations: Vec<Operation>,
}

/// An operation, which becomes one endpoint function.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The `operationId`, or a name derived from method and path if there is none.
    pub id: String,
    /// Name of the function.
    pub name: RustName,
    /// Name of the builder type. `None` if there are no optional parameters.
    pub builder: Option<RustName>,
    /// Name of the static that describes the operation.
    pub constant: RustName,
    /// The HTTP method.
    pub method: Method,
    /// The path template.
    pub path: String,
    /// JSON pointer to the operation.
    pub pointer: Pointer,
    /// JSON pointer to the operation as the description is written. It differs for path templates that are interpreted
    /// as other ones.
    pub written: Pointer,
    /// Whether a pattern of the id was removed from the name.
    pub is_shortened: bool,
    /// The summary and description.
    pub docs: String,
    /// Roles, as declared by `x-allowed-for`.
    pub allowed_for: Vec<String>,
    /// Whether the operation is deprecated.
    pub deprecated: bool,
    /// The parameters, in the order of the document.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The type of a successful response. `None` if it has no content.
    pub response: Option<Type>,
    /// How the body of a successful response is decoded.
    pub response_format: ResponseFormat,
    /// The status codes for which the response has no content, if it has content otherwise.
    pub empty_statuses: Vec<String>,
    /// The value of the `Accept` header field, if it is not the one for JSON.
    pub accept: Option<String>,
    /// All media types of successful responses, as the document spells them; the usual one first.
    pub media_types: Vec<String>,
    /// The redirects that are responses: status codes, or a range.
    pub redirects: Vec<String>,
    /// The bodies of successful responses, if they differ. The response is then an enum.
    pub success_responses: Vec<ResponseBody>,
    /// The bodies of error responses.
    pub error_responses: Vec<ResponseBody>,
    /// The type of error responses, if they differ by status code.
    pub error_type: Option<Type>,
    /// Header fields of a successful response.
    pub response_headers: Vec<ResponseHeader>,
    /// All declared responses.
    pub responses: Vec<DeclaredResponse>,
    /// The operation's servers. Empty if those of the API apply.
    pub servers: Vec<Server>,
    /// The operation's security requirements. `None` if those of the API apply; an empty list means no credentials.
    pub security: Option<Vec<Requirement>>,
    /// The scopes that security requirements name.
    pub scopes: Vec<String>,
    /// The pagination styles, as declared by `x-pagination`.
    pub pagination: Vec<Pagination>,
    /// The rate limit, as declared by `x-rate-limit`.
    pub rate_limit: Option<RateLimit>,
    /// How the response shows that background work is not finished, as declared by `x-pending`.
    pub pending: Option<Pending>,
    /// How the response is read as a stream, if the function returns its items.
    pub streaming: Option<Streaming>,
    /// Name of the function that returns the items of the stream, if this one returns other content.
    pub stream_function: Option<RustName>,
    /// Groups of parameters of which exactly one must be sent.
    pub exactly_one_of: Vec<Vec<String>>,
    /// Groups of parameters of which at most one may be sent.
    pub at_most_one_of: Vec<Vec<String>>,
}

impl Operation {
    /// Returns what the docs of the function state about values.
    pub(crate) fn constraints(&self) -> impl Iterator<Item = &Constraint> {
        let parameters = self.parameters.iter().flat_map(|parameter| &parameter.constraints);
        let body = self.body.iter().flat_map(|body| &body.constraints);
        let responses = self.responses.iter().flat_map(|response| &response.constraints);
        let headers = self.response_headers.iter().flat_map(|header| &header.constraints);
        parameters.chain(body).chain(responses).chain(headers)
    }

    /// Returns the types of all parameters and bodies.
    pub(crate) fn types(&self) -> impl Iterator<Item = &Type> {
        let sent = self.parameters.iter().map(|parameter| &parameter.ty);
        let sent = sent.chain(self.body.as_ref().map(|body| &body.ty));
        let by_status = self.success_responses.iter().chain(&self.error_responses).map(|body| &body.ty);
        let headers = self.response_headers.iter().map(|header| &header.ty);
        sent.chain(&self.response).chain(by_status).chain(&self.error_type).chain(headers)
    }

    /// Returns the media types of successful responses that the function doesn't accept by default.
    pub(crate) fn other_media_types(&self) -> Vec<&str> {
        let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_lowercase();
        let accepted: Vec<_> = match &self.accept {
            Some(accept) => accept.split(',').map(essence).collect(),
            None => vec!["application/json".to_owned(), "*/*".to_owned(), "*".to_owned()],
        };
        let is_stream =
            |media_type: &str| self.stream_function.is_some() && essence(media_type) == "text/event-stream";
        let others = self
            .media_types
            .iter()
            .filter(|media_type| !accepted.contains(&essence(media_type)) && !is_stream(media_type));
        others.map(String::as_str).collect()
    }

    /// Returns the required parameters, which are arguments of the function.
    pub fn required(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| parameter.required)
    }

    /// Returns the optional parameters, which have setters in the builder.
    pub fn optional(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| !parameter.required)
    }
}

/// How the response of an operation is read as a stream, as declared by `x-stream`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Streaming {
    /// The data of items that end the stream.
    pub end: Vec<String>,
    /// The boolean property of the JSON body that asks for the stream.
    pub property: Option<String>,
    /// Whether the stream goes on after the end of a response.
    pub reconnects: bool,
    /// Whether an item is a whole event, not only its data.
    pub has_whole_events: bool,
}

/// Whether values of a type are sent, received or both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// No operation uses the type.
    #[default]
    Unused,
    /// Only in requests: the caller constructs the values.
    Request,
    /// Only in responses: the server sends the values.
    Response,
    /// In requests and responses.
    Both,
}

/// How the type of a field represents a missing value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// The field always has a value.
    Always,
    /// `Option`: absent and null are the same.
    Option,
    /// `Maybe`: absent and null are distinguished.
    Maybe,
}

/// A named type.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Name of the type.
    pub name: RustName,
    /// Name of the file, without extension: that of the component that the type belongs to.
    pub file: String,
    /// JSON pointer to the schema, in the description as OpenAPI 3.
    pub pointer: Pointer,
    /// JSON pointer to the schema as the description is written. It differs for Swagger 2.0.
    pub written: Pointer,
    /// The title and description.
    pub docs: String,
    /// What its values have to meet beyond the type.
    pub constraints: Vec<Constraint>,
    /// Whether values are sent, received or both.
    pub direction: Direction,
    /// The kind of the type, with its fields or variants.
    pub kind: TypeKind,
    /// Whether the document allows properties that it doesn't declare.
    pub additional: bool,
    /// Whether the type implements `Default`.
    pub has_default: bool,
    /// What the client checks before it sends values, by the positions of fields, as JSON that the runtime reads.
    pub limits: Vec<(u16, String)>,
    /// Traits to derive beside the usual ones, as paths.
    pub derives: Vec<String>,
    /// Attributes, without `#[` and `]`.
    pub attributes: Vec<String>,
    /// The pagination properties, if the type is a page of records.
    pub page: Option<Page>,
    /// Number of equal inline schemas that share the type.
    pub occurrences: usize,
}

impl TypeDef {
    /// Returns what the docs of the type state about values.
    pub(crate) fn constraints(&self) -> Vec<&Constraint> {
        let mut all: Vec<_> = self.constraints.iter().collect();
        match &self.kind {
            TypeKind::Model(fields) => all.extend(fields.iter().flat_map(|field| &field.constraints)),
            TypeKind::Union { variants, .. } => {
                all.extend(variants.iter().flat_map(|variant| &variant.constraints).flatten());
            }
            TypeKind::OpenEnum { .. } | TypeKind::ByStatus(_) | TypeKind::Alias(_) => {}
        }
        all
    }

    /// Returns whether the schema is a component, so that its name comes from the document.
    #[must_use]
    pub fn is_component(&self) -> bool {
        matches!(self.pointer.tokens(), [folder, kind, _] if folder == "components" && kind == "schemas")
    }

    /// Returns whether callers construct values with a struct literal, so that a new field breaks their code.
    #[must_use]
    pub fn is_literal(&self) -> bool {
        matches!(self.direction, Direction::Request | Direction::Both)
    }

    /// Returns whether values may have properties other than the declared ones.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.direction != Direction::Request || self.additional
    }

    /// Returns how the type of a field represents a missing value.
    #[must_use]
    pub fn presence(&self, field: &Field) -> Presence {
        match (self.requires(field), field.nullable) {
            _ if field.is_map => Presence::Always,
            // Boxed types have no default value to start decoding from.
            (true, false) if !matches!(field.ty, Type::Boxed(_)) => Presence::Always,
            (false, true) if self.is_literal() => Presence::Maybe,
            _ => Presence::Option,
        }
    }

    /// Returns whether the key of the field must be present, with a value or null.
    #[must_use]
    pub fn demands(&self, field: &Field) -> bool {
        self.requires(field) && (!field.nullable || self.is_literal())
    }

    /// Returns whether sending the field without a value is an error, although its type may have none.
    #[must_use]
    pub fn demands_value(&self, field: &Field) -> bool {
        self.requires(field) && !field.nullable && self.presence(field) == Presence::Option
    }

    /// Returns the fields that are arguments of `new`, in the declared order. Empty if the type has no function `new`.
    ///
    /// A struct that callers construct has this function if it has required fields that can't be null, and that may have
    /// several values: these are the arguments.
    #[must_use]
    pub fn constructor(&self) -> Vec<&Field> {
        match &self.kind {
            TypeKind::Model(fields) if self.is_literal() => {
                let is_given =
                    |field: &&Field| self.requires_sent(field) && !field.nullable && !field.constant;
                fields.iter().filter(is_given).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Returns whether the field is required in every direction of the type.
    fn requires(&self, field: &Field) -> bool {
        self.requires_sent(field) && !(field.lax && self.is_received())
    }

    /// Does the same for fields that responses may lack although they are required. Callers don't send read-only fields,
    /// and the server doesn't send write-only ones.
    fn requires_sent(&self, field: &Field) -> bool {
        let is_sent = matches!(self.direction, Direction::Request | Direction::Both);
        field.required && !(field.read_only && is_sent) && !(field.write_only && self.is_received())
    }

    fn is_received(&self) -> bool {
        matches!(self.direction, Direction::Response | Direction::Both)
    }
}

/// The kind of a named type.
#[derive(Clone, Debug)]
pub enum TypeKind {
    /// A struct.
    Model(Vec<Field>),
    /// An enum of known values, with a variant for any other value of the type.
    OpenEnum {
        /// The type of the values: strings, numbers, booleans or any values.
        of: Type,
        /// The known values.
        variants: Vec<Variant>,
    },
    /// An enum of several types.
    Union {
        /// The property that distinguishes the variants. `None` if each variant is tried in turn.
        tag: Option<String>,
        /// The variants.
        variants: Vec<UnionVariant>,
        /// The types that convert into the union as the variant that the value fits. For a string, `&str` does as well.
        sources: Vec<Type>,
    },
    /// An enum whose variant depends on the status code of the response.
    ByStatus(Vec<StatusVariant>),
    /// A type alias.
    Alias(Type),
}

impl TypeKind {
    /// Returns whether it is an enum of one value.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        matches!(self, Self::OpenEnum { variants, .. } if variants.len() == 1)
    }

    /// Returns the types of all fields and variants.
    pub(crate) fn types(&self) -> impl Iterator<Item = &Type> {
        let types: Vec<&Type> = match self {
            Self::Model(fields) => fields.iter().map(|field| &field.ty).collect(),
            Self::Union { variants, .. } => variants.iter().map(|variant| &variant.ty).collect(),
            Self::ByStatus(variants) => variants.iter().filter_map(|variant| variant.ty.as_ref()).collect(),
            Self::Alias(ty) => vec![ty],
            Self::OpenEnum { .. } => Vec::new(),
        };
        types.into_iter()
    }

    /// Returns the types of all fields and variants, mutably.
    pub(crate) fn types_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        let mut types: Vec<&mut Type> = Vec::new();
        match self {
            Self::Model(fields) => types.extend(fields.iter_mut().map(|field| &mut field.ty)),
            Self::Union { variants, .. } => types.extend(variants.iter_mut().map(|variant| &mut variant.ty)),
            Self::ByStatus(variants) => {
                types.extend(variants.iter_mut().filter_map(|variant| variant.ty.as_mut()));
            }
            Self::Alias(ty) => types.push(ty),
            Self::OpenEnum { .. } => {}
        }
        types.into_iter()
    }
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// The JSON key.
    pub wire: WireName,
    /// Name of the field.
    pub name: RustName,
    /// The type of a value that is present.
    pub ty: Type,
    /// Whether the schema requires the property.
    pub required: bool,
    /// Whether responses may lack the property although it is required.
    pub lax: bool,
    /// Whether the property is `readOnly`.
    pub read_only: bool,
    /// Whether the property is `writeOnly`.
    pub write_only: bool,
    /// Whether the value may be null.
    pub nullable: bool,
    /// Whether integers may arrive as strings of digits.
    pub lenient: bool,
    /// The description.
    pub docs: String,
    /// What its value has to meet beyond the type.
    pub constraints: Vec<Constraint>,
    /// Whether the property is deprecated.
    pub deprecated: bool,
    /// The value that the server uses if the property is absent.
    pub default: Option<Value>,
    /// Whether the property has one possible value, which callers don't have to give.
    pub constant: bool,
    /// Attributes, without `#[` and `]`.
    pub attributes: Vec<String>,
    /// Whether the field is the map of additional properties. It comes last, and `wire` is empty.
    pub is_map: bool,
}
