//! Turns an OpenAPI description and its overlays into the source of a typed Rust client.
//!
//! The stages, in their order; data flows one way, and what a stage makes has a type of its name:
//!
//! 1. `read`: texts into one tree that knows where each node stands. Overlays are applied to it
//!    (`Patched`), what references lead to becomes components (`Bundled`), and what wasn't asked for goes
//!    (`Selected`).
//! 2. `normalize`: 3.1 and 3.2 spelled as 3.0, keys and kinds checked (`Normalized`), then read into the document that
//!    the library `openapiv3` types (`Typed`).
//! 3. `lower`: every decision about names and types. What comes out is [`ir::Api`], plain data.
//! 4. `render`: from [`ir`] to files, one item at a time ([`GeneratedFile`]).
//! 5. [`package`]: a whole crate around these files.
//!
//! Below all of them stand `base` and `grammar`, which know no stage; above them `review`, which looks at what
//! came out.
//!
//! Nothing here touches a file system: text comes in, files or diagnostics go out.

mod base;
mod grammar;
pub mod ir;
mod lower;
mod normalize;
mod output;
pub mod package;
mod pipeline;
mod read;
mod render;
mod review;
mod script;

pub use crate::base::diagnostic::{Diagnostic, Place, Report, Severity, Site};
pub use crate::base::excerpt::Excerpt;
pub use crate::base::generated::GeneratedFile;
pub use crate::base::options::{Layout, Mode, Options, Siblings};
pub use crate::base::pointer::Pointer;
pub use crate::base::timings::Timings;
pub use crate::base::{cores, diagnostic, name, pointer};
pub use crate::output::run::Output;
pub use crate::pipeline::{generate, generate_with};
pub use crate::read::slice::slice;
pub use crate::read::tree::file::Source;
pub use crate::read::tree::lines::{Action, Lines};
pub use crate::review::audit::{Unaccounted, unaccounted};
pub use crate::review::examples::{Example, examples};
pub use crate::review::surface::surface;
pub use crate::review::{diff, update};
pub use crate::script::{BuildScript, build_script};
