//! `clientwright generate` and `check` in a temporary folder: which files they write, compare, reject and leave alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clientwright::generate::{self, Job, Summary};
use clientwright::project::Project as Configured;
use codegen::Mode;
use tempfile::TempDir;

use crate::{files, project};

const SPEC: &str = "\
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      tags: [pets]
      operationId: listPets
      responses: {'200': {description: Pets., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
    Toy: {type: object, properties: {name: {type: string}}}
";
const OVERLAY: &str = "\
overlay: 1.0.0
info: {title: More, version: '1'}
actions:
  - {target: $.components.schemas.Pet.properties, update: {age: {type: integer}}}
";
const REGENERATE: &str = "cargo xtask regen";

/// A temporary folder with a description and an overlay; the crate goes to `crate`.
struct Project(TempDir);

impl Project {
    fn new() -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        project.write("api.yaml", SPEC);
        project.write("fix.yaml", OVERLAY);
        project
    }

    /// Returns a project whose crate is generated.
    fn fresh() -> Self {
        let project = Self::new();
        project.regen().unwrap();
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), bytes).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn job(&self) -> Job {
        Job {
            overlays: vec![self.path("fix.yaml")],
            mode: Mode::Strict,
            base: self.0.path().to_owned(),
            fix_command: REGENERATE.to_owned(),
            ..project::job_of(&self.path("api.yaml"), &self.path("crate"), None)
        }
    }

    /// Generates the crate. An error is returned as printed, with `<root>` instead of the path.
    fn regen(&self) -> Result<Summary, String> {
        self.run(&self.job(), false)
    }

    fn check(&self) -> Result<Summary, String> {
        self.run(&self.job(), true)
    }

    fn run(&self, job: &Job, check: bool) -> Result<Summary, String> {
        let shown = |text: String| text.replace(&self.0.path().display().to_string(), "<root>");
        generate::run(job, check).map_err(|failure| shown(failure.to_string()))
    }

    /// Returns every file of the crate with its bytes and its time of modification.
    fn emitted(&self) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
        files::contents(&self.path("crate"))
    }
}

/// Returns a summary without the elapsed time of its last line.
fn printed(summary: &Summary) -> String {
    let text = summary.to_string();
    let (kept, _) = text.rsplit_once(", in ").unwrap();
    kept.replace(&summary_out(summary), "<out>")
}

fn summary_out(summary: &Summary) -> String {
    let text = summary.to_string();
    let last = text.lines().last().unwrap().to_owned();
    last.split_once(':').unwrap().0.to_owned()
}

