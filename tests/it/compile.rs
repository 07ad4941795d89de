//! Emitted code, compiled: a document in which every name and shape is as awkward as it may be.
//!
//! The emitted files take the place of the project's own beside the client's runtime without its HTTP stack. rustc
//! must find nothing to warn about, rustdoc nothing in the emitted docs, and no prose may have become a test.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clientwright::project::Job;
use clientwright::regen;

use crate::project;

#[test]
fn an_awkward_document_compiles() {
    compile("awkward", &fixture("awkward"));
}

#[test]
fn an_empty_document_compiles() {
    compile("empty", &fixture("empty"));
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

/// Emits a client for a description, and checks it.
fn compile(name: &str, spec: &Path) {
    let package = project::root().join("target/compiled").join(name);
    let _ = fs::remove_dir_all(package.join("src"));
    fs::create_dir_all(package.join("src")).unwrap();
    fs::copy(project::root().join("generated/src/lib.rs"), package.join("src/lib.rs")).unwrap();
    fs::copy(project::root().join("Cargo.lock"), package.join("Cargo.lock")).unwrap();
    let job =
        Job { spec: spec.to_owned(), overlays: Vec::new(), out: package.join("src"), root: project::root() };
    regen::run(&job, false, "").unwrap_or_else(|failure| panic!("{failure}"));
    let features = features(&package.join("src"));
    fs::write(package.join("Cargo.toml"), manifest(name, &features)).unwrap();

    let all = format!("--features={}", features.into_iter().collect::<Vec<_>>().join(","));
    let cargo = |verb: &[&str]| cargo(&package, &[verb, &[&all]].concat());
    let checked = cargo(&["check"]);
    assert!(!checked.contains("warning:") && !checked.contains("error"), "{name}:\n{checked}");
    let documented = cargo(&["doc", "--no-deps"]);
    let tests = cargo(&["test", "--doc"]);
    for text in [documented, tests] {
        let ours: Vec<_> =
            text.lines().filter(|line| OWNED.iter().any(|folder| line.contains(folder))).collect();
        assert!(ours.is_empty(), "{name}: {}\n\n{text}", ours.join("\n"));
    }
}

const OWNED: [&str; 2] = ["src/endpoints/", "src/models/"];

/// The features that emitted code asks for.
fn features(sources: &Path) -> BTreeSet<String> {
    let indexes =
        ["endpoints/mod.rs", "models/mod.rs"].map(|path| fs::read_to_string(sources.join(path)).unwrap());
    let quoted = indexes.iter().flat_map(|text| text.split("feature = \"").skip(1));
    quoted.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// Runs cargo in a package and gives everything that it prints.
fn cargo(package: &Path, arguments: &[&str]) -> String {
    let (verb, rest) = arguments.split_first().unwrap();
    let output = project::cargo()
        .args([*verb, "--offline", "--quiet", "--no-default-features"])
        .args(rest)
        .current_dir(package)
        .env("CARGO_TARGET_DIR", project::root().join("target/compiled/target"))
        .env_remove("RUSTFLAGS")
        .env_remove("RUSTDOCFLAGS")
        .output()
        .unwrap();
    [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat()
}

/// The client's manifest as that of a workspace of its own, without what only its own tests need.
///
/// Cargo tells packages in a shared target folder by name, so each gets another.
fn manifest(name: &str, features: &BTreeSet<String>) -> String {
    let read = |path: &str| fs::read_to_string(project::root().join(path)).unwrap();
    let workspace = read("Cargo.toml");
    let inherited = &workspace[workspace.find("[workspace.package]").unwrap()..];
    let package = read("generated/Cargo.toml");
    let package = package.split("[dev-dependencies]").next().unwrap();
    let package: String =
        package.lines().filter(|line| !line.starts_with("readme")).map(|line| format!("{line}\n")).collect();
    let package = package.replacen("zendesk-client", &format!("compiled-{name}"), 1);
    let core = project::root().join("codegen/runtime").display().to_string();
    let package = package.replacen("path = \"core\"", &format!("path = {core:?}"), 1);
    let own = package.split("[dependencies]").next().unwrap();
    let more = features.iter().filter(|name| !own.contains(&format!("\n{name} = ")));
    let more: String = more.map(|name| format!("{name} = []\n")).collect();
    let package = package.replacen("[features]\n", &format!("[features]\n{more}"), 1);
    format!("[workspace]\n\n{inherited}\n{package}")
}
