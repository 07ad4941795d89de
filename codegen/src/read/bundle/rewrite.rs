//! Copies the description and rewrites its references.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::component_keys::{ComponentKeys, component, key_in, own_component_key, sections};
use super::files::{NodeRef, ResolveError, lookup};
use super::state::RewriteState;
use crate::base::copies::size_of;
use crate::base::node_path::NodePath;
use crate::base::pointer::Pointer;
use crate::grammar::object_kind::ObjectKind;
use crate::grammar::value_kind::ValueKind;

/// Maximum number of references that are replaced by their targets, so that the document can't expand without limit.
const MAX_INLINED: usize = 20_000;

/// The section of schemas that the mapping of a discriminator names.
const SCHEMAS: &str = "components/schemas";

/// A part that is being copied: where it comes from, and its pointer in the new tree.
struct CopiedPart {
    from: NodeRef,
    to: Pointer,
}

impl CopiedPart {
    fn is_description(&self) -> bool {
        self.from.file == 0 && self.from.pointer.tokens().is_empty()
    }

    /// Returns where a node of the part comes from.
    fn origin(&self, at: &NodePath<'_>) -> NodeRef {
        let at = at.to_pointer();
        NodeRef::new(self.from.file, self.from.pointer.join(at.below(&self.to).unwrap_or_default()))
    }
}

/// Copies and rewrites nodes.
struct Rewriter<'w, 's> {
    component_keys: &'w mut ComponentKeys<'s>,
    state: &'w mut RewriteState,
}

/// Copies and rewrites everything: first the description, then each component.
pub(super) fn rewrite_all(component_keys: &mut ComponentKeys<'_>, state: &mut RewriteState) -> Value {
    let mut rewriter = Rewriter { component_keys, state };
    let mut tree = rewriter.description();
    let mut done = HashSet::new();
    let mut next = 0;
    while let Some((section, node, key)) = rewriter.component_keys.get(next) {
        next += 1;
        let (node, key) = (node.clone(), key.to_owned());
        if done.insert((section, key.clone())) {
            let content = rewriter.component(section, &key, node);
            insert_component(&mut tree, section, key, content);
        }
    }
    tree
}

impl Rewriter<'_, '_> {
    /// Copies the description without its components, which are copied one by one.
    pub(super) fn description(&mut self) -> Value {
        let tree = self.component_keys.files.tree(0);
        let part = CopiedPart { from: NodeRef::new(0, Pointer::root()), to: Pointer::root() };
        self.node(&part, self.component_keys.root, &NodePath::Root, &tree)
    }

    pub(super) fn component(&mut self, section: &'static str, key: &str, node: NodeRef) -> Value {
        let mut sections = sections(self.component_keys.root);
        let Some((_, kind)) = sections.find(|(other, _)| *other == section) else { return Value::Null };
        // A component that is only a reference to a node outside of the components is replaced by its target.
        let end = self.component_keys.follow(kind, node, false);
        let other_key = self.component_keys.known(section, &end).cloned();
        if let Some(other_key) = other_key.filter(|other_key| other_key != key) {
            self.state.changed = true;
            return json!({"$ref": reference(section, &other_key)});
        }
        let to = component(section, key);
        let own = end.file == 0 && end.pointer == to;
        if !own {
            self.state.changed = true;
            self.state.moves.push((to.clone(), end.clone()));
        }
        let tree = self.component_keys.files.tree(end.file);
        let Some(value) = lookup(&tree, end.pointer.tokens()) else { return Value::Null };
        let part = CopiedPart { from: end, to };
        let root = NodePath::Root;
        let components = NodePath::Key(&root, "components");
        let section = match section.strip_prefix("components/") {
            Some(section) => NodePath::Key(&components, section),
            None => NodePath::Key(&root, section),
        };
        self.content(&part, kind, &NodePath::Key(&section, key), value)
    }

    /// Copies a node, or returns a reference if the node is a component.
    fn node(&mut self, part: &CopiedPart, kind: ObjectKind, at: &NodePath<'_>, value: &Value) -> Value {
        if let Some(section) = kind.section()
            && self.component_keys.has_new()
            && let Some(key) = self.component_keys.known(section, &part.origin(at))
        {
            self.state.changed = true;
            return json!({"$ref": reference(section, key)});
        }
        self.content(part, kind, at, value)
    }

