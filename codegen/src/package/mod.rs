//! A whole crate around the emitted files: what cargo and readers need, and what of it is the user's.
//!
//! Everything is made from texts that the caller hands in, and comes back as files; nothing is read or written
//! here, and no text of the description ever becomes a part of a path.

mod example;
mod manifest;
mod name;
mod readme;
mod root;

pub(crate) use self::example::qualified;
pub use self::manifest::ManifestError;
pub use self::name::{InvalidName, PackageName};
use crate::{GeneratedFile, Output};

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

/// Whether a manifest is one that [`assemble`] has made or added to.
#[must_use]
pub fn is_known(manifest: &str) -> bool {
    manifest::is_known(manifest)
}

/// All files of the crate.
///
/// # Errors
///
/// If the manifest that is there can't be read, or has something else where its own tables belong.
pub fn assemble(package: &Package, output: &Output, existing: &Existing) -> Result<Assembled, ManifestError> {
    let (name, manifest) = manifest::manifest(package, output, existing.manifest.as_deref())?;
    let emitted = output.files.iter();
    let emitted =
        emitted.map(|file| GeneratedFile { path: format!("src/{}", file.path), text: file.text.clone() });
    let mut shared = vec![GeneratedFile { path: "Cargo.toml".to_owned(), text: manifest }];
    let facts = readme::Facts { name: &name, origin: &package.origin, runtime: &package.runtime };
    if let Some(text) = readme::merged(&facts, output, existing.readme.as_deref()) {
        shared.push(GeneratedFile { path: "README.md".to_owned(), text });
    }
    if existing.root.is_none() {
        shared.push(GeneratedFile { path: "src/lib.rs".to_owned(), text: root::root(output) });
    }
    Ok(Assembled { emitted: emitted.collect(), shared, name })
}
