//! The project's own overlays under the vendor's whole document, and the way back.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use clientwright::update::{self, Arguments, Outcomes, Review};
use codegen::update::Outcome;

use crate::project;

const WHOLE: &str = "specs/zendesk-support.yaml";

fn review(root: &Path, arguments: &Arguments) -> Review {
    match update::run(&project::of(root), arguments) {
        Ok(Outcomes::Review(review)) => *review,
        Ok(Outcomes::Same { .. }) => panic!("the documents are the same"),
        Err(failure) => panic!("{failure}"),
    }
}

/// How many actions fare how, all and in one overlay. Each is there once.
fn counts(review: &Review, overlay: &str) -> [BTreeMap<&'static str, usize>; 2] {
    let ids: BTreeSet<_> = review.fates.iter().map(|fate| fate.id).collect();
    let actions: usize = project::sources()
        .1
        .iter()
        .map(|source| {
            let tree: serde_json::Value = serde_yaml::from_slice(&source.bytes).unwrap();
            tree["actions"].as_array().unwrap().len()
        })
        .sum();
    assert_eq!((ids.len(), review.fates.len()), (actions, actions));
    [String::new(), overlay.to_owned()].map(|part| {
        let mut counts = BTreeMap::new();
        for fate in review.fates.iter().filter(|fate| fate.place.file.contains(&part)) {
            let kind = match fate.outcome {
                Outcome::Applied => "applied",
                Outcome::Stale { .. } => "stale",
                Outcome::Satisfied => "satisfied",
                Outcome::Conflicting(_) => "conflicting",
            };
            *counts.entry(kind).or_default() += 1;
        }
        counts
    })
}

#[test]
fn from_the_slice_to_the_whole_and_back() {
    let Some(whole) = project::beside(WHOLE) else { return };
    let arguments = Arguments { file: whole.clone(), dry_run: true, ..Arguments::default() };
    let there = review(&project::root(), &arguments);
    assert!(!there.is_good());
    let [all, routing] = counts(&there, "40-routing");
    assert!(all["applied"] > 100, "{all:?}");
    // Upstream has the routing operations itself there, in other words.
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
    let back = Arguments {
        file: project::root().join("spec/zendesk.yaml"),
        discard_edits: true,
        ours: vec!["all".to_owned()],
        ..Arguments::default()
    };
    let review = review(root.path(), &back);
    let [all, _] = counts(&review, "40-routing");
    assert!(all["applied"] > 100 && !all.contains_key("satisfied"), "{all:?}");
    assert!(review.is_good(), "{}", update::complaint(&review, false));
    assert!(review.written.is_some());
    assert_eq!(fs::read(spec.join("zendesk.yaml")).unwrap(), project::sources().0.bytes);
}

/// A document that only changed where no action is leaves everything as it is.
#[test]
fn a_harmless_change_needs_no_decision() {
    let root = tempfile::tempdir().unwrap();
    let file = root.path().join("new.yaml");
    let text = String::from_utf8(project::sources().0.bytes).unwrap();
    fs::write(&file, text + "x-note: harmless\n").unwrap();
    let review = review(&project::root(), &Arguments { file, dry_run: true, ..Arguments::default() });
    let [all, _] = counts(&review, "40-routing");
    assert_eq!(all.keys().collect::<Vec<_>>(), [&"applied"]);
    assert!(review.mendings.is_empty());
}