    fn content(&mut self, part: &CopiedPart, kind: ObjectKind, at: &NodePath<'_>, value: &Value) -> Value {
        let Value::Object(entries) = value else { return value.clone() };
        if kind.section().is_none()
            && let Some(Value::String(text)) = entries.get("$ref")
        {
            return self.inlined(part, ValueKind::Object(kind), at, entries, text);
        }
        let mut copy = Map::with_capacity(entries.len());
        for (key, child) in entries {
            let path = NodePath::Key(at, key);
            let is_own_section = part.is_description() && self.is_section(kind, key);
            let without_components = is_own_section.then(|| without_components(child));
            let child = without_components.as_ref().unwrap_or(child);
            let value_kind = kind.value_kind(key);
            let child = match (key.as_str(), child, value_kind) {
                ("$ref", Value::String(text), _) => Value::String(self.rewritten(part, kind, at, text)),
                ("mapping", Value::Object(mapping), _) if kind == ObjectKind::Discriminator => {
                    self.mapping(part, at, mapping)
                }
                ("defaultMapping", Value::String(target), _) if kind == ObjectKind::Discriminator => {
                    Value::String(self.mapped(part, at, target))
                }
                (_, child, Some(value_kind)) => self.child(part, value_kind, &path, child),
                (_, child, None) => child.clone(),
            };
            copy.insert(key.clone(), child);
        }
        Value::Object(copy)
    }

    fn child(&mut self, part: &CopiedPart, value_kind: ValueKind, at: &NodePath<'_>, value: &Value) -> Value {
        match (value_kind, value) {
            (ValueKind::Any, value) => value.clone(),
            (ValueKind::Object(kind) | ValueKind::ObjectOrObjects(kind), Value::Object(_)) => {
                self.node(part, kind, at, value)
            }
            (value_kind, Value::Object(entries)) if is_reference(entries) => {
                let Some(Value::String(text)) = entries.get("$ref") else { return value.clone() };
                self.inlined(part, value_kind, at, entries, text)
            }
            (ValueKind::Map(kind), Value::Object(entries)) => {
                let entries = entries
                    .iter()
                    .map(|(key, entry)| (key.clone(), self.node(part, kind, &NodePath::Key(at, key), entry)));
                Value::Object(entries.collect())
            }
            (ValueKind::Objects(kind) | ValueKind::ObjectOrObjects(kind), Value::Array(items)) => {
                let items = items.iter().enumerate();
                items.map(|(index, item)| self.node(part, kind, &NodePath::Index(at, index), item)).collect()
            }
            (_, value) => value.clone(),
        }
    }

    /// Returns the reference to the target's component, or the original one if it can't be resolved.
    fn rewritten(&mut self, part: &CopiedPart, kind: ObjectKind, at: &NodePath<'_>, text: &str) -> String {
        let origin = part.origin(at);
        let target = match self.target(kind, &origin, at, text) {
            Ok(target) => target,
            // Later stages report a component that doesn't exist, but they know those of OpenAPI 3 only.
            Err(ResolveError::NotFound) if origin.file == 0 && !kind.is_swagger() && is_plain(kind, text) => {
                return text.to_owned();
            }
            Err(error) => {
                let suggestion = self.suggestion(text, &origin, &error);
                self.state.report(at, text, &error, suggestion);
                // With the path, it can't be mistaken for a reference to a component of the description.
                return format!("{}{text}", self.component_keys.files.path(origin.file));
            }
        };
        let (Some(section), Some(key)) = (kind.section(), self.component_keys.key_of(kind, target)) else {
            return text.to_owned();
        };
        let rewritten = reference(section, &key);
        self.state.changed |= rewritten != text;
        rewritten
    }

    /// Returns the target of a reference. For an unresolved one, tries a component with that name.
    fn target(
        &mut self,
        kind: ObjectKind,
        origin: &NodeRef,
        at: &NodePath<'_>,
        text: &str,
    ) -> Result<NodeRef, ResolveError> {
        let error = match self.component_keys.files.resolve(text, origin) {
            Ok(target) => {
                if let Some(section) = self.other_section(kind, &target) {
                    return Err(ResolveError::WrongKind(section));
                }
                self.report_inexact(origin, at, text, &target);
                return Ok(target);
            }
            Err(error) => error,
        };
        let folders = ["#/definitions/", "#/components/schemas/", "#/"];
        let name = folders.iter().find_map(|folder| text.strip_prefix(folder)).unwrap_or(text);
        let meant = kind.section().map(|section| NodeRef::new(origin.file, component(section, name)));
        match meant.filter(|meant| self.component_keys.files.has(meant)) {
            Some(meant) => {
                let message = format!("unresolved reference {text:?}");
                let help = format!("it is interpreted as {}; write that instead", meant.pointer);
                self.state.findings.problem(&at.child("$ref"), message, help);
                Ok(meant)
            }
            None => Err(error),
        }
    }

