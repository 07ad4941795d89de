//! Parses the actions of an overlay.

use jsonpath_rfc9535::{Element, JsonPath};
use serde_json::{Map, Value};

use super::jsonpath;
use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::pointer::Pointer;
use crate::grammar::json_type::json_type;
use crate::read::tree::file::ParsedFile;

/// An action.
#[derive(Debug)]
pub(crate) struct Action {
    /// JSON pointer to the action in its overlay.
    pub(crate) at: Pointer,
    /// Selects the nodes to change.
    pub(crate) target: TargetQuery,
    pub(crate) kind: ActionKind,
}

impl Action {
    /// Returns the pointer to the written value in the overlay.
    pub(crate) fn written_at(&self) -> Pointer {
        self.at.child(if matches!(self.kind, ActionKind::Copy(_)) { "copy" } else { "update" })
    }
}

/// The effect of an action on each node that its target selects.
#[derive(Debug)]
pub(crate) enum ActionKind {
    Update(Value),
    Remove,
    Copy(TargetQuery),
}

/// A JSONPath query with its source text.
#[derive(Debug)]
pub(crate) struct TargetQuery {
    pub(crate) text: String,
    query: JsonPath,
}

impl TargetQuery {
    /// Parses a JSONPath query.
    pub(crate) fn parse(text: &str) -> Result<Self, jsonpath_rfc9535::Error> {
        Ok(Self { text: text.to_owned(), query: JsonPath::parse(text)? })
    }

    /// Returns the pointers to all selected nodes of a tree.
    pub(crate) fn select(&self, tree: &Value) -> Vec<Pointer> {
        self.query.query(tree).paths().map(|path| pointer(&path.elements())).collect()
    }

    /// Returns the selected node. `None` if the query selects no node, or several.
    pub(crate) fn only<'v>(&self, tree: &'v Value) -> Option<&'v Value> {
        match self.select(tree).as_slice() {
            [one] => one.find(tree),
            _ => None,
        }
    }

    /// Returns whether it is a singular query: it selects at most one node, by names and indices alone.
    pub(crate) fn is_definite(&self) -> bool {
        self.query.singular_steps().is_some()
    }

    fn is_root(&self) -> bool {
        self.query.singular_steps().is_some_and(<[_]>::is_empty)
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

/// Parses the actions of an overlay. Leaves out invalid actions, and all of them if the other keys are invalid.
pub(crate) fn read(file: &ParsedFile<'_>, mut tree: Value) -> (Vec<Action>, Vec<Diagnostic>) {
    let mut reader = OverlayReader { file, problems: Vec::new() };
    let mut actions = Vec::new();
    if reader.check_head(&tree)
        && let Some(Value::Array(items)) = tree.get_mut("actions").map(Value::take)
    {
        let at = Pointer::root().child("actions");
        let read = |(index, action)| reader.action(at.index(index), action);
        actions.extend(items.into_iter().enumerate().filter_map(read));
    }
    (actions, reader.problems)
}

/// Creates an error about a node of an overlay.
pub(super) fn problem(
    file: &ParsedFile<'_>,
    at: &Pointer,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Diagnostic {
    let location = file.location(at);
    Diagnostic {
        severity: Severity::Error,
        snippet: file.snippet(&location),
        location,
        pointer: at.clone(),
        message: message.into(),
        help: help.into(),
    }
}

struct OverlayReader<'f, 'd> {
    file: &'f ParsedFile<'d>,
    problems: Vec<Diagnostic>,
}

impl OverlayReader<'_, '_> {
    fn check_head(&mut self, tree: &Value) -> bool {
        let root = Pointer::root();
        if let Some(version) = tree.get("overlay").filter(|version| !version.is_string()) {
            let message = format!("the version must be a string, not {}", json_type(version));
            self.problem(&root.child("overlay"), message, "put it in quotes: `overlay: '1.0.0'`");
            return false;
        }
        let Some(version) = tree.get("overlay").and_then(Value::as_str) else {
            self.problem(
                &root,
                "this is not an overlay: the key `overlay` is missing",
                "begin it with `overlay: 1.0.0`",
            );
            return false;
        };
        if !(version.starts_with("1.0.") || version.starts_with("1.1.")) {
            let message = format!("unsupported overlay version {version:?}");
            self.problem(&root.child("overlay"), message, "use Overlay 1.0.0 or 1.1.0");
        }
        for key in ["title", "version"] {
            if tree.pointer(&format!("/info/{key}")).and_then(Value::as_str).is_none() {
                let message = format!("the overlay has no `info.{key}`");
                self.problem(&root.child("info"), message, format!("add `{key}: …` to `info`"));
            }
        }
        self.check_keys(&root, tree, &["overlay", "info", "extends", "actions"]);
        let actions = tree.get("actions");
        if let Some(other) = actions.filter(|actions| !actions.is_array()) {
            let message = format!("`actions` must be an array, not {}", json_type(other));
            self.problem(&root.child("actions"), message, "begin each action with `- target: <JSONPath>`");
        } else if actions.and_then(Value::as_array).is_none_or(Vec::is_empty) {
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
            let message = format!("unknown key `{key}` in an overlay");
            self.problem(&at.child(key), message, format!("known keys: {}", known.join(", ")));
        }
    }

    fn action(&mut self, at: Pointer, mut action: Value) -> Option<Action> {
        let before = self.problems.len();
        self.check_keys(&at, &action, &["target", "description", "update", "remove", "copy"]);
        let Some(target) = action.get("target").and_then(Value::as_str) else {
            self.problem(&at, "the action has no `target`", "add `target: <JSONPath>`");
            return None;
        };
        let target = self.path(&at.child("target"), target);
        let kind = self.action_kind(&at, &mut action)?;
        let target = target?;
        if matches!(kind, ActionKind::Remove) && target.is_root() {
            let help = "select the part to remove";
            self.problem(&at.child("target"), "the action removes the entire document", help);
        }
        (self.problems.len() == before).then_some(Action { at, target, kind })
    }

    /// Parses the effect of an action: exactly one of `update`, `remove` and `copy`.
    fn action_kind(&mut self, at: &Pointer, action: &mut Value) -> Option<ActionKind> {
        let remove = match action.get("remove") {
            None | Some(Value::Bool(false)) => false,
            Some(Value::Bool(true)) => true,
            Some(_) => {
                self.problem(&at.child("remove"), "`remove` must be a boolean", "write `remove: true`");
                return None;
            }
        };
        match (action.get_mut("update").map(Value::take), remove, action.get("copy")) {
            (Some(value), false, None) => Some(ActionKind::Update(value)),
            (None, true, None) => Some(ActionKind::Remove),
            (None, false, Some(Value::String(path))) => {
                self.path(&at.child("copy"), path).map(ActionKind::Copy)
            }
            _ => {
                let message = "the action must have exactly one of `update`, `remove: true` and `copy`";
                self.problem(at, message, "keep one of them; split the action if it needs two");
                None
            }
        }
    }

    fn path(&mut self, at: &Pointer, path: &str) -> Option<TargetQuery> {
        let help = "use the syntax of RFC 9535, for example $.paths['/pets'].get";
        if !jsonpath::is_bounded(path) {
            let message = format!("the JSONPath {path} can select a node too often");
            let help =
                "use at most two `..`, and fewer selectors in brackets; in filters, begin queries with `@`";
            self.problem(at, message, help);
            return None;
        }
        let report = |error| self.problem(at, format!("invalid JSONPath {path}: {error}"), help);
        TargetQuery::parse(path).map_err(report).ok()
    }

    fn problem(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(problem(self.file, at, message, help));
    }
}
