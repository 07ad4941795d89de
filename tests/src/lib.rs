//! Compiles the Rust code in `README.md`, and has what the programs of tests share. The package contains tests only.

use std::error::Error;

#[doc = include_str!("../../README.md")]
#[cfg(doctest)]
struct Readme;

/// Returns a value of `/proc/self/status` in KiB.
///
/// # Errors
///
/// Returns an error if the file can't be read, on systems other than Linux, or has no such value.
pub fn memory(name: &str) -> Result<u64, Box<dyn Error>> {
    let report = std::fs::read_to_string("/proc/self/status")?;
    let line = report.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let number = line.and_then(|line| line.split_whitespace().next()).ok_or("no such line")?;
    Ok(number.parse()?)
}
