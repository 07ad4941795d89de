//! The inputs that fuzzing begins with, and those that it found something by.

use std::fs;

use super::json;
use super::laws::Laws;
use crate::project;

#[test]
fn inputs_of_the_fuzz_targets_keep_the_laws() {
    let laws = Laws::new();
    let documents = inputs("document", |bytes| laws.hold_for_choices(bytes));
    let texts = inputs("text", |bytes| laws.hold_for_text(bytes));
    let json = inputs("json", json::hold);
    assert!(documents > 0 && texts > 0 && json > 0, "the inputs are gone");
}

/// Tries each input of a target; gives their number.
fn inputs(target: &str, hold: impl Fn(&[u8])) -> usize {
    let mut count = 0;
    for kind in ["corpus", "regressions"] {
        let folder = project::root().join("tests/fuzz").join(kind).join(target);
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            println!("{}", path.display());
            hold(&fs::read(path).unwrap());
            count += 1;
        }
    }
    count
}
