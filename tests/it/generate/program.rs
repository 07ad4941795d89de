//! The program by itself: without its repository, and what it tells of its own commands.

use std::fs;
use std::process::Command;

use super::place::{API, Place};
use crate::project;

const VERBS: [&str; 7] = ["init", "generate", "check", "diff", "review", "update", "slice"];

/// One file is all that is needed to generate: no clone, and nothing of the environment.
#[test]
fn the_program_alone() {
    let place = Place::new();
    let program = place.path("bin/clientwright");
    fs::create_dir(place.path("bin")).unwrap();
    fs::copy(project::clientwright_path(), &program).unwrap();
    place.write("pets/api.yaml", API);
    for arguments in [["init", "api.yaml"].as_slice(), &["generate"], &["check"]] {
        let mut command = Command::new(&program);
        command.args(arguments).current_dir(place.path("pets")).env_clear();
        command.envs(["PATH", "HOME"].map(|name| (name, std::env::var_os(name).unwrap_or_default())));
        let run = place.output(&mut command, "");
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    }
    assert!(place.exists("pets/runtime/src/lib.rs") && place.exists("pets/src/models/pet.rs"));
    for (path, (bytes, _)) in place.files().into_iter().filter(|(path, _)| *path != program) {
        let text = String::from_utf8(bytes).unwrap();
        let root = project::root().display().to_string();
        assert!(!text.contains(&root), "{} names the repository", path.display());
    }
}

#[test]
fn completions_know_each_verb() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = place.ok(&["completions", shell]);
        let unknown: Vec<_> = VERBS.iter().filter(|verb| !script.contains(**verb)).collect();
        assert!(unknown.is_empty(), "{shell}: {unknown:?}");
    }
}

#[test]
fn man_pages_know_each_verb() {
    let place = Place::new();
    fs::create_dir(place.path("man")).unwrap();
    place.ok(&["man", "man"]);
    let main = place.read("man/clientwright.1");
    for verb in VERBS {
        assert!(main.contains(verb), "{verb}");
        assert!(place.read(&format!("man/clientwright-{verb}.1")).contains(verb), "{verb}");
    }
    assert!(place.refused(&["man", "none"]).starts_with("error: can't write into none: "));
}
