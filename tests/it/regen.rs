//! `cargo xtask regen` on a folder of its own: what it writes, checks, refuses and leaves alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use clientwright::project::Job;
use clientwright::regen::{self, Summary};
use tempfile::TempDir;

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
const CURE: &str = "cargo xtask regen";

/// A folder with a description, an overlay, and room for what is emitted.
struct Project(TempDir);

impl Project {
    fn new() -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        project.write("api.yaml", SPEC);
        project.write("fix.yaml", OVERLAY);
        project
    }

    /// One whose files have been emitted.
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
            spec: self.path("api.yaml"),
            overlays: vec![self.path("fix.yaml")],
            out: self.path("src"),
            root: self.0.path().to_owned(),
        }
    }

    /// Writes; a failure as it is printed, with the folder's name left out.
    fn regen(&self) -> Result<Summary, String> {
        self.run(&self.job(), false)
    }

    fn check(&self) -> Result<Summary, String> {
        self.run(&self.job(), true)
    }

    fn run(&self, job: &Job, check: bool) -> Result<Summary, String> {
        let shown = |text: String| text.replace(&self.0.path().display().to_string(), "<root>");
        regen::run(job, check, CURE).map_err(|failure| shown(failure.to_string()))
    }

    /// Every file below the output folder: its bytes, and when they were written.
    fn emitted(&self) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.path("src")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let written = fs::metadata(&path).unwrap().modified().unwrap();
                    found.insert(path.clone(), (fs::read(&path).unwrap(), written));
                }
            }
        }
        found
    }
}

/// A summary without its last line's time.
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
    insta::assert_snapshot!(printed(&project.regen().unwrap()), @"
    1 operations, 2 models, 0 enums, 0 unions, 0 aliases, 0 skipped
      new      endpoints/mod.rs
      new      endpoints/pets.rs
      new      models/mod.rs
      new      models/pet.rs
      new      models/toy.rs
    <out>: 5 files written, 0 unchanged, 0 removed
    ");
    let before = project.emitted();
    insta::assert_snapshot!(printed(&project.regen().unwrap()), @"<out>: 5 files are fresh (1 operations, 2 models, 0 enums, 0 unions, 0 aliases, 0 skipped)");
    assert_eq!(project.emitted(), before, "no file was touched");
    insta::assert_snapshot!(printed(&project.check().unwrap()), @"<out>: 5 files are fresh (1 operations, 2 models, 0 enums, 0 unions, 0 aliases, 0 skipped)");
}

