//! A fictional upstream change, from the new document to the changelog, with the commands of `spec/README.md`.
//!
//! The vendor renamed two fields, one of which an overlay names, removed an operation, added a value, changed a type,
//! fixed a typo that an overlay corrects, and moved a description.

use std::fs;

use sha2::{Digest, Sha256};

use super::command::{Repository, Run};
use crate::project;

fn repository() -> Repository {
    let repository = Repository::new();
    fs::remove_file(repository.path("spec/overlays/10-ours.yaml")).unwrap();
    for (path, text) in [
        ("spec/zendesk.yaml", include_str!("story/old.yaml")),
        ("spec/overlays/10-corrections.yaml", include_str!("story/overlays/10-corrections.yaml")),
        ("spec/overlays/20-names.yaml", include_str!("story/overlays/20-names.yaml")),
        ("new.yaml", include_str!("story/new.yaml")),
    ] {
        repository.write(path, text);
    }
    let checksum: String =
        Sha256::digest(include_str!("story/old.yaml")).iter().map(|byte| format!("{byte:02x}")).collect();
    repository
        .write("spec/UPSTREAM.toml", &include_str!("story/UPSTREAM.toml").replace("CHECKSUM", &checksum));
    project::configure(&repository.path(""), true);
    assert_eq!(repository.xtask(&["regen"]).code, Some(0));
    repository.commit("before");
    repository
}

/// Returns the commands of the runbook after a marker, split into program and arguments.
fn runbook(marker: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(project::root().join("spec/README.md")).unwrap();
    let (_, after) = text.split_once(&format!("<!-- {marker} -->")).unwrap();
    let block = after.split("```").nth(1).unwrap();
    let commands = block.lines().filter_map(|line| line.trim().strip_prefix("cargo "));
    let commands: Vec<_> =
        commands.map(|line| line.split_whitespace().map(str::to_owned).collect()).collect();
    assert!(!commands.is_empty(), "{marker}");
    commands
}

/// Runs the only command after a marker, with additional arguments.
fn follow(repository: &Repository, marker: &str, more: &[&str]) -> Run {
    let commands = runbook(marker);
    let [command] = commands.as_slice() else { panic!("{marker} has several commands") };
    let command: Vec<&str> = command.iter().map(String::as_str).chain(more.iter().copied()).collect();
    run(repository, &command)
}

/// Runs a `cargo` command by its arguments.
fn run(repository: &Repository, command: &[&str]) -> Run {
    match command {
        ["clientwright", arguments @ ..] => repository.clientwright(arguments),
        ["xtask", arguments @ ..] => repository.xtask(arguments),
        _ => panic!("{command:?}"),
    }
}

#[test]
fn the_runbook_leads_from_the_new_document_to_the_changelog() {
    let repository = repository();
    let undecided = follow(&repository, "update", &[]);
    assert_eq!(undecided.code, Some(1));
    insta::assert_snapshot!("story_undecided", format!("{}{}", undecided.stdout, undecided.stderr));
    assert_eq!(repository.changed(), "", "nothing is written while an action is undecided");

    let decisions =
        "--fix --ours 10-corrections.yaml:5 --delete 20-names.yaml:7 --date 2026-11-27".split(' ');
    let decided = follow(&repository, "update", &decisions.collect::<Vec<_>>());
    assert_eq!(decided.code, Some(0), "{}{}", decided.stdout, decided.stderr);
    insta::assert_snapshot!("story_decided", decided.stdout);
    insta::assert_snapshot!(repository.changed(), @"
    M spec/UPSTREAM.toml
    M spec/overlays/10-corrections.yaml
    M spec/overlays/20-names.yaml
    M spec/zendesk.yaml
    ");
    assert_eq!(repository.read("spec/zendesk.yaml"), include_str!("story/new.yaml"));

    let regen = follow(&repository, "regen", &[]);
    assert_eq!((regen.code, regen.stderr.as_str()), (Some(0), ""));
    let (_, changes) = regen.stdout.split_once("\n\n").unwrap();
    insta::assert_snapshot!("story_regen", changes);
    assert_eq!(repository.xtask(&["regen", "--check"]).code, Some(0));

    for command in runbook("review") {
        let run = run(&repository, &command.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{command:?}");
    }
    let changelog = follow(&repository, "changelog", &[]);
    insta::assert_snapshot!("story_changelog", changelog.stdout);
    assert_eq!(repository.clientwright(&["diff", "--fail-on", "breaking"]).code, Some(1));

    // After the commit, there is nothing to update.
    repository.commit("after");
    let again = follow(&repository, "update", &[]);
    assert_eq!(
        (again.code, again.stdout.as_str()),
        (Some(0), "new.yaml is identical to spec/zendesk.yaml: nothing to do\n")
    );
    assert_eq!(follow(&repository, "changelog", &[]).stdout, "");
    assert_eq!(repository.xtask(&["regen"]).stdout.lines().count(), 1);
}
