//! Puts the files of a crate together.

use super::crates::{Assembled, Existing, Package};
use super::manifest::{self, ManifestError};
use super::{readme, root};
use crate::base::generated::GeneratedFile;
use crate::output::run::Output;

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