#[test]
fn the_first_run_writes_everything_and_the_second_nothing() {
    let project = Project::new();
    let first = project.regen().unwrap();
    insta::assert_snapshot!(first.difference.missing.join("\n"), @"
    src/api/access.rs
    src/api/mod.rs
    src/endpoints/mod.rs
    src/endpoints/pets.rs
    src/models/mod.rs
    src/models/pet.rs
    src/models/toy.rs
    Cargo.toml
    README.md
    src/lib.rs
    ");
    insta::assert_snapshot!(printed(&first), @"
    1 operations, 2 models, 0 enums, 0 unions, 0 aliases, 0 skipped
    <out>: 10 files written, 0 unchanged, 0 removed
    ");
    let before = project.emitted();
    insta::assert_snapshot!(printed(&project.regen().unwrap()), @"<out>: 9 files are up to date (1 operations, 2 models, 0 enums, 0 unions, 0 aliases, 0 skipped)");
    assert_eq!(project.emitted(), before, "no file was touched");
    insta::assert_snapshot!(printed(&project.check().unwrap()), @"<out>: 9 files are up to date (1 operations, 2 models, 0 enums, 0 unions, 0 aliases, 0 skipped)");
}

#[test]
fn only_changed_files_are_written() {
    let project = Project::fresh();
    let before = project.emitted();
    project.write(
        "api.yaml",
        SPEC.replace("Toy: {type: object, properties: {name: {type: string}}}", "Hat: {type: string}"),
    );
    insta::assert_snapshot!(printed(&project.regen().unwrap()), @"
    1 operations, 1 models, 0 enums, 0 unions, 1 aliases, 0 skipped
      new      src/models/hat.rs
      changed  src/models/mod.rs
      changed  README.md
      removed  src/models/toy.rs
    <out>: 3 files written, 6 unchanged, 1 removed
    ");
    let after = project.emitted();
    let pet = project.path("crate/src/models/pet.rs");
    assert_eq!(before[&pet], after[&pet]);
    assert!(
        !after.contains_key(&project.path("crate/src/models/toy.rs")),
        "the file of a removed schema is deleted"
    );
}

#[test]
fn check_lists_the_differences() {
    let project = Project::fresh();
    fs::remove_file(project.path("crate/src/models/toy.rs")).unwrap();
    project.write("crate/src/models/pet.rs", project.read("crate/src/models/pet.rs") + "\n");
    project.write(
        "crate/src/endpoints/old.rs",
        "// @generated by `clientwright generate`. Of an earlier run.\n",
    );
    project.write("crate/src/models/more/deep.rs", "mine\n");
    let before = project.emitted();
    insta::assert_snapshot!(project.check().unwrap_err(), @"
    error: crate is not up to date with the description
      missing    crate/src/models/toy.rs
      different  crate/src/models/pet.rs
      extra      crate/src/endpoints/old.rs
      extra      crate/src/models/more/deep.rs
      help: run `cargo xtask regen` and commit the changes
    ");
    assert_eq!(project.emitted(), before, "a check writes nothing");
}

#[test]
fn check_detects_an_edited_description() {
    let project = Project::fresh();
    project.write("api.yaml", SPEC.replace("title: Pets", "title: Renamed").replace("listPets", "allPets"));
    insta::assert_snapshot!(project.check().unwrap_err(), @"
    error: crate is not up to date with the description
      different  crate/src/endpoints/pets.rs
      different  crate/README.md
      help: run `cargo xtask regen` and commit the changes
    ");
}

#[test]
fn orphaned_emitted_files_are_removed() {
    let project = Project::fresh();
    project
        .write("crate/src/models/old.rs", "// @generated by `clientwright generate`. Of an earlier run.\n");
    project.write("crate/src/own.rs", "//! By hand, and beside the folders that are emitted.\n");
    insta::assert_snapshot!(printed(&project.regen().unwrap()), @"
    1 operations, 2 models, 0 enums, 0 unions, 0 aliases, 0 skipped
      removed  src/models/old.rs
    <out>: 0 files written, 9 unchanged, 1 removed
    ");
    assert!(!project.path("crate/src/models/old.rs").exists());
    assert!(project.path("crate/src/own.rs").exists());
}

#[test]
fn handwritten_files_are_neither_removed_nor_replaced() {
    let project = Project::fresh();
    project.write("crate/src/models/notes.md", "By hand.\n");
    project.write("crate/src/models/pet.rs", "struct ByHand;\n");
    let before = project.emitted();
    insta::assert_snapshot!(project.regen().unwrap_err(), @"
    error: these files are in a folder for generated files, but were not generated by this command
      crate/src/models/pet.rs
      crate/src/models/notes.md
      help: move or delete them; nothing was written
    ");
    assert_eq!(project.emitted(), before);
}

#[test]
fn a_failed_run_changes_nothing() {
    let project = Project::fresh();
    let before = project.emitted();
    project.write("api.yaml", SPEC.replace("#/components/schemas/Pet", "#/components/schemas/Pat"));
    insta::assert_snapshot!(project.regen().unwrap_err(), @r##"
    error: unresolved reference "#/components/schemas/Pat"
      --> api.yaml:8:85 (#/paths/~1pets/get/responses/200/content/application~1json/schema/$ref)
      help: did you mean #/components/schemas/Pet?

    1 error; nothing was written
    "##);
    project.write("api.yaml", SPEC);
    project.write("fix.yaml", OVERLAY.replace(".Pet.", ".Pat."));
    insta::assert_snapshot!(project.regen().unwrap_err(), @r#"
    error: stale action: its target $.components.schemas.Pat.properties matches nothing
      --> fix.yaml:4:6 (#/actions/0/target)
      help: did you mean "Pet"? Otherwise delete the action if the description no longer needs it, or fix its target

    1 error; nothing was written
    "#);
    assert_eq!(project.emitted(), before);
}

#[test]
fn every_unreadable_file_is_reported() {
    let project = Project::new();
    let job = Job {
        description: project.path("missing.yaml"),
        overlays: vec![project.path("fix.yaml"), project.path("gone/fix.yaml")],
        ..project.job()
    };
    insta::assert_snapshot!(project.run(&job, false).unwrap_err(), @"
    error: can't read <root>/missing.yaml: No such file or directory (os error 2)
      help: check the path: it doesn't exist

    error: can't read <root>/gone/fix.yaml: No such file or directory (os error 2)
      help: check the path: it doesn't exist
    ");
    let job = Job { description: project.0.path().to_owned(), ..project.job() };
    insta::assert_snapshot!(project.run(&job, false).unwrap_err(), @"
    error: can't read <root>: Is a directory (os error 21)
      help: name a file, not a folder
    ");
}

#[test]
fn the_output_must_be_a_folder() {
    let project = Project::new();
    project.write("file", "text");
    let job = Job { out: project.path("file"), ..project.job() };
    insta::assert_snapshot!(project.run(&job, false).unwrap_err(), @"
    error: can't read <root>/file/Cargo.toml: Not a directory (os error 20)
      help: fix the cause and run the command again
    ");
    assert_eq!(project.read("file"), "text");
}

#[test]
fn a_missing_overlays_folder_is_an_error() {
    let project = Project::new();
    project.write("clientwright.toml", "description = 'api.yaml'\noverlays = ['spec/overlays']\n");
    let configured = Configured::load(&project.path("clientwright.toml"), project.0.path()).unwrap();
    let error = generate::run(&configured.job(REGENERATE).unwrap(), false).unwrap_err().to_string();
    insta::assert_snapshot!(error.replace(&project.0.path().display().to_string(), "<root>"), @"
    error: can't read <root>/spec/overlays: No such file or directory (os error 2)
      help: check the path: it doesn't exist
    ");
}

#[test]
fn the_output_does_not_depend_on_the_folder() {
    let texts = |project: &Project| -> Vec<_> {
        let below = |path: &Path| path.strip_prefix(project.0.path()).unwrap().to_owned();
        project.emitted().into_iter().map(|(path, (bytes, _))| (below(&path), bytes)).collect()
    };
    assert_eq!(texts(&Project::fresh()), texts(&Project::fresh()));
}

/// Each malformed file gives one error with its location.
#[test]
fn each_bad_file_gives_one_error() {
    const FIFTY_MEBIBYTES: usize = 50 * 1024 * 1024;
    let head = "openapi: 3.1.0\ninfo: {title: Bad, version: '1'}\n";
    let indentations: String = (0..10_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let files: [(&str, Vec<u8>); 14] = [
        ("empty", Vec::new()),
        ("binary", vec![0xff; 1024]),
        ("zeros", vec![0; 1024]),
        ("tab", format!("{head}paths:\n\t/pets: {{}}\n").into()),
        ("syntax", format!("{head}paths: [\n").into()),
        ("duplicate", format!("{head}paths: {{}}\npaths: {{}}\n").into()),
        ("version", "swagger: '1.2'\n".into()),
        (
            "reference",
            format!("{head}components: {{schemas: {{A: {{$ref: '#/components/schemas/B'}}}}}}\n").into(),
        ),
        ("lists", "[".repeat(FIFTY_MEBIBYTES).into()),
        ("maps", "{a: ".repeat(FIFTY_MEBIBYTES / 4).into()),
        ("dashes", "- ".repeat(FIFTY_MEBIBYTES / 2).into()),
        ("questions", "? ".repeat(FIFTY_MEBIBYTES / 2).into()),
        ("indentations", indentations.into()),
        ("unending", format!("{head}x: \"{}", "a".repeat(FIFTY_MEBIBYTES)).into()),
    ];
    let project = Project::fresh();
    let before = project.emitted();
    let mut lines = Vec::new();
    for (name, bytes) in files {
        project.write("api.yaml", bytes);
        let job = Job { overlays: Vec::new(), ..project.job() };
        let failure = project.run(&job, false).unwrap_err();
        assert_eq!(failure.matches("error: ").count(), 1, "{name}: {failure}");
        let error: Vec<_> = failure.lines().take(2).map(str::trim).collect();
        lines.push(format!("{name}: {}", error.join(" ")));
    }
    insta::assert_snapshot!(lines.join("\n"), @r##"
    empty: error: the file is empty --> api.yaml
    binary: error: the file is not UTF-8 text --> api.yaml:1:1
    zeros: error: invalid YAML: found unprintable character --> api.yaml:1:1
    tab: error: invalid YAML: tabs disallowed within this context (block indentation) --> api.yaml:4:2 (#/paths)
    syntax: error: invalid YAML: while parsing a node, did not find expected node content --> api.yaml:4:1 (#/paths/0)
    duplicate: error: duplicate key "paths"; the first one is at 3:1 --> api.yaml:4:1 (#/paths)
    version: error: Swagger version "1.2" is not supported --> api.yaml:1:1 (#/swagger)
    reference: error: unresolved reference "#/components/schemas/B" --> api.yaml:3:28 (#/components/schemas/A/$ref)
    lists: error: the document is nested more than 128 levels deep --> api.yaml:1:256 (#/0)
    maps: error: the document is nested more than 128 levels deep --> api.yaml:1:513 (#/a)
    dashes: error: the document is nested more than 128 levels deep --> api.yaml:1:257 (#/0)
    questions: error: a key must be a string, not an array or an object --> api.yaml:1:3
    indentations: error: the document is nested more than 128 levels deep --> api.yaml:129:129 (#/a)
    unending: error: invalid YAML: while scanning a quoted scalar, found unexpected end of stream --> api.yaml:3:4 (#/x)
    "##);
    assert_eq!(project.emitted(), before);
}

#[test]
fn streams_and_exit_codes_are_as_documented() {
    let project = Project::new();
    let runtime = format!("path={}", project::runtime().display());
    let run = |arguments: &[&str]| {
        let output = project::clientwright(project.0.path()).args(arguments).output().unwrap();
        let here = project::runtime().display().to_string();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&here, "<runtime>");
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let paths = ["api.yaml", "--out", "crate", "--runtime", &runtime];

    let (code, stdout, stderr) = run(&[&["generate"], paths.as_slice()].concat());
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert!(stdout.contains("crate: 10 files written, 0 unchanged, 0 removed, in "), "{stdout}");

    project
        .write("crate/src/models/pet.rs", "// @generated by `clientwright generate`. Of an earlier run.\n");
    let (code, stdout, stderr) = run(&[&["check"], paths.as_slice()].concat());
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    insta::assert_snapshot!(stderr, @"
    error: crate is not up to date with the description
      different  crate/src/models/pet.rs
      help: run `clientwright generate api.yaml --runtime path=<runtime> --out crate` and commit the changes
    ");

    let (code, _, stderr) = run(&["generate", "only.yaml"]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!(stderr, @"
    error: no folder for the crate was given
      help: add `--out`: clientwright generate only.yaml --out DIR
    ");
    let (code, _, stderr) = run(&["generate"]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!(stderr, @"
    error: no clientwright.toml in this folder or a folder above it
      help: create one with `clientwright init api.yaml`, or pass the description: `clientwright generate api.yaml --out DIR`
    ");
    assert_eq!(run(&["generate", "--nothing"]).0, Some(2));
    let (code, stdout, _) = run(&["generate", "--help"]);
    assert_eq!(code, Some(0));
    assert!(stdout.contains("Exit codes: 0 success, or up to date; 1 error or outdated"), "{stdout}");
}
