//! Builds the programs of this workspace, and finds other ones.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// Returns a cargo command for measurements: not incremental, and without settings from the user's environment.
#[must_use]
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.env("CARGO_INCREMENTAL", "0").env_remove("RUSTFLAGS").env_remove("CARGO_MANIFEST_DIR");
    command
}

/// Builds the programs of a package of this workspace in release mode, and returns their paths by name.
///
/// # Errors
///
/// Returns an error if cargo can't be started or the build fails.
pub fn build(repository: &Path, package: &str) -> io::Result<BTreeMap<String, PathBuf>> {
    eprintln!("building {package}");
    let output = cargo()
        .current_dir(repository)
        .args(["build", "--release", "--quiet", "--message-format=json", "--package", package])
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(io::Error::other(format!("cargo can't build {package}")));
    }
    let lines = String::from_utf8_lossy(&output.stdout);
    let messages = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    Ok(messages
        .filter_map(|message| {
            let name = message["target"]["name"].as_str()?.to_owned();
            Some((name, PathBuf::from(message["executable"].as_str()?)))
        })
        .collect())
}

/// Returns the path of one of the built programs.
///
/// # Errors
///
/// Returns an error if no program has this name.
pub fn program<'a>(programs: &'a BTreeMap<String, PathBuf>, name: &str) -> io::Result<&'a PathBuf> {
    programs.get(name).ok_or_else(|| io::Error::other(format!("cargo built no {name}")))
}

/// Looks a program up in `first`, then in `PATH`.
#[must_use]
pub fn find(name: &str, first: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = first.iter().cloned().chain(std::env::split_paths(&path));
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    folders.map(|folder| folder.join(&file)).find(|candidate| candidate.is_file())
}

/// Returns whether a command exits with code 0. Its output is dropped.
pub fn succeeds(program: &Path, arguments: &[&OsStr]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
