//! The contenders of `cargo xtask bench` for decoding and exporting: the client and other libraries.
//!
//! The programs in `src/bin` print JSON for `xtask`. The contenders in other languages are in `contenders/`. No other
//! package depends on this one, so its dependencies don't affect them.

mod contenders;
mod cpu_time;
mod exit_code;
pub mod reqwest_export;
mod structs;

pub use crate::contenders::{Contender, contenders};
pub use crate::cpu_time::cpu_time;
pub use crate::exit_code::exit_code;
pub use crate::structs::{FlattenedPage, Page};
