//! The diagnostics of `clientwright generate`: messages, streams, exit codes and colours.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::project;

const DANGLING: &str = "\
openapi: 3.0.3
info: {title: Shelves, version: '1'}
paths:
  /shelves:
    get:
      operationId: listShelves
      responses: {'200': {description: All., content: {application/json: {schema: {$ref: '#/components/schemas/Shelves'}}}}}
components:
  schemas:
    Shelves:
      type: array
      items: {$ref: '#/components/schemas/Shlef'}
    Shelf: {type: object, properties: {name: {type: string}}}
";
const CYCLIC: &str = "\
openapi: 3.0.3
info: {title: Shelves, version: '1'}
paths:
  /shelf:
    get:
      operationId: getShelf
      responses: {'200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/Upper'}}}}}
components:
  schemas:
    Upper:
      allOf:
        - $ref: '#/components/schemas/Lower'
        - {type: object, properties: {top: {type: string}}}
    Lower:
      allOf:
        - $ref: '#/components/schemas/Upper'
        - {type: object, properties: {bottom: {type: string}}}
";

/// A temporary folder with a description.
struct Folder(TempDir);

/// The result of a run.
struct Run {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Folder {
    fn new(name: &str, text: &str) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        fs::write(folder.path(name), text).unwrap();
        folder
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn generate(&self, spec: &str, flags: &[&str]) -> Run {
        self.run(&[&["--spec", self.path(spec).to_str().unwrap()], flags].concat(), None)
    }

