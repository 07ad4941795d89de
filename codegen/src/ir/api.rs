//! The API as plain data: what will be emitted, in the field's own terms and free of any library's types.

use serde_json::Value;

use super::access::{Access, Requirement, Server};
use super::extension::{Page, Pagination, Pending, RateLimit};
use super::request::{AnswerHeader, Body, ByStatus, Method, Parameter, Reading};
use super::ty::Type;
use crate::base::name::{RustName, WireName};
use crate::base::pointer::Pointer;
use crate::base::skipped::Skipped;

/// Everything that becomes code.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// The document's title.
    pub title: String,
    /// The version of the API, as the document has it.
    pub version: String,
    /// What the document says of itself.
    pub docs: String,
    /// Servers and security schemes.
    pub access: Access,
    /// Endpoints, grouped by tag.
    pub modules: Vec<Module>,
    /// Models, enums, unions and aliases, in the order of their files.
    pub types: Vec<TypeDef>,
    /// What the document has and the crate doesn't.
    pub skipped: Vec<Skipped>,
}

impl Api {
    /// Whether an operation says how its pages follow each other.
    #[must_use]
    pub fn is_paged(&self) -> bool {
        self.operations()
            .any(|(_, operation)| !operation.pagination.is_empty() || operation.pending.is_some())
    }

    /// All operations, module by module.
    pub fn operations(&self) -> impl Iterator<Item = (&Module, &Operation)> {
        self.modules
            .iter()
            .flat_map(|module| module.operations.iter().map(move |operation| (module, operation)))
    }
}

/// The endpoints of one tag.
#[derive(Clone, Debug)]
pub struct Module {
    /// Name of the Rust module.
    pub name: RustName,
    /// Name of its file, without ending.
    pub file: String,
    /// The tag as the document has it.
    pub tag: String,
    /// What the tag is about.
    pub docs: String,
    /// Its operations, in the document's order.
    pub operations: Vec<Operation>,
}

/// One operation: one endpoint function.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationId` as the document has it; derived from method and path where it has none.
    pub id: String,
    /// Name of the function.
    pub name: RustName,
    /// Name of the builder type, where there are optional parameters.
    pub builder: Option<RustName>,
    /// Name of the static that holds what is fixed about it.
    pub constant: RustName,
    /// HTTP method.
    pub method: Method,
    /// Path template.
    pub path: String,
    /// Where the operation stands.
    pub pointer: Pointer,
    /// Prose.
    pub docs: String,
    /// Roles, as declared by `x-allowed-for`.
    pub allowed_for: Vec<String>,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// Parameters, in the document's order.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// What a success answers with; `None` for an empty body.
    pub response: Option<Type>,
    /// How the answer is read.
    pub reading: Reading,
    /// The media types of the answer, where they are not JSON.
    pub accept: Option<String>,
    /// What successes hold, where they are not alike: the answer is then a choice, any JSON, or bytes.
    pub successes: Vec<ByStatus>,
    /// What the bodies of refusals hold.
    pub refusals: Vec<ByStatus>,
    /// Headers of a success.
    pub answer_headers: Vec<AnswerHeader>,
    /// Servers of its own, in place of the API's.
    pub servers: Vec<Server>,
    /// Security requirements of its own, in place of the API's; no credentials are needed where there are none.
    pub security: Option<Vec<Requirement>>,
    /// Ways to page, as declared by `x-pagination`.
    pub pagination: Vec<Pagination>,
    /// The limit's bucket, as declared by `x-rate-limit`.
    pub rate_limit: Option<RateLimit>,
    /// How the answer shows that background work goes on, as declared by `x-pending`.
    pub pending: Option<Pending>,
    /// Groups of which exactly one parameter must be sent.
    pub exactly_one_of: Vec<Vec<String>>,
    /// Groups of which at most one parameter may be sent.
    pub at_most_one_of: Vec<Vec<String>>,
}

impl Operation {
    /// Everything that it is made of.
    pub(crate) fn types(&self) -> impl Iterator<Item = &Type> {
        let sent = self.parameters.iter().map(|parameter| &parameter.ty);
        let sent = sent.chain(self.body.as_ref().map(|body| &body.ty));
        let by_status = self.successes.iter().chain(&self.refusals).map(|answer| &answer.ty);
        sent.chain(&self.response).chain(by_status)
    }

    /// The same, to be changed.
    pub(crate) fn types_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        let sent = self.parameters.iter_mut().map(|parameter| &mut parameter.ty);
        let sent = sent.chain(self.body.as_mut().map(|body| &mut body.ty));
        let by_status = self.successes.iter_mut().chain(&mut self.refusals).map(|answer| &mut answer.ty);
        sent.chain(&mut self.response).chain(by_status)
    }

    /// Parameters that the function takes as arguments.
    pub fn required(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| parameter.required)
    }

    /// Parameters that the builder has setters for.
    pub fn optional(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| !parameter.required)
    }
}

/// Who makes values of a type: decides how open it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Nothing refers to it.
    #[default]
    Unused,
    /// Only request bodies: the caller builds it.
    Request,
    /// Only answers: the server sends it.
    Response,
    /// Both.
    Both,
}

