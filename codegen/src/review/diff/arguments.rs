//! What an argument takes, as callers see it: a new one may take what the old one took, and more.

use super::compare::Comparison;
use crate::ir::request::{Body, Parameter};
use crate::ir::ty::Type;
use crate::render::argument::Taken;

/// What becomes of values that callers give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// They are taken as before, and no others.
    Same,
    /// They are taken, and others as well.
    Wider,
    /// They are taken, and sent as something else.
    Other,
    /// Some are refused.
    Refused,
}

impl Comparison<'_> {
    pub(super) fn fit(&self, old: &Parameter, new: &Parameter) -> Fit {
        let holds = |holds: bool, fit: Fit| if holds { fit } else { Fit::Refused };
        match (Taken::of(old), Taken::of(new)) {
            (Taken::File, Taken::File) | (Taken::Files, Taken::Files) | (Taken::Text, Taken::Text) => {
                Fit::Same
            }
            // Callers have a `&String` as often as a `&str`: the one becomes a `String`, and nothing else.
            (Taken::Text, Taken::Convertible(new)) => {
                holds(*self.new.resolved(new) == Type::String, Fit::Wider)
            }
            (Taken::Convertible(old), Taken::Convertible(new)) if is_time(self.old.resolved(old)) => {
                let other = holds(is_time(self.new.resolved(new)), Fit::Other);
                if self.same(old, new) { Fit::Same } else { other }
            }
            (Taken::Plain(old), Taken::Plain(new))
            | (Taken::Values(old), Taken::Values(new))
            | (Taken::Convertibles(old), Taken::Convertibles(new))
            | (Taken::Convertible(old), Taken::Convertible(new))
                if self.same(old, new) =>
            {
                Fit::Same
            }
            // Rust makes numbers of truth values, where an alias lets it convert.
            (Taken::Plain(old), Taken::Convertible(new)) | (Taken::Values(old), Taken::Convertibles(new))
                if *self.old.resolved(old) == Type::Bool
                    && matches!(self.new.resolved(new), Type::I64 | Type::F64) =>
            {
                Fit::Other
            }
            (Taken::Plain(old), Taken::Convertible(new)) | (Taken::Values(old), Taken::Convertibles(new)) => {
                holds(self.same(old, new) || self.becomes_value(old, new), Fit::Wider)
            }
            (Taken::Convertible(old), Taken::Convertible(new))
            | (Taken::Convertibles(old), Taken::Convertibles(new)) => {
                holds(self.becomes_value(old, new), Fit::Wider)
            }
            _ => Fit::Refused,
        }
    }

    /// Whether what is taken for the old type can be converted into the new one, which is of any value.
    fn becomes_value(&self, old: &Type, new: &Type) -> bool {
        let is_plain = matches!(self.old.resolved(old), Type::Bool | Type::I64 | Type::F64 | Type::Free);
        is_plain && *self.new.resolved(new) == Type::Any
    }

    /// Whether a body is taken as before: texts and lists are taken without what owns them, unless an alias is in the
    /// way.
    pub(super) fn same_body(&self, old: &Body, new: &Body) -> bool {
        let borrowed = |body: &Body| (body.ty == Type::String, matches!(body.ty, Type::List(_)));
        self.same(&old.ty, &new.ty) && borrowed(old) == borrowed(new)
    }
}

/// Whether it is an instant: each kind is converted into each other one.
fn is_time(ty: &Type) -> bool {
    matches!(ty, Type::Timestamp | Type::UnixSeconds | Type::UnixMicros)
}