#[test]
fn only_what_changed_is_written() {
    let project = Project::fresh();
    let before = project.emitted();
    project.write(
        "api.yaml",
        SPEC.replace("Toy: {type: object, properties: {name: {type: string}}}", "Hat: {type: string}"),
    );
    insta::assert_snapshot!(printed(&project.regen().unwrap()), @"
    1 operations, 1 models, 0 enums, 0 unions, 1 aliases, 0 skipped
      new      models/hat.rs
      changed  models/mod.rs
      removed  models/toy.rs
    <out>: 2 files written, 3 unchanged, 1 removed
    ");
    let after = project.emitted();
    let pet = project.path("src/models/pet.rs");
    assert_eq!(before[&pet], after[&pet]);
    assert!(!after.contains_key(&project.path("src/models/toy.rs")), "a file without a schema goes");
}

#[test]
fn the_check_lists_what_differs() {
    let project = Project::fresh();
    fs::remove_file(project.path("src/models/toy.rs")).unwrap();
    project.write("src/models/pet.rs", project.read("src/models/pet.rs") + "\n");
    project.write("src/endpoints/old.rs", "// @generated long ago\n");
    project.write("src/models/more/deep.rs", "mine\n");
    let before = project.emitted();
    insta::assert_snapshot!(project.check().unwrap_err(), @"
    error: src is not what the description gives
      missing    src/models/toy.rs
      different  src/models/pet.rs
      extra      src/endpoints/old.rs
      extra      src/models/more/deep.rs
      help: run `cargo xtask regen` and commit what it changes
    ");
    assert_eq!(project.emitted(), before, "a check writes nothing");
}

#[test]
fn the_check_notices_an_edited_description() {
    let project = Project::fresh();
    project.write("api.yaml", SPEC.replace("title: Pets", "title: Renamed").replace("listPets", "allPets"));
    insta::assert_snapshot!(project.check().unwrap_err(), @"
    error: src is not what the description gives
      different  src/endpoints/pets.rs
      help: run `cargo xtask regen` and commit what it changes
    ");
}

#[test]
fn orphans_with_the_mark_are_removed() {
    let project = Project::fresh();
    project.write("src/models/old.rs", "// @generated by `cargo xtask regen`\n");
    project.write("src/lib.rs", "//! By hand, and beside the folders that are emitted.\n");
    insta::assert_snapshot!(printed(&project.regen().unwrap()), @"
    1 operations, 2 models, 0 enums, 0 unions, 0 aliases, 0 skipped
      removed  models/old.rs
    <out>: 0 files written, 5 unchanged, 1 removed
    ");
    assert!(!project.path("src/models/old.rs").exists());
    assert!(project.path("src/lib.rs").exists());
}

#[test]
fn files_of_others_are_neither_removed_nor_replaced() {
    let project = Project::new();
    project.write("src/models/notes.md", "By hand.\n");
    project.write("src/models/pet.rs", "struct ByHand;\n");
    let before = project.emitted();
    insta::assert_snapshot!(project.regen().unwrap_err(), @"
    error: these files were not written by this command, but stand in a folder that it owns
      src/models/pet.rs
      src/models/notes.md
      help: move them elsewhere, or delete them; nothing was written
    ");
    assert_eq!(project.emitted(), before);
}

#[test]
fn a_failed_run_leaves_everything_as_it_was() {
    let project = Project::fresh();
    let before = project.emitted();
    project.write("api.yaml", SPEC.replace("#/components/schemas/Pet", "#/components/schemas/Pat"));
    insta::assert_snapshot!(project.regen().unwrap_err(), @r##"
    error: the reference "#/components/schemas/Pat" leads nowhere
      --> api.yaml:8:85 (#/paths/~1pets/get/responses/200/content/application~1json/schema/$ref)
      help: did you mean #/components/schemas/Pet?

    1 error; nothing was written
    "##);
    project.write("api.yaml", SPEC);
    project.write("fix.yaml", OVERLAY.replace(".Pet.", ".Pat."));
    insta::assert_snapshot!(project.regen().unwrap_err(), @r#"
    error: stale action: its target $.components.schemas.Pat.properties matches nothing
      --> fix.yaml:4:6 (#/actions/0/target)
      help: did you mean "Pet"? Otherwise delete the action if the description no longer needs it, or mend its target

    1 error; nothing was written
    "#);
    assert_eq!(project.emitted(), before);
}

#[test]
fn files_that_cannot_be_read_are_all_named() {
    let project = Project::new();
    let job = Job {
        spec: project.path("missing.yaml"),
        overlays: vec![project.path("fix.yaml"), project.path("gone/fix.yaml")],
        ..project.job()
    };
    insta::assert_snapshot!(project.run(&job, false).unwrap_err(), @"
    error: can't read <root>/missing.yaml: No such file or directory (os error 2)
      help: check the path: there is nothing of that name

    error: can't read <root>/gone/fix.yaml: No such file or directory (os error 2)
      help: check the path: there is nothing of that name
    ");
    let job = Job { spec: project.0.path().to_owned(), ..project.job() };
    insta::assert_snapshot!(project.run(&job, false).unwrap_err(), @"
    error: can't read <root>: Is a directory (os error 21)
      help: name a file, not a folder
    ");
}

#[test]
fn an_output_that_is_no_folder() {
    let project = Project::new();
    project.write("file", "text");
    let job = Job { out: project.path("file"), ..project.job() };
    insta::assert_snapshot!(project.run(&job, false).unwrap_err(), @"
    error: can't read <root>/file/endpoints/mod.rs: Not a directory (os error 20)
      help: mend the cause and run the command again
    ");
    assert_eq!(project.read("file"), "text");
}

#[test]
fn a_project_without_overlays_folder() {
    let project = Project::new();
    let error = Job::of_project(project.0.path()).unwrap_err().to_string();
    insta::assert_snapshot!(error.replace(&project.0.path().display().to_string(), "<root>"), @"
    error: can't list <root>/spec/overlays: No such file or directory (os error 2)
      help: check the path: there is nothing of that name
    ");
}

#[test]
fn two_folders_get_the_same_bytes() {
    let texts = |project: &Project| -> Vec<_> {
        let below = |path: &Path| path.strip_prefix(project.0.path()).unwrap().to_owned();
        project.emitted().into_iter().map(|(path, (bytes, _))| (below(&path), bytes)).collect()
    };
    assert_eq!(texts(&Project::fresh()), texts(&Project::fresh()));
}

/// Ten files that no honest person would write: each gets one message with a place.
#[test]
fn ten_bad_files_give_one_message_each() {
    const MEGABYTES: usize = 50 * 1024 * 1024;
    let head = "openapi: 3.1.0\ninfo: {title: Bad, version: '1'}\n";
    let indentations: String = (0..10_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let files: [(&str, Vec<u8>); 14] = [
        ("empty", Vec::new()),
        ("binary", vec![0xff; 1024]),
        ("zeros", vec![0; 1024]),
        ("tab", format!("{head}paths:\n\t/pets: {{}}\n").into()),
        ("syntax", format!("{head}paths: [\n").into()),
        ("duplicate", format!("{head}paths: {{}}\npaths: {{}}\n").into()),
        ("version", "swagger: '2.0'\n".into()),
        (
            "reference",
            format!("{head}components: {{schemas: {{A: {{$ref: '#/components/schemas/B'}}}}}}\n").into(),
        ),
        ("lists", "[".repeat(MEGABYTES).into()),
        ("maps", "{a: ".repeat(MEGABYTES / 4).into()),
        ("dashes", "- ".repeat(MEGABYTES / 2).into()),
        ("questions", "? ".repeat(MEGABYTES / 2).into()),
        ("indentations", indentations.into()),
        ("unending", format!("{head}x: \"{}", "a".repeat(MEGABYTES)).into()),
    ];
    let project = Project::fresh();
    let before = project.emitted();
    let mut lines = Vec::new();
    for (name, bytes) in files {
        project.write("api.yaml", bytes);
        let job = Job { overlays: Vec::new(), ..project.job() };
        let failure = project.run(&job, false).unwrap_err();
        assert_eq!(failure.matches("error: ").count(), 1, "{name}: {failure}");
        let said: Vec<_> = failure.lines().take(2).map(str::trim).collect();
        lines.push(format!("{name}: {}", said.join(" ")));
    }
    insta::assert_snapshot!(lines.join("\n"), @r##"
    empty: error: the file is empty --> api.yaml
    binary: error: the file is not UTF-8 text --> api.yaml:1:1
    zeros: error: the YAML can't be read: found unprintable character --> api.yaml:1:1
    tab: error: the YAML can't be read: tabs disallowed within this context (block indentation) --> api.yaml:4:2 (#/paths)
    syntax: error: the YAML can't be read: while parsing a node, did not find expected node content --> api.yaml:4:1 (#/paths/0)
    duplicate: error: the key "paths" stands here a second time; the first is at 3:1 --> api.yaml:4:1 (#/paths)
    version: error: this is a Swagger 2.0 document --> api.yaml:1:1 (#/swagger)
    reference: error: the reference "#/components/schemas/B" leads nowhere --> api.yaml:3:28 (#/components/schemas/A/$ref)
    lists: error: the document is nested more than 128 levels deep --> api.yaml:1:256 (#/0)
    maps: error: the document is nested more than 128 levels deep --> api.yaml:1:513 (#/a)
    dashes: error: the document is nested more than 128 levels deep --> api.yaml:1:257 (#/0)
    questions: error: a mapping's key is a list or a mapping --> api.yaml:1:3
    indentations: error: the document is nested more than 128 levels deep --> api.yaml:129:129 (#/a)
    unending: error: the YAML can't be read: while scanning a quoted scalar, found unexpected end of stream --> api.yaml:3:4 (#/x)
    "##);
    assert_eq!(project.emitted(), before);
}

/// The command line itself: what it prints where, and its exit codes.
#[test]
fn the_command_line() {
    let project = Project::new();
    let run = |arguments: &[&str]| {
        let mut command = crate::project::cargo();
        command.args(["run", "--quiet", "--offline", "--package", "xtask", "--", "regen"]).args(arguments);
        let output = command.current_dir(crate::project::root()).output().unwrap();
        let text = |bytes: &[u8]| {
            String::from_utf8_lossy(bytes).replace(&project.0.path().display().to_string(), "<root>")
        };
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let (spec, out) = (project.path("api.yaml"), project.path("src"));
    let paths = ["--spec", spec.to_str().unwrap(), "--out", out.to_str().unwrap()];

    let (code, stdout, stderr) = run(&paths);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert!(stdout.contains("<root>/src: 5 files written, 0 unchanged, 0 removed, in "), "{stdout}");

    project.write("src/models/pet.rs", "// @generated, and edited\n");
    let (code, stdout, stderr) = run(&[paths.as_slice(), &["--check"]].concat());
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    insta::assert_snapshot!(stderr, @"
    error: <root>/src is not what the description gives
      different  <root>/src/models/pet.rs
      help: run `cargo xtask regen --spec <root>/api.yaml --out <root>/src` and commit what it changes
    ");

    let (code, _, stderr) = run(&["--spec", "only.yaml"]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("--out <DIR>"), "{stderr}");
    let (code, stdout, _) = run(&["--help"]);
    assert_eq!(code, Some(0));
    assert!(stdout.contains("Exit codes: 0 done, or fresh; 1 something is wrong"), "{stdout}");
}
