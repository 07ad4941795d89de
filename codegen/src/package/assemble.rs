//! Assembles the files of a crate.

use super::crates::{AssembledCrate, ExistingFiles, Package};
use super::manifest::{self, ManifestError};
use super::{readme, root};
use crate::base::generated::GeneratedFile;
use crate::output::generator_output::Output;

/// Returns whether [`assemble`] wrote or extended a manifest.
#[must_use]
pub fn is_known(manifest: &str) -> bool {
    manifest::is_known(manifest)
}

/// Returns all files of the crate.
///
/// # Errors
///
/// Returns an error if the existing manifest isn't valid TOML, or if a key that should be a table isn't one.
pub fn assemble(
    package: &Package,
    output: &Output,
    existing: &ExistingFiles,
) -> Result<AssembledCrate, ManifestError> {
    let (name, manifest) = manifest::manifest(package, output, existing.manifest.as_deref())?;
    let missing_crates = manifest::missing_crates(&manifest, output);
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
    Ok(AssembledCrate { emitted: emitted.collect(), shared, name, missing_crates })
}
