//! Random documents and actions: nothing panics, each action has one status, and an unchanged document has no
//! conflicts.

use std::collections::BTreeSet;

use codegen::update::{ActionEdit, ActionOutcome, OverlayUpdate, edit_overlay};
use codegen::{Pointer, Source};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Returns small trees with few names, so that two trees have much in common.
fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0..3).prop_map(Value::from),
        "[ab]".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key(), inner, 0..5)
                .prop_map(Value::from_iter::<std::collections::BTreeMap<_, _>>),
        ]
    })
}

fn key() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["a", "b", "name", "in", "$ref", "operationId", "paths", "components", "get"])
}

/// Returns objects, as a document is an object.
fn document() -> impl Strategy<Value = Value> {
    prop::collection::btree_map(key(), tree(), 1..6)
        .prop_map(Value::from_iter::<std::collections::BTreeMap<_, _>>)
}

fn path() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => key().prop_map(|key| format!("['{key}']")),
        1 => (-1..3).prop_map(|index| format!("[{index}]")),
        1 => Just("[*]".to_owned()),
        1 => key().prop_map(|key| format!("..{}", if key == "$ref" { "a" } else { key })),
        1 => key().prop_map(|key| format!("[?@['{key}'] == 'a']")),
    ];
    prop::collection::vec(part, 0..4)
        .prop_map(|parts| format!("${}", parts.concat()))
        .prop_filter("a path has at most two `..`", |path| path.matches("..").count() <= 2)
}

fn action() -> impl Strategy<Value = Value> {
    prop_oneof![
        3 => (path(), tree()).prop_map(|(target, update)| json!({"target": target, "update": update})),
        2 => path().prop_filter("the document stays", |path| path != "$")
            .prop_map(|target| json!({"target": target, "remove": true})),
        1 => (path(), path()).prop_map(|(target, copy)| json!({"target": target, "copy": copy})),
    ]
}

fn overlay(actions: &[Value]) -> Source {
    let overlay = json!({"overlay": "1.1.0", "info": {"title": "T", "version": "1"}, "actions": actions});
    Source::new("fix.json", overlay.to_string())
}

