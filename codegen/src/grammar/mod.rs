//! The objects of OpenAPI 3.0 to 3.2 and of Swagger 2.0: their keys and the types of their values. All code that
//! traverses a description uses these tables.

pub(crate) mod constraint;
mod fields;
pub(crate) mod json_type;
mod keys;
pub(crate) mod object_kind;
pub(crate) mod parameter;
pub(crate) mod paths;
pub(crate) mod reference;
mod swagger;
pub(crate) mod value_kind;
