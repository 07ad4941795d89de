//! `cargo xtask bench`: what its measuring tells, and what it says of what is not there.

use std::process::Output;

use serde_json::Value;

use crate::project;

fn xtask(arguments: &[&str]) -> Output {
    let mut command = project::cargo();
    command.args(["run", "--quiet", "--offline", "--package", "xtask", "--"]).args(arguments);
    command.current_dir(project::root()).output().unwrap()
}

#[test]
fn a_command_is_measured_with_all_that_it_starts() {
    let output = xtask(&["measure", "--", "rustc", "--version"]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["code"], 0, "{told}");
    assert!(told["stdout"].as_str().unwrap().starts_with("rustc "), "{told}");
    assert!(told["wall"].as_f64().unwrap() > 0.0, "{told}");
    if cfg!(unix) {
        assert!(told["cpu"].as_f64().unwrap() > 0.0, "{told}");
        // No process fits into a tenth of a MiB, and rustc does not need a GiB to tell its version.
        let peak = told["peak"].as_f64().unwrap();
        assert!((1e5..1e9).contains(&peak), "{told}");
    }
}

#[test]
fn a_command_that_fails_is_told_with_its_words() {
    let output = xtask(&["measure", "--", "rustc", "--no-such-flag"]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_ne!(told["code"], 0, "{told}");
    assert!(told["stderr"].as_str().unwrap().contains("no-such-flag"), "{told}");
    let output = xtask(&["measure", "--", "no-such-program"]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_file_to_compare_with_must_be_there() {
    let output = xtask(&["bench", "decode", "--compare", "no/such.json"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("error: can't read no/such.json"), "{said}");
}
