//! Compares the values that the old and the new argument of an operation accept.

use super::compare::ApiComparison;
use crate::ir::api::TypeKind;
use crate::ir::request::{Body, Parameter};
use crate::ir::ty::Type;
use crate::render::argument::ArgumentType;

/// How the new parameter accepts values that the old one accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Acceptance {
    /// It accepts the same values.
    Same,
    /// It accepts them, and others.
    Wider,
    /// It accepts them, but sends different data.
    SentDifferently,
    /// It rejects some of them.
    Rejected,
}

impl ApiComparison<'_> {
    pub(super) fn acceptance(&self, old: &Parameter, new: &Parameter) -> Acceptance {
        let accepted_if =
            |condition: bool, accepted: Acceptance| if condition { accepted } else { Acceptance::Rejected };
        match (ArgumentType::of(old), ArgumentType::of(new)) {
            (ArgumentType::File, ArgumentType::File)
            | (ArgumentType::Files, ArgumentType::Files)
            | (ArgumentType::Text, ArgumentType::Text) => Acceptance::Same,
            // Callers may pass a `&String` instead of a `&str`.
            (ArgumentType::Text, ArgumentType::Convertible(new)) => {
                accepted_if(self.takes_strings(new), Acceptance::Wider)
            }
            (ArgumentType::Convertible(old), ArgumentType::Convertible(new))
                if is_time(self.old.resolved(old)) =>
            {
                let other = accepted_if(is_time(self.new.resolved(new)), Acceptance::SentDifferently);
                if self.same(old, new) { Acceptance::Same } else { other }
            }
            (ArgumentType::Plain(old), ArgumentType::Plain(new))
            | (ArgumentType::Values(old), ArgumentType::Values(new))
            | (ArgumentType::Convertibles(old), ArgumentType::Convertibles(new))
            | (ArgumentType::Convertible(old), ArgumentType::Convertible(new))
                if self.same(old, new) =>
            {
                Acceptance::Same
            }
            // Behind an alias the argument is `impl Into<_>`, and a `bool` converts into a number.
            (ArgumentType::Plain(old), ArgumentType::Convertible(new))
            | (ArgumentType::Values(old), ArgumentType::Convertibles(new))
                if *self.old.resolved(old) == Type::Bool
                    && matches!(self.new.resolved(new), Type::I64 | Type::U64 | Type::F64) =>
            {
                Acceptance::SentDifferently
            }
            (ArgumentType::Plain(old), ArgumentType::Convertible(new))
            | (ArgumentType::Values(old), ArgumentType::Convertibles(new)) => {
                accepted_if(self.same(old, new) || self.becomes_value(old, new), Acceptance::Wider)
            }
            (ArgumentType::Convertible(old), ArgumentType::Convertible(new))
            | (ArgumentType::Convertibles(old), ArgumentType::Convertibles(new)) => {
                accepted_if(self.becomes_value(old, new), Acceptance::Wider)
            }
            _ => Acceptance::Rejected,
        }
    }

    /// Returns whether values of the old type convert into the new one, which accepts any JSON value.
    fn becomes_value(&self, old: &Type, new: &Type) -> bool {
        let is_plain =
            matches!(self.old.resolved(old), Type::Bool | Type::I64 | Type::U64 | Type::F64 | Type::Object);
        is_plain && *self.new.resolved(new) == Type::Any
    }

    /// Returns whether every string converts into a type of the new crate.
    fn takes_strings(&self, new: &Type) -> bool {
        match self.new.resolved(new) {
            Type::String => true,
            Type::Named(name) => {
                let def = self.new.types.get(name.as_str());
                def.is_some_and(|def| matches!(def.kind, TypeKind::OpenEnum { of: Type::String, .. }))
            }
            _ => false,
        }
    }

    /// Returns whether a body is passed as before. Strings and arrays are passed as `&str` and slices, except behind an
    /// alias.
    pub(super) fn same_body(&self, old: &Body, new: &Body) -> bool {
        let borrowed = |body: &Body| (body.ty == Type::String, matches!(body.ty, Type::Array(_)));
        self.same(&old.ty, &new.ty) && borrowed(old) == borrowed(new)
    }
}

/// Returns whether a type is a point in time. All of these convert into each other.
fn is_time(ty: &Type) -> bool {
    matches!(ty, Type::Timestamp | Type::UnixSeconds | Type::UnixMicros)
}
