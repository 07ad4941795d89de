//! Programs: those of this workspace, built, and others, found.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// A cargo that builds as every measurement does: not incrementally, and without what someone's shell asks for.
#[must_use]
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.env("CARGO_INCREMENTAL", "0").env_remove("RUSTFLAGS").env_remove("CARGO_MANIFEST_DIR");
    command
}

/// Builds the programs of a package of this workspace in release; gives them by name.
///
/// # Errors
///
/// Where cargo can't be started or the package can't be built.
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
    let told = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    Ok(told
        .filter_map(|told| {
            let name = told["target"]["name"].as_str()?.to_owned();
            Some((name, PathBuf::from(told["executable"].as_str()?)))
        })
        .collect())
}

/// One of the programs that a package has.
///
/// # Errors
///
/// Where it has none of that name.
pub fn program<'a>(programs: &'a BTreeMap<String, PathBuf>, name: &str) -> io::Result<&'a PathBuf> {
    programs.get(name).ok_or_else(|| io::Error::other(format!("cargo built no {name}")))
}

/// Looks a program up in these folders, and then where the system looks.
#[must_use]
pub fn find(name: &str, first: &[PathBuf]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = first.iter().cloned().chain(std::env::split_paths(&path));
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    folders.map(|folder| folder.join(&file)).find(|candidate| candidate.is_file())
}

/// Whether a command ends well; what it prints is of no interest.
pub fn answers(program: &Path, arguments: &[&OsStr]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
