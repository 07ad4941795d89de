//! What the verb refuses, with everything left as it was.

use std::fs;

use clientwright::update::Arguments;

use super::fixture::{NEW, OLD, Project, owned};

#[test]
fn flags_that_fit_no_action() {
    let project = Project::new();
    let refused = project.refused(&Arguments {
        mend: true,
        delete: owned(&["10-types.yaml:99", "20-texts.yaml:4", "all"]),
        ours: owned(&["10-types.yaml:5", "10-types.yaml:12", "20-texts.yaml:4"]),
        theirs: owned(&["20-texts.yaml:4", "types.yaml:5"]),
        ..project.arguments()
    });
    insta::assert_snapshot!(refused, @"
    error: `--delete 10-types.yaml:99` names no action
    error: `--delete 20-texts.yaml:4`: the action conflicts: `--ours` keeps it, `--theirs` deletes it
    error: `--ours 10-types.yaml:5`: the action is satisfied: `--delete` or `--mend` deletes it
    error: `--ours 10-types.yaml:12`: the action applies as before and needs no decision
    error: `--theirs types.yaml:5` names no action
    error: `--ours` and `--theirs` both name 20-texts.yaml:4: give one of them
      help: mend the flags; no other action is open; nothing was written
    ");
    let refused = project.refused(&Arguments { ours: owned(&["30-none.yaml:1"]), ..project.arguments() });
    insta::assert_snapshot!(refused, @"
    error: `--ours 30-none.yaml:1` names no action
      help: mend the flags; still open: 10-types.yaml:5 (satisfied), 10-types.yaml:10 (stale), 20-texts.yaml:4 (conflicting), 20-texts.yaml:6 (stale); nothing was written
    ");
}

/// Two actions on one line are told apart by their columns.
#[test]
fn actions_on_one_line() {
    let project = Project::new();
    project.write("spec/overlays/20-texts.yaml", "\
overlay: 1.0.0
info: {title: Texts, version: '1'}
actions: [{target: $.info, update: {version: '2'}}, {target: $.info, update: {title: Shelves of mine}}, {target: $.info, update: {version: '3'}}]
");
    let refused = project.refused(&Arguments {
        mend: true,
        delete: owned(&["10-types.yaml:10"]),
        ours: owned(&["20-texts.yaml:3"]),
        ..project.arguments()
    });
    insta::assert_snapshot!(refused, @"
    error: `--ours 20-texts.yaml:3` names 3 actions: add the column, as in 20-texts.yaml:3:11
      help: mend the flags; no other action is open; nothing was written
    ");
}

#[test]
fn overlays_that_are_edited_by_hand() {
    let project = Project::new();
    let json = "{\"overlay\": \"1.0.0\", \"info\": {\"title\": \"T\", \"version\": \"1\"}, \"actions\": [\n\
        {\n\"target\": \"$.paths['/shelves'].get\",\n\"update\": {\"summary\": \"All of them.\"}\n},\n\
        {\"target\": \"$.info\", \"update\": {\"description\": \"Shelves and books.\"}}\n]}\n";
    fs::remove_file(project.path("spec/overlays/20-texts.yaml")).unwrap();
    project.write("spec/overlays/20-texts.json", json);
    let arguments = Arguments { mend: true, delete: owned(&["all"]), ..project.arguments() };
    insta::assert_snapshot!(project.refused(&arguments), @"
    error: spec/overlays/20-texts.json has to be edited by hand: by the edits, more of it would change than it should
      help: do there what is said above of spec/overlays/20-texts.json:2:1, and run the command again; nothing was written
    ");
    // As told.
    let (start, rest) = json.split_once("{\n\"target\"").unwrap();
    let by_hand = format!("{start}{}", rest.split_once("\n},\n").unwrap().1);
    project.write("spec/overlays/20-texts.json", &by_hand);
    assert_eq!(project.run(&arguments).wrong, "");
    assert_eq!(project.read("spec/overlays/20-texts.json"), by_hand);
}

/// With the actions decided, the document has to generate.
#[test]
fn a_document_that_does_not_generate() {
    let project = Project::new();
    project.write("new.yaml", &NEW.replace("Shelf: {type: object", "Shelf: {type: objekt"));
    let arguments =
        Arguments { mend: true, ours: owned(&["all"]), delete: owned(&["all"]), ..project.arguments() };
    let before = project.files();
    let told = project.run(&arguments);
    assert_eq!(project.files(), before);
    insta::assert_snapshot!(told.wrong, @r#"
    error: "objekt" is no type of JSON Schema
       --> <root>/new.yaml:14:13
       |
    14 |     Shelf: {type: objekt, properties: {width: {type: number}, name: {type: string}}}
       |             ^^^^
       |
       = at #/components/schemas/Shelf/type
       = help: did you mean "object"?

    1 error; nothing was written (lines of overlays are those after the edits)
    "#);
    let dry = project.run(&Arguments { dry_run: true, ..arguments });
    assert_eq!(dry.wrong, told.wrong);
}

/// What is deleted is missed by what builds on it.
#[test]
fn what_builds_on_a_deleted_action() {
    let project = Project::new();
    project.write(
        "spec/overlays/20-texts.yaml",
        "\
overlay: 1.0.0
info: {title: Texts, version: '1'}
actions:
  - target: $.paths['/shelves'].get
    update: {summary: Lists shelves., externalDocs: {url: 'https://example.org'}}
  - target: $.paths['/shelves'].get.externalDocs
    update: {description: More.}
",
    );
    let arguments = Arguments {
        mend: true,
        delete: owned(&["10-types.yaml:10"]),
        theirs: owned(&["20-texts.yaml:4"]),
        ..project.arguments()
    };
    let before = project.files();
    let told = project.run(&arguments);
    assert_eq!(project.files(), before);
    insta::assert_snapshot!(told.text.split_once("\nstale").unwrap().1.split_once("\nsatisfied").unwrap().0, @"
    (2): the target of these actions is gone

     spec/overlays/10-types.yaml:10:5  $.components.schemas.Lamp: deleted
     spec/overlays/20-texts.yaml:6:5  $.paths['/shelves'].get.externalDocs
       old   spec/overlays/20-texts.yaml:5:39 (#/paths/~1shelves/get/externalDocs)
       help: $.paths['/shelves'].get.externalDocs leads nowhere: mend it, or delete the action with `--delete 20-texts.yaml:6`
    ");
    let told =
        project.run(&Arguments { delete: owned(&["10-types.yaml:10", "20-texts.yaml:6"]), ..arguments });
    assert_eq!(told.wrong, "");
    assert!(!project.path("spec/overlays/20-texts.yaml").exists());
}

#[test]
fn a_description_that_was_edited_by_hand() {
    let project = Project::new();
    project.write("spec/zendesk.yaml", &OLD.replace("summary: All.", "summary: By hand."));
    let arguments =
        Arguments { mend: true, delete: owned(&["all"]), ours: owned(&["all"]), ..project.arguments() };
    insta::assert_snapshot!(project.refused(&arguments), @"
    error: spec/zendesk.yaml was edited by hand: its checksum is not the one in spec/UPSTREAM.toml
      help: move the edits to an overlay, or lose them with `--discard-edits`; nothing was written
    ");
    let told = project.run(&Arguments { discard_edits: true, ..arguments });
    assert_eq!(told.wrong, "");
    assert_eq!(project.read("spec/zendesk.yaml"), NEW);
}

#[test]
fn a_record_that_is_none() {
    let project = Project::new();
    for (text, problem) in [
        ("[upstream", "it is no TOML"),
        ("[upstream]\n", "has no text `sha256`"),
        ("upstream = 1\n", "has no text `sha256`"),
    ] {
        project.write("spec/UPSTREAM.toml", text);
        let refused = project.refused(&project.arguments());
        assert!(refused.contains(problem) && refused.contains("error: spec/UPSTREAM.toml: "), "{refused}");
    }
    fs::remove_file(project.path("spec/UPSTREAM.toml")).unwrap();
    insta::assert_snapshot!(project.refused(&project.arguments()), @"
    error: can't read <root>/spec/UPSTREAM.toml: No such file or directory (os error 2)
      help: check the path: there is nothing of that name
    ");
}

#[test]
fn files_that_cannot_be_read() {
    let project = Project::new();
    let arguments = Arguments { file: project.path("none.yaml"), ..project.arguments() };
    insta::assert_snapshot!(project.refused(&arguments), @"
    error: can't read <root>/none.yaml: No such file or directory (os error 2)
      help: check the path: there is nothing of that name
    ");
    project.write("new.yaml", "openapi: [\n");
    project.write("spec/overlays/20-texts.yaml", "overlay: 1.0.0\n");
    insta::assert_snapshot!(project.refused(&project.arguments()), @"
    error: the YAML can't be read: while parsing a node, did not find expected node content
      --> <root>/new.yaml:2:1 (#/openapi/0)
      help: mend the syntax at this place; the mistake may begin a little above it

    error: the overlay has no `info.title`
      --> spec/overlays/20-texts.yaml:1:1 (#/info)
      help: add `title: …` to `info`

    error: the overlay has no `info.version`
      --> spec/overlays/20-texts.yaml:1:1 (#/info)
      help: add `version: …` to `info`

    error: the overlay has no actions
      --> spec/overlays/20-texts.yaml:1:1 (#/actions)
      help: add an action, or delete the file

    4 errors; nothing was written
    ");
}

/// Staging fails in the middle: nothing has changed.
#[test]
fn a_place_that_cannot_be_written() {
    let project = Project::new();
    let arguments =
        Arguments { mend: true, delete: owned(&["all"]), ours: owned(&["all"]), ..project.arguments() };
    fs::create_dir(project.path("spec/overlays/20-texts.yaml.tmp")).unwrap();
    insta::assert_snapshot!(project.refused(&arguments), @"
    error: can't write <root>/spec/overlays/20-texts.yaml: Is a directory (os error 21)
      help: name a file, not a folder
    ");
}
