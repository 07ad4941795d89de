//! Each promise of SECURITY.md names tests that exist.

use std::fs;

use crate::project;

/// Returns the cells with the tests of each promise: the last ones of the tables below the heading of the promises.
fn tests(text: &str) -> Vec<&str> {
    let promises = text.split("\n## What is promised\n").nth(1).unwrap();
    let promises = promises.split("\n## ").next().unwrap();
    let rows = promises.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| promise "));
    rows.map(|row| row.trim_end_matches('|').rsplit('|').next().unwrap().trim()).collect()
}

/// Returns whether `file::test` names a test of a file; `fuzz target name`, one of the fuzz targets.
fn exists(name: &str) -> bool {
    let root = project::root();
    match name.split_once("::") {
        Some((file, test)) => {
            let text = fs::read_to_string(root.join(file)).unwrap_or_default();
            let is_test = |attribute: &str, kind: &str| {
                text.split(attribute).skip(1).any(|rest| {
                    let declaration = rest.split('{').next().unwrap_or_default();
                    declaration.contains(&format!("{kind}fn {test}("))
                })
            };
            is_test("#[test]", "") || is_test("#[tokio::test]", "async ")
        }
        None => root.join(format!("tests/fuzz/fuzz_targets/{name}.rs")).exists(),
    }
}

#[test]
fn every_promise_names_tests_that_exist() {
    let text = fs::read_to_string(project::root().join("SECURITY.md")).unwrap();
    let cells = tests(&text);
    assert!(cells.len() > 15, "the tables are not found");
    for cell in cells {
        let names: Vec<_> = cell.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "a promise without a test: {cell}");
        for name in names {
            assert!(exists(name), "SECURITY.md names a test that doesn't exist: {name}");
        }
    }
}

#[test]
fn a_test_that_does_not_exist_is_noticed() {
    assert!(exists("tests/it/house/security.rs::a_test_that_does_not_exist_is_noticed"));
    assert!(!exists("tests/it/house/security.rs::no_such_test") && !exists("no-such-target"));
    assert!(exists("prose") && !exists("tests/it/house/none.rs::none"));
}
