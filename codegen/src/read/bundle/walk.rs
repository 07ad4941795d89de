//! The walk over a part of the description: copies it, and rewrites its references on the way.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::files::{Lost, Spot, lookup};
use super::homes::{Homes, component, folders, own_component};
use super::pass::Pass;
use crate::base::path::Path;
use crate::base::pointer::Pointer;
use crate::grammar::kind::Kind;
use crate::grammar::shape::Shape;

/// Objects that may be written out at more than one place; more of them make a bomb.
const MAX_WRITTEN_OUT: usize = 20_000;

/// A part that is being copied: where it comes from, and where it goes.
struct Part {
    from: Spot,
    to: Pointer,
}

impl Part {
    fn is_description(&self) -> bool {
        self.from.file == 0 && self.from.pointer.tokens().is_empty()
    }

    /// Where a node of the part comes from.
    fn origin(&self, at: &Path<'_>) -> Spot {
        let at = at.to_pointer();
        Spot::new(self.from.file, self.from.pointer.join(at.below(&self.to).unwrap_or_default()))
    }
}

/// A walk.
struct Walk<'w, 's> {
    homes: &'w mut Homes<'s>,
    pass: &'w mut Pass,
}

/// One walk over everything: the description, then each component.
pub(super) fn over_all(homes: &mut Homes<'_>, pass: &mut Pass) -> Value {
    let mut walk = Walk { homes, pass };
    let mut tree = walk.description();
    let mut done = HashSet::new();
    let mut next = 0;
    while let Some((folder, spot, key)) = walk.homes.get(next) {
        next += 1;
        let (spot, key) = (spot.clone(), key.to_owned());
        if done.insert((folder, key.clone())) {
            let content = walk.component(folder, &key, spot);
            put(&mut tree, folder, key, content);
        }
    }
    tree
}

impl Walk<'_, '_> {
    /// The description without the components, which are walked over one by one.
    pub(super) fn description(&mut self) -> Value {
        let tree = self.homes.files.tree(0);
        let part = Part { from: Spot::new(0, Pointer::root()), to: Pointer::root() };
        self.node(&part, Kind::Root, &Path::Root, &tree)
    }

    pub(super) fn component(&mut self, folder: &'static str, key: &str, spot: Spot) -> Value {
        let Some((_, kind)) = folders().find(|(other, _)| *other == folder) else { return Value::Null };
        // Of a component that is nothing but a reference out of the components, the target lives here.
        let end = self.homes.chase(kind, spot, false);
        let home = self.homes.known(folder, &end).cloned();
        if let Some(home) = home.filter(|home| home != key) {
            self.pass.changed = true;
            return json!({"$ref": reference(folder, &home)});
        }
        let to = component(folder, key);
        let own = end.file == 0 && end.pointer == to;
        if !own {
            self.pass.changed = true;
            self.pass.moves.push((to.clone(), end.clone()));
        }
        let tree = self.homes.files.tree(end.file);
        let Some(value) = lookup(&tree, end.pointer.tokens()) else { return Value::Null };
        let part = Part { from: end, to };
        let root = Path::Root;
        let components = Path::Key(&root, "components");
        let folder = Path::Key(&components, folder);
        self.content(&part, kind, &Path::Key(&folder, key), value)
    }

    /// A node, or the reference that takes its place.
    fn node(&mut self, part: &Part, kind: Kind, at: &Path<'_>, value: &Value) -> Value {
        if let Some(folder) = kind.folder()
            && self.homes.has_new()
            && let Some(key) = self.homes.known(folder, &part.origin(at))
        {
            self.pass.changed = true;
            return json!({"$ref": reference(folder, key)});
        }
        self.content(part, kind, at, value)
    }

    fn content(&mut self, part: &Part, kind: Kind, at: &Path<'_>, value: &Value) -> Value {
        let Value::Object(entries) = value else { return value.clone() };
        if kind.folder().is_none()
            && let Some(Value::String(text)) = entries.get("$ref")
        {
            return self.written_out(part, Shape::Node(kind), at, entries, text);
        }
        let fields = kind.fields();
        let mut copy = Map::with_capacity(entries.len());
        for (key, child) in entries {
            let path = Path::Key(at, key);
            let emptied = part.is_description() && kind == Kind::Components && is_folder(key);
            let emptied = emptied.then(|| without_components(child));
            let child = emptied.as_ref().unwrap_or(child);
            let shape = match fields.iter().find(|(name, _)| name == key) {
                Some((_, shape)) => Some(*shape),
                None if key.starts_with("x-") => None,
                None => kind.pattern(),
            };
            let child = match (key.as_str(), child, shape) {
                ("$ref", Value::String(text), _) => Value::String(self.rewritten(part, kind, at, text)),
                ("mapping", Value::Object(mapping), _) if kind == Kind::Discriminator => {
                    self.mapping(part, at, mapping)
                }
                (_, child, Some(shape)) => self.child(part, shape, &path, child),
                (_, child, None) => child.clone(),
            };
            copy.insert(key.clone(), child);
        }
        Value::Object(copy)
    }

