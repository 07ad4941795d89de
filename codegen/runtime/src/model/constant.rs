//! The values of enums.

use super::node::{Decode, View};

/// A type whose values an enum can list.
pub trait Constant: Decode {
    /// A value in emitted code: JSON text, or a literal of the type.
    type Literal;
    /// The name of such a value, for messages.
    const EXPECTED: &'static str;

    /// Returns the value of a literal.
    fn of(literal: Self::Literal) -> Self;
    /// Returns whether this is the value of a literal. Numbers are compared as numbers.
    fn is(&self, literal: Self::Literal) -> bool;
    /// Returns the view of a literal.
    fn view(literal: Self::Literal) -> View<'static>;
}
