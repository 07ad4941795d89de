//! Checks values against the constraints of their schemas.
//!
//! `limits` reads the constraints, which emitted code has as JSON; `check` compares values with them, `pattern` with
//! regular expressions, `number` numbers. `violation` is what doesn't match.

mod check;
mod limits;
mod number;
mod pattern;
mod violation;

pub use self::check::Validate;
pub(crate) use self::check::violations_of;
pub use self::violation::{Violation, Violations};
