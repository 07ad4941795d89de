//! Each crate can be read from one end to the other: no circle of files or of folders, and no file that imports what is
//! defined in a file above it (`lib.rs`, `mod.rs`, `x.rs` for what is in `x/`).
//!
//! What counts is where an item is defined, whatever it is re-exported by. Modules and re-exports alone are no imports;
//! what is compiled for tests only isn't looked at.

mod arrows;
mod circles;
mod names;
mod samples;
mod source;
mod tokens;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use self::arrows::arrows;
use self::circles::problems;
use self::source::{Files, Source};
use crate::project;

/// What is wrong with the crate whose root is this file of these.
fn judge(files: &Files, root: &str) -> Vec<String> {
    let source = Source::read(files, root);
    problems(&source, &arrows(&source))
}

/// Looks at the crate in this folder, and at each of its programs.
fn check(folder: &str) {
    let mut files = BTreeMap::new();
    let top = project::root().join(folder);
    collect(&top.join("src"), &top, &mut files);
    let roots = files.keys().filter(|file| {
        ["src/lib.rs", "src/main.rs"].contains(&file.as_str()) || file.starts_with("src/bin/")
    });
    let problems: Vec<_> = roots.flat_map(|root| judge(&files, root)).collect();
    assert!(problems.is_empty(), "{folder}: {} problems\n\n{}", problems.len(), problems.join("\n\n"));
}

fn collect(folder: &Path, top: &Path, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, top, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let parts: Vec<_> =
                path.strip_prefix(top).unwrap().iter().map(|part| part.to_string_lossy()).collect();
            files.insert(parts.join("/"), fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn codegen() {
    check("codegen");
}

#[test]
fn cli() {
    check("codegen/cli");
}

#[test]
fn runtime() {
    check("codegen/runtime");
}

#[test]
fn generated() {
    check("generated");
}

#[test]
fn xtask() {
    check("xtask");
}

#[test]
fn simulator() {
    check("tests/simulator");
}

#[test]
fn random() {
    check("tests/random");
}

#[test]
fn bench() {
    check("tests/bench");
}
