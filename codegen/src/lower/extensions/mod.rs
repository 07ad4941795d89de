//! Extensions of operations, checked against what the operation declares.

pub(super) mod event_source;
pub(super) mod extension;
pub(super) mod known_names;
pub(super) mod paging;
pub(super) mod pending;
pub(super) mod signature;
