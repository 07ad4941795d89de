//! The exit codes of the programs.

use std::error::Error;
use std::process::ExitCode;

/// Returns the exit code of a program, and prints the error if it failed.
#[must_use]
pub fn exit_code(result: Result<(), Box<dyn Error>>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