    fn child(&mut self, part: &Part, shape: Shape, at: &Path<'_>, value: &Value) -> Value {
        match (shape, value) {
            (Shape::Any, value) => value.clone(),
            (Shape::Node(kind) | Shape::NodeOrNodes(kind), Value::Object(_)) => {
                self.node(part, kind, at, value)
            }
            (shape, Value::Object(entries)) if is_reference(entries) => {
                let Some(Value::String(text)) = entries.get("$ref") else { return value.clone() };
                self.written_out(part, shape, at, entries, text)
            }
            (Shape::Map(kind), Value::Object(entries)) => {
                let entries = entries
                    .iter()
                    .map(|(key, entry)| (key.clone(), self.node(part, kind, &Path::Key(at, key), entry)));
                Value::Object(entries.collect())
            }
            (Shape::Nodes(kind) | Shape::NodeOrNodes(kind), Value::Array(items)) => {
                let items = items.iter().enumerate();
                items.map(|(index, item)| self.node(part, kind, &Path::Index(at, index), item)).collect()
            }
            (_, value) => value.clone(),
        }
    }

    /// A reference in its one form; as it was where it leads nowhere.
    fn rewritten(&mut self, part: &Part, kind: Kind, at: &Path<'_>, text: &str) -> String {
        let here = part.origin(at);
        let target = match self.target(kind, &here, at, text) {
            Ok(target) => target,
            Err(Lost::Nowhere) if here.file == 0 && is_plain(kind, text) => return text.to_owned(),
            Err(lost) => {
                let meant = self.meant(text, &here, &lost);
                self.pass.report(at, text, &lost, meant);
                // Nothing of that name, so that it is not taken for one of the description's own.
                return format!("{}{text}", self.homes.files.path(here.file));
            }
        };
        let (Some(folder), Some(key)) = (kind.folder(), self.homes.home(kind, target)) else {
            return text.to_owned();
        };
        let rewritten = reference(folder, &key);
        self.pass.changed |= rewritten != text;
        rewritten
    }

    /// The node that a reference leads to, or that its author most likely means.
    fn target(&mut self, kind: Kind, here: &Spot, at: &Path<'_>, text: &str) -> Result<Spot, Lost> {
        let lost = match self.homes.files.resolve(text, here) {
            Ok(target) => match other_folder(kind, &target) {
                Some(folder) => return Err(Lost::OtherKind(folder)),
                None => return Ok(target),
            },
            Err(lost) => lost,
        };
        let name = text.trim_start_matches("#/definitions/").trim_start_matches("#/");
        let meant = kind.folder().map(|folder| Spot::new(here.file, component(folder, name)));
        match meant.filter(|meant| self.homes.files.has(meant)) {
            Some(meant) => {
                let message = format!("the reference {text:?} leads nowhere");
                let help = format!("it is read as {}; write that", meant.pointer);
                self.pass.findings.mistake(&at.child("$ref"), message, help);
                Ok(meant)
            }
            None => Err(lost),
        }
    }

    /// The reference that is most likely meant by one that leads nowhere, in which one name is misspelt.
    fn meant(&mut self, text: &str, here: &Spot, lost: &Lost) -> Option<String> {
        let Lost::Nowhere = lost else { return None };
        let (way, name, known) = self.homes.files.dead_end(text, here)?;
        let nearest = self.pass.findings.nearest(&name, known.keys().map(String::as_str))?;
        let rest = text.strip_prefix(&format!("{way}/{name}")).unwrap_or_default();
        Some(format!("{way}/{}{rest}", nearest.replace('~', "~0").replace('/', "~1")))
    }

    /// The target of a reference in its place, with what stands beside the reference on top.
    fn written_out(
        &mut self,
        part: &Part,
        shape: Shape,
        at: &Path<'_>,
        entries: &Map<String, Value>,
        text: &str,
    ) -> Value {
        let here = part.origin(at);
        self.pass.changed = true;
        if let Shape::Text = shape
            && let Some(text) = self.homes.files.text(text, &here)
        {
            return Value::String(text);
        }
        let rest = self.beside(part, shape, at, entries);
        let target = match self.homes.files.resolve(text, &here) {
            Ok(target) => target,
            Err(lost) => {
                let meant = self.meant(text, &here, &lost);
                self.pass.report(at, text, &lost, meant);
                return rest;
            }
        };
        if !matches!(shape, Shape::Node(Kind::PathItem | Kind::MediaType | Kind::Callback)) {
            let message = format!("{at} must be {}: a `$ref` can't stand for it", shape.article());
            let help = "what it leads to is read as if it stood here; write it out";
            self.pass.findings.mistake(&at.child("$ref"), message, help);
        }
        self.pass.written_out += 1;
        if self.pass.trail.contains(&target) || self.pass.written_out > MAX_WRITTEN_OUT {
            let message = format!("the reference {text:?} goes in a circle, or comes up too often");
            self.pass.findings.mistake(&at.child("$ref"), message, "write out here what is meant");
            return rest;
        }
        let mut value = self.target_of(shape, at, &here, target);
        if let (Value::Object(value), Value::Object(rest)) = (&mut value, rest) {
            value.extend(rest);
        }
        value
    }

