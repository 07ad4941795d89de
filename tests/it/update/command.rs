//! The command in a temporary project: what it prints and writes.

use std::fs;

use clientwright::update::UpdateArguments;

use super::fixture::{NEW, OLD, Project, owned};
use crate::project;

#[test]
fn a_run_without_flags_reports_and_writes_nothing() {
    let project = Project::new();
    let before = project.files();
    let printed = project.run(&project.arguments());
    assert_eq!(project.files(), before);
    insta::assert_snapshot!(printed.stdout, @r#"
    upstream: spec/zendesk.yaml → <root>/new.yaml: 2 breaking, 1 compatible, 1 in docs only: major

    Breaking: existing code doesn't compile
      models::Lamp: the type was removed: alias of Map<String, Value>
          was spec/zendesk.yaml:15:5 (#/components/schemas/Lamp)
      models::Shelf.width: the field's type changed: Option<String> → Option<f64>
          spec/zendesk.yaml:14:40 → <root>/new.yaml:14:40 (#/components/schemas/Shelf/properties/width)

    Compatible: existing code sends or decodes different data
      books::book: the request is sent to another path: /books/{id} → /library/books/{id}
          spec/zendesk.yaml:7:5 (#/paths/~1books~1{id}/get) → <root>/new.yaml:7:5 (#/paths/~1library~1books~1{id}/get)

    Compatible: docs only
      shelves::shelves: the function's docs changed
          spec/zendesk.yaml:5:5 → <root>/new.yaml:5:5 (#/paths/~1shelves/get)

    conflicting (1): upstream changed values that these actions patch

      spec/overlays/20-texts.yaml:4:5  $.paths['/shelves'].get
        old   spec/zendesk.yaml:5:5 (#/paths/~1shelves/get)
        new   <root>/new.yaml:5:5 (#/paths/~1shelves/get)
        only documentation is affected: descriptions, titles or examples
        - upstream changed the value
          old   "All."  spec/zendesk.yaml:5:50 (#/paths/~1shelves/get/summary)
          new   "All of them."  <root>/new.yaml:5:50 (#/paths/~1shelves/get/summary)
          ours  "Lists shelves."
        help: `--ours 20-texts.yaml:4` keeps the action, `--theirs 20-texts.yaml:4` deletes it; or edit it

    stale (2): the target of these actions doesn't exist

      spec/overlays/10-types.yaml:10:5  $.components.schemas.Lamp
        old   spec/zendesk.yaml:15:5 (#/components/schemas/Lamp)
        help: $.components.schemas.Lamp selects nothing: fix it, or delete the action with `--delete 10-types.yaml:10`

      spec/overlays/20-texts.yaml:6:5  $.paths['/books/{id}'].get
        old   spec/zendesk.yaml:7:5 (#/paths/~1books~1{id}/get)
        new   <root>/new.yaml:7:5 (#/paths/~1library~1books~1{id}/get)
        help: the target moved to $.paths['/library/books/{id}'].get: `--fix` updates it, `--delete 20-texts.yaml:6` deletes the action

    satisfied (1): upstream already contains these changes

      spec/overlays/10-types.yaml:5:5  $.components.schemas.Shelf.properties.width
        old   spec/zendesk.yaml:14:40 (#/components/schemas/Shelf/properties/width)
        new   <root>/new.yaml:14:40 (#/components/schemas/Shelf/properties/width)
        help: `--fix`, or `--delete 10-types.yaml:5`, deletes the action

    --- spec/overlays/10-types.yaml
    +++ spec/overlays/10-types.yaml
    @@ -1,9 +1,6 @@
     overlay: 1.0.0
     info: {title: Types, version: '1'}
     actions:
    -  # Widths are numbers.
    -  - target: $.components.schemas.Shelf.properties.width
    -    update: {type: number}
     
       # ------------------------------ names
     

    --- spec/overlays/20-texts.yaml
    +++ spec/overlays/20-texts.yaml
    @@ -3,5 +3,5 @@
     actions:
       - target: $.paths['/shelves'].get
         update: {summary: Lists shelves.}
    -  - target: $.paths['/books/{id}'].get
    +  - target: $.paths['/library/books/{id}'].get
         update: {summary: Shows a book.}    # and no more

    5 actions: 1 applied, 2 stale, 1 satisfied, 1 conflicting; 4 undecided
    "#);
    insta::assert_snapshot!(printed.stderr, @"
    error: 4 actions are undecided
      help: use the flags listed above, or edit the overlays; nothing was written
    ");
    let again = project.run(&UpdateArguments { dry_run: true, ..project.arguments() });
    assert_eq!((again.stdout, again.stderr), (printed.stdout, printed.stderr));
}

#[test]
fn verbose_lists_the_applied_actions() {
    let project = Project::new();
    let printed = project.run(&UpdateArguments { verbose: true, ..project.arguments() });
    let (_, applied) = printed.stdout.split_once("\napplied").unwrap();
    let (applied, _) = applied.split_once("---").unwrap();
    insta::assert_snapshot!(applied, @"
    (1): these apply as before

     spec/overlays/10-types.yaml:12:5  $.components.schemas.Shelf.properties
       old   spec/zendesk.yaml:14:27 (#/components/schemas/Shelf/properties)
       new   <root>/new.yaml:14:27 (#/components/schemas/Shelf/properties)
    ");
}

#[test]
fn a_run_with_all_decisions_writes_the_files() {
    let project = Project::new();
    let arguments = UpdateArguments {
        fix: true,
        delete: owned(&["10-types.yaml:10"]),
        ours: owned(&["all"]),
        ..project.arguments()
    };
    let before = project.files();
    let dry = project.run(&UpdateArguments { dry_run: true, ..arguments.clone() });
    assert_eq!((project.files(), dry.stderr.as_str()), (before, ""));
    insta::assert_snapshot!(dry.stdout, @"
    upstream: spec/zendesk.yaml → <root>/new.yaml: 2 breaking, 1 compatible, 1 in docs only: major

    Breaking: existing code doesn't compile
      models::Lamp: the type was removed: alias of Map<String, Value>
          was spec/zendesk.yaml:15:5 (#/components/schemas/Lamp)
      models::Shelf.width: the field's type changed: Option<String> → Option<f64>
          spec/zendesk.yaml:14:40 → <root>/new.yaml:14:40 (#/components/schemas/Shelf/properties/width)

    Compatible: existing code sends or decodes different data
      books::book: the request is sent to another path: /books/{id} → /library/books/{id}
          spec/zendesk.yaml:7:5 (#/paths/~1books~1{id}/get) → <root>/new.yaml:7:5 (#/paths/~1library~1books~1{id}/get)

    Compatible: docs only
      shelves::shelves: the function's docs changed
          spec/zendesk.yaml:5:5 → <root>/new.yaml:5:5 (#/paths/~1shelves/get)

    conflicting (1): upstream changed values that these actions patch

      spec/overlays/20-texts.yaml:4:5  $.paths['/shelves'].get: kept

    stale (2): the target of these actions doesn't exist

      spec/overlays/10-types.yaml:10:5  $.components.schemas.Lamp: deleted
      spec/overlays/20-texts.yaml:6:5  $.paths['/books/{id}'].get: target becomes $.paths['/library/books/{id}'].get

    satisfied (1): upstream already contains these changes

      spec/overlays/10-types.yaml:5:5  $.components.schemas.Shelf.properties.width: deleted

    --- spec/overlays/10-types.yaml
    +++ spec/overlays/10-types.yaml
    @@ -1,13 +1,8 @@
     overlay: 1.0.0
     info: {title: Types, version: '1'}
     actions:
    -  # Widths are numbers.
    -  - target: $.components.schemas.Shelf.properties.width
    -    update: {type: number}
     
       # ------------------------------ names
     
    -  - target: $.components.schemas.Lamp    # of the shelf
    -    update: {title: Lights}
       - target: $.components.schemas.Shelf.properties
         update: {height: {type: number}}

    --- spec/overlays/20-texts.yaml
    +++ spec/overlays/20-texts.yaml
    @@ -3,5 +3,5 @@
     actions:
       - target: $.paths['/shelves'].get
         update: {summary: Lists shelves.}
    -  - target: $.paths['/books/{id}'].get
    +  - target: $.paths['/library/books/{id}'].get
         update: {summary: Shows a book.}    # and no more

    for users: 1 breaking, 1 compatible: major

    5 actions: 1 applied, 2 stale, 1 satisfied, 1 conflicting; 0 undecided
    all actions are decided; nothing was written (dry run)
    ");

    let printed = project.run(&arguments);
    assert_eq!(printed.stderr, "");
    insta::assert_snapshot!(printed.stdout.split_once("\n5 actions").unwrap().1, @"
    : 1 applied, 2 stale, 1 satisfied, 1 conflicting; 0 undecided
      written  spec/zendesk.yaml
      written  spec/UPSTREAM.toml
      written  spec/overlays/10-types.yaml
      written  spec/overlays/20-texts.yaml
    next: run `clientwright generate` and review the changes
    ");
    assert_eq!(project.read("spec/zendesk.yaml"), NEW);
    insta::assert_snapshot!(project.read("spec/overlays/10-types.yaml"), @"
    overlay: 1.0.0
    info: {title: Types, version: '1'}
    actions:

      # ------------------------------ names

      - target: $.components.schemas.Shelf.properties
        update: {height: {type: number}}
    ");
    insta::assert_snapshot!(project.read("spec/overlays/20-texts.yaml"), @"
    overlay: 1.0.0
    info: {title: Texts, version: '1'}
    actions:
      - target: $.paths['/shelves'].get
        update: {summary: Lists shelves.}
      - target: $.paths['/library/books/{id}'].get
        update: {summary: Shows a book.}    # and no more
    ");
    insta::assert_snapshot!(project.read("spec/UPSTREAM.toml"), @r#"
    # Where it comes from.

    [upstream]
    # The document.
    source = "Shelves" # as published
    openapi = "3.1.1"
    # Of the update.
    date = "2026-01-31"
    sha256 = "f54658a0a562a1d51b4d445f8aeba027aec6daa3f48493f27493fb0dca096690"
    # What was changed.
    changed = []
    # Name of the file that the description was copied from.
    file = "new.yaml"
    "#);
    assert_eq!(project.files().len(), 4, "nothing staged is left");
}

#[test]
fn a_second_update_starts_from_the_new_document() {
    let project = Project::new();
    let arguments =
        UpdateArguments { fix: true, delete: owned(&["all"]), ours: owned(&["all"]), ..project.arguments() };
    assert_eq!(project.run(&arguments).stderr, "");
    let printed = project.run(&project.arguments());
    insta::assert_snapshot!(printed.stdout + &printed.stderr, @"<root>/new.yaml is identical to spec/zendesk.yaml: nothing to do");
    project.write("new.yaml", &NEW.replace("version: '2'", "version: '3'"));
    let printed =
        project.run(&UpdateArguments { source: Some("The library".to_owned()), ..project.arguments() });
    assert_eq!(printed.stderr, "");
    assert!(
        printed.stdout.contains("3 actions: 3 applied, 0 stale, 0 satisfied, 0 conflicting; 0 undecided"),
        "{}",
        printed.stdout
    );
    let record = project.read("spec/UPSTREAM.toml");
    assert!(record.contains("source = \"The library\" # as published\n"), "{record}");
    assert_eq!(record.matches("file = ").count(), 1, "{record}");
}

#[test]
fn an_overlay_without_remaining_actions_is_removed() {
    let project = Project::new();
    let arguments = UpdateArguments {
        delete: owned(&["all"]),
        theirs: owned(&["spec/overlays/20-texts.yaml:4:5"]),
        ..project.arguments()
    };
    let printed = project.run(&arguments);
    assert_eq!(printed.stderr, "");
    insta::assert_snapshot!(printed.stdout, @"
    upstream: spec/zendesk.yaml → <root>/new.yaml: 2 breaking, 1 compatible, 1 in docs only: major

    Breaking: existing code doesn't compile
      models::Lamp: the type was removed: alias of Map<String, Value>
          was spec/zendesk.yaml:15:5 (#/components/schemas/Lamp)
      models::Shelf.width: the field's type changed: Option<String> → Option<f64>
          spec/zendesk.yaml:14:40 → <root>/new.yaml:14:40 (#/components/schemas/Shelf/properties/width)

    Compatible: existing code sends or decodes different data
      books::book: the request is sent to another path: /books/{id} → /library/books/{id}
          spec/zendesk.yaml:7:5 (#/paths/~1books~1{id}/get) → <root>/new.yaml:7:5 (#/paths/~1library~1books~1{id}/get)

    Compatible: docs only
      shelves::shelves: the function's docs changed
          spec/zendesk.yaml:5:5 → <root>/new.yaml:5:5 (#/paths/~1shelves/get)

    conflicting (1): upstream changed values that these actions patch

      spec/overlays/20-texts.yaml:4:5  $.paths['/shelves'].get: deleted

    stale (2): the target of these actions doesn't exist

      spec/overlays/10-types.yaml:10:5  $.components.schemas.Lamp: deleted
      spec/overlays/20-texts.yaml:6:5  $.paths['/books/{id}'].get: deleted

    satisfied (1): upstream already contains these changes

      spec/overlays/10-types.yaml:5:5  $.components.schemas.Shelf.properties.width: deleted

    --- spec/overlays/10-types.yaml
    +++ spec/overlays/10-types.yaml
    @@ -1,13 +1,8 @@
     overlay: 1.0.0
     info: {title: Types, version: '1'}
     actions:
    -  # Widths are numbers.
    -  - target: $.components.schemas.Shelf.properties.width
    -    update: {type: number}
     
       # ------------------------------ names
     
    -  - target: $.components.schemas.Lamp    # of the shelf
    -    update: {title: Lights}
       - target: $.components.schemas.Shelf.properties
         update: {height: {type: number}}

    spec/overlays/20-texts.yaml is removed: none of its actions is left

    for users: 1 breaking, 1 compatible, 2 in docs only: major

    5 actions: 1 applied, 2 stale, 1 satisfied, 1 conflicting; 0 undecided
      written  spec/zendesk.yaml
      written  spec/UPSTREAM.toml
      written  spec/overlays/10-types.yaml
      removed  spec/overlays/20-texts.yaml
    next: run `clientwright generate` and review the changes
    ");
    assert!(!project.path("spec/overlays/20-texts.yaml").exists());
    assert!(project.path("spec/overlays/10-types.yaml").exists());
}

#[test]
fn streams_exit_codes_colours_and_json_are_as_documented() {
    let project = Project::new();
    let run = |flags: &[&str], colours: bool| {
        let mut command = project::cargo_clientwright(&project::root());
        command.arg("update").args(flags);
        command.envs(colours.then_some(("CLICOLOR_FORCE", "1")));
        let output = command.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let before = fs::read(project::root().join("spec/UPSTREAM.toml")).unwrap();
    let same = project::root().join("spec/zendesk.yaml");
    let (code, stdout, stderr) = run(&[same.to_str().unwrap()], false);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert_eq!(stdout, format!("{} is identical to spec/zendesk.yaml: nothing to do\n", same.display()));

    let smaller = fs::read_to_string(&same).unwrap().replace("title: Zendesk Incremental", "title: Another");
    project.write("new.yaml", &smaller);
    let (file, json) = (project.path("new.yaml"), project.path("report.json"));
    let (file, json) = (file.to_str().unwrap(), json.to_str().unwrap());
    let (code, stdout, stderr) = run(&[file, "--dry-run", "--json", json], false);
    assert_eq!((code, stderr.as_str()), (Some(0), ""), "{stdout}");
    assert!(stdout.ends_with("all actions are decided; nothing was written (dry run)\n"), "{stdout}");
    assert!(!stdout.contains('\u{1b}'));
    let printed: serde_json::Value = serde_json::from_str(&project.read("report.json")).unwrap();
    assert_eq!(printed["undecided"], 0);
    assert!(printed["actions"].as_array().unwrap().iter().all(|action| action["outcome"] == "applied"));

    project.write("new.yaml", "openapi: 3.1.0\ninfo: {title: None, version: '1'}\npaths: {}\n");
    let (code, stdout, stderr) = run(&[file, "--dry-run", "--json", json], true);
    assert_eq!(code, Some(1));
    assert!(stdout.contains("\u{1b}[1mstale\u{1b}[0m"), "{stdout}");
    assert!(stderr.contains("undecided") && stderr.contains("nothing was written"), "{stderr}");
    let printed: serde_json::Value = serde_json::from_str(&project.read("report.json")).unwrap();
    assert!(printed["undecided"].as_u64().unwrap() > 100);

    assert_eq!(run(&[file, "--date", "tomorrow"], false).0, Some(2));
    assert_eq!(run(&[], false).0, Some(2));
    assert_eq!(fs::read(project::root().join("spec/UPSTREAM.toml")).unwrap(), before);
}

/// A part that upstream has is removed from the action. An array would contain it twice otherwise.
#[test]
fn redundant_parts_are_cut_from_actions() {
    let project = Project::new();
    project.write(
        "spec/overlays/10-types.yaml",
        "\
overlay: 1.0.0
info: {title: Types, version: '1'}
actions:
  - target: $.components.schemas.Shelf.properties
    update:
      width: {type: number, minimum: 1}
      height: {type: number}
  - target: $.components.schemas.Shelf
    update:
      required: [name, height]
",
    );
    fs::remove_file(project.path("spec/overlays/20-texts.yaml")).unwrap();
    let requires =
        |text: &str, list: &str| text.replace("Shelf: {", &format!("Shelf: {{required: [{list}], "));
    let old = requires(OLD, "width");
    project.write("spec/zendesk.yaml", &old);
    project.record(&old);
    project.write("new.yaml", &requires(NEW, "width, name"));
    let open = project.run(&project.arguments());
    let (_, conflicts) = open.stdout.split_once("conflicting (").unwrap();
    insta::assert_snapshot!(conflicts, @r#"
    1): upstream changed values that these actions patch

      spec/overlays/10-types.yaml:8:5  $.components.schemas.Shelf
        old   spec/zendesk.yaml:14:5 (#/components/schemas/Shelf)
        new   <root>/new.yaml:14:5 (#/components/schemas/Shelf)
        upstream already has 1 of 2 parts
        - upstream's array already has this element: the action would duplicate it
          old   nothing
          new   "name"  <root>/new.yaml:14:31 (#/components/schemas/Shelf/required/1)
          ours  "name"
        help: `--fix` removes the parts that upstream already has; `--ours 10-types.yaml:8` keeps the action, `--theirs 10-types.yaml:8` deletes it

    --- spec/overlays/10-types.yaml
    +++ spec/overlays/10-types.yaml
    @@ -7,4 +7,4 @@
           height: {type: number}
       - target: $.components.schemas.Shelf
         update:
    -      required: [name, height]
    +      required: [height]

    2 actions: 1 applied, 0 stale, 0 satisfied, 1 conflicting; 1 undecided
    "#);
    let fixed = project.run(&UpdateArguments { fix: true, ..project.arguments() });
    assert_eq!(fixed.stderr, "");
    insta::assert_snapshot!(project.read("spec/overlays/10-types.yaml"), @"
    overlay: 1.0.0
    info: {title: Types, version: '1'}
    actions:
      - target: $.components.schemas.Shelf.properties
        update:
          width: {minimum: 1}
          height: {type: number}
      - target: $.components.schemas.Shelf
        update:
          required: [height]
    ");
}
