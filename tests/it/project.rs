//! The project's own description, generated once for all tests.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use clientwright::generate::Job;
use clientwright::project::Project;
use clientwright::runtime_source::RuntimeSource;
use codegen::{Output, Source};
use serde_json::Value;

/// The configuration of the project's crate, below the root.
pub(crate) const CONFIG: &str = "generated/clientwright.toml";

/// A description and its overlays.
pub(crate) type Sources = (Source, Vec<Source>);

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Returns a command for the cargo that runs the tests.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Returns a command for cargo in a generated crate, offline, with the target folder that all of them share.
pub(crate) fn cargo_in(package: &Path, subcommand: &str) -> Command {
    let mut command = cargo();
    command.args([subcommand, "--offline", "--quiet"]).current_dir(package);
    command.env("CARGO_TARGET_DIR", root().join("target/compiled/target")).env_remove("RUSTFLAGS");
    command
}

/// Returns everything that a command prints, and whether it succeeds.
pub(crate) fn printed(command: &mut Command) -> (bool, String) {
    let output = command.output().unwrap();
    let text =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (output.status.success(), text)
}

/// Runs an example of a generated crate, and fails if it does, or if there are warnings.
pub(crate) fn run_example(package: &Path, name: &str, arguments: &[&str]) {
    let (success, text) = printed(cargo_in(package, "run").args(["--example", name]).args(arguments));
    assert!(success && !text.contains("warning:"), "{text}");
}

/// Returns a command that runs `xtask` for the repository in `root`.
pub(crate) fn xtask(root: &Path) -> Command {
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| build("xtask"));
    let mut command = program(&PROGRAM, root);
    // The program takes the parent folder of this one for the repository.
    command.env("CARGO_MANIFEST_DIR", root.join("xtask"));
    command
}

/// Returns a command that runs `clientwright` in a folder.
pub(crate) fn clientwright(folder: &Path) -> Command {
    program(&clientwright_path(), folder)
}

/// Returns a command that runs `clientwright` for the crate of a repository, like `cargo clientwright`.
pub(crate) fn cargo_clientwright(root: &Path) -> Command {
    let mut command = clientwright(root);
    command.args(["--config", CONFIG]);
    command
}

/// Builds `clientwright` and returns the path of the program.
pub(crate) fn clientwright_path() -> PathBuf {
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| build("clientwright"));
    PROGRAM.clone()
}

/// Builds the program of a package and returns its path.
fn build(package: &str) -> PathBuf {
    let build = ["build", "--quiet", "--offline", "--package", package, "--message-format", "json"];
    let output = cargo().args(build).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let messages = String::from_utf8(output.stdout).unwrap();
    let messages = messages.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut programs = messages.filter_map(|message| message["executable"].as_str().map(PathBuf::from));
    programs.next_back().expect("cargo reports the program")
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

/// Removes the variables of Git: if a Git hook runs the tests, they name another repository.
pub(crate) fn without_git(command: &mut Command) -> &mut Command {
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        command.env_remove(name);
    }
    command
}

/// Returns a configuration like the project's own for a test's repository, with `UPSTREAM.toml` if it has one.
pub(crate) fn config(has_record: bool) -> String {
    let upstream = if has_record { "upstream = \"../spec/UPSTREAM.toml\"\n" } else { "" };
    let runtime = runtime().display().to_string();
    format!(
        "description = \"../spec/zendesk.yaml\"\noverlays = [\"../spec/overlays\"]\nstrict = true\n\
         runtime = {{ path = {runtime:?} }}\n{upstream}"
    )
}

/// Writes a configuration, and a manifest that inherits the workspace's version, into a test's repository.
pub(crate) fn configure(root: &Path, has_record: bool) {
    std::fs::create_dir_all(root.join("generated")).unwrap();
    std::fs::write(root.join(CONFIG), config(has_record)).unwrap();
    let manifest = "[package]\nname = \"zendesk-client\"\nversion.workspace = true\nedition = \"2024\"\n";
    std::fs::write(root.join("generated/Cargo.toml"), manifest).unwrap();
}

/// Loads the configuration of a repository's crate.
pub(crate) fn of(root: &Path) -> Project {
    Project::load(&root.join(CONFIG), root).unwrap_or_else(|failure| panic!("{failure}"))
}

pub(crate) fn job() -> Job {
    of(&root()).job("cargo xtask regen").unwrap()
}

pub(crate) fn sources() -> Sources {
    of(&root()).read().unwrap()
}

/// Returns the folder of this repository's runtime.
pub(crate) fn runtime() -> PathBuf {
    root().join("codegen/runtime")
}

/// Returns the job that generates a crate with this repository's runtime.
pub(crate) fn job_of(description: &Path, out: &Path, name: Option<&str>) -> Job {
    Job {
        name: name.map(str::to_owned),
        runtime: RuntimeSource::Path(runtime()),
        ..Job::new(description, out)
    }
}

/// Generates such a crate with this repository's lock file.
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

/// Returns a path in `../shared`, which has real documents and recordings; `None`, with a message, if it is absent.
pub(crate) fn beside(path: &str) -> Option<PathBuf> {
    let found = root().join("../shared").join(path);
    if found.exists() {
        return Some(found);
    }
    println!("skipped: ../shared/{path} does not exist");
    None
}
