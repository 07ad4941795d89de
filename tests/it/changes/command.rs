//! `clientwright diff`, and the changes that `cargo xtask regen` prints, in a temporary repository.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::project;

const BASE: &str = include_str!("base.yaml");

/// A temporary repository with a description, one overlay and a version.
pub(super) struct Repository(TempDir);

/// The result of a run. `<root>` replaces the path of the repository in its output.
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

    /// Returns a repository with a commit that is tagged `first`.
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
        let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
        let mut git = Command::new("git");
        project::without_git(&mut git).args(identity).args(arguments).current_dir(self.0.path());
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

    /// Returns the changes since the last commit, as `git status` lists them.
    pub(super) fn changed(&self) -> String {
        self.git(&["status", "--short"])
    }

    fn diff(&self, arguments: &[&str]) -> Run {
        self.clientwright(&[&["diff"], arguments].concat())
    }
}

#[test]
fn diff_compares_the_working_tree_with_the_last_commit() {
    let repository = Repository::committed();
    let same = repository.diff(&[]);
    assert_eq!((same.code, same.stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!(same.stdout, @"HEAD → the working tree: nothing changes for users");

    repository
        .overlay("$.components.schemas.Book.properties", "{year: {type: string}, aisle: {type: string}}");
    repository
        .write("spec/zendesk.yaml", &BASE.replace("description: All books.", "description: Every book."));
    let changed = repository.diff(&[]);
    assert_eq!((changed.code, changed.stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!(changed.stdout, @"
    HEAD → the working tree: 1 breaking, 1 compatible, 1 in docs only: major, 0.3.1 → 0.4.0

    Breaking: existing code doesn't compile
      models::Book.year: the field's type changed: Option<i64> → Option<String>
          HEAD:spec/overlays/10-ours.yaml:5:14 → spec/overlays/10-ours.yaml:5:14 (#/components/schemas/Book/properties/year)

    Compatible: additions
      models::Book.aisle: the field was added: Option<String>
          spec/overlays/10-ours.yaml:5:36 (#/components/schemas/Book/properties/aisle)

    Compatible: docs only
      books::list_books: the function's docs changed
          HEAD:spec/zendesk.yaml:10:5 → spec/zendesk.yaml:10:5 (#/paths/~1books/get)
    ");
}

#[test]
fn diff_compares_two_commits() {
    let repository = Repository::committed();
    repository.write("spec/zendesk.yaml", &BASE.replace("enum: [free, lent]", "enum: [free, lost]"));
    repository.commit("second");
    let markdown = repository.diff(&["first..second", "--format", "markdown"]);
    assert_eq!(markdown.code, Some(0), "{}", markdown.stderr);
    insta::assert_snapshot!(markdown.stdout, @r#"
    # `first` → `second`

    1 breaking, 1 compatible: major, 0.3.1 → 0.4.0

    ## Breaking: existing code doesn't compile

    **The value was removed** (value-removed): code that names the variant doesn't compile; the value itself is decoded as unknown.

    - `models::Status::Lent`: `"lent"`\
      `was first:spec/zendesk.yaml:89:41 (#/components/schemas/Status/enum/1)`

    ## Compatible: additions

    **The value was added** (value-added): the enum is `#[non_exhaustive]`, and the value was decoded as unknown before.

    - `models::Status::Lost`: `"lost"`\
      `second:spec/zendesk.yaml:89:41 (#/components/schemas/Status/enum/1)`

    ## Changelog draft

    ```markdown
    ## 0.4.0

    ### Added

    - `models::Status::Lost`: the value was added: `"lost"`.

    ### Removed

    - **Breaking:** `models::Status::Lent`: the value was removed.
    ```
    "#);
    let changelog = repository.diff(&["first", "--format", "changelog"]);
    insta::assert_snapshot!(changelog.stdout, @r#"
    ## 0.4.0

    ### Added

    - `models::Status::Lost`: the value was added: `"lost"`.

    ### Removed

    - **Breaking:** `models::Status::Lent`: the value was removed.
    "#);
    let json: Value =
        serde_json::from_str(&repository.diff(&["first", "HEAD", "--format", "json"]).stdout).unwrap();
    insta::assert_snapshot!(format!("{:#}", json["changes"][0]), @r##"
    {
      "kind": "value-removed",
      "effect": "compile-error",
      "verdict": "breaking",
      "subject": "models::Status::Lent",
      "message": "models::Status::Lent: the value was removed: \"lent\"",
      "reason": "code that names the variant doesn't compile; the value itself is decoded as unknown",
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

/// Three dots compare with the merge base, as a pull request does.
#[test]
fn three_dots_compare_with_the_merge_base() {
    let repository = Repository::committed();
    repository.git(&["checkout", "--quiet", "-b", "ours"]);
    repository.write("spec/zendesk.yaml", &BASE.replace("title: Library", "title: Books"));
    repository.commit("on-ours");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("spec/zendesk.yaml", &BASE.replace("enum: [free, lent]", "enum: [free, lent, lost]"));
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
    assert_eq!(kinds("main..ours"), ["value-removed", "title-changed"]);
    // As in Git, an omitted side is the last commit, and not the working tree.
    repository.write("spec/zendesk.yaml", BASE);
    assert_eq!(kinds("ours.."), ["value-added", "title-changed"]);
    assert_eq!(kinds("..ours"), kinds("main..ours"));
    assert_eq!(kinds("ours..."), ["value-added"]);
    assert_eq!(kinds("ours"), ["title-changed"]);
}

#[test]
fn fail_on_decides_the_exit_code() {
    let repository = Repository::committed();
    let codes = |text: &str| {
        repository.write("spec/zendesk.yaml", text);
        ["breaking", "compatible", "any"]
            .map(|verdict| repository.diff(&["--fail-on", verdict]).code.unwrap())
    };
    assert_eq!(codes(BASE), [0, 0, 0]);
    assert_eq!(codes(&BASE.replace("title: Library", "title: Books")), [0, 0, 1]);
    assert_eq!(codes(&BASE.replace("enum: [free, lent]", "enum: [free, lent, lost]")), [0, 1, 1]);
    assert_eq!(codes(&BASE.replace("enum: [free, lent]", "enum: [free]")), [1, 1, 1]);
}

#[test]
fn diff_compares_two_files() {
    let repository = Repository::new();
    repository.write("old.yaml", BASE);
    repository.write("new.yaml", &BASE.replace("operationId: lend", "operationId: borrow"));
    let run = repository.diff(&["old.yaml", "new.yaml"]);
    insta::assert_snapshot!(run.stdout, @"
    old.yaml → new.yaml: 1 breaking: major

    Breaking: existing code doesn't compile
      members::lend: the function was renamed: lend → borrow
          old.yaml:51:5 → new.yaml:51:5 (#/paths/~1loans/post)
    ");
    let patched =
        repository.diff(&["old.yaml", "new.yaml", "--overlay", "spec/overlays/10-ours.yaml", "--verbose"]);
    assert_eq!(patched.stdout, run.stdout, "the overlay changes both sides equally");
}

/// A document can't send escape sequences to the terminal.
#[test]
fn control_characters_of_a_document_are_not_printed() {
    let repository = Repository::new();
    repository.write("old.yaml", BASE);
    let title = "title: \"Books \\e[2J\\u202E\\u009B1m\"";
    let value = "enum: [free, lent, \"l\\e[2Jost\"]";
    let new = BASE.replace("title: Library", title).replace("enum: [free, lent]", value);
    repository.write("new.yaml", &new);
    for format in ["terminal", "markdown", "changelog"] {
        let mut command = project::cargo_clientwright(&repository.path(""));
        command.args(["diff", "old.yaml", "new.yaml", "--format", format]).env("CLICOLOR_FORCE", "1");
        let printed = String::from_utf8(command.output().unwrap().stdout).unwrap();
        assert!(printed.contains("models::Status::L2jost"), "{printed}");
        for sequence in ["\u{1b}[2J", "\u{202e}", "\u{9b}"] {
            assert!(!printed.contains(sequence), "{format}: {printed:?}");
        }
    }
}

#[test]
fn a_missing_revision_or_file_is_reported() {
    let repository = Repository::new();
    insta::assert_snapshot!(repository.diff(&[]).stderr, @"
    error: HEAD is neither a file nor a revision of this repository
      help: pass an OpenAPI document, a commit, a branch or a tag
    ");
    repository.commit("first");
    let unknown = repository.diff(&["nowhere..main"]);
    assert_eq!((unknown.code, unknown.stdout.as_str()), (Some(1), ""));
    insta::assert_snapshot!(unknown.stderr, @"
    error: nowhere is neither a file nor a revision of this repository
      help: pass an OpenAPI document, a commit, a branch or a tag
    ");
    insta::assert_snapshot!(repository.diff(&["--", "--output=x"]).stderr, @"
    error: --output=x is neither a file nor a revision of this repository
      help: pass an OpenAPI document, a commit, a branch or a tag
    ");
    assert!(!repository.path("x").exists(), "a revision is never passed as an option of Git");
    repository.git(&["rm", "--quiet", "spec/zendesk.yaml"]);
    repository.commit("second");
    insta::assert_snapshot!(repository.diff(&["first..second"]).stderr, @"
    error: revision second doesn't contain spec/zendesk.yaml
      help: choose a revision that contains the description
    ");
    repository.git(&["checkout", "--quiet", "first"]);
    repository.write("spec/overlays/10-ours.yaml", "overlay: [");
    insta::assert_snapshot!(repository.diff(&[]).stderr, @"
    error: invalid YAML: while parsing a node, did not find expected node content
      --> spec/overlays/10-ours.yaml:2:1
      |
    2 | 
      | ^
      |
      = at #/overlay/0
      = help: fix the syntax here; the error may begin a few lines above

    1 error; nothing was written
    ");
}

#[test]
fn regen_prints_the_changes_at_its_end() {
    let repository = Repository::new();
    let first = repository.xtask(&["regen"]);
    assert_eq!(first.code, Some(0));
    insta::assert_snapshot!(first.stderr, @"

    can't compare with the last commit:
    error: HEAD is neither a file nor a revision of this repository
      help: pass an OpenAPI document, a commit, a branch or a tag
    ");
    repository.commit("first");
    let same = repository.xtask(&["regen"]);
    assert_eq!(same.stdout.lines().count(), 1, "{}", same.stdout);
    repository.overlay("$.components.schemas.Book.properties", "{year: {type: string}}");
    let changed = repository.xtask(&["regen"]).stdout;
    let (_, changes) = changed.split_once("\n\n").unwrap();
    assert_eq!(changes, repository.diff(&[]).stdout);
    assert!(changes.starts_with("HEAD → the working tree: 1 breaking: major, 0.3.1 → 0.4.0\n"), "{changes}");
}
