//! A schema where it is used.

use serde_json::Value;

use crate::ir::constraint::Constraint;
use crate::ir::ty::Type;

/// The type of a schema where it is used, with the keywords that apply to the use.
pub(in crate::lower) struct Use {
    pub(in crate::lower) ty: Type,
    pub(in crate::lower) nullable: bool,
    pub(in crate::lower) read_only: bool,
    pub(in crate::lower) write_only: bool,
    pub(in crate::lower) lenient: bool,
    pub(in crate::lower) docs: String,
    pub(in crate::lower) constraints: Vec<Constraint>,
    pub(in crate::lower) deprecated: bool,
    pub(in crate::lower) default: Option<Value>,
    /// The name of its field by `x-rust-name`.
    pub(in crate::lower) name: Option<String>,
}

impl Use {
    pub(in crate::lower) fn of(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
            read_only: false,
            write_only: false,
            lenient: false,
            docs: String::new(),
            constraints: Vec::new(),
            deprecated: false,
            default: None,
            name: None,
        }
    }

    /// Adds the annotations of a schema that applies, too.
    pub(in crate::lower) fn annotate(&mut self, own: Self) {
        self.read_only |= own.read_only;
        self.write_only |= own.write_only;
        self.lenient |= own.lenient;
        self.deprecated |= own.deprecated;
        if !own.docs.is_empty() {
            self.docs = own.docs;
        }
        self.default = own.default.or(self.default.take());
        self.name = own.name.or(self.name.take());
    }

    /// Adds what the value has to meet, each constraint once.
    pub(in crate::lower) fn constrain(&mut self, constraints: Vec<Constraint>) {
        for constraint in constraints {
            if !self.constraints.contains(&constraint) {
                self.constraints.push(constraint);
            }
        }
    }

    /// The type of an array's items or of an object's values.
    pub(in crate::lower) fn element(self) -> Type {
        if self.nullable && !self.ty.has_null() { Type::Nullable(Box::new(self.ty)) } else { self.ty }
    }
}
