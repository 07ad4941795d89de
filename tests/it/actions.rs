//! Every overlay action is needed: without it, the emitted code or the examples differ.

use codegen::{Output, Source};
use serde_json::Value;

use crate::project::{self, Sources};

/// Returns everything that the other tests check: the emitted files and the examples of the description.
fn outcome(output: &Output) -> (Vec<(&str, &str)>, Vec<&Value>) {
    let files = output.files.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect();
    let mut examples = Vec::new();
    collect_examples(&output.patched, &mut examples);
    (files, examples)
}

fn collect_examples<'v>(node: &'v Value, found: &mut Vec<&'v Value>) {
    match node {
        Value::Object(entries) => {
            // No other test reads the examples of parameters, as they are not JSON bodies.
            for (key, value) in entries.iter().filter(|(key, _)| *key != "parameters") {
                if key == "example" || key == "examples" {
                    found.push(value);
                }
                collect_examples(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect_examples(item, found)),
        _ => {}
    }
}

/// Returns an overlay as JSON without the action at an index.
fn without(overlay: &Value, index: usize) -> Source {
    let mut overlay = overlay.clone();
    overlay["actions"].as_array_mut().unwrap().remove(index);
    Source::new("overlay.json", overlay.to_string())
}

#[test]
fn every_action_is_needed() {
    let (spec, overlays) = project::sources();
    let whole = outcome(project::output());
    let mut unnecessary = Vec::new();
    for (number, source) in overlays.iter().enumerate() {
        let tree: Value = serde_yaml::from_slice(&source.bytes).unwrap();
        let actions = tree["actions"].as_array().unwrap();
        for (index, action) in actions.iter().enumerate() {
            let mut patched: Sources = (spec.clone(), overlays.clone());
            if actions.len() == 1 {
                patched.1.remove(number);
            } else {
                patched.1[number] = without(&tree, index);
            }
            let unchanged =
                codegen::generate(&patched.0, &patched.1).is_ok_and(|output| outcome(&output) == whole);
            if unchanged {
                unnecessary.push(format!("{} #/actions/{index}: {}", source.name, action["target"]));
            }
        }
    }
    assert!(
        unnecessary.is_empty(),
        "these actions change neither the emitted code nor the examples:\n{}",
        unnecessary.join("\n")
    );
}

#[test]
fn every_action_states_its_reason() {
    for source in project::sources().1 {
        let tree: Value = serde_yaml::from_slice(&source.bytes).unwrap();
        for (index, action) in tree["actions"].as_array().unwrap().iter().enumerate() {
            let reason = action["description"].as_str().unwrap_or_default();
            assert!(
                reason.len() > 20 && reason.contains('('),
                "{} #/actions/{index}: {reason:?}",
                source.name
            );
        }
    }
}

/// The error names the file and the line.
#[test]
fn an_action_that_changes_nothing_is_rejected() {
    let (spec, mut overlays) = project::sources();
    overlays.push(Source::new(
        "spec/overlays/99-noop.yaml",
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n  - target: $.info\n    update: {title: Zendesk Incremental}\n",
    ));
    let report = codegen::generate(&spec, &overlays).unwrap_err().to_string();
    assert!(report.contains("spec/overlays/99-noop.yaml:4:5 (#/actions/0/target)"), "{report}");
}
