//! `clientwright diff` and the end of `cargo xtask regen`, in a repository of their own.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::project;

const BASE: &str = include_str!("base.yaml");

/// A repository with a description, one overlay and a version.
pub(super) struct Repository(TempDir);

/// How a run ended; the folder's name is left out.
pub(super) struct Run {
    pub(super) code: Option<i32>,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

impl Repository {
    pub(super) fn new() -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        repository.write("Cargo.toml", "[workspace.package]\nversion = \"0.3.1\"\n");
        repository.write("spec/zendesk.yaml", BASE);
        repository.overlay("$.components.schemas.Book.properties", "{year: {type: integer}}");
        project::configure(repository.0.path(), false);
        repository
    }

    /// One with a commit, and a tag at it.
    fn committed() -> Self {
        let repository = Self::new();
        repository.commit("first");
        repository
    }

    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    /// Writes the overlay.
    fn overlay(&self, target: &str, update: &str) {
        let text = format!(
            "overlay: 1.0.0\ninfo: {{title: Ours, version: '1'}}\nactions:\n  - target: {target}\n    update: {update}\n"
        );
        self.write("spec/overlays/10-ours.yaml", &text);
    }

    pub(super) fn git(&self, arguments: &[&str]) -> String {
        let who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.com"];
        let mut git = Command::new("git");
        project::without_git(&mut git).args(who).args(arguments).current_dir(self.0.path());
        let output = git.output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    pub(super) fn commit(&self, tag: &str) {
        self.git(&["add", "."]);
        self.git(&["commit", "--quiet", "--message", tag]);
        self.git(&["tag", tag]);
    }

    pub(super) fn xtask(&self, arguments: &[&str]) -> Run {
        self.run(project::xtask(self.0.path()).args(arguments))
    }

    pub(super) fn clientwright(&self, arguments: &[&str]) -> Run {
        self.run(project::cargo_clientwright(self.0.path()).args(arguments))
    }

    fn run(&self, command: &mut Command) -> Run {
        let output = command.output().unwrap();
        let text = |bytes: &[u8]| {
            String::from_utf8_lossy(bytes).replace(&self.0.path().display().to_string(), "<root>")
        };
        Run { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) }
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// What is not as in the last commit, as git lists it.
    pub(super) fn changed(&self) -> String {
        self.git(&["status", "--short"])
    }

    fn diff(&self, arguments: &[&str]) -> Run {
        self.clientwright(&[&["diff"], arguments].concat())
    }
}

#[test]
fn since_the_last_commit() {
    let repository = Repository::committed();
    let same = repository.diff(&[]);
    assert_eq!((same.code, same.stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!(same.stdout, @"HEAD → the working tree: nothing changes for users");

    repository
        .overlay("$.components.schemas.Book.properties", "{year: {type: string}, place: {type: string}}");
    repository
        .write("spec/zendesk.yaml", &BASE.replace("description: All books.", "description: Every book."));
    let changed = repository.diff(&[]);
    assert_eq!((changed.code, changed.stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!(changed.stdout, @"
    HEAD → the working tree: 1 breaking, 1 compatible, 1 in docs only: major, 0.3.1 → 0.4.0

    Breaking: code that compiled is refused
      models::Book.year: the field's type changed: Option<i64> → Option<String>
          HEAD:spec/overlays/10-ours.yaml:5:14 → spec/overlays/10-ours.yaml:5:14 (#/components/schemas/Book/properties/year)

    Compatible: new
      models::Book.place: the field is new: Option<String>
          spec/overlays/10-ours.yaml:5:36 (#/components/schemas/Book/properties/place)

    Compatible: docs only
      books::list_books: the function's docs changed
          HEAD:spec/zendesk.yaml:10:5 → spec/zendesk.yaml:10:5 (#/paths/~1books/get)
    ");
}

#[test]
fn between_two_commits() {
    let repository = Repository::committed();
    repository.write("spec/zendesk.yaml", &BASE.replace("enum: [free, lent]", "enum: [free, lost]"));
    repository.commit("second");
    let markdown = repository.diff(&["first..second", "--format", "markdown"]);
    assert_eq!(markdown.code, Some(0), "{}", markdown.stderr);
    insta::assert_snapshot!(markdown.stdout, @r#"
    # `first` → `second`

    1 breaking, 1 compatible: major, 0.3.1 → 0.4.0

    ## Breaking: code that compiled is refused

    **The value is gone** (value-removed): code that names the variant no longer compiles; the value itself is read as unknown.

    - `models::Status::Lent`: `"lent"`\
      `was first:spec/zendesk.yaml:89:41 (#/components/schemas/Status/enum/1)`

    ## Compatible: new

    **The value is new** (value-added): the enum is `#[non_exhaustive]`, and the value was read as unknown before.

    - `models::Status::Lost`: `"lost"`\
      `second:spec/zendesk.yaml:89:41 (#/components/schemas/Status/enum/1)`

    ## Draft for the changelog

    ```markdown
    ## 0.4.0

    ### Added

    - `models::Status::Lost`: the value is new: `"lost"`.

    ### Removed

    - **Breaking:** `models::Status::Lent`: the value is gone.
    ```
    "#);
    let changelog = repository.diff(&["first", "--format", "changelog"]);
    insta::assert_snapshot!(changelog.stdout, @r#"
    ## 0.4.0

    ### Added

    - `models::Status::Lost`: the value is new: `"lost"`.

    ### Removed

    - **Breaking:** `models::Status::Lent`: the value is gone.
    "#);
    let json: Value =
        serde_json::from_str(&repository.diff(&["first", "HEAD", "--format", "json"]).stdout).unwrap();
    insta::assert_snapshot!(format!("{:#}", json["changes"][0]), @r##"
    {
      "kind": "value-removed",
      "effect": "refused",
      "verdict": "breaking",
      "subject": "models::Status::Lent",
      "message": "models::Status::Lent: the value is gone: \"lent\"",
      "reason": "code that names the variant no longer compiles; the value itself is read as unknown",
      "was": "\"lent\"",
      "is": null,
      "old": {
        "pointer": "#/components/schemas/Status/enum/1",
        "file": "first:spec/zendesk.yaml",
        "line": 89,
        "column": 41
      },
      "new": null
    }
    "##);
    assert_eq!((&json["bump"], &json["next_version"]), (&"major".into(), &"0.4.0".into()));
}

/// Three dots compare with where the two parted, as a pull request does.
#[test]
fn since_two_branches_parted() {
    let repository = Repository::committed();
    repository.git(&["checkout", "--quiet", "-b", "ours"]);
    repository.write("spec/zendesk.yaml", &BASE.replace("title: Library", "title: Books"));
    repository.commit("on-ours");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("spec/zendesk.yaml", &BASE.replace("enum: [free, lent]", "enum: [free]"));
    repository.commit("on-main");
    let kinds = |range: &str| -> Vec<String> {
        let json = repository.diff(&[range, "--format", "json"]).stdout;
        let json: Value = serde_json::from_str(&json).unwrap();
        json["changes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["kind"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(kinds("main...ours"), ["title-changed"]);
    assert_eq!(kinds("main..ours"), ["value-added", "title-changed"]);
    // As in git, a side that is left out is the last commit, whatever is in the working tree.
    repository.write("spec/zendesk.yaml", BASE);
    assert_eq!(kinds("ours.."), ["value-removed", "title-changed"]);
    assert_eq!(kinds("..ours"), kinds("main..ours"));
    assert_eq!(kinds("ours..."), ["value-removed"]);
    assert_eq!(kinds("ours"), ["title-changed"]);
}

#[test]
fn a_change_can_fail_the_run() {
    let repository = Repository::committed();
    let codes = |text: &str| {
        repository.write("spec/zendesk.yaml", text);
        ["breaking", "compatible", "any"].map(|what| repository.diff(&["--fail-on", what]).code.unwrap())
    };
    assert_eq!(codes(BASE), [0, 0, 0]);
    assert_eq!(codes(&BASE.replace("title: Library", "title: Books")), [0, 0, 1]);
    assert_eq!(codes(&BASE.replace("enum: [free, lent]", "enum: [free, lent, lost]")), [0, 1, 1]);
    assert_eq!(codes(&BASE.replace("enum: [free, lent]", "enum: [free]")), [1, 1, 1]);
}

#[test]
fn documents_by_themselves() {
    let repository = Repository::new();
    repository.write("old.yaml", BASE);
    repository.write("new.yaml", &BASE.replace("operationId: lend", "operationId: borrow"));
    let run = repository.diff(&["old.yaml", "new.yaml"]);
    insta::assert_snapshot!(run.stdout, @"
    old.yaml → new.yaml: 1 breaking: major

    Breaking: code that compiled is refused
      members::lend: the function has another name: lend → borrow
          old.yaml:51:5 → new.yaml:51:5 (#/paths/~1loans/post)
    ");
    let patched =
        repository.diff(&["old.yaml", "new.yaml", "--overlay", "spec/overlays/10-ours.yaml", "--verbose"]);
    assert_eq!(patched.stdout, run.stdout, "the overlay changes both sides alike");
}

/// No text of a document steers the terminal.
#[test]
fn what_a_document_says_is_only_shown() {
    let repository = Repository::new();
    repository.write("old.yaml", BASE);
    let title = "title: \"Books \\e[2J\\u202E\\u009B1m\"";
    let value = "enum: [free, lent, \"l\\e[2Jost\"]";
    let new = BASE.replace("title: Library", title).replace("enum: [free, lent]", value);
    repository.write("new.yaml", &new);
    for format in ["terminal", "markdown", "changelog"] {
        let mut command = project::cargo_clientwright(&repository.path(""));
        command.args(["diff", "old.yaml", "new.yaml", "--format", format]).env("CLICOLOR_FORCE", "1");
        let told = String::from_utf8(command.output().unwrap().stdout).unwrap();
        assert!(told.contains("models::Status::L2jost"), "{told}");
        for steering in ["\u{1b}[2J", "\u{202e}", "\u{9b}"] {
            assert!(!told.contains(steering), "{format}: {told:?}");
        }
    }
}

#[test]
fn what_is_not_there_is_said() {
    let repository = Repository::new();
    insta::assert_snapshot!(repository.diff(&[]).stderr, @"
    error: HEAD is neither a file nor a revision of this repository
      help: name an OpenAPI document, a commit, a branch or a tag
    ");
    repository.commit("first");
    let unknown = repository.diff(&["nowhere..main"]);
    assert_eq!((unknown.code, unknown.stdout.as_str()), (Some(1), ""));
    insta::assert_snapshot!(unknown.stderr, @"
    error: nowhere is neither a file nor a revision of this repository
      help: name an OpenAPI document, a commit, a branch or a tag
    ");
    insta::assert_snapshot!(repository.diff(&["--", "--output=x"]).stderr, @"
    error: --output=x is neither a file nor a revision of this repository
      help: name an OpenAPI document, a commit, a branch or a tag
    ");
    assert!(!repository.path("x").exists(), "a revision is never an option of git");
    repository.git(&["rm", "--quiet", "spec/zendesk.yaml"]);
    repository.commit("second");
    insta::assert_snapshot!(repository.diff(&["first..second"]).stderr, @"
    error: the revision second has no spec/zendesk.yaml
      help: name one that has the description
    ");
    repository.git(&["checkout", "--quiet", "first"]);
    repository.write("spec/overlays/10-ours.yaml", "overlay: [");
    insta::assert_snapshot!(repository.diff(&[]).stderr, @"
    error: the YAML can't be read: while parsing a node, did not find expected node content
      --> spec/overlays/10-ours.yaml:2:1
      |
    2 | 
      | ^
      |
      = at #/overlay/0
      = help: mend the syntax at this place; the mistake may begin a little above it

    1 error; nothing was written
    ");
}

#[test]
fn regen_tells_at_its_end() {
    let repository = Repository::new();
    let first = repository.xtask(&["regen"]);
    assert_eq!(first.code, Some(0));
    insta::assert_snapshot!(first.stderr, @"

    no comparison with the last commit:
    error: HEAD is neither a file nor a revision of this repository
      help: name an OpenAPI document, a commit, a branch or a tag
    ");
    repository.commit("first");
    let same = repository.xtask(&["regen"]);
    assert_eq!(same.stdout.lines().count(), 1, "{}", same.stdout);
    repository.overlay("$.components.schemas.Book.properties", "{year: {type: string}}");
    let changed = repository.xtask(&["regen"]).stdout;
    let (_, told) = changed.split_once("\n\n").unwrap();
    assert_eq!(told, repository.diff(&[]).stdout);
    assert!(told.starts_with("HEAD → the working tree: 1 breaking: major, 0.3.1 → 0.4.0\n"), "{told}");
}
