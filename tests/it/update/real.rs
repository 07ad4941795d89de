//! The project's own overlays under the vendor's whole document, and under the slice again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use clientwright::update::{self, UpdateArguments, UpdateResult, UpdateReview};
use codegen::update::ActionOutcome;

use crate::project;

const WHOLE: &str = "specs/zendesk-support.yaml";

fn review(root: &Path, arguments: &UpdateArguments) -> UpdateReview {
    match update::run(&project::of(root), arguments) {
        Ok(UpdateResult::Review(review)) => *review,
        Ok(UpdateResult::Same { .. }) => panic!("the documents are the same"),
        Err(failure) => panic!("{failure}"),
    }
}

/// Counts the actions by status: of all overlays, and of one. Every action must occur once.
fn counts(review: &UpdateReview, overlay: &str) -> [BTreeMap<&'static str, usize>; 2] {
    let ids: BTreeSet<_> = review.statuses.iter().map(|status| status.id).collect();
    let actions: usize = project::sources()
        .1
        .iter()
        .map(|source| {
            let tree: serde_json::Value = serde_yaml::from_slice(&source.bytes).unwrap();
            tree["actions"].as_array().unwrap().len()
        })
        .sum();
    assert_eq!((ids.len(), review.statuses.len()), (actions, actions));
    [String::new(), overlay.to_owned()].map(|part| {
        let mut counts = BTreeMap::new();
        for status in review.statuses.iter().filter(|status| status.location.file.contains(&part)) {
            let kind = match status.outcome {
                ActionOutcome::Applied => "applied",
                ActionOutcome::Stale { .. } => "stale",
                ActionOutcome::Satisfied => "satisfied",
                ActionOutcome::Conflicting(_) => "conflicting",
            };
            *counts.entry(kind).or_default() += 1;
        }
        counts
    })
}

#[test]
fn the_overlays_apply_to_the_whole_document_and_to_the_slice_again() {
    let Some(whole) = project::beside(WHOLE) else { return };
    let arguments = UpdateArguments { file: whole.clone(), dry_run: true, ..UpdateArguments::default() };
    let forward = review(&project::root(), &arguments);
    assert!(!forward.is_ready());
    let [all, routing] = counts(&forward, "40-routing");
    assert!(all["applied"] > 100, "{all:?}");
    // The whole document has its own version of the routing operations.
    assert!(routing["conflicting"] > 5, "{routing:?}");

    let root = tempfile::tempdir().unwrap();
    let spec = root.path().join("spec");
    fs::create_dir_all(spec.join("overlays")).unwrap();
    fs::copy(&whole, spec.join("zendesk.yaml")).unwrap();
    fs::copy(project::root().join("spec/UPSTREAM.toml"), spec.join("UPSTREAM.toml")).unwrap();
    for path in project::job().overlays {
        fs::copy(&path, spec.join("overlays").join(path.file_name().unwrap())).unwrap();
    }
    project::configure(root.path(), true);
    let back = UpdateArguments {
        file: project::root().join("spec/zendesk.yaml"),
        discard_edits: true,
        ours: vec!["all".to_owned()],
        ..UpdateArguments::default()
    };
    let review = review(root.path(), &back);
    let [all, _] = counts(&review, "40-routing");
    assert!(all["applied"] > 100 && !all.contains_key("satisfied"), "{all:?}");
    assert!(review.is_ready(), "{}", update::errors(&review, false));
    assert!(review.written.is_some());
    assert_eq!(fs::read(spec.join("zendesk.yaml")).unwrap(), project::sources().0.bytes);
}

/// A change that no action touches leaves every action applied.
#[test]
fn an_unrelated_change_needs_no_decision() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("new.yaml");
    let text = String::from_utf8(project::sources().0.bytes).unwrap();
    fs::write(&file, text + "x-note: harmless\n").unwrap();
    let review =
        review(&project::root(), &UpdateArguments { file, dry_run: true, ..UpdateArguments::default() });
    let [all, _] = counts(&review, "40-routing");
    assert_eq!(all.keys().collect::<Vec<_>>(), [&"applied"]);
    assert!(review.overlay_edits.is_empty());
}
