//! The table of named types, and what is done to all of them at the end.

pub(super) mod alias;
pub(super) mod boxing;
pub(super) mod conversion;
pub(super) mod default;
pub(super) mod direction;
pub(super) mod reserved;
pub(super) mod share_enums;
pub(super) mod share_objects;
pub(super) mod shared_type;
pub(super) mod table;
