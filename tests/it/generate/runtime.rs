//! Where a crate's runtime comes from.

use std::fs;

use super::place::{API, Place, runtime};
use crate::project;

/// A folder with two descriptions.
fn place() -> Place {
    let place = Place::new();
    place.write("a.yaml", API);
    place.write("b.yaml", API.replace("title: Pets", "title: Beasts"));
    place
}

#[test]
fn a_copy_is_the_runtime_as_it_is() {
    let place = place();
    place.ok(&["generate", "a.yaml", "--out", "a"]);
    assert_eq!(place.dependency("a/Cargo.toml"), "{ path = \"runtime\", version = \"=0.1.0\" }");
    for path in ["Cargo.toml", "LICENSE-MIT", "README.md", "src/lib.rs", "src/client/mod.rs"] {
        let own = fs::read_to_string(project::runtime().join(path)).unwrap();
        assert_eq!(place.read(&format!("a/runtime/{path}")), own, "{path}");
    }
    place.append("a/runtime/src/lib.rs", "// Edited.\n");
    place.write("a/runtime/src/more.rs", "// More.\n");
    insta::assert_snapshot!(place.refused(&["check", "a.yaml", "--out", "a"]), @"
    error: a is not what the description gives
      different  a/runtime/src/lib.rs
      extra      a/runtime/src/more.rs
      help: run `clientwright generate a.yaml --out a` and commit what it changes
    ");
}

#[test]
fn a_crate_beside_another_shares_its_copy() {
    let place = place();
    place.ok(&["generate", "a.yaml", "--out", "a"]);
    let run = place.run(&["generate", "b.yaml", "--out", "b"]);
    assert_eq!(run.code, Some(0));
    insta::assert_snapshot!(run.stderr, @"note: the crate uses the runtime in a/runtime; `--runtime copy=DIR` gives it one of its own");
    assert!(!place.exists("b/runtime"));
    assert_eq!(place.dependency("b/Cargo.toml"), "{ path = \"../a/runtime\", version = \"=0.1.0\" }");
    place.ok(&["check", "a.yaml", "--out", "a"]);
    place.ok(&["check", "b.yaml", "--out", "b"]);
    place.append("a/runtime/src/lib.rs", "// Edited.\n");
    insta::assert_snapshot!(place.refused(&["check", "b.yaml", "--out", "b"]), @"
    error: b is not what the description gives
      different  a/runtime/src/lib.rs
      help: run `clientwright generate b.yaml --out b` and commit what it changes
    ");
}

#[test]
fn a_copy_in_a_folder_of_ones_choice() {
    let place = place();
    let flags = ["a.yaml", "--out", "a", "--runtime", "copy=shared/runtime"];
    place.ok(&[&["generate"], flags.as_slice()].concat());
    assert!(place.exists("shared/runtime/src/lib.rs") && !place.exists("a/runtime"));
    assert_eq!(place.dependency("a/Cargo.toml"), "{ path = \"../shared/runtime\", version = \"=0.1.0\" }");
    place.ok(&[&["check"], flags.as_slice()].concat());
    place.write("taken/notes.txt", "Mine.\n");
    insta::assert_snapshot!(place.refused(&["generate", "b.yaml", "--out", "b", "--runtime", "copy=taken"]), @"
    error: taken is not empty, and holds no copy of the runtime
      help: name another folder by `--runtime copy=DIR`; nothing was written
    ");
}

#[test]
fn a_path_or_a_version() {
    let place = place();
    place.ok(&["generate", "a.yaml", "--out", "a", "--runtime", "path=elsewhere/runtime"]);
    assert_eq!(place.dependency("a/Cargo.toml"), "{ path = \"../elsewhere/runtime\", version = \"=0.1.0\" }");
    assert!(!place.exists("elsewhere") && !place.exists("a/runtime"));
    place.ok(&["generate", "a.yaml", "--out", "a", "--runtime", "version=0.1"]);
    assert_eq!(place.dependency("a/Cargo.toml"), "{ version = \"0.1\" }");
    place.ok(&["check", "a.yaml", "--out", "a", "--runtime", "version=0.1"]);
    let run = place.run(&["generate", "a.yaml", "--out", "a", "--runtime", "somewhere"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("write copy, copy=DIR, path=DIR or version=VERSION"), "{}", run.stderr);
}

/// What the user adds to the dependency stays.
#[test]
fn features_of_the_runtime_are_the_users() {
    let place = place();
    let flags = ["a.yaml", "--out", "a", "--runtime", &runtime()];
    place.ok(&[&["generate"], flags.as_slice()].concat());
    place.edit("a/Cargo.toml", "version = \"=0.1.0\" }", "version = \"=0.1.0\", features = [\"export\"] }");
    place.ok(&[&["check"], flags.as_slice()].concat());
}
