//! Errors of the command. They change no file.

use std::fs;

use clientwright::update::UpdateArguments;

use super::fixture::{NEW, OLD, Project, owned};

#[test]
fn flags_that_match_no_action_are_rejected() {
    let project = Project::new();
    let fails = project.fails(&UpdateArguments {
        fix: true,
        delete: owned(&["10-types.yaml:99", "20-texts.yaml:4", "all"]),
        ours: owned(&["10-types.yaml:5", "10-types.yaml:12", "20-texts.yaml:4"]),
        theirs: owned(&["20-texts.yaml:4", "types.yaml:5"]),
        ..project.arguments()
    });
    insta::assert_snapshot!(fails, @"
    error: `--delete 10-types.yaml:99` matches no action
    error: `--delete 20-texts.yaml:4`: the action conflicts: `--ours` keeps it, `--theirs` deletes it
    error: `--ours 10-types.yaml:5`: the action is satisfied: `--delete` or `--fix` deletes it
    error: `--ours 10-types.yaml:12`: the action applies as before and needs no decision
    error: `--theirs types.yaml:5` matches no action
    error: `--ours` and `--theirs` both name 20-texts.yaml:4: use one of them
      help: fix the flags; no other action is undecided; nothing was written
    ");
    let fails = project.fails(&UpdateArguments { ours: owned(&["30-none.yaml:1"]), ..project.arguments() });
    insta::assert_snapshot!(fails, @"
    error: `--ours 30-none.yaml:1` matches no action
      help: fix the flags; still undecided: 10-types.yaml:5 (satisfied), 10-types.yaml:10 (stale), 20-texts.yaml:4 (conflicting), 20-texts.yaml:6 (stale); nothing was written
    ");
}

#[test]
fn actions_on_one_line_are_distinguished_by_column() {
    let project = Project::new();
    project.write("spec/overlays/20-texts.yaml", "\
overlay: 1.0.0
info: {title: Texts, version: '1'}
actions: [{target: $.info, update: {version: '2'}}, {target: $.info, update: {title: Shelves of mine}}, {target: $.info, update: {version: '3'}}]
");
    let fails = project.fails(&UpdateArguments {
        fix: true,
        delete: owned(&["10-types.yaml:10"]),
        ours: owned(&["20-texts.yaml:3"]),
        ..project.arguments()
    });
    insta::assert_snapshot!(fails, @"
    error: `--ours 20-texts.yaml:3` matches 3 actions: add the column, as in 20-texts.yaml:3:11
      help: fix the flags; no other action is undecided; nothing was written
    ");
}

#[test]
fn an_overlay_that_cannot_be_edited_is_left_to_the_user() {
    let project = Project::new();
    let json = "{\"overlay\": \"1.0.0\", \"info\": {\"title\": \"T\", \"version\": \"1\"}, \"actions\": [\n\
        {\n\"target\": \"$.paths['/shelves'].get\",\n\"update\": {\"summary\": \"All of them.\"}\n},\n\
        {\"target\": \"$.info\", \"update\": {\"description\": \"Shelves and books.\"}}\n]}\n";
    fs::remove_file(project.path("spec/overlays/20-texts.yaml")).unwrap();
    project.write("spec/overlays/20-texts.json", json);
    let arguments = UpdateArguments { fix: true, delete: owned(&["all"]), ..project.arguments() };
    insta::assert_snapshot!(project.fails(&arguments), @"
    error: spec/overlays/20-texts.json has to be edited manually: the edits would change more than they should
      help: make the changes listed above for spec/overlays/20-texts.json:2:1, and run the command again; nothing was written
    ");
    // As the help says.
    let (start, rest) = json.split_once("{\n\"target\"").unwrap();
    let edited = format!("{start}{}", rest.split_once("\n},\n").unwrap().1);
    project.write("spec/overlays/20-texts.json", &edited);
    assert_eq!(project.run(&arguments).stderr, "");
    assert_eq!(project.read("spec/overlays/20-texts.json"), edited);
}

/// Code is generated from the new document before anything is written.
#[test]
fn the_new_document_must_generate() {
    let project = Project::new();
    project.write("new.yaml", &NEW.replace("Shelf: {type: object", "Shelf: {type: objekt"));
    let arguments =
        UpdateArguments { fix: true, ours: owned(&["all"]), delete: owned(&["all"]), ..project.arguments() };
    let before = project.files();
    let printed = project.run(&arguments);
    assert_eq!(project.files(), before);
    insta::assert_snapshot!(printed.stderr, @r#"
    error: unknown type "objekt"
       --> <root>/new.yaml:14:13
       |
    14 |     Shelf: {type: objekt, properties: {width: {type: number}, name: {type: string}}}
       |             ^^^^
       |
       = at #/components/schemas/Shelf/type
       = help: did you mean "object"?

    1 error; nothing was written (line numbers of overlays refer to the edited files)
    "#);
    let dry = project.run(&UpdateArguments { dry_run: true, ..arguments });
    assert_eq!(dry.stderr, printed.stderr);
}

#[test]
fn an_action_that_depends_on_a_deleted_action_is_stale() {
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
    let arguments = UpdateArguments {
        fix: true,
        delete: owned(&["10-types.yaml:10"]),
        theirs: owned(&["20-texts.yaml:4"]),
        ..project.arguments()
    };
    let before = project.files();
    let printed = project.run(&arguments);
    assert_eq!(project.files(), before);
    insta::assert_snapshot!(printed.stdout.split_once("\nstale").unwrap().1.split_once("\nsatisfied").unwrap().0, @"
    (2): the target of these actions doesn't exist

     spec/overlays/10-types.yaml:10:5  $.components.schemas.Lamp: deleted
     spec/overlays/20-texts.yaml:6:5  $.paths['/shelves'].get.externalDocs
       old   spec/overlays/20-texts.yaml:5:39 (#/paths/~1shelves/get/externalDocs)
       help: $.paths['/shelves'].get.externalDocs selects nothing: fix it, or delete the action with `--delete 20-texts.yaml:6`
    ");
    let printed = project
        .run(&UpdateArguments { delete: owned(&["10-types.yaml:10", "20-texts.yaml:6"]), ..arguments });
    assert_eq!(printed.stderr, "");
    assert!(!project.path("spec/overlays/20-texts.yaml").exists());
}

#[test]
fn a_description_edited_by_hand_is_rejected() {
    let project = Project::new();
    project.write("spec/zendesk.yaml", &OLD.replace("summary: All.", "summary: By hand."));
    let arguments =
        UpdateArguments { fix: true, delete: owned(&["all"]), ours: owned(&["all"]), ..project.arguments() };
    insta::assert_snapshot!(project.fails(&arguments), @"
    error: spec/zendesk.yaml was edited manually: its checksum is not the one in spec/UPSTREAM.toml
      help: move the edits to an overlay, or discard them with `--discard-edits`; nothing was written
    ");
    let printed = project.run(&UpdateArguments { discard_edits: true, ..arguments });
    assert_eq!(printed.stderr, "");
    assert_eq!(project.read("spec/zendesk.yaml"), NEW);
}

#[test]
fn an_invalid_record_is_rejected() {
    let project = Project::new();
    for (text, problem) in [
        ("[upstream", "it isn't valid TOML"),
        ("[upstream]\n", "has no string `sha256`"),
        ("upstream = 1\n", "has no string `sha256`"),
    ] {
        project.write("spec/UPSTREAM.toml", text);
        let fails = project.fails(&project.arguments());
        assert!(fails.contains(problem) && fails.contains("error: spec/UPSTREAM.toml: "), "{fails}");
    }
    fs::remove_file(project.path("spec/UPSTREAM.toml")).unwrap();
    insta::assert_snapshot!(project.fails(&project.arguments()), @"
    error: can't read <root>/spec/UPSTREAM.toml: No such file or directory (os error 2)
      help: check the path: it doesn't exist
    ");
}

#[test]
fn unreadable_files_are_reported() {
    let project = Project::new();
    let arguments = UpdateArguments { file: project.path("none.yaml"), ..project.arguments() };
    insta::assert_snapshot!(project.fails(&arguments), @"
    error: can't read <root>/none.yaml: No such file or directory (os error 2)
      help: check the path: it doesn't exist
    ");
    project.write("new.yaml", "openapi: [\n");
    project.write("spec/overlays/20-texts.yaml", "overlay: 1.0.0\n");
    insta::assert_snapshot!(project.fails(&project.arguments()), @"
    error: invalid YAML: while parsing a node, did not find expected node content
      --> <root>/new.yaml:2:1 (#/openapi/0)
      help: fix the syntax here; the error may begin a few lines above

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

/// Writing fails after some files are staged.
#[test]
fn a_failed_write_changes_nothing() {
    let project = Project::new();
    let arguments =
        UpdateArguments { fix: true, delete: owned(&["all"]), ours: owned(&["all"]), ..project.arguments() };
    fs::create_dir(project.path("spec/overlays/20-texts.yaml.tmp")).unwrap();
    insta::assert_snapshot!(project.fails(&arguments), @"
    error: can't write <root>/spec/overlays/20-texts.yaml: is a directory
      help: name a file, not a folder
    ");
}
