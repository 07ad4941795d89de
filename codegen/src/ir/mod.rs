//! The API as plain data: what will be emitted, in the field's own terms and free of any library's types.

mod extension;
mod request;

use std::fmt;

use serde_json::Value;

pub use self::extension::{Page, Pagination, Pending, RateLimit};
pub use self::request::{
    AnswerHeader, Body, BodyKind, ByStatus, Location, Method, Parameter, Reading, Shape, Style,
};
use crate::name::{RustName, WireName};
use crate::pointer::Pointer;

/// Everything that becomes code.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// The document's title.
    pub title: String,
    /// Endpoints, grouped by tag.
    pub modules: Vec<Module>,
    /// Models, enums, unions and aliases, in the order of their files.
    pub types: Vec<TypeDef>,
    /// What the document has and the crate doesn't.
    pub skipped: Vec<Skipped>,
}

impl Api {
    /// All operations, module by module.
    pub fn operations(&self) -> impl Iterator<Item = (&Module, &Operation)> {
        self.modules
            .iter()
            .flat_map(|module| module.operations.iter().map(move |operation| (module, operation)))
    }
}

/// A part of the document that is not in the crate, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// What was left out.
    pub pointer: Pointer,
    /// Why.
    pub reason: String,
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
    /// What successes hold, where they are not alike: the answer is then any JSON, or bytes.
    pub successes: Vec<ByStatus>,
    /// What the bodies of refusals hold.
    pub refusals: Vec<ByStatus>,
    /// Headers of a success.
    pub answer_headers: Vec<AnswerHeader>,
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
    /// Parameters that the function takes as arguments.
    pub fn required(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| parameter.required)
    }

    /// Parameters that the builder has setters for.
    pub fn optional(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| !parameter.required)
    }
}

/// A Rust type, as far as the wire knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `bool`
    Bool,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `f64`
    F64,
    /// A number kept exactly as sent.
    Number,
    /// `String`
    String,
    /// An instant as RFC 3339 text.
    Timestamp,
    /// An instant as whole seconds.
    UnixSeconds,
    /// An instant as whole microseconds.
    UnixMicros,
    /// Any JSON value.
    Any,
    /// Bytes, outside of JSON.
    Bytes,
    /// An object with any keys.
    Free,
    /// A list.
    List(Box<Type>),
    /// An object used as a map.
    Map(Box<Type>),
    /// Null or a value, where an element or a map's value may be null.
    Nullable(Box<Type>),
    /// A value on the heap, where a type would contain itself.
    Boxed(Box<Type>),
    /// A type of [`Api::types`].
    Named(RustName),
}

impl Type {
    /// The named types that a value of this type holds without a list or map between.
    #[must_use]
    pub fn inline_name(&self) -> Option<&RustName> {
        match self {
            Self::Named(name) => Some(name),
            Self::Nullable(inner) => inner.inline_name(),
            _ => None,
        }
    }

    /// The named type at the bottom, through lists, maps and boxes.
    #[must_use]
    pub fn name(&self) -> Option<&RustName> {
        match self {
            Self::Named(name) => Some(name),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => inner.name(),
            _ => None,
        }
    }
}

/// As it reads in Rust.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool => f.write_str("bool"),
            Self::I32 => f.write_str("i32"),
            Self::I64 => f.write_str("i64"),
            Self::F64 => f.write_str("f64"),
            Self::Number => f.write_str("Number"),
            Self::String => f.write_str("String"),
            Self::Timestamp => f.write_str("Timestamp"),
            Self::UnixSeconds => f.write_str("UnixSeconds"),
            Self::UnixMicros => f.write_str("UnixMicros"),
            Self::Any => f.write_str("Value"),
            Self::Bytes => f.write_str("Vec<u8>"),
            Self::Free => f.write_str("Map<String, Value>"),
            Self::List(inner) => write!(f, "Vec<{inner}>"),
            Self::Map(inner) => write!(f, "BTreeMap<String, {inner}>"),
            Self::Nullable(inner) => write!(f, "Option<{inner}>"),
            Self::Boxed(inner) => write!(f, "Box<{inner}>"),
            Self::Named(name) => write!(f, "{name}"),
        }
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
}

impl TypeDef {
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
        match (field.required, field.nullable) {
            // A number that is kept as sent has no value to start from, nor has a type that contains itself.
            (true, false) if !matches!(field.ty, Type::Number | Type::Boxed(_)) => Presence::Always,
            (false, true) if self.is_literal() => Presence::Maybe,
            _ => Presence::Option,
        }
    }

    /// Whether the key of one of its fields must be there, null or not.
    #[must_use]
    pub fn demands(&self, field: &Field) -> bool {
        field.required && (!field.nullable || self.is_literal())
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

/// A struct's field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Key on the wire.
    pub wire: WireName,
    /// Name of the field.
    pub name: RustName,
    /// Type without regard to absence.
    pub ty: Type,
    /// Whether the key must be there.
    pub required: bool,
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
