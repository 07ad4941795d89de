//! The intermediate representation of the emitted API: plain data without the types of other libraries.

pub(crate) mod access;
pub(crate) mod api;
pub(crate) mod constraint;
pub(crate) mod custom;
pub(crate) mod extension;
pub(crate) mod naming;
pub(crate) mod request;
pub(crate) mod ty;
mod variant;
pub(crate) mod webhook;

pub use self::access::{
    ApiAccess, ClientExtension, ErrorHint, Requirement, SchemeFact, SchemeKind, SecurityScheme, Server,
    ServerVariable, VariableSetter,
};
pub use self::api::{
    Api, Direction, EventUnion, Field, Module, Operation, Presence, StatusVariant, TypeDef, TypeKind,
    UnionVariant, Variant, Webhooks,
};
pub use self::constraint::{Constraint, Scope};
pub use self::custom::{CustomConversion, CustomType};
pub use self::extension::{Page, Pagination, Pending, RateLimit};
pub use self::naming::{NamePattern, NamePatternKind};
pub use self::request::{
    Body, BodyKind, DeclaredResponse, Method, Parameter, ParameterLocation, ResponseBody, ResponseFormat,
    ResponseHeader, Style, StyleKind,
};
pub use self::ty::{Tuple, TupleItem, Type};
pub use self::webhook::{
    BytesEncoding, Callback, Incoming, IncomingBody, IncomingFormat, IncomingParameter, Selection, Signature,
};
pub use crate::base::skipped::Skipped;
