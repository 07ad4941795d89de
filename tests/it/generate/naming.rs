//! Names by the configuration and by flags: what is read, what is printed, and which problems are reported.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::project;

const SPEC: &str = "\
openapi: 3.1.0
info: {title: Shelves, version: '1'}
paths:
  /shelves/{shelf_id}:
    get:
      tags: [shelves]
      operationId: read_shelf_shelves__shelf_id__get
      parameters: [{name: shelf_id, in: path, required: true, schema: {type: integer}}]
      responses: {'200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/org.library.Shelf'}}}}}
  /shelves:
    get:
      tags: [shelves]
      operationId: list_shelves_shelves_get
      responses: {'204': {description: None.}}
components:
  schemas:
    org.library.Shelf: {type: object, properties: {shelfName: {type: string}}}
";

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = project::clientwright(folder).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn folder(names: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("api.yaml"), SPEC).unwrap();
    let config = format!("description = \"api.yaml\"\nname = \"shelves\"\n{names}");
    fs::write(folder.path().join("clientwright.toml"), config).unwrap();
    folder
}

#[test]
fn the_summary_has_a_line_for_each_pattern() {
    let folder = folder("");
    let (code, stdout, stderr) = run(folder.path(), &["generate", "--json", "run.json"]);
    assert_eq!(code, Some(0), "{stderr}");
    let lines: Vec<_> = stdout.lines().filter(|line| line.starts_with("names: ")).collect();
    assert_eq!(
        lines,
        [
            "names: removed `_<path>_<method>` from 2 operation ids (--keep-names keeps the names)",
            "names: removed the namespace from 1 schema name",
        ]
    );
    let json = fs::read_to_string(folder.path().join("run.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["names"][0]["kind"], "path-and-method");
    assert_eq!(json["names"][0]["count"], 2);
    assert!(folder.path().join("src/models/shelf.rs").is_file());
}

#[test]
fn names_are_kept_by_a_flag_or_by_the_configuration() {
    for (config, flags) in [("", &["--keep-names"][..]), ("[names]\nkeep = true\n", &[])] {
        let folder = folder(config);
        let (code, stdout, stderr) = run(folder.path(), &[&["generate"], flags].concat());
        assert_eq!(code, Some(0), "{stderr}");
        assert!(!stdout.contains("names: "), "{stdout}");
        let endpoints = fs::read_to_string(folder.path().join("src/endpoints/shelves.rs")).unwrap();
        assert!(endpoints.contains("pub fn list_shelves_shelves_get("), "{endpoints}");
        assert!(folder.path().join("src/models/org_library_shelf.rs").is_file());
    }
}

#[test]
fn init_writes_that_names_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("api.yaml"), SPEC).unwrap();
    let (code, _, stderr) = run(folder.path(), &["init", "api.yaml", "--keep-names"]);
    assert_eq!(code, Some(0), "{stderr}");
    let config = fs::read_to_string(folder.path().join("clientwright.toml")).unwrap();
    assert!(config.contains("[names]\nkeep = true\n"), "{config}");
}

#[test]
fn the_configuration_names_by_hand() {
    let folder = folder(
        "[names.operations]\nread_shelf_shelves__shelf_id__get = \"shelf\"\n\"GET /shelves\" = \"all\"\n\
         [names.types]\n\"org.library.Shelf\" = \"Board\"\n[names.fields]\n\"org.library.Shelf.shelfName\" = \"name\"\n\
         [names.modules]\nshelves = \"furniture\"\n",
    );
    let (code, _, stderr) = run(folder.path(), &["generate"]);
    assert_eq!(code, Some(0), "{stderr}");
    let endpoints = fs::read_to_string(folder.path().join("src/endpoints/furniture.rs")).unwrap();
    assert!(endpoints.contains("pub fn shelf(") && endpoints.contains("pub fn all("), "{endpoints}");
    let board = fs::read_to_string(folder.path().join("src/models/board.rs")).unwrap();
    assert!(board.contains("pub struct Board") && board.contains("pub name: Option<String>"), "{board}");
    let (code, _, stderr) = run(folder.path(), &["check"]);
    assert_eq!(code, Some(0), "{stderr}");
}

#[test]
fn unknown_and_unusable_names_are_errors_with_their_lines() {
    let folder =
        folder("[names.operations]\nread_shelf = \"shelf\"\nlist_shelves_shelves_get = \"listAll\"\n");
    let (code, stdout, stderr) = run(folder.path(), &["generate"]);
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    insta::assert_snapshot!(stderr, @r#"
    error: there is no operation "read_shelf"
      --> clientwright.toml:4:1
      |
    4 | read_shelf = "shelf"
      | ^^^^^^^^^^
      |
      = help: write an `operationId`, or method and path: "GET /pets"

    error: "listAll" is not written as Rust writes the name of a function
      --> clientwright.toml:5:1
      |
    5 | list_shelves_shelves_get = "listAll"
      | ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write "list_all"

    2 errors; nothing was written
    "#);
    assert!(!folder.path().join("src").exists());
}
