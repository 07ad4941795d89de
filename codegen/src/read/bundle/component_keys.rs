//! Assigns component keys to the targets of references.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::Value;

use super::files::{LoadedFiles, NodeRef};
use super::suggested_key::suggested_key;
use crate::base::pointer::Pointer;
use crate::grammar::object_kind::ObjectKind;

/// A section of the components, and a node that becomes a component in it.
type ComponentId = (&'static str, NodeRef);

/// The keys of all components.
pub(super) struct ComponentKeys<'s> {
    pub(super) files: LoadedFiles<'s>,
    /// The kind of the description's root.
    pub(super) root: ObjectKind,
    /// The key of each component, by its node.
    keys: IndexMap<ComponentId, String>,
    /// The number of components that the description declares.
    own: usize,
    /// The keys in use, in lower case.
    taken: HashSet<(&'static str, String)>,
    /// The last number that was appended to a key that was taken.
    numbers: HashMap<(&'static str, String), usize>,
    /// The results of [`follow`](Self::follow), so that each reference of a chain is followed once.
    ends: HashMap<(ObjectKind, bool), HashMap<NodeRef, NodeRef>>,
}

impl<'s> ComponentKeys<'s> {
    /// Creates the keys of the components that the description declares.
    pub(super) fn new(files: LoadedFiles<'s>, root: ObjectKind) -> Self {
        let mut component_keys = Self {
            files,
            root,
            keys: IndexMap::new(),
            own: 0,
            taken: HashSet::new(),
            numbers: HashMap::new(),
            ends: HashMap::new(),
        };
        component_keys.register_own_components();
        component_keys
    }

    /// Returns the number of components.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Returns the section, node and key of a component by its number.
    pub(super) fn get(&self, number: usize) -> Option<(&'static str, &NodeRef, &str)> {
        self.keys.get_index(number).map(|((section, node), key)| (*section, node, key.as_str()))
    }

    /// Returns the key of a node if it is a component.
    pub(super) fn known(&self, section: &'static str, node: &NodeRef) -> Option<&String> {
        self.keys.get(&(section, node.clone()))
    }

    /// Returns whether there are components that the description doesn't declare.
    pub(super) fn has_new(&self) -> bool {
        self.keys.len() > self.own
    }

    /// Registers the components that the description declares. Their keys take precedence.
    fn register_own_components(&mut self) {
        for (section, kind) in sections(self.root) {
            for key in self.own_keys(section) {
                let own = NodeRef::new(0, component(section, &key));
                let end = self.follow(kind, own.clone(), false);
                self.keys.entry((section, own)).or_insert_with(|| key.clone());
                self.keys.entry((section, end)).or_insert(key);
            }
        }
        self.taken =
            self.keys.iter().map(|((section, _), key)| (*section, key.to_ascii_lowercase())).collect();
        let is_own = |section: &str, node: &NodeRef| key_in(section, node).is_some();
        self.own = self.keys.keys().filter(|(section, node)| is_own(section, node)).count();
    }

    /// Returns the keys that the description declares in a section.
    fn own_keys(&self, section: &str) -> Vec<String> {
        match self.files.node(&NodeRef::new(0, folder(section))) {
            Some(Value::Object(entries)) => entries.keys().filter(|key| *key != "$ref").cloned().collect(),
            _ => Vec::new(),
        }
    }

    /// Follows references from a node to the first node that is not only a reference. Stops before components that the
    /// description declares, unless `among_own` is set.
    pub(super) fn follow(&mut self, kind: ObjectKind, start: NodeRef, among_own: bool) -> NodeRef {
        let mut seen = HashSet::from([start.clone()]);
        let mut node = start;
        loop {
            if let Some(end) = self.ends.get(&(kind, among_own)).and_then(|ends| ends.get(&node)) {
                node = end.clone();
                break;
            }
            let Some(next) = self.next(kind, &node, among_own) else { break };
            if !seen.insert(next.clone()) {
                break;
            }
            node = next;
        }
        let ends = self.ends.entry((kind, among_own)).or_default();
        ends.extend(seen.into_iter().map(|passed| (passed, node.clone())));
        node
    }

    /// Returns the target of a node that is only a reference.
    fn next(&mut self, kind: ObjectKind, node: &NodeRef, among_own: bool) -> Option<NodeRef> {
        let reference = self.files.reference(node, kind == ObjectKind::Schema)?;
        let next = self.files.resolve(&reference, node).ok()?;
        (among_own || own_component_key(kind, &next).is_none()).then_some(next)
    }

    /// Returns the key of a node, which becomes a component if it isn't one.
    pub(super) fn key_of(&mut self, kind: ObjectKind, target: NodeRef) -> Option<String> {
        let section = kind.section()?;
        if let Some(key) = own_component_key(kind, &target) {
            return Some(key);
        }
        let node = self.follow(kind, target, true);
        if let Some(key) = own_component_key(kind, &node) {
            return Some(key);
        }
        if let Some(key) = self.keys.get(&(section, node.clone())) {
            return Some(key.clone());
        }
        let wanted = suggested_key(&node, &self.files);
        let key = self.free_key(section, wanted);
        self.taken.insert((section, key.to_ascii_lowercase()));
        self.keys.insert((section, node), key.clone());
        Some(key)
    }

    /// Returns a key that is not taken: the wanted one, or that with the lowest number from 2 on.
    fn free_key(&mut self, section: &'static str, wanted: String) -> String {
        let is_taken = |key: &str| self.taken.contains(&(section, key.to_ascii_lowercase()));
        if !is_taken(&wanted) {
            return wanted;
        }
        let number = self.numbers.entry((section, wanted.to_ascii_lowercase())).or_insert(1);
        loop {
            *number += 1;
            let key = format!("{wanted}{number}");
            if !is_taken(&key) {
                return key;
            }
        }
    }
}

/// Returns the sections of a description with this root, and the kinds of their components.
pub(super) fn sections(root: ObjectKind) -> impl Iterator<Item = (&'static str, ObjectKind)> {
    root.component_kinds().iter().filter_map(|kind| Some((kind.section()?, *kind)))
}

/// Returns the pointer of a section.
pub(super) fn folder(section: &str) -> Pointer {
    section.split('/').map(str::to_owned).collect()
}

pub(super) fn component(section: &str, key: &str) -> Pointer {
    folder(section).child(key)
}

/// Returns the key of a node if it is a component of this kind that the description declares.
pub(super) fn own_component_key(kind: ObjectKind, node: &NodeRef) -> Option<String> {
    key_in(kind.section()?, node)
}

/// Returns the key of a node if it is in a section of the description.
pub(super) fn key_in(section: &str, node: &NodeRef) -> Option<String> {
    let (key, parent) = node.pointer.tokens().split_last()?;
    let is_in_section = node.file == 0 && parent.iter().map(String::as_str).eq(section.split('/'));
    is_in_section.then(|| key.clone())
}
