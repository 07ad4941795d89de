//! `simulate`: runs the simulator in a separate process, so that the other commands don't have to build it.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};

/// Builds the simulator, runs it with these flags, and waits until it exits.
///
/// # Errors
///
/// Returns an error if cargo can't be started.
pub fn run(root: &Path, flags: &[OsString]) -> io::Result<ExitStatus> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    Command::new(cargo)
        .current_dir(root)
        .args(["run", "--quiet", "--package", "simulator", "--"])
        .args(flags)
        .status()
}
