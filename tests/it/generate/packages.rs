//! Packaging: a generated crate with its copy of the runtime, and the packages of this repository.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use xtask::corpus::copy_lock;

use super::sandbox::{API, Sandbox};
use crate::project;

/// Runs `cargo package` offline in a folder, and returns the names of the archives.
fn package(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let target = TempDir::new().unwrap();
    let mut command = project::cargo();
    command.args(["package", "--quiet", "--allow-dirty", "--offline", "--no-verify"]).args(arguments);
    let output = command.current_dir(folder).env("CARGO_TARGET_DIR", target.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = fs::read_dir(target.path().join("package")).unwrap().map(|file| file.unwrap().path());
    let archives = files.filter(|path| path.extension().is_some_and(|ending| ending == "crate"));
    let mut names: Vec<_> =
        archives.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_generated_crate_and_its_runtime_copy_can_be_packaged() {
    let sandbox = Sandbox::new();
    sandbox.write("api.yaml", API);
    sandbox.ok(&["generate", "api.yaml", "--out", "pets"]);
    copy_lock(&project::root(), &sandbox.path("pets")).unwrap();
    let names = package(&sandbox.path("pets"), &["--workspace"]);
    assert_eq!(names, ["clientwright-runtime-0.1.0.crate", "pets-client-0.1.0.crate"]);
}

#[test]
fn the_packages_of_this_repository_can_be_packaged() {
    let packages = [
        "clientwright-codegen",
        "clientwright-serve",
        "clientwright",
        "clientwright-runtime",
        "zendesk-client",
    ];
    let arguments: Vec<_> = packages.iter().flat_map(|name| ["-p", name]).collect();
    let names = package(&project::root(), &arguments);
    assert_eq!(
        names,
        [
            "clientwright-0.1.0.crate",
            "clientwright-codegen-0.1.0.crate",
            "clientwright-runtime-0.1.0.crate",
            "clientwright-serve-0.1.0.crate",
            "zendesk-client-0.1.0.crate",
        ]
    );
}
