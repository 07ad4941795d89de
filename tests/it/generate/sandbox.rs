//! A temporary folder in which a test runs the program.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use codegen::package::RUNTIME;
use tempfile::TempDir;
use toml_edit::DocumentMut;

use crate::{files, project};

/// A description of pets and toys.
pub(super) const API: &str = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
servers: [{url: 'https://pets.example'}]
paths:
  /pets: {get: {tags: [pets], operationId: listPets, responses: {'200': {description: Pets., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}}
  /toys: {get: {tags: [toys], operationId: listToys, responses: {'204': {description: Done.}}}}
components: {schemas: {Pet: {type: object, properties: {name: {type: string}}}}}
";

/// A temporary folder without siblings.
pub(super) struct Sandbox {
    folder: PathBuf,
    _above: TempDir,
}

/// The result of a run. `<folder>` replaces the path of the sandbox in its output.
pub(super) struct Run {
    pub(super) code: Option<i32>,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

impl Sandbox {
    pub(super) fn new() -> Self {
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("sandbox");
        fs::create_dir(&folder).unwrap();
        Self { folder, _above: above }
    }

    /// Returns a sandbox with [`API`] and a configuration, for a crate that uses this repository's runtime.
    pub(super) fn with_api() -> Self {
        let sandbox = Self::new();
        sandbox.write("api.yaml", API);
        sandbox.ok(&["init", "api.yaml", "--runtime", &runtime()]);
        sandbox
    }

    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    pub(super) fn exists(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    pub(super) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Replaces a piece of text, which must occur exactly once.
    pub(super) fn edit(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(old).count(), 1, "{old} in {path}:\n{text}");
        self.write(path, text.replace(old, new));
    }

    pub(super) fn append(&self, path: &str, text: &str) {
        self.write(path, self.read(path) + text);
    }

    /// Returns every file with its bytes and its time of modification.
    pub(super) fn files(&self) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
        files::contents(&self.folder)
    }

    pub(super) fn manifest(&self, path: &str) -> DocumentMut {
        self.read(path).parse().unwrap()
    }

    /// Returns a manifest's dependency on the runtime.
    pub(super) fn dependency(&self, path: &str) -> String {
        self.manifest(path)["dependencies"][RUNTIME].to_string().trim().to_owned()
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, "")
    }

    /// Runs the program with a standard input.
    pub(super) fn run_with(&self, arguments: &[&str], input: &str) -> Run {
        self.output(project::clientwright(&self.folder).args(arguments), input)
    }

    /// Runs a command with a standard input.
    pub(super) fn output(&self, command: &mut Command, input: &str) -> Run {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let text = |bytes: &[u8]| {
            String::from_utf8_lossy(bytes).replace(&self.folder.display().to_string(), "<folder>")
        };
        Run { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) }
    }

    /// Runs the program, which must succeed without warnings, and returns its standard output.
    pub(super) fn ok(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{arguments:?}: {}", run.stdout);
        run.stdout
    }

    /// Runs the program, which must fail and change no file, and returns its standard error.
    pub(super) fn fails(&self, arguments: &[&str]) -> String {
        let before = self.files();
        let run = self.run(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{arguments:?}: {}", run.stderr);
        assert_eq!(self.files(), before, "{arguments:?} wrote something");
        run.stderr
    }
}

/// Returns the value of `--runtime` for this repository's runtime.
pub(super) fn runtime() -> String {
    format!("path={}", project::runtime().display())
}

/// Runs cargo offline in a folder, with the target folder that the tests share.
pub(super) fn cargo(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = project::cargo();
    command.args(arguments).arg("--offline").current_dir(folder).env_remove("RUSTFLAGS");
    command.env("CARGO_TARGET_DIR", project::root().join("target/compiled/target"));
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Run { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) }
}
