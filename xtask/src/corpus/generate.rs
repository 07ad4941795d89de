//! The hidden command `corpus-crate`: generates the crate of one document, in a separate process.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use clientwright::files::FileError;
use clientwright::generate::{self, Job};
use clientwright::runtime_source::RuntimeSource;
use clientwright::{console, report};

use super::examples;

/// Generates the crate of one document, with this repository's runtime and the versions of its lock file.
#[derive(Args, Debug)]
pub struct GenerateArguments {
    #[arg(long)]
    spec: PathBuf,
    #[arg(long)]
    out: PathBuf,
    #[arg(long)]
    json: PathBuf,
    #[arg(long)]
    name: String,
    #[arg(long)]
    within: PathBuf,
    /// Whether to add a test of the document's examples to the crate.
    #[arg(long)]
    examples: bool,
}

impl GenerateArguments {
    /// Generates the crate.
    ///
    /// # Errors
    ///
    /// Returns the rendered diagnostics if the crate can't be generated.
    pub fn run(self, repository: &Path) -> Result<(), String> {
        let job = Job {
            name: Some(self.name),
            within: Some(self.within),
            runtime: RuntimeSource::Path(repository.join("codegen/runtime")),
            ..Job::new(self.spec, &self.out)
        };
        let result = generate::run(&job, false);
        let contents = result.as_ref().map_or_else(report::of_error, report::of_summary);
        report::write(&self.json, &contents).map_err(|error| error.to_string())?;
        let summary = result.map_err(|failure| console::error(&failure, false))?;
        if self.examples {
            let mut examples = codegen::examples(&summary.output);
            for example in &mut examples {
                example.pointer = summary.output.written(&example.pointer);
            }
            examples::install(&examples, &summary.output.patched, &self.out)
                .map_err(|error| error.to_string())?;
        }
        copy_lock(repository, &self.out).map_err(|error| error.to_string())
    }
}

/// Copies this repository's lock file to a crate that has none, so that it uses the same versions.
///
/// # Errors
///
/// Returns an error if the file can't be written.
pub fn copy_lock(repository: &Path, out: &Path) -> Result<(), FileError> {
    let path = out.join("Cargo.lock");
    if path.exists() {
        return Ok(());
    }
    match fs::copy(repository.join("Cargo.lock"), &path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(FileError::new("write", &path, error)),
        _ => Ok(()),
    }
}
