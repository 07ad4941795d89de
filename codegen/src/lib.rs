//! Generates the source of a typed Rust client from an OpenAPI description and its overlays.
//!
//! The library does no I/O: the caller passes the sources in and writes the emitted files. [`generate`] runs the
//! entire pipeline, [`generate_with`] takes [`Options`], [`build_script`] is for build scripts, and [`package`]
//! assembles a crate from the emitted files. The command `clientwright` is built on this library.
//!
//! The stages of the pipeline, and the types that they return:
//!
//! 1. `read` parses the sources into one tree that records the location of each node. It applies overlays (`Patched`),
//!    moves the targets of references to components (`Bundled`), and removes operations without the selected tags
//!    (`Filtered`).
//! 2. `normalize` rewrites Swagger 2.0 and OpenAPI 3.1 and 3.2 as 3.0 and checks keys and types (`Normalized`). It then deserializes
//!    the tree into the types of the `openapiv3` crate (`TypedDocument`).
//! 3. `lower` makes all decisions about names and types. The result is [`ir::Api`].
//! 4. `render` writes the code for the [`ir`], item by item ([`GeneratedFile`]).
//! 5. [`package`] adds the other files of a crate.
//!
//! `base` and `grammar` are shared by all stages and depend on none. `review` compares and checks the results.

/// Compiles the examples in the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

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

pub use crate::base::customizations::{Customizations, ListSetting, SettingLocation, TypeSetting};
pub use crate::base::diagnostic::{Diagnostic, Diagnostics, Location, NodeLocation, Severity};
pub use crate::base::generated::GeneratedFile;
pub use crate::base::mode::Mode;
pub use crate::base::name_overrides::{NameOverride, NameOverrides};
pub use crate::base::options::{FileLoader, Layout, Options};
pub use crate::base::pointer::Pointer;
pub use crate::base::snippet::Snippet;
pub use crate::base::timings::Timings;
pub use crate::base::{diagnostic, name, parallel, pointer};
pub use crate::output::generator_output::Output;
pub use crate::pipeline::{generate, generate_with};
pub use crate::read::slice::slice;
pub use crate::read::tree::file::Source;
pub use crate::read::tree::source_lines::{OverlayAction, SourceLines};
pub use crate::review::audit::evidence::Unaccounted;
pub use crate::review::audit::unaccounted::unaccounted;
pub use crate::review::examples::{Example, examples};
pub use crate::review::removal::{Removals, StandardKey, effective_keys, removals};
pub use crate::review::surface::surface;
pub use crate::review::{diff, update};
pub use crate::script::{BuildScript, build_script};
