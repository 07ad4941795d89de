//! OpenAPI Overlays 1.0 and 1.1: actions that patch the tree.
//!
//! Merging follows the standard: objects merge key by key, arrays append, anything else replaces. What
//! the standard lets pass in silence is an error here: an action whose target matches nothing, or that
//! leaves the tree as it was, is stale, and its author wants to know.

use jsonpath_rfc9535::{Element, JsonPath};
use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, Edit};
use crate::normalize::what;
use crate::pointer::Pointer;
use crate::target;

const STALE: &str = "delete the action if the description no longer needs it, or mend its target";

/// Applies one overlay, action by action, and goes on after an error so that all are found.
pub(crate) fn apply(document: &mut Document<'_>, overlay: usize, tree: &Value) -> Vec<Diagnostic> {
    let mut applier = Applier { document, overlay, problems: Vec::new() };
    if applier.check_head(tree) {
        for (index, action) in actions(tree).iter().enumerate() {
            applier.action(&Pointer::root().child("actions").index(index), action);
        }
    }
    applier.problems
}

fn actions(tree: &Value) -> &[Value] {
    tree.get("actions").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

struct Applier<'a, 'd> {
    document: &'a mut Document<'d>,
    overlay: usize,
    problems: Vec<Diagnostic>,
}

/// What an action does to each node that its target selects.
enum Change<'v> {
    Merge { value: Value, written_at: Pointer },
    Remove,
    Copy { path: &'v str, written_at: Pointer },
}

impl Applier<'_, '_> {
    fn check_head(&mut self, tree: &Value) -> bool {
        let root = Pointer::root();
        if let Some(version) = tree.get("overlay").filter(|version| !version.is_string()) {
            let message = format!("the version must be a text, not {}", what(version));
            self.problem(&root.child("overlay"), message, "put it in quotes: `overlay: '1.0.0'`");
            return false;
        }
        let Some(version) = tree.get("overlay").and_then(Value::as_str) else {
            self.problem(
                &root,
                "this is no overlay: the key `overlay` is missing",
                "begin it with `overlay: 1.0.0`",
            );
            return false;
        };
        if !(version.starts_with("1.0.") || version.starts_with("1.1.")) {
            let message = format!("overlay version {version:?} is unknown");
            self.problem(&root.child("overlay"), message, "write it for Overlay 1.0.0 or 1.1.0");
        }
        for key in ["title", "version"] {
            if tree.pointer(&format!("/info/{key}")).and_then(Value::as_str).is_none() {
                let message = format!("the overlay has no `info.{key}`");
                self.problem(&root.child("info"), message, format!("add `{key}: …` to `info`"));
            }
        }
        self.check_keys(&root, tree, &["overlay", "info", "extends", "actions"]);
        if let Some(other) = tree.get("actions").filter(|actions| !actions.is_array()) {
            let message = format!("`actions` must be a list, not {}", what(other));
            self.problem(&root.child("actions"), message, "begin each action with `- target: <JSONPath>`");
        } else if actions(tree).is_empty() {
            self.problem(
                &root.child("actions"),
                "the overlay has no actions",
                "add an action, or delete the file",
            );
        }
        self.problems.is_empty()
    }

    fn check_keys(&mut self, at: &Pointer, node: &Value, known: &[&str]) {
        let keys = node.as_object().map(Map::keys).into_iter().flatten();
        for key in keys.filter(|key| !known.contains(&key.as_str()) && !key.starts_with("x-")) {
            let message = format!("`{key}` is no key of an overlay");
            self.problem(&at.child(key), message, format!("known here: {}", known.join(", ")));
        }
    }

    fn action(&mut self, at: &Pointer, action: &Value) {
        let before = self.problems.len();
        self.check_keys(at, action, &["target", "description", "update", "remove", "copy"]);
        let Some(target) = action.get("target").and_then(Value::as_str) else {
            self.problem(at, "the action has no `target`", "add `target: <JSONPath>`");
            return;
        };
        let at_target = at.child("target");
        let found = self.select(&at_target, target);
        let Some(change) = self.change(at, action) else { return };
        if self.problems.len() > before {
            return;
        }
        if found.is_empty() {
            let message = format!("stale action: its target {target} matches nothing");
            let help = self.stale(target);
            self.problem(&at_target, message, help);
            return;
        }
        let changed = match change {
            Change::Remove => self.remove(&at_target, found),
            Change::Merge { value, written_at } => self.merge(&found, &value, &written_at),
            Change::Copy { path, written_at } => match self.copied(&written_at, path) {
                Some(value) => self.merge(&found, &value, &written_at),
                None => return,
            },
        };
        if !changed && self.problems.len() == before {
            let message = format!("stale action: {target} already is as the action wants it");
            self.problem(&at_target, message, STALE);
        }
    }

    /// Which of the three things an action does; exactly one is allowed.
    fn change<'v>(&mut self, at: &Pointer, action: &'v Value) -> Option<Change<'v>> {
        let remove = match action.get("remove") {
            None | Some(Value::Bool(false)) => false,
            Some(Value::Bool(true)) => true,
            Some(_) => {
                self.problem(
                    &at.child("remove"),
                    "`remove` is neither true nor false",
                    "write `remove: true`",
                );
                return None;
            }
        };
        let written_at = at.child("update");
        let change = match (action.get("update"), remove, action.get("copy")) {
            (Some(value), false, None) => Change::Merge { value: value.clone(), written_at },
            (None, true, None) => Change::Remove,
            (None, false, Some(Value::String(path))) => Change::Copy { path, written_at: at.child("copy") },
            _ => {
                let message = "the action must have exactly one of `update`, `remove: true` and `copy`";
                self.problem(at, message, "keep one of them; split the action if it needs two");
                return None;
            }
        };
        Some(change)
    }

    fn select(&mut self, at: &Pointer, path: &str) -> Vec<Pointer> {
        match JsonPath::parse(path) {
            Ok(query) => {
                query.query(&self.document.value).paths().map(|path| pointer(&path.elements())).collect()
            }
            Err(error) => {
                let message = format!("the JSONPath {path} can't be read: {error}");
                self.problem(at, message, "write it as RFC 9535 has it, for example $.paths['/pets'].get");
                Vec::new()
            }
        }
    }

    fn copied(&mut self, at: &Pointer, path: &str) -> Option<Value> {
        let before = self.problems.len();
        let found = self.select(at, path);
        if let [one] = found.as_slice() {
            return self.document.value.pointer(&one.to_path()).cloned();
        }
        if self.problems.len() == before {
            let message = format!("`copy` must select one node, but {path} selects {}", found.len());
            let help = if found.is_empty() { self.stale(path) } else { STALE.to_owned() };
            self.problem(at, message, help);
        }
        None
    }

    /// What to do about a path that selects nothing.
    fn stale(&self, path: &str) -> String {
        match target::nearest(path, &self.document.value) {
            Some(meant) => format!("did you mean {meant:?}? Otherwise {STALE}"),
            None => STALE.to_owned(),
        }
    }

    fn merge(&mut self, targets: &[Pointer], value: &Value, written_at: &Pointer) -> bool {
        let mut nodes = Vec::new();
        for target in targets {
            if let Some(node) = self.document.value.pointer_mut(&target.to_path()) {
                let mut writer = Writer { nodes: &mut nodes };
                writer.target(node, value, target, written_at);
            }
        }
        let changed = !nodes.is_empty();
        self.document.record(Edit::Written { overlay: self.overlay, nodes });
        changed
    }

    fn remove(&mut self, at: &Pointer, mut targets: Vec<Pointer>) -> bool {
        // From the end, so that elements still to go keep their index.
        targets.sort_by_key(|target| {
            target
                .tokens()
                .iter()
                .map(|token| (token.parse::<usize>().ok(), token.clone()))
                .collect::<Vec<_>>()
        });
        let mut changed = false;
        for target in targets.into_iter().rev() {
            let (Some(parent), Some(token)) = (target.parent(), target.last()) else {
                self.problem(at, "the action removes the whole document", "select the part that shall go");
                return false;
            };
            let from_array = match self.document.value.pointer_mut(&parent.to_path()) {
                Some(Value::Object(entries)) => {
                    changed |= entries.shift_remove(token).is_some();
                    false
                }
                Some(Value::Array(items)) => {
                    let index = token.parse().ok().filter(|index| *index < items.len());
                    changed |= index.map(|index: usize| items.remove(index)).is_some();
                    true
                }
                _ => continue,
            };
            let action = at.parent().unwrap_or_default();
            self.document.record(Edit::Removed { at: target, from_array, overlay: self.overlay, action });
        }
        changed
    }

    fn problem(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        let file = self.document.file(self.overlay);
        let place = file.place(at);
        let excerpt = file.excerpt(&place);
        self.problems.push(Diagnostic {
            severity: Severity::Error,
            place,
            excerpt,
            pointer: at.clone(),
            message: message.into(),
            help: help.into(),
        });
    }
}

