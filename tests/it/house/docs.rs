//! The documents of the repository name files and folders that exist.

use std::fs;
use std::path::Path;

use crate::project;

/// Documents whose paths are relative to the root of the repository.
const DOCUMENTS: [&str; 3] = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"];
/// The folders that such paths begin with.
const FOLDERS: [&str; 5] = ["codegen/", "generated/", "spec/", "tests/", "xtask/"];
/// Folders that a build or a failing test creates.
const CREATED: [&str; 2] = ["tests/fuzz/artifacts", "generated/src/api"];

/// Returns the paths in backticks or in targets of links, without line numbers.
fn paths(text: &str) -> Vec<&str> {
    let quoted = text.split('`').skip(1).step_by(2);
    let linked = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let is_path = |path: &&str| {
        FOLDERS.iter().any(|folder| path.starts_with(folder)) && !path.contains(['*', ' ', '…'])
    };
    quoted.chain(linked).filter(is_path).filter_map(|path| path.split('#').next()).collect()
}

#[test]
fn every_path_in_the_documents_exists() {
    let root = project::root();
    let mut missing = Vec::new();
    for document in DOCUMENTS {
        let text = fs::read_to_string(root.join(document)).unwrap();
        // Code blocks would shift the pairs of backticks.
        let prose: Vec<_> = text.split("```").step_by(2).collect();
        for path in prose.iter().flat_map(|part| paths(part)) {
            if !CREATED.contains(&path) && !exists(&root.join(path)) {
                missing.push(format!("{document}: {path}"));
            }
        }
    }
    assert!(missing.is_empty(), "these paths don't exist:\n{}", missing.join("\n"));
}

/// Returns whether a path leads to a file or a folder. A module may be named without its extension.
fn exists(path: &Path) -> bool {
    path.exists() || path.with_extension("rs").exists()
}

#[test]
fn paths_are_found_in_backticks_and_links_only() {
    let text = "See `codegen/src/lib.rs`, [the tests](tests/it#begin) and `cargo test`; `tests/**` is a pattern, spec/a.md is prose.";
    assert_eq!(paths(text), ["codegen/src/lib.rs", "tests/it"]);
}
