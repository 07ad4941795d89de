//! A crate whose build script generates the client, and what the script prints.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use codegen::{Mode, Options, Source, build_script};

use crate::project;

const FIXTURE: &str = "tests/fixtures/built";

/// Copies the fixture's crate to its own folder, with this repository's packages as dependencies.
fn copied_crate(name: &str) -> PathBuf {
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

fn cargo(folder: &Path, subcommand: &str) -> Output {
    let mut command = project::cargo();
    command.args([subcommand, "--offline"]).current_dir(folder).env_remove("RUSTFLAGS");
    command
        .env("CARGO_TARGET_DIR", project::root().join("target/compiled/target"))
        .env("CARGO_INCREMENTAL", "0");
    command.output().unwrap()
}

#[test]
fn a_crate_with_a_build_script_builds_and_runs() {
    let folder = copied_crate("built");
    let output = cargo(&folder, "test");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !stderr.contains("warning:"), "{stderr}");

    // Cargo watches the files that the description refers to, and shows their warnings.
    write(&folder.join("parts/book.yaml"), "type: object\nproperties: {id: {type: integr}}\n");
    let stderr = String::from_utf8_lossy(&cargo(&folder, "check").stderr).into_owned();
    let expected = "warning: built@0.1.0: parts/book.yaml:2:19: ";
    assert!(stderr.contains(expected), "{stderr}");

    write(&folder.join("api.yaml"), "openapi: [");
    let output = cargo(&folder, "check");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && stderr.contains("error: built@0.1.0: api.yaml:2:1: "), "{stderr}");
}

#[test]
fn every_file_is_watched_and_every_warning_is_shown() {
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
        &Options::new(Mode::Lenient).with_file_loader(&read),
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
