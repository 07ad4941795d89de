//! The program without its repository, its shell completions and its man pages.

use std::fs;
use std::process::Command;

use super::sandbox::{API, Sandbox};
use crate::project;

const COMMANDS: [&str; 8] = ["init", "generate", "check", "diff", "review", "update", "slice", "serve"];

/// The executable is enough to generate a crate: no clone, and only `PATH` and `HOME` of the environment.
#[test]
fn the_program_needs_no_repository_or_environment() {
    let sandbox = Sandbox::new();
    let program = sandbox.path("bin/clientwright");
    fs::create_dir(sandbox.path("bin")).unwrap();
    fs::copy(project::clientwright_path(), &program).unwrap();
    sandbox.write("pets/api.yaml", API);
    for arguments in [["init", "api.yaml"].as_slice(), &["generate"], &["check"]] {
        let mut command = Command::new(&program);
        command.args(arguments).current_dir(sandbox.path("pets")).env_clear();
        command.envs(["PATH", "HOME"].map(|name| (name, std::env::var_os(name).unwrap_or_default())));
        let run = sandbox.output(&mut command, "");
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    }
    assert!(sandbox.exists("pets/runtime/src/lib.rs") && sandbox.exists("pets/src/models/pet.rs"));
    for (path, (bytes, _)) in sandbox.files().into_iter().filter(|(path, _)| *path != program) {
        let text = String::from_utf8(bytes).unwrap();
        let root = project::root().display().to_string();
        assert!(!text.contains(&root), "{} names the repository", path.display());
    }
}

#[test]
fn completions_list_every_command() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = sandbox.ok(&["completions", shell]);
        let missing: Vec<_> = COMMANDS.iter().filter(|name| !script.contains(**name)).collect();
        assert!(missing.is_empty(), "{shell}: {missing:?}");
    }
}

#[test]
fn every_command_has_a_man_page() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.path("man")).unwrap();
    sandbox.ok(&["man", "man"]);
    let main = sandbox.read("man/clientwright.1");
    for name in COMMANDS {
        assert!(main.contains(name), "{name}");
        assert!(sandbox.read(&format!("man/clientwright-{name}.1")).contains(name), "{name}");
    }
    assert!(sandbox.fails(&["man", "none"]).starts_with("error: can't write into none: "));
}
