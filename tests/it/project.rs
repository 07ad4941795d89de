//! The project's own description, generated once for all tests.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use clientwright::config::RuntimeSource;
use clientwright::generate::Job;
use clientwright::project::Project;
use codegen::{Output, Source};
use serde_json::Value;

/// The configuration of the project's crate, below the root.
pub(crate) const CONFIG: &str = "generated/clientwright.toml";

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
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| build("xtask"));
    let mut command = program(&PROGRAM, root);
    // Where cargo says that the package is: the repository is the folder above.
    command.env("CARGO_MANIFEST_DIR", root.join("xtask"));
    command
}

/// The generator's program in a folder.
pub(crate) fn clientwright(folder: &Path) -> Command {
    program(&clientwright_path(), folder)
}

/// The same for the crate of a repository, as `cargo clientwright` runs it.
pub(crate) fn cargo_clientwright(root: &Path) -> Command {
    let mut command = clientwright(root);
    command.args(["--config", CONFIG]);
    command
}

/// Where the generator's program was built.
pub(crate) fn clientwright_path() -> PathBuf {
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| build("clientwright"));
    PROGRAM.clone()
}

/// Builds the program of a package.
fn build(package: &str) -> PathBuf {
    let build = ["build", "--quiet", "--offline", "--package", package, "--message-format", "json"];
    let output = cargo().args(build).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let messages = String::from_utf8(output.stdout).unwrap();
    let messages = messages.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut programs = messages.filter_map(|message| message["executable"].as_str().map(PathBuf::from));
    programs.next_back().expect("the program is built")
}

fn program(path: &Path, folder: &Path) -> Command {
    let mut command = Command::new(path);
    command.current_dir(folder);
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

/// A configuration like the project's own, for a repository that a test makes; with a record, if there is one.
pub(crate) fn config(has_record: bool) -> String {
    let upstream = if has_record { "upstream = \"../spec/UPSTREAM.toml\"\n" } else { "" };
    let runtime = runtime().display().to_string();
    format!(
        "description = \"../spec/zendesk.yaml\"\noverlays = [\"../spec/overlays\"]\nstrict = true\n\
         runtime = {{ path = {runtime:?} }}\n{upstream}"
    )
}

/// Gives a repository that a test makes a configuration, and a manifest that takes the workspace's version.
pub(crate) fn configure(root: &Path, has_record: bool) {
    std::fs::create_dir_all(root.join("generated")).unwrap();
    std::fs::write(root.join(CONFIG), config(has_record)).unwrap();
    let manifest = "[package]\nname = \"zendesk-client\"\nversion.workspace = true\nedition = \"2024\"\n";
    std::fs::write(root.join("generated/Cargo.toml"), manifest).unwrap();
}

/// The crate of a repository, by its configuration.
pub(crate) fn of(root: &Path) -> Project {
    Project::load(&root.join(CONFIG), root).unwrap_or_else(|failure| panic!("{failure}"))
}

pub(crate) fn job() -> Job {
    of(&root()).job("cargo xtask regen").unwrap()
}

pub(crate) fn sources() -> Sources {
    of(&root()).read().unwrap()
}

/// The runtime as it stands here.
pub(crate) fn runtime() -> PathBuf {
    root().join("codegen/runtime")
}

/// A crate of a description, over the runtime as it stands here.
pub(crate) fn job_of(description: &Path, out: &Path, name: Option<&str>) -> Job {
    Job {
        name: name.map(str::to_owned),
        runtime: RuntimeSource::Path(runtime()),
        ..Job::new(description, out)
    }
}

/// Generates such a crate, with the versions of dependencies that this repository has.
pub(crate) fn make_crate(description: &Path, out: &Path, name: &str) {
    let job = job_of(description, out, Some(name));
    clientwright::generate::run(&job, false).unwrap_or_else(|failure| panic!("{failure}"));
    xtask::corpus::copy_lock(&root(), out).unwrap();
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
