//! The inputs in `tests/fuzz`: the initial corpus and those that once failed.

use std::fs;

use super::invariants::Invariants;
use super::json;
use crate::project;

#[test]
fn fuzz_inputs_keep_the_invariants() {
    let invariants = Invariants::new();
    let documents = inputs("document", |bytes| invariants.check_choices(bytes));
    let texts = inputs("text", |bytes| invariants.check_text(bytes));
    let prose = inputs("prose", |bytes| invariants.check_prose(bytes));
    let json = inputs("json", json::check);
    assert!(documents > 0 && texts > 0 && prose > 0 && json > 0, "inputs are missing");
}

/// Checks each input of a target, and returns their number.
fn inputs(target: &str, check: impl Fn(&[u8])) -> usize {
    let mut count = 0;
    for kind in ["corpus", "regressions"] {
        let folder = project::root().join("tests/fuzz").join(kind).join(target);
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            println!("{}", path.display());
            check(&fs::read(path).unwrap());
            count += 1;
        }
    }
    count
}
