//! The typed document: lookups, references, and what the typed document of OpenAPI 3.0 lacks.

pub(super) mod families;
pub(super) mod lookup;
pub(super) mod newer;
pub(super) mod placeholders;
pub(super) mod reference;
pub(super) mod view;
