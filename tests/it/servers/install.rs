//! The installed servers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project;

/// A virtual environment with a server.
pub(super) struct Environment {
    folder: PathBuf,
    packages: PathBuf,
}

/// Returns the virtual environment that has a package; `None`, with a message, if there is none.
pub(super) fn environment(name: &str, package: &str) -> Option<Environment> {
    let folder = match std::env::var_os("SERVERS") {
        Some(folder) => project::root().join(folder),
        None => project::root().join("target/servers"),
    };
    let folder = folder.join(name);
    let has_package = |packages: &PathBuf| packages.join(format!("{package}.dist-info")).exists();
    let Some(packages) = site_packages(&folder).into_iter().find(has_package) else {
        println!("skipped: {} has no {package} (`.ci/servers` installs it)", folder.display());
        return None;
    };
    Some(Environment { folder, packages })
}

/// Returns the folders for packages: one for each version of Python.
fn site_packages(folder: &Path) -> Vec<PathBuf> {
    let versions = fs::read_dir(folder.join("lib")).into_iter().flatten().flatten();
    versions.map(|version| version.path().join("site-packages")).collect()
}

impl Environment {
    /// Returns a command that runs a program of the environment.
    pub(super) fn command(&self, program: &str) -> Command {
        Command::new(self.folder.join("bin").join(program))
    }

    /// Returns the folder with the packages.
    pub(super) fn packages(&self) -> &Path {
        &self.packages
    }
}
