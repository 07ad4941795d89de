//! The flag `--runtime`: a copy, a path or a version.

use std::fs;

use super::sandbox::{API, Sandbox, runtime};
use crate::project;

/// Returns a sandbox with two descriptions.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("a.yaml", API);
    sandbox.write("b.yaml", API.replace("title: Pets", "title: Beasts"));
    sandbox
}

#[test]
fn a_copied_runtime_is_identical() {
    let sandbox = sandbox();
    sandbox.ok(&["generate", "a.yaml", "--out", "a"]);
    assert_eq!(sandbox.dependency("a/Cargo.toml"), "{ path = \"runtime\", version = \"=0.1.0\" }");
    for path in ["Cargo.toml", "LICENSE-MIT", "README.md", "src/lib.rs", "src/client/mod.rs"] {
        let own = fs::read_to_string(project::runtime().join(path)).unwrap();
        assert_eq!(sandbox.read(&format!("a/runtime/{path}")), own, "{path}");
    }
    sandbox.append("a/runtime/src/lib.rs", "// Edited.\n");
    sandbox.write("a/runtime/src/more.rs", "// More.\n");
    insta::assert_snapshot!(sandbox.fails(&["check", "a.yaml", "--out", "a"]), @"
    error: a is not up to date with the description
      different  a/runtime/src/lib.rs
      extra      a/runtime/src/more.rs
      help: run `clientwright generate a.yaml --out a` and commit the changes
    ");
}

#[test]
fn a_second_crate_shares_the_copied_runtime() {
    let sandbox = sandbox();
    sandbox.ok(&["generate", "a.yaml", "--out", "a"]);
    let run = sandbox.run(&["generate", "b.yaml", "--out", "b"]);
    assert_eq!(run.code, Some(0));
    insta::assert_snapshot!(run.stderr, @"note: the crate uses the runtime in a/runtime; `--runtime copy=DIR` writes a separate copy");
    assert!(!sandbox.exists("b/runtime"));
    assert_eq!(sandbox.dependency("b/Cargo.toml"), "{ path = \"../a/runtime\", version = \"=0.1.0\" }");
    sandbox.ok(&["check", "a.yaml", "--out", "a"]);
    sandbox.ok(&["check", "b.yaml", "--out", "b"]);
    sandbox.append("a/runtime/src/lib.rs", "// Edited.\n");
    insta::assert_snapshot!(sandbox.fails(&["check", "b.yaml", "--out", "b"]), @"
    error: b is not up to date with the description
      different  a/runtime/src/lib.rs
      help: run `clientwright generate b.yaml --out b` and commit the changes
    ");
}

#[test]
fn the_runtime_can_be_copied_to_a_chosen_folder() {
    let sandbox = sandbox();
    let flags = ["a.yaml", "--out", "a", "--runtime", "copy=shared/runtime"];
    sandbox.ok(&[&["generate"], flags.as_slice()].concat());
    assert!(sandbox.exists("shared/runtime/src/lib.rs") && !sandbox.exists("a/runtime"));
    assert_eq!(sandbox.dependency("a/Cargo.toml"), "{ path = \"../shared/runtime\", version = \"=0.1.0\" }");
    sandbox.ok(&[&["check"], flags.as_slice()].concat());
    sandbox.write("taken/notes.txt", "Mine.\n");
    insta::assert_snapshot!(sandbox.fails(&["generate", "b.yaml", "--out", "b", "--runtime", "copy=taken"]), @"
    error: taken is not empty and doesn't contain a copy of the runtime
      help: choose another folder with `--runtime copy=DIR`; nothing was written
    ");
}

#[test]
fn the_runtime_can_be_a_path_or_a_version() {
    let sandbox = sandbox();
    sandbox.ok(&["generate", "a.yaml", "--out", "a", "--runtime", "path=elsewhere/runtime"]);
    assert_eq!(
        sandbox.dependency("a/Cargo.toml"),
        "{ path = \"../elsewhere/runtime\", version = \"=0.1.0\" }"
    );
    assert!(!sandbox.exists("elsewhere") && !sandbox.exists("a/runtime"));
    sandbox.ok(&["generate", "a.yaml", "--out", "a", "--runtime", "version=0.1"]);
    assert_eq!(sandbox.dependency("a/Cargo.toml"), "{ version = \"0.1\" }");
    sandbox.ok(&["check", "a.yaml", "--out", "a", "--runtime", "version=0.1"]);
    let run = sandbox.run(&["generate", "a.yaml", "--out", "a", "--runtime", "somewhere"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("expected copy, copy=DIR, path=DIR or version=VERSION"), "{}", run.stderr);
}

#[test]
fn features_that_the_user_adds_to_the_dependency_are_kept() {
    let sandbox = sandbox();
    let flags = ["a.yaml", "--out", "a", "--runtime", &runtime()];
    sandbox.ok(&[&["generate"], flags.as_slice()].concat());
    sandbox.edit("a/Cargo.toml", "version = \"=0.1.0\" }", "version = \"=0.1.0\", features = [\"export\"] }");
    sandbox.ok(&[&["check"], flags.as_slice()].concat());
}
