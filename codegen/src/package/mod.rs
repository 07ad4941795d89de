//! Assembles a crate around the emitted files: manifest, README and root, merged with the user's files.
//!
//! The caller passes the existing files as text and gets the new ones. This module does no I/O, and no text of the
//! description becomes a part of a path.

mod assemble;
mod crates;
mod dependencies;
mod example;
mod manifest;
mod name;
mod readme;
mod root;
mod webhooks;

pub use self::assemble::{assemble, is_known};
pub use self::crates::{AssembledCrate, EMITTED, ExistingFiles, Package, RUNTIME, RUNTIME_VERSION, Runtime};
pub use self::manifest::ManifestError;
pub use self::name::{InvalidName, PackageName};
pub use self::readme::{LIMITS, RECIPES, has_one_mark};
