//! Schemas: the types of their uses, and the definitions of named types.

pub(super) mod branch_names;
pub(super) mod components;
pub(super) mod discriminator;
pub(super) mod enums;
pub(super) mod family;
pub(super) mod merge;
pub(super) mod schema;
pub(super) mod specificity;
pub(super) mod union;
pub(super) mod used;
