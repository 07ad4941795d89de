//! The step of a trial that has a process of its own: generating the crate of one document.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use clientwright::config::RuntimeSource;
use clientwright::files::FileError;
use clientwright::generate::{self, Job};
use clientwright::{console, report};

use super::trial;

/// Generates the crate of one document, over this repository's runtime and with its versions of dependencies.
#[derive(Args, Debug)]
pub struct Trial {
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
    /// Puts a test of the document's examples into the crate.
    #[arg(long)]
    examples: bool,
}

impl Trial {
    /// Generates the crate.
    ///
    /// # Errors
    ///
    /// Why there is none, for people to read.
    pub fn run(self, repository: &Path) -> Result<(), String> {
        let job = Job {
            name: Some(self.name),
            within: Some(self.within),
            runtime: RuntimeSource::Path(repository.join("codegen/runtime")),
            ..Job::new(self.spec, &self.out)
        };
        let result = generate::run(&job, false);
        let told = result.as_ref().map_or_else(report::of_failure, report::of_summary);
        report::write(&self.json, &told).map_err(|error| error.to_string())?;
        let summary = result.map_err(|failure| console::failure(&failure, false))?;
        if self.examples {
            let examples = codegen::examples(&summary.output);
            trial::install(&examples, &summary.output.patched, &self.out)
                .map_err(|error| error.to_string())?;
        }
        copy_lock(repository, &self.out).map_err(|error| error.to_string())
    }
}

/// Gives a new crate the versions of its dependencies that this repository is tested with.
///
/// # Errors
///
/// Where the file can't be written.
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