    /// A copy of what a reference leads to, for the reference's own place.
    fn target_of(&mut self, shape: Shape, at: &Path<'_>, here: &Spot, target: Spot) -> Value {
        let tree = self.homes.files.tree(target.file);
        let Some(value) = lookup(&tree, target.pointer.tokens()) else { return shape.neutral() };
        self.pass.moves.push((at.to_pointer(), target.clone()));
        self.pass.moves.push((at.child("$ref"), Spot::new(here.file, here.pointer.child("$ref"))));
        self.pass.trail.push(target.clone());
        let there = Part { from: target, to: at.to_pointer() };
        let value = self.child(&there, shape, at, value);
        self.pass.trail.pop();
        value
    }

    /// What stands beside a reference that is written out.
    fn beside(&mut self, part: &Part, shape: Shape, at: &Path<'_>, entries: &Map<String, Value>) -> Value {
        let beside = entries.iter().filter(|(key, _)| *key != "$ref");
        let beside: Map<_, _> = beside.map(|(key, value)| (key.clone(), value.clone())).collect();
        if beside.is_empty() {
            return shape.neutral();
        }
        self.child(part, shape, at, &Value::Object(beside))
    }

    /// The mapping of a discriminator: names of component schemas, or references.
    fn mapping(&mut self, part: &Part, at: &Path<'_>, mapping: &Map<String, Value>) -> Value {
        let here = part.origin(at);
        let entries = mapping.iter().map(|(tag, value)| {
            let Value::String(text) = value else { return (tag.clone(), value.clone()) };
            let named = Spot::new(here.file, component("schemas", text));
            let target = if self.homes.files.has(&named) {
                Some(named)
            } else {
                self.homes.files.resolve(text, &here).ok()
            };
            let key = target.and_then(|target| self.homes.home(Kind::Schema, target));
            let value = match key.filter(|key| key != text).map(|key| reference("schemas", &key)) {
                Some(rewritten) => {
                    self.pass.changed |= rewritten != *text;
                    Value::String(rewritten)
                }
                None => value.clone(),
            };
            (tag.clone(), value)
        });
        Value::Object(entries.collect())
    }
}

fn is_folder(key: &str) -> bool {
    folders().any(|(folder, _)| folder == key)
}

/// What a folder of components holds beside them: a reference to another file's.
fn without_components(folder: &Value) -> Value {
    match folder {
        Value::Object(entries) => {
            let reference = entries.iter().filter(|(key, _)| *key == "$ref");
            Value::Object(reference.map(|(key, value)| (key.clone(), value.clone())).collect())
        }
        other => other.clone(),
    }
}

/// A reference to a component.
fn reference(folder: &str, key: &str) -> String {
    component(folder, key).to_string()
}

/// The folder of components that a node lives in, if it is that of another kind.
fn other_folder(kind: Kind, spot: &Spot) -> Option<String> {
    match spot.pointer.tokens() {
        [components, folder, _] if components == "components" => {
            (is_folder(folder) && kind.folder() != Some(folder)).then(|| folder.clone())
        }
        _ => None,
    }
}

/// Whether a reference has its one form already, so that the stages behind can tell what is wrong with it.
fn is_plain(kind: Kind, text: &str) -> bool {
    let pointer = Pointer::parse(text).filter(|_| text.starts_with('#'));
    pointer.is_some_and(|pointer| own_component(kind, &Spot::new(0, pointer)).is_some())
}

/// Whether a mapping of any keys is a reference: one of which the key `$ref` holds a text.
fn is_reference(entries: &Map<String, Value>) -> bool {
    entries.get("$ref").is_some_and(Value::is_string)
}

/// Puts a component into its folder, which is made where there is none.
fn put(tree: &mut Value, folder: &str, key: String, content: Value) {
    let Value::Object(root) = tree else { return };
    let components = root.entry("components").or_insert_with(|| json!({}));
    let Value::Object(components) = components else { return };
    let folder = components.entry(folder).or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(folder) = folder {
        folder.insert(key, content);
    }
}
