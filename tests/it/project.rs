//! The project's own description, generated once for all tests.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use clientwright::project::Job;
use codegen::{Output, Source};
use serde_json::Value;

/// A description and its overlays.
pub(crate) type Sources = (Source, Vec<Source>);

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The cargo that runs the tests.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The maintainer's program, which takes another folder for the repository.
pub(crate) fn xtask(root: &Path) -> Command {
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
        let build = ["build", "--quiet", "--offline", "--package", "xtask", "--message-format", "json"];
        let output = cargo().args(build).current_dir(self::root()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let messages = String::from_utf8(output.stdout).unwrap();
        let messages = messages.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let mut programs = messages.filter_map(|message| message["executable"].as_str().map(PathBuf::from));
        programs.next_back().expect("the program is built")
    });
    let mut command = Command::new(&*PROGRAM);
    // Where cargo says that the package is: the repository is the folder above.
    command.env("CARGO_MANIFEST_DIR", root.join("xtask")).current_dir(root);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR"] {
        command.env_remove(name);
    }
    without_git(&mut command);
    command
}

/// The tests may be run by a hook of git, which tells its programs about another repository.
pub(crate) fn without_git(command: &mut Command) -> &mut Command {
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    command
}

pub(crate) fn job() -> Job {
    Job::of_project(&root()).unwrap()
}

pub(crate) fn sources() -> Sources {
    job().read().unwrap()
}

pub(crate) fn generate(sources: &Sources) -> Output {
    codegen::generate(&sources.0, &sources.1).unwrap_or_else(|report| panic!("{report}"))
}

pub(crate) fn output() -> &'static Output {
    static OUTPUT: LazyLock<Output> = LazyLock::new(|| generate(&sources()));
    &OUTPUT
}

/// Real documents and recordings that some checkouts have beside them; tests that use them say when they are absent.
pub(crate) fn beside(path: &str) -> Option<PathBuf> {
    let found = root().join("../shared").join(path);
    if found.exists() {
        return Some(found);
    }
    println!("skipped: there is no ../shared/{path} beside this checkout");
    None
}
