//! Emitted code compiles: of a document with awkward names and schemas, of an empty one, and of well-known ones.
//!
//! The crates have all endpoints, but no HTTP client. rustc and rustdoc must not warn about emitted code, and no text
//! of a description may become a doc test.

mod names;

use std::fs;
use std::path::{Path, PathBuf};

use clientwright::generate;
use codegen::package::EMITTED;
use serde_json::Value;

use crate::project;

#[test]
fn an_awkward_document_compiles() {
    let text = fs::read_to_string(fixture("awkward")).unwrap();
    let mut description: Value = serde_yaml::from_str(&text).unwrap();
    names::add_to(&mut description);
    let spec = project::root().join("target/compiled/awkward.json");
    fs::create_dir_all(spec.parent().unwrap()).unwrap();
    fs::write(&spec, description.to_string()).unwrap();
    compile("awkward", &spec);
}

#[test]
fn an_empty_document_compiles() {
    compile("empty", &fixture("empty"));
}

#[test]
fn a_swagger_document_compiles() {
    compile("swagger", &fixture("swagger"));
}

#[test]
fn petstores_compile() {
    for name in ["petstore30", "petstore31"] {
        if let Some(spec) = project::beside(&format!("specs/{name}.yaml")) {
            compile(name, &spec);
        }
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/{name}.yaml"))
}

/// Generates a crate of a description, and compiles its code, docs and doc tests.
fn compile(name: &str, spec: &Path) {
    let package = project::root().join("target/compiled").join(name);
    let _ = fs::remove_dir_all(&package);
    // Packages in a shared target folder need distinct names.
    project::make_crate(spec, &package, &format!("compiled-{name}"));
    let features = generate::features_of_endpoints(&fs::read_to_string(package.join("Cargo.toml")).unwrap());

    let all = format!("--features={}", features.join(","));
    let cargo = |subcommand: &[&str]| cargo(&package, &[subcommand, &[&all]].concat());
    let checked = cargo(&["check"]);
    assert!(!checked.contains("warning:") && !checked.contains("error"), "{name}:\n{checked}");
    let documented = cargo(&["doc", "--no-deps"]);
    let tests = cargo(&["test", "--doc"]);
    for text in [documented, tests] {
        let of_emitted: Vec<_> =
            text.lines().filter(|line| EMITTED.iter().any(|folder| line.contains(folder))).collect();
        assert!(of_emitted.is_empty(), "{name}: {}\n\n{text}", of_emitted.join("\n"));
    }
}

/// Runs cargo in a package, and returns everything that it prints.
fn cargo(package: &Path, arguments: &[&str]) -> String {
    let (subcommand, rest) = arguments.split_first().unwrap();
    let mut command = project::cargo_in(package, subcommand);
    project::printed(command.arg("--no-default-features").args(rest).env_remove("RUSTDOCFLAGS")).1
}