    fn run(&self, flags: &[&str], variable: Option<&str>) -> Run {
        let mut command = project::clientwright(self.0.path());
        command.arg("generate").args(flags).arg("--out").arg(self.path("crate"));
        command.envs(variable.map(|name| (name, "1")));
        let output = command.output().unwrap();
        let text = |bytes: &[u8]| {
            String::from_utf8_lossy(bytes).replace(&self.0.path().display().to_string(), "<folder>")
        };
        Run { code: output.status.code(), stdout: text(&output.stdout), stderr: text(&output.stderr) }
    }
}

#[test]
fn an_unresolved_reference_is_an_error_in_strict_mode_only() {
    let folder = Folder::new("shelves.yaml", DANGLING);
    let strict = folder.generate("shelves.yaml", &["--strict"]);
    assert_eq!((strict.code, strict.stdout.as_str()), (Some(1), ""));
    insta::assert_snapshot!(strict.stderr, @r##"
    error: unresolved reference "#/components/schemas/Shlef"
       --> <folder>/shelves.yaml:12:15
       |
    12 |       items: {$ref: '#/components/schemas/Shlef'}
       |               ^^^^
       |
       = at #/components/schemas/Shelves/items/$ref
       = help: did you mean #/components/schemas/Shelf?

    1 error; nothing was written
    "##);
    assert!(!folder.path("crate").exists());

    let lenient = folder.generate("shelves.yaml", &[]);
    assert_eq!(lenient.code, Some(0));
    insta::assert_snapshot!(lenient.stderr, @r##"
    warning: unresolved reference "#/components/schemas/Shlef"
       --> <folder>/shelves.yaml:12:15
       |
    12 |       items: {$ref: '#/components/schemas/Shlef'}
       |               ^^^^
       |
       = at #/components/schemas/Shelves/items/$ref
       = help: did you mean #/components/schemas/Shelf?
    "##);
    assert!(
        lenient
            .stdout
            .starts_with("1 operations, 1 models, 0 enums, 0 unions, 1 aliases, 0 skipped, 1 warning\n")
    );
    let alias = fs::read_to_string(folder.path("crate/src/models/shelves.rs")).unwrap();
    assert!(alias.contains("pub type Shelves = Vec<Value>;"), "{alias}");
}

#[test]
fn an_all_of_cycle_is_an_error_in_strict_mode_only() {
    let folder = Folder::new("shelves.yaml", CYCLIC);
    let strict = folder.generate("shelves.yaml", &["--strict"]);
    assert_eq!((strict.code, strict.stdout.as_str()), (Some(1), ""));
    insta::assert_snapshot!(strict.stderr, @"
    error: allOf is circular: Lower → Upper → Lower
       --> <folder>/shelves.yaml:12:11
       |
    12 |         - $ref: '#/components/schemas/Lower'
       |           ^^^^
       |
       = at #/components/schemas/Upper/allOf/0
       = help: remove one of these members: a type can't contain itself by allOf

    error: allOf is circular: Upper → Lower → Upper
       --> <folder>/shelves.yaml:16:11
       |
    16 |         - $ref: '#/components/schemas/Upper'
       |           ^^^^
       |
       = at #/components/schemas/Lower/allOf/0
       = help: remove one of these members: a type can't contain itself by allOf

    2 errors; nothing was written
    ");
    assert!(!folder.path("crate").exists());

    let lenient = folder.generate("shelves.yaml", &[]);
    assert_eq!(lenient.code, Some(0));
    assert_eq!(lenient.stderr.matches("warning: allOf is circular").count(), 2, "{}", lenient.stderr);
    assert!(lenient.stdout.contains(", 2 warnings\n"), "{}", lenient.stdout);
}

#[test]
fn crates_of_invalid_documents_compile() {
    let compiled = project::root().join("target/compiled");
    for (name, text) in [("dangling", DANGLING), ("cyclic", CYCLIC)] {
        let out = compiled.join(format!("invalid-{name}"));
        let _ = fs::remove_dir_all(&out);
        let folder = Folder::new("shelves.yaml", text);
        project::make_crate(&folder.path("shelves.yaml"), &out, &format!("invalid-{name}"));
        let mut command = project::cargo();
        command.args(["check", "--offline", "--quiet", "--all-features"]).current_dir(&out);
        command.env("CARGO_TARGET_DIR", compiled.join("target")).env_remove("RUSTFLAGS");
        let output = command.output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && stderr.is_empty(), "{name}:\n{stderr}");
    }
}

/// Within a file, diagnostics are in the order of lines.
#[test]
fn errors_come_before_warnings() {
    let folder = Folder::new(
        "shelves.yaml",
        "\
openapi: 3.1.0
info: {title: Shelves, version: '1'}
paths:
  /shelves/{shelfId}:
    get:
      sumary: One shelf.
      parameters: [{name: shelf_id, in: path, required: true, schema: {type: strin}}]
      responses: {'204': {description: Done.}}
",
    );
    let run = folder
        .generate("shelves.yaml", &["--strict", "--json", folder.path("report.json").to_str().unwrap()]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    insta::assert_snapshot!(run.stderr, @r#"
    error: the path names `{shelfId}`, but no path parameter declares it
      --> <folder>/shelves.yaml:5:5
      |
    5 |     get:
      |     ^^^
      |
      = at #/paths/~1shelves~1{shelfId}/get
      = help: the parameter `shelf_id` may be meant: write both the same way

    error: the path /shelves/{shelfId} doesn't name the path parameter `shelf_id`
      --> <folder>/shelves.yaml:7:20
      |
    7 |       parameters: [{name: shelf_id, in: path, required: true, schema: {type: strin}}]
      |                    ^
      |
      = at #/paths/~1shelves~1{shelfId}/get/parameters/0
      = help: did you mean `shelfId`?

    error: unknown type "strin"
      --> <folder>/shelves.yaml:7:72
      |
    7 |       parameters: [{name: shelf_id, in: path, required: true, schema: {type: strin}}]
      |                                                                        ^^^^
      |
      = at #/paths/~1shelves~1{shelfId}/get/parameters/0/schema/type
      = help: did you mean "string"?

    warning: unknown key `sumary` in an Operation Object; it is ignored
      --> <folder>/shelves.yaml:6:7
      |
    6 |       sumary: One shelf.
      |       ^^^^^^
      |
      = at #/paths/~1shelves~1{shelfId}/get/sumary
      = help: did you mean `summary`? Extensions begin with `x-`

    3 errors, 1 warning; nothing was written
    "#);
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path("report.json")).unwrap()).unwrap();
    assert_eq!(json["errors"].as_array().unwrap().len(), 3);
    assert_eq!(json["warnings"].as_array().unwrap().len(), 1);
    assert_eq!(json["warnings"][0]["help"], "did you mean `summary`? Extensions begin with `x-`");
}

#[test]
fn colours_are_for_terminals() {
    let folder = Folder::new("shelves.yaml", DANGLING);
    let spec = folder.path("shelves.yaml");
    let run = |variable| folder.run(&["--strict", "--spec", spec.to_str().unwrap()], variable).stderr;
    assert!(!run(None).contains('\u{1b}'));
    assert!(!run(Some("NO_COLOR")).contains('\u{1b}'));
    assert!(run(Some("CLICOLOR_FORCE")).contains("\u{1b}["));
}

/// The first warnings of a kind are shown and the others counted; `--verbose` and `--json` have all.
#[test]
fn repeated_warnings_are_counted() {
    let methods = ["get", "put", "post", "patch", "delete"];
    let operation = |method: &&str| {
        format!(
            "    {method}: {{parameters: [{{name: Accept, in: header, schema: {{}}}}], note: 1, responses: {{'204': {{description: Done.}}}}}}\n"
        )
    };
    let paths: String = methods.iter().map(operation).collect();
    let text = format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /shelves:\n{paths}");
    let folder = Folder::new("shelves.yaml", &text);

    let run = folder.generate("shelves.yaml", &["--json", folder.path("report.json").to_str().unwrap()]);
    assert_eq!(run.code, Some(0));
    insta::assert_snapshot!(run.stderr, @"
    warning: unknown key `note` in an Operation Object; it is ignored
      --> <folder>/shelves.yaml:5:65
      |
    5 | …meters: [{name: Accept, in: header, schema: {}}], note: 1, responses: {'204': {description: Done.}}}
      |                                                    ^^^^
      |
      = at #/paths/~1shelves/get/note
      = help: delete it, or prefix it with `x-` if it is an extension

    warning: unknown key `note` in an Operation Object; it is ignored
      --> <folder>/shelves.yaml:6:65
      |
    6 | …meters: [{name: Accept, in: header, schema: {}}], note: 1, responses: {'204': {description: Done.}}}
      |                                                    ^^^^
      |
      = at #/paths/~1shelves/put/note
      = help: delete it, or prefix it with `x-` if it is an extension

    warning: unknown key `note` in an Operation Object; it is ignored
      --> <folder>/shelves.yaml:7:66
      |
    7 | …meters: [{name: Accept, in: header, schema: {}}], note: 1, responses: {'204': {description: Done.}}}
      |                                                    ^^^^
      |
      = at #/paths/~1shelves/post/note
      = help: delete it, or prefix it with `x-` if it is an extension

    2 more warnings like this one (--verbose shows all): unknown key `note` in an Operation Object; it is ignored
      --> <folder>/shelves.yaml:8:67 (#/paths/~1shelves/patch/note)
    ");
    let skipped: Vec<_> = run.stdout.lines().take(6).collect();
    insta::assert_snapshot!(skipped.join("\n"), @"
    skipped 5 times: the client sets this header itself
      #/paths/~1shelves/delete/parameters/0
      #/paths/~1shelves/get/parameters/0
      #/paths/~1shelves/patch/parameters/0
      and 2 more (--verbose shows all)
    5 operations, 0 models, 0 enums, 0 unions, 0 aliases, 5 skipped, 5 warnings
    ");

    let all = folder.generate("shelves.yaml", &["--verbose"]);
    assert_eq!(all.stderr.matches("warning: unknown key `note` in an Operation Object").count(), 5);
    assert_eq!(all.stdout.matches("skipped #/paths/~1shelves/").count(), 5);
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path("report.json")).unwrap()).unwrap();
    assert_eq!(json["warnings"].as_array().unwrap().len(), 5);
    assert_eq!(json["skipped"].as_array().unwrap().len(), 5);
}

/// A part of the line is shown. Replacement characters stand for control and invisible characters.
#[test]
fn long_lines_are_truncated_and_control_characters_replaced() {
    let padding = format!("{:?}: {:?},", "x-padding", "p".repeat(3 << 20));
    let text = format!(
        "{{\"openapi\":\"3.1.0\",\"info\":{{\"title\":\"T\",\"version\":\"1\"}},{padding}\"st\u{202e}y\u{9b}31mle\":\"a\u{200b}b\",\
         \"\\u001b[2J\\n\":\"escaped\",\"paths\":{{}},{}}}",
        padding.replacen("x-padding", "x-more", 1).trim_end_matches(',')
    );
    let folder = Folder::new("long.json", &text);
    let run = folder.generate("long.json", &[]);
    assert_eq!(run.code, Some(0));
    let is_hidden = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{200b}' | '\u{202e}');
    assert!(!run.stderr.contains(is_hidden), "{:?}", run.stderr);
    insta::assert_snapshot!(run.stderr, @r#"
    warning: unknown key `st�y�31mle` in the OpenAPI Object; it is ignored
      --> <folder>/long.json:1:3145799
      |
    1 | …pppppppppppppppppppppppppppppppppppppp","st�y�31mle":"a�b","\u001b[2J\n":"escaped","paths":{},"x-mor…
      |                                          ^^^^^^^^^^^^
      |
      = at #/st�y�31mle
      = help: delete it, or prefix it with `x-` if it is an extension

    warning: unknown key `␛[2J␊` in the OpenAPI Object; it is ignored
      --> <folder>/long.json:1:3145818
      |
    1 | …ppppppppppppppppppp","st�y�31mle":"a�b","\u001b[2J\n":"escaped","paths":{},"x-more": "pppppppppppppp…
      |                                          ^^^^^^^^^^^^^
      |
      = at #/␛[2J␊
      = help: delete it, or prefix it with `x-` if it is an extension
    "#);
}
