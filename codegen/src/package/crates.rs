//! The inputs of a crate apart from its description, and the files that it consists of.

use super::name::PackageName;
use crate::base::generated::GeneratedFile;

/// The name of the runtime's package.
pub const RUNTIME: &str = "clientwright-runtime";
/// The version of the runtime that emitted code needs. It is the version of this crate.
pub const RUNTIME_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The folders of a crate that contain emitted code only.
pub const EMITTED: [&str; 3] = ["src/api", "src/endpoints", "src/models"];

/// The inputs of a crate apart from its description.
#[derive(Clone, Debug)]
pub struct Package {
    /// The name of the package. `None` for the name in the manifest, or a name derived from the document's title.
    pub name: Option<PackageName>,
    /// The file name of the description, for use in docs.
    pub origin: String,
    /// The source of the runtime.
    pub runtime: Runtime,
    /// Whether a new crate is the root of its own workspace.
    pub own_workspace: bool,
}

/// The source of a crate's runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// A path relative to the crate's folder, with `/` as separator.
    Path(String),
    /// A version on crates.io.
    Version(String),
}

/// The contents of the user's existing files. `None` if a file doesn't exist.
#[derive(Clone, Debug, Default)]
pub struct ExistingFiles {
    /// `Cargo.toml`.
    pub manifest: Option<String>,
    /// `README.md`.
    pub readme: Option<String>,
    /// `src/lib.rs`.
    pub root: Option<String>,
}

/// A crate's files.
#[derive(Clone, Debug)]
pub struct AssembledCrate {
    /// Emitted files, sorted by path. All are in the folders [`EMITTED`], which contain no other files.
    pub emitted: Vec<GeneratedFile>,
    /// The new contents of the files that the user may edit. The user's parts are kept.
    pub shared: Vec<GeneratedFile>,
    /// The name of the package.
    pub name: String,
    /// The crates that emitted code uses, and that the user has to add to the manifest.
    pub missing_crates: Vec<String>,
}