fn pointer(elements: &[Element<'_>]) -> Pointer {
    elements
        .iter()
        .map(|element| match element {
            Element::Name(name) => (*name).to_owned(),
            Element::Index(index) => index.to_string(),
        })
        .collect()
}

/// Merges, and notes each node that it wrote: where it is, and where it stands in the overlay.
struct Writer<'a> {
    nodes: &'a mut Vec<(Pointer, Pointer)>,
}

impl Writer<'_> {
    /// The outermost step: a list that is targeted takes the update as a new element.
    fn target(&mut self, node: &mut Value, update: &Value, here: &Pointer, there: &Pointer) {
        if let Value::Array(items) = node
            && !update.is_array()
        {
            self.nodes.push((here.index(items.len()), there.clone()));
            items.push(update.clone());
        } else {
            self.merge(node, update, here, there);
        }
    }

    fn merge(&mut self, node: &mut Value, update: &Value, here: &Pointer, there: &Pointer) {
        match (node, update) {
            (Value::Object(entries), Value::Object(updates)) => {
                for (key, value) in updates {
                    let (here, there) = (here.child(key), there.child(key));
                    if let Some(existing) = entries.get_mut(key) {
                        self.merge(existing, value, &here, &there);
                    } else {
                        entries.insert(key.clone(), value.clone());
                        self.nodes.push((here, there));
                    }
                }
            }
            (Value::Array(items), Value::Array(updates)) => {
                for (index, value) in updates.iter().enumerate() {
                    self.nodes.push((here.index(items.len()), there.index(index)));
                    items.push(value.clone());
                }
            }
            (node, update) if *node != *update => {
                *node = update.clone();
                self.nodes.push((here.clone(), there.clone()));
            }
            _ => {}
        }
    }
}
