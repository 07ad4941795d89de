//! Imports go one way: no cycle of files or of folders, and no file imports an item of a file above it (`lib.rs`,
//! `mod.rs`, `x.rs` for the files in `x/`).
//!
//! An import counts for the file that defines the item, not for a file that re-exports it. A module or a re-export
//! alone is not an import. Code that is compiled for tests only doesn't count.

mod cycles;
mod edges;
mod names;
mod samples;
mod source;
mod tokens;

use std::collections::BTreeMap;
use std::fs;

use self::cycles::problems;
use self::edges::edges;
use self::source::{Files, Source};
use crate::{files, project};

/// Returns the problems of the crate with this root file.
fn crate_problems(files: &Files, root: &str) -> Vec<String> {
    let source = Source::read(files, root);
    problems(&source, &edges(&source))
}

/// Checks the crate in a folder and each of its programs.
fn check(folder: &str) {
    let top = project::root().join(folder);
    let sources = files::rust_sources(&top.join("src"));
    let files: BTreeMap<_, _> =
        sources.iter().map(|path| (files::relative(path, &top), fs::read_to_string(path).unwrap())).collect();
    let roots = files.keys().filter(|file| {
        ["src/lib.rs", "src/main.rs"].contains(&file.as_str()) || file.starts_with("src/bin/")
    });
    let problems: Vec<_> = roots.flat_map(|root| crate_problems(&files, root)).collect();
    assert!(problems.is_empty(), "{folder}: {} problems\n\n{}", problems.len(), problems.join("\n\n"));
}

#[test]
fn codegen_has_no_cycles() {
    check("codegen");
}

#[test]
fn cli_has_no_cycles() {
    check("codegen/cli");
}

#[test]
fn runtime_has_no_cycles() {
    check("codegen/runtime");
}

#[test]
fn serve_has_no_cycles() {
    check("codegen/serve");
}

#[test]
fn generated_has_no_cycles() {
    check("generated");
}

#[test]
fn xtask_has_no_cycles() {
    check("xtask");
}

#[test]
fn simulator_has_no_cycles() {
    check("tests/simulator");
}

#[test]
fn random_has_no_cycles() {
    check("tests/random");
}

#[test]
fn bench_has_no_cycles() {
    check("tests/bench");
}