    /// Reports a pointer that is written from a schema, not from the document.
    fn report_inexact(&mut self, origin: &NodeRef, at: &NodePath<'_>, text: &str, target: &NodeRef) {
        let is_exact = !text.starts_with("#/")
            || Pointer::parse(text).is_some_and(|pointer| pointer == target.pointer)
            || self.component_keys.files.resolve_exactly(text, origin).is_ok();
        if !is_exact {
            let message =
                format!("the reference {text:?} begins at the document, where nothing has this pointer");
            let help = format!("it is interpreted as {}; write that instead", target.pointer);
            self.state.findings.problem(&at.child("$ref"), message, help);
        }
    }

    /// Returns the closest reference to an unresolved one with a misspelled name.
    fn suggestion(&mut self, text: &str, origin: &NodeRef, error: &ResolveError) -> Option<String> {
        let ResolveError::NotFound = error else { return None };
        let (prefix, name, known) = self.component_keys.files.unresolved_part(text, origin)?;
        let nearest = self.state.findings.nearest(&name, known.keys().map(String::as_str))?;
        let rest = text.strip_prefix(&format!("{prefix}/{name}")).unwrap_or_default();
        Some(format!("{prefix}/{}{rest}", nearest.replace('~', "~0").replace('/', "~1")))
    }

    /// Returns the target of a reference, to replace it. Keys next to `$ref` override those of the target.
    fn inlined(
        &mut self,
        part: &CopiedPart,
        value_kind: ValueKind,
        at: &NodePath<'_>,
        entries: &Map<String, Value>,
        text: &str,
    ) -> Value {
        let origin = part.origin(at);
        self.state.changed = true;
        if let ValueKind::String = value_kind
            && let Some(text) = self.component_keys.files.text(text, &origin)
        {
            return Value::String(text);
        }
        let rest = self.siblings(part, value_kind, at, entries);
        let target = match self.component_keys.files.resolve(text, &origin) {
            Ok(target) => target,
            Err(error) => {
                let suggestion = self.suggestion(text, &origin, &error);
                self.state.report(at, text, &error, suggestion);
                return rest;
            }
        };
        if !matches!(
            value_kind,
            ValueKind::Object(
                ObjectKind::PathItem
                    | ObjectKind::MediaType
                    | ObjectKind::Callback
                    | ObjectKind::Link
                    | ObjectKind::SwaggerPathItem
                    | ObjectKind::SwaggerMediaType
            )
        ) {
            let message = format!("{at} must be {}: `$ref` is not allowed here", value_kind.with_article());
            let help = "it is replaced by its target; write out the target here";
            self.state.findings.problem(&at.child("$ref"), message, help);
        }
        self.state.inlined += 1;
        if self.state.trail.contains(&target) || self.state.inlined > MAX_INLINED {
            let message = format!("the reference {text:?} is part of a cycle, or is used too often");
            self.state.findings.problem(&at.child("$ref"), message, "replace the reference by its target");
            return rest;
        }
        let mut value = self.copied_target(value_kind, at, &origin, target);
        if let (Value::Object(value), Value::Object(rest)) = (&mut value, rest) {
            value.extend(rest);
        }
        value
    }

    /// Copies the target of a reference, to replace it.
    fn copied_target(
        &mut self,
        value_kind: ValueKind,
        at: &NodePath<'_>,
        origin: &NodeRef,
        target: NodeRef,
    ) -> Value {
        let tree = self.component_keys.files.tree(target.file);
        let Some(value) = lookup(&tree, target.pointer.tokens()) else { return value_kind.empty_value() };
        let is_first = self.state.copied.insert(target.clone());
        if !is_first && !self.state.findings.can_copy(&at.to_pointer(), size_of(value)) {
            return value_kind.empty_value();
        }
        self.state.moves.push((at.to_pointer(), target.clone()));
        self.state.moves.push((at.child("$ref"), NodeRef::new(origin.file, origin.pointer.child("$ref"))));
        self.state.trail.push(target.clone());
        let inner = CopiedPart { from: target, to: at.to_pointer() };
        let value = self.child(&inner, value_kind, at, value);
        self.state.trail.pop();
        value
    }

