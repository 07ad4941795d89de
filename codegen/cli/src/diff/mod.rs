//! `diff`: shows what changed between two descriptions for users of the crate.

mod arguments;
mod changelog;
mod compare;
mod comparison;
mod json;
mod markdown;
mod policy;
mod quote;
mod revision;
mod terminal;

pub use self::arguments::{DiffArguments, RevisionArguments};
pub use self::changelog::changelog;
pub use self::compare::{compare, compare_with_outputs, generate_both, since_commit, version};
pub use self::comparison::Comparison;
pub(crate) use self::comparison::by_kind;
pub use self::json::json;
pub use self::markdown::markdown;
pub use self::policy::policy;
pub use self::revision::{DescriptionFiles, Revision};
pub use self::terminal::{SHOWN, terminal};
