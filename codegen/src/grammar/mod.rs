//! Tells what OpenAPI 3.0 to 3.2 allows where. Whoever walks over a description asks here.

mod fields;
pub(crate) mod kind;
pub(crate) mod paths;
pub(crate) mod reference;
mod rules;
pub(crate) mod shape;
pub(crate) mod value;