/// How a field says that it has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It always has one.
    Always,
    /// `Option`: no value.
    Option,
    /// `Maybe`: absent and null are two things.
    Maybe,
}

/// A type with a name, and where it came from.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Its name.
    pub name: RustName,
    /// Name of its file, without ending: that of the component it belongs to.
    pub file: String,
    /// Where its schema stands.
    pub pointer: Pointer,
    /// Prose.
    pub docs: String,
    /// Who makes values of it.
    pub direction: Direction,
    /// What it is.
    pub shape: TypeShape,
    /// Whether the document says that properties beyond the declared ones may be sent.
    pub additional: bool,
    /// What makes it a page, where an operation is paged by it.
    pub page: Option<Page>,
    /// At how many places of the document it is written out.
    pub places: usize,
}

impl TypeDef {
    /// Whether its schema is a component, so that the document gives it a name.
    #[must_use]
    pub fn is_component(&self) -> bool {
        matches!(self.pointer.tokens(), [folder, kind, _] if folder == "components" && kind == "schemas")
    }

    /// Whether callers write it as a literal, so that nothing may be added to it in silence.
    #[must_use]
    pub fn is_literal(&self) -> bool {
        matches!(self.direction, Direction::Request | Direction::Both)
    }

    /// Whether it has room for more than its fields: what the server adds, or what callers may add.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.direction != Direction::Request || self.additional
    }

    /// How one of its fields says that it has no value.
    #[must_use]
    pub fn presence(&self, field: &Field) -> Presence {
        match (self.requires(field), field.nullable) {
            // A number that is kept as sent has no value to start from, nor has a type that contains itself.
            (true, false) if !matches!(field.ty, Type::Number | Type::Boxed(_)) => Presence::Always,
            (false, true) if self.is_literal() => Presence::Maybe,
            _ => Presence::Option,
        }
    }

    /// Whether the key of one of its fields must be there, null or not.
    #[must_use]
    pub fn demands(&self, field: &Field) -> bool {
        self.requires(field) && (!field.nullable || self.is_literal())
    }

    /// Whether the document requires one of its fields of all who make values of the type: callers don't send
    /// what is read-only, nor does the server what is write-only.
    fn requires(&self, field: &Field) -> bool {
        let is_sent = matches!(self.direction, Direction::Request | Direction::Both);
        let is_received = matches!(self.direction, Direction::Response | Direction::Both);
        field.required && !(field.read_only && is_sent) && !(field.write_only && is_received)
    }
}

/// What a named type is.
#[derive(Clone, Debug)]
pub enum TypeShape {
    /// A struct.
    Model(Vec<Field>),
    /// Known texts, and room for others.
    OpenEnum(Vec<Variant>),
    /// One of several types, told apart by a property or by trying.
    Union {
        /// The property that tells.
        tag: Option<String>,
        /// The types.
        variants: Vec<UnionVariant>,
    },
    /// Another name for a type.
    Alias(Type),
}

impl TypeShape {
    /// What it is made of.
    pub(crate) fn types(&self) -> impl Iterator<Item = &Type> {
        let (fields, variants, alias) = match self {
            Self::Model(fields) => (fields.as_slice(), [].as_slice(), None),
            Self::Union { variants, .. } => ([].as_slice(), variants.as_slice(), None),
            Self::Alias(ty) => ([].as_slice(), [].as_slice(), Some(ty)),
            Self::OpenEnum(_) => ([].as_slice(), [].as_slice(), None),
        };
        let variants = variants.iter().map(|variant| &variant.ty);
        fields.iter().map(|field| &field.ty).chain(variants).chain(alias)
    }

    /// The same, to be changed.
    pub(crate) fn types_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        let (fields, variants, alias) = match self {
            Self::Model(fields) => (fields.as_mut_slice(), [].as_mut_slice(), None),
            Self::Union { variants, .. } => ([].as_mut_slice(), variants.as_mut_slice(), None),
            Self::Alias(ty) => ([].as_mut_slice(), [].as_mut_slice(), Some(ty)),
            Self::OpenEnum(_) => ([].as_mut_slice(), [].as_mut_slice(), None),
        };
        let variants = variants.iter_mut().map(|variant| &mut variant.ty);
        fields.iter_mut().map(|field| &mut field.ty).chain(variants).chain(alias)
    }
}

/// A struct's field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Key on the wire.
    pub wire: WireName,
    /// Name of the field.
    pub name: RustName,
    /// Type without regard to absence.
    pub ty: Type,
    /// Whether the document requires it.
    pub required: bool,
    /// Whether only the server sends it.
    pub read_only: bool,
    /// Whether only callers send it.
    pub write_only: bool,
    /// Whether null may stand there.
    pub nullable: bool,
    /// Whether integers may come as strings of digits.
    pub lenient: bool,
    /// Prose.
    pub docs: String,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// What the server takes where the key is absent.
    pub default: Option<Value>,
}

/// A known text of an open enum.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The text.
    pub wire: WireName,
    /// Name of the variant.
    pub name: RustName,
}

/// One type of a union.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Name of the variant.
    pub name: RustName,
    /// The tag's value that announces it.
    pub tag: Option<WireName>,
    /// What it holds.
    pub ty: Type,
}
