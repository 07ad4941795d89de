//! What a crate is told beside its description, and what it is made of.

use super::name::PackageName;
use crate::base::generated::GeneratedFile;

/// The runtime's package.
pub const RUNTIME: &str = "clientwright-runtime";
/// The version of the runtime that emitted code is written for: this crate's own.
pub const RUNTIME_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The folders of a crate's sources that hold emitted code and nothing else.
pub const EMITTED: [&str; 3] = ["src/api", "src/endpoints", "src/models"];

/// What a crate is told beside its description.
#[derive(Clone, Debug)]
pub struct Package {
    /// Name of the package, where it is not to be that of the manifest, or made from the document's title.
    pub name: Option<PackageName>,
    /// What the description is called in the files: the name of its file.
    pub origin: String,
    /// Where the runtime comes from.
    pub runtime: Runtime,
    /// Whether the crate is the root of a workspace of its own.
    pub own_workspace: bool,
}

/// Where a crate's runtime comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// A folder, as a path from the crate's own, `/` between parts.
    Path(String),
    /// A version of the registry's.
    Version(String),
}

/// The user's files as they are; none where there is no such file yet.
#[derive(Clone, Debug, Default)]
pub struct Existing {
    /// `Cargo.toml`.
    pub manifest: Option<String>,
    /// `README.md`.
    pub readme: Option<String>,
    /// `src/lib.rs`.
    pub root: Option<String>,
}

/// A crate's files.
#[derive(Clone, Debug)]
pub struct Assembled {
    /// Emitted files, sorted by path. They stand in [`EMITTED`], which holds nothing else.
    pub emitted: Vec<GeneratedFile>,
    /// The user's files as they are to be: what is theirs in them stays.
    pub shared: Vec<GeneratedFile>,
    /// Name of the package.
    pub name: String,
}
