//! Which node is which component: the keys that are given, and those that are taken.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::Value;

use super::files::{Files, Spot};
use super::key::key;
use crate::base::pointer::Pointer;
use crate::grammar::kind::Kind;

/// Kinds of objects that have a folder among the components.
const HOUSED: [Kind; 7] = [
    Kind::Schema,
    Kind::Response,
    Kind::Parameter,
    Kind::Example,
    Kind::RequestBody,
    Kind::Header,
    Kind::SecurityScheme,
];

/// The folder of components and the node that lives there.
type Inhabitant = (&'static str, Spot);

/// The components' keys.
pub(super) struct Homes<'s> {
    pub(super) files: Files<'s>,
    /// The key of each component, by its node.
    keys: IndexMap<Inhabitant, String>,
    /// How many of them are the description's own.
    own: usize,
    /// The keys that are taken, in lower case.
    taken: HashSet<(&'static str, String)>,
}

impl<'s> Homes<'s> {
    /// The description's own components, which get their keys before anything else does.
    pub(super) fn new(files: Files<'s>) -> Self {
        let mut homes = Self { files, keys: IndexMap::new(), own: 0, taken: HashSet::new() };
        homes.house_components();
        homes
    }

    /// How many nodes are components.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// A component by its number: its folder, its node and its key.
    pub(super) fn get(&self, number: usize) -> Option<(&'static str, &Spot, &str)> {
        self.keys.get_index(number).map(|((folder, spot), key)| (*folder, spot, key.as_str()))
    }

    /// The key of a node that is a component already.
    pub(super) fn known(&self, folder: &'static str, spot: &Spot) -> Option<&String> {
        self.keys.get(&(folder, spot.clone()))
    }

    /// Whether nodes have become components that were none.
    pub(super) fn has_new(&self) -> bool {
        self.keys.len() > self.own
    }

    /// Gives the description's own components their keys, before anything else gets one.
    fn house_components(&mut self) {
        for (folder, kind) in folders() {
            for key in self.own_keys(folder) {
                let own = Spot::new(0, component(folder, &key));
                let end = self.chase(kind, own.clone(), false);
                self.keys.entry((folder, own)).or_insert_with(|| key.clone());
                self.keys.entry((folder, end)).or_insert(key);
            }
        }
        self.taken = self.keys.iter().map(|((folder, _), key)| (*folder, key.to_ascii_lowercase())).collect();
        self.own = self.keys.keys().filter(|(_, spot)| is_component(spot)).count();
    }

    /// The keys of one folder of the description's components.
    fn own_keys(&self, folder: &str) -> Vec<String> {
        let at = Pointer::root().child("components").child(folder);
        match self.files.node(&Spot::new(0, at)) {
            Some(Value::Object(entries)) => entries.keys().filter(|key| *key != "$ref").cloned().collect(),
            _ => Vec::new(),
        }
    }

    /// Follows nodes that are nothing but references, up to one that is more; among the description's own
    /// components only where that is wanted.
    pub(super) fn chase(&mut self, kind: Kind, start: Spot, among_own: bool) -> Spot {
        let mut seen = HashSet::from([start.clone()]);
        let mut spot = start;
        while let Some(reference) = self.files.reference(&spot, kind == Kind::Schema)
            && let Ok(next) = self.files.resolve(&reference, &spot)
            && (among_own || own_component(kind, &next).is_none())
            && seen.insert(next.clone())
        {
            spot = next;
        }
        spot
    }

    /// The key of the component that a node is, or becomes.
    pub(super) fn home(&mut self, kind: Kind, target: Spot) -> Option<String> {
        let folder = kind.folder()?;
        if let Some(key) = own_component(kind, &target) {
            return Some(key);
        }
        let spot = self.chase(kind, target, true);
        if let Some(key) = own_component(kind, &spot) {
            return Some(key);
        }
        if let Some(key) = self.keys.get(&(folder, spot.clone())) {
            return Some(key.clone());
        }
        let wanted = key(&spot, &self.files);
        let is_free = |key: &String| !self.taken.contains(&(folder, key.to_ascii_lowercase()));
        let numbered = (2..=self.keys.len() + 2).map(|number| format!("{wanted}{number}"));
        let key = std::iter::once(wanted.clone()).chain(numbered).find(is_free)?;
        self.taken.insert((folder, key.to_ascii_lowercase()));
        self.keys.insert((folder, spot), key.clone());
        Some(key)
    }
}

pub(super) fn folders() -> impl Iterator<Item = (&'static str, Kind)> {
    HOUSED.into_iter().filter_map(|kind| Some((kind.folder()?, kind)))
}

pub(super) fn component(folder: &str, key: &str) -> Pointer {
    Pointer::root().child("components").child(folder).child(key)
}

/// The key of a node that is one of the description's own components, of the right kind.
pub(super) fn own_component(kind: Kind, spot: &Spot) -> Option<String> {
    match spot.pointer.tokens() {
        [components, folder, key]
            if spot.file == 0 && components == "components" && Some(folder.as_str()) == kind.folder() =>
        {
            Some(key.clone())
        }
        _ => None,
    }
}

fn is_component(spot: &Spot) -> bool {
    spot.file == 0 && matches!(spot.pointer.tokens(), [components, _, _] if components == "components")
}