fn source(tree: &Value) -> Source {
    Source::new("document.json", tree.to_string())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_action_has_one_outcome(
        (old, new) in (document(), document()),
        actions in prop::collection::vec(action(), 1..6),
        dropped in any::<u8>(),
    ) {
        let (old, new, overlays) = (source(&old), source(&new), [overlay(&actions)]);
        let mut update = OverlayUpdate::read(&old, &new, &overlays).unwrap();
        let statuses = update.statuses(&BTreeSet::new());
        prop_assert_eq!(statuses.len(), actions.len());
        for (index, (status, action)) in statuses.iter().zip(&actions).enumerate() {
            prop_assert_eq!((status.id.overlay, status.id.action), (0, index));
            prop_assert_eq!(&status.target, action["target"].as_str().unwrap());
        }
        prop_assert_eq!(&format!("{statuses:?}"), &format!("{:?}", update.statuses(&BTreeSet::new())));
        let dropped = statuses.iter().filter(|status| dropped & (1 << status.id.action) != 0).map(|status| status.id);
        prop_assert_eq!(update.statuses(&dropped.collect()).len(), actions.len());
    }

    /// An action is applied exactly if it is not stale when code is generated.
    #[test]
    fn an_unchanged_document_has_no_conflicts(
        document in document(),
        actions in prop::collection::vec(action(), 1..6),
    ) {
        let (document, overlays) = (source(&document), [overlay(&actions)]);
        let stale = match codegen::generate(&document, &overlays) {
            Ok(_) => String::new(),
            Err(report) => report.to_string(),
        };
        let mut update = OverlayUpdate::read(&document, &document, &overlays).unwrap();
        for status in update.statuses(&BTreeSet::new()) {
            let pointer = format!("(#/actions/{}/", status.id.action);
            let applies = status.outcome == ActionOutcome::Applied;
            prop_assert_eq!(applies, !stale.contains(&pointer), "{:?}\n{}", status, stale);
            prop_assert!(!matches!(status.outcome, ActionOutcome::Conflicting(_)), "{:?}", status);
        }
    }

    /// The other actions of a block-style overlay keep their values.
    #[test]
    fn deleting_actions_leaves_the_others_unchanged(
        actions in prop::collection::vec(action(), 1..6),
        gaps in prop::collection::vec(0_usize..4, 6),
        deleted in any::<u8>(),
    ) {
        let mut text = "overlay: 1.1.0\ninfo: {title: T, version: '1'}\nactions:\n".to_owned();
        for (index, action) in actions.iter().enumerate() {
            text.push_str(["", "\n", "  # About the next.\n", "  # ---\n\n"][gaps[index]]);
            let yaml = serde_yaml::to_string(action).unwrap();
            text.push_str(&format!("  - {}\n", yaml.trim_end().replace('\n', "\n    ")));
        }
        let kept: Vec<_> = (0..actions.len()).filter(|index| deleted & (1 << index) == 0).collect();
        let edits = (0..actions.len()).filter(|index| !kept.contains(index)).map(|index| (index, ActionEdit::Delete));
        let edited = edit_overlay(&Source::new("fix.yaml", text.as_str()), &edits.collect());
        match edited {
            Ok(codegen::update::EditedOverlay::Text(edited)) => {
                let tree: Value = serde_yaml::from_str(&edited).unwrap();
                let wanted: Vec<_> = kept.iter().map(|index| actions[*index].clone()).collect();
                prop_assert_eq!(&tree["actions"], &Value::from(wanted), "{}\n{}", text, edited);
            }
            Ok(codegen::update::EditedOverlay::Empty) => prop_assert!(kept.is_empty()),
            Err(error) => prop_assert!(false, "{error}\n{text}"),
        }
    }

    /// The rest of the action keeps its values, or the edit is left to the user.
    #[test]
    fn trimming_an_action_leaves_the_rest_unchanged(update in tree(), chosen in any::<u64>(), flow in any::<bool>()) {
        let action = serde_json::json!({"target": "$.a", "update": {"kept": 1, "more": update}});
        let text = if flow {
            format!("overlay: 1.1.0\ninfo: {{title: T, version: '1'}}\nactions:\n  - {action}\n")
        } else {
            let yaml = serde_yaml::to_string(&action).unwrap().trim_end().replace('\n', "\n    ");
            format!("overlay: 1.1.0\ninfo: {{title: T, version: '1'}}\nactions:\n  - {yaml}\n")
        };
        let mut parts = Vec::new();
        leaves(&action["update"], &Pointer::parse("/actions/0/update").unwrap(), &mut parts);
        let parts: Vec<_> = parts
            .into_iter()
            .enumerate()
            .filter(|(index, part)| chosen & (1 << (index % 64)) != 0 && part.last() != Some("kept"))
            .map(|(_, part)| part)
            .collect();
        let edits = [(0, ActionEdit::Trim(parts.clone()))].into();
        if let Ok(codegen::update::EditedOverlay::Text(edited)) = edit_overlay(&Source::new("fix.yaml", text.as_str()), &edits) {
            let tree: Value = serde_yaml::from_str(&edited).unwrap();
            let (mut before, mut after) = (Vec::new(), Vec::new());
            values(&action["update"], &mut before);
            values(&tree["actions"][0]["update"], &mut after);
            prop_assert_eq!(before.len(), after.len() + parts.len(), "{}\n{}", text, edited);
            prop_assert_eq!(&tree["actions"][0]["update"]["kept"], 1);
        }
    }
}

/// Collects the pointers of all scalars and empty containers.
fn leaves(value: &Value, at: &Pointer, found: &mut Vec<Pointer>) {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            entries.iter().for_each(|(key, value)| leaves(value, &at.child(key), found));
        }
        Value::Array(items) if !items.is_empty() => {
            items.iter().enumerate().for_each(|(index, value)| leaves(value, &at.index(index), found));
        }
        _ => found.push(at.clone()),
    }
}

fn values<'v>(value: &'v Value, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            entries.values().for_each(|value| values(value, found))
        }
        Value::Array(items) if !items.is_empty() => items.iter().for_each(|value| values(value, found)),
        _ => found.push(value),
    }
}
