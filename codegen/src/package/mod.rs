//! A whole crate around the emitted files: what cargo and readers need, and what of it is the user's.
//!
//! Everything is made from texts that the caller hands in, and comes back as files; nothing is read or written
//! here, and no text of the description ever becomes a part of a path.

mod assemble;
mod crates;
mod example;
mod manifest;
mod name;
mod readme;
mod root;

pub use self::assemble::{assemble, is_known};
pub use self::crates::{Assembled, EMITTED, Existing, Package, RUNTIME, RUNTIME_VERSION, Runtime};
pub use self::manifest::ManifestError;
pub use self::name::{InvalidName, PackageName};
pub use self::readme::has_one_mark;
