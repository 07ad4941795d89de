//! The API as plain data: what will be emitted, in the field's own terms and free of any library's types.

pub(crate) mod access;
pub(crate) mod api;
pub(crate) mod extension;
pub(crate) mod request;
pub(crate) mod ty;

pub use self::access::{
    Access, ClientFacts, ErrorHint, Requirement, SchemeKind, SecurityScheme, Server, ServerVariable,
    VariableSetter,
};
pub use self::api::{
    Api, Direction, Field, Module, Operation, Presence, TypeDef, TypeShape, UnionVariant, Variant,
};
pub use self::extension::{Page, Pagination, Pending, RateLimit};
pub use self::request::{
    AnswerHeader, Body, BodyKind, ByStatus, Location, Method, Parameter, Reading, Shape, Style,
};
pub use self::ty::Type;
pub use crate::base::skipped::Skipped;
