//! A crate whose client is made by its build script, and what that script prints.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use codegen::{Mode, Options, Source, build_script};

use crate::project;

const FIXTURE: &str = "tests/fixtures/built";

/// The fixture's crate in a folder of its own, over this repository's packages.
fn crate_of_its_own(name: &str) -> PathBuf {
    let (root, folder) = (project::root(), project::root().join("target/compiled").join(name));
    let _ = fs::remove_dir_all(&folder);
    for path in ["Cargo.toml", "build.rs", "api.yaml", "parts/book.yaml", "src/lib.rs"] {
        let text = fs::read_to_string(root.join(FIXTURE).join(path)).unwrap();
        let text = text
            .replace("../../../", &format!("{}/", root.display()))
            .replace("\"built\"", &format!("{name:?}"));
        write(&folder.join(path), &text);
    }
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    folder
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn cargo(folder: &Path, verb: &str) -> Output {
    let mut command = project::cargo();
    command.args([verb, "--offline"]).current_dir(folder).env_remove("RUSTFLAGS");
    command
        .env("CARGO_TARGET_DIR", project::root().join("target/compiled/target"))
        .env("CARGO_INCREMENTAL", "0");
    command.output().unwrap()
}

#[test]
fn it_builds_and_runs() {
    let folder = crate_of_its_own("built");
    let output = cargo(&folder, "test");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !said.contains("warning:"), "{said}");

    // A file that the description refers to is one that cargo watches; what is wrong in it is shown.
    write(&folder.join("parts/book.yaml"), "type: object\nproperties: {id: {type: integr}}\n");
    let said = String::from_utf8_lossy(&cargo(&folder, "check").stderr).into_owned();
    let expected = "warning: built@0.1.0: parts/book.yaml:2:19: ";
    assert!(said.contains(expected), "{said}");

    write(&folder.join("api.yaml"), "openapi: [");
    let output = cargo(&folder, "check");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("error: built@0.1.0: api.yaml:2:1: "), "{said}");
}

#[test]
fn every_file_is_watched_and_every_finding_shown() {
    let read = |path: &str| match path {
        "parts/shelf.yaml" => Ok(b"type: object\nproperties: {id: {type: integer}}\n".to_vec()),
        _ => Err("there is no such file".to_owned()),
    };
    let schema = |reference: &str| format!("{{$ref: '{reference}'}}");
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    A: {}\n    B: {}\n",
        schema("parts/shelf.yaml"),
        schema("parts/gone.yaml")
    );
    let overlay = Source::new(
        "fix.yaml",
        "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions: [{target: $.info, update: {title: U}}]\n",
    );
    let built = build_script(
        &Source::new("api.yaml", text),
        &[overlay],
        &Options::new(Mode::Lenient).with_siblings(&read),
    );
    let lines: Vec<_> = built.directives.lines().collect();
    assert_eq!(
        lines[..4],
        ["api.yaml", "fix.yaml", "parts/gone.yaml", "parts/shelf.yaml"]
            .map(|path| format!("cargo::rerun-if-changed={path}"))
    );
    assert!(lines[4].starts_with("cargo::warning=api.yaml:7:"), "{lines:?}");
    assert!(built.code.unwrap().contains("pub type B = Value;"));
}
