//! What a use of a schema says.

use serde_json::Value;

use crate::ir::ty::Type;

/// A schema where it is used: its type, and what the use says beside it.
pub(super) struct Use {
    pub(super) ty: Type,
    pub(super) nullable: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) lenient: bool,
    pub(super) docs: String,
    pub(super) deprecated: bool,
    pub(super) default: Option<Value>,
    /// Name that the use wishes for its field.
    pub(super) name: Option<String>,
}

impl Use {
    pub(super) fn of(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
            read_only: false,
            write_only: false,
            lenient: false,
            docs: String::new(),
            deprecated: false,
            default: None,
            name: None,
        }
    }

    /// The type of a list's element or a map's value.
    pub(super) fn element(self) -> Type {
        if self.nullable && self.ty != Type::Any { Type::Nullable(Box::new(self.ty)) } else { self.ty }
    }
}
