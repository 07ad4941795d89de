//! What `cargo xtask bench` measures of decoding and exporting: the client, and what else there is.
//!
//! The programs in `src/bin` print JSON for `xtask`; `contenders/` has those in other languages. Nothing else in
//! the workspace needs this package, so that what it depends on stays out of the rest.

pub mod bare;
mod clock;
mod contenders;
mod minimal;

pub use crate::clock::cpu_time;
pub use crate::contenders::{Contender, contenders};
pub use crate::minimal::{FlattenedPage, Page};