    /// Copies the keys next to `$ref`.
    fn siblings(
        &mut self,
        part: &CopiedPart,
        value_kind: ValueKind,
        at: &NodePath<'_>,
        entries: &Map<String, Value>,
    ) -> Value {
        let siblings = entries.iter().filter(|(key, _)| *key != "$ref");
        let siblings: Map<_, _> = siblings.map(|(key, value)| (key.clone(), value.clone())).collect();
        if siblings.is_empty() {
            return value_kind.empty_value();
        }
        self.child(part, value_kind, at, &Value::Object(siblings))
    }

    /// Rewrites the mapping of a discriminator.
    fn mapping(&mut self, part: &CopiedPart, at: &NodePath<'_>, mapping: &Map<String, Value>) -> Value {
        let entries = mapping.iter().map(|(tag, value)| {
            let value = match value {
                Value::String(text) => Value::String(self.mapped(part, at, text)),
                other => other.clone(),
            };
            (tag.clone(), value)
        });
        Value::Object(entries.collect())
    }

    /// Rewrites a schema that a discriminator names: the name of a component, or a reference.
    fn mapped(&mut self, part: &CopiedPart, at: &NodePath<'_>, text: &str) -> String {
        let origin = part.origin(at);
        let named = NodeRef::new(origin.file, component(SCHEMAS, text));
        let target = if self.component_keys.files.has(&named) {
            Some(named)
        } else {
            self.component_keys.files.resolve(text, &origin).ok()
        };
        let key = target.and_then(|target| self.component_keys.key_of(ObjectKind::Schema, target));
        let Some(rewritten) = key.filter(|key| key != text).map(|key| reference(SCHEMAS, &key)) else {
            return text.to_owned();
        };
        self.state.changed |= rewritten != text;
        rewritten
    }

    /// Returns whether a key of an object contains components.
    fn is_section(&self, kind: ObjectKind, key: &str) -> bool {
        let holder = match kind {
            ObjectKind::Components => "components/",
            ObjectKind::Swagger => "",
            _ => return false,
        };
        let mut sections = sections(self.component_keys.root);
        sections.any(|(section, _)| section.strip_prefix(holder) == Some(key))
    }

    /// Returns the section of a component, if it is one for another kind of object.
    fn other_section(&self, kind: ObjectKind, node: &NodeRef) -> Option<String> {
        let is_other =
            |section: &&'static str| key_in(section, &NodeRef::new(0, node.pointer.clone())).is_some();
        let section = sections(self.component_keys.root).map(|(section, _)| section).find(is_other)?;
        let name = section.rsplit('/').next().unwrap_or(section);
        (kind.section() != Some(section)).then(|| name.to_owned())
    }
}

/// Returns the `$ref` of a section of components, which refers to a section of another file.
fn without_components(section: &Value) -> Value {
    match section {
        Value::Object(entries) => {
            let reference = entries.iter().filter(|(key, _)| *key == "$ref");
            Value::Object(reference.map(|(key, value)| (key.clone(), value.clone())).collect())
        }
        other => other.clone(),
    }
}

/// Returns a reference to a component.
fn reference(section: &str, key: &str) -> String {
    component(section, key).to_string()
}

/// Returns whether a reference already points to a component. Later stages report what is wrong with it.
fn is_plain(kind: ObjectKind, text: &str) -> bool {
    let pointer = Pointer::parse(text).filter(|_| text.starts_with('#'));
    pointer.is_some_and(|pointer| own_component_key(kind, &NodeRef::new(0, pointer)).is_some())
}

/// Returns whether an object with arbitrary keys is a reference: its `$ref` is a string.
fn is_reference(entries: &Map<String, Value>) -> bool {
    entries.get("$ref").is_some_and(Value::is_string)
}

/// Adds a component to its section, which is created if it doesn't exist.
fn insert_component(tree: &mut Value, section: &str, key: String, content: Value) {
    let mut holder = tree;
    for name in section.split('/') {
        let Value::Object(entries) = holder else { return };
        holder = entries.entry(name).or_insert_with(|| Value::Object(Map::new()));
    }
    if let Value::Object(section) = holder {
        section.insert(key, content);
    }
}
