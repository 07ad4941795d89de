//! `cargo xtask bench`: how it measures commands, and what it reports about missing files.

use std::process::Output;

use serde_json::Value;

use crate::project;

fn xtask(arguments: &[&str]) -> Output {
    let mut command = project::cargo();
    command.args(["run", "--quiet", "--offline", "--package", "xtask", "--"]).args(arguments);
    command.current_dir(project::root()).output().unwrap()
}

#[test]
fn a_command_is_measured_with_its_child_processes() {
    let output = xtask(&["measure", "--", "rustc", "--version"]);
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(result["code"], 0, "{result}");
    assert!(result["stdout"].as_str().unwrap().starts_with("rustc "), "{result}");
    assert!(result["wall"].as_f64().unwrap() > 0.0, "{result}");
    if cfg!(unix) {
        assert!(result["cpu"].as_f64().unwrap() > 0.0, "{result}");
        // rustc needs more than 0.1 MB and less than 1 GB to print its version.
        let peak = result["peak"].as_f64().unwrap();
        assert!((1e5..1e9).contains(&peak), "{result}");
    }
}

#[test]
fn a_failed_command_is_reported_with_its_stderr() {
    let output = xtask(&["measure", "--", "rustc", "--no-such-flag"]);
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_ne!(result["code"], 0, "{result}");
    assert!(result["stderr"].as_str().unwrap().contains("no-such-flag"), "{result}");
    let output = xtask(&["measure", "--", "no-such-program"]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn the_file_to_compare_with_must_exist() {
    let output = xtask(&["bench", "decode", "--compare", "no/such.json"]);
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.starts_with("error: can't read no/such.json"), "{stderr}");
}
