//! Brings every reference to one form, `#/components/<kind>/<key>`.
//!
//! A reference may lead to any node of the description or of another file. What it leads to becomes a
//! component, so that it is one type however often it is used; the node itself becomes a reference to it.
//! Path items have no home among the emitted types, so they are written out where they are used.

mod files;
mod key;
mod paths;
mod walk;

pub(crate) use self::files::decoded;

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use self::files::{Files, Spot};
use self::walk::Pass;
use crate::diagnostic::Findings;
use crate::document::{Document, Edit, Move};
use crate::normalize::grammar::Kind;
use crate::options::{Mode, Siblings};
use crate::pointer::Pointer;

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

/// Rewrites the tree, unless all of its references have that form already. Comes with a copy of the tree, which
/// the walk over it makes anyway.
pub(crate) fn bundle(document: &mut Document<'_>, siblings: &dyn Siblings, mode: Mode) -> (Findings, Value) {
    if !document.value.get("openapi").is_some_and(Value::is_string) {
        return (Findings::new(mode), document.value.clone());
    }
    let mut bundler = Bundler {
        files: Files::new(std::mem::take(&mut document.value), siblings),
        homes: IndexMap::new(),
        own: 0,
        taken: HashSet::new(),
    };
    bundler.house_components();
    loop {
        let known = bundler.homes.len();
        let mut pass = Pass::new(mode);
        let tree = bundler.run(&mut pass);
        // A node that turned out to be a component after it was walked over is replaced in another pass.
        if bundler.homes.len() == known {
            let copy = bundler.commit(document, pass.moves, tree, pass.changed);
            let renamed = paths::root(document, &mut pass.findings);
            return (pass.findings, if renamed { document.value.clone() } else { copy });
        }
    }
}

/// The folder of components and the node that lives there.
type Inhabitant = (&'static str, Spot);

struct Bundler<'s> {
    files: Files<'s>,
    /// The key of each component, by its node.
    homes: IndexMap<Inhabitant, String>,
    /// How many of them are the description's own.
    own: usize,
    /// The keys that are taken, in lower case.
    taken: HashSet<(&'static str, String)>,
}

impl Bundler<'_> {
    /// Gives the description's own components their keys, before anything else gets one.
    fn house_components(&mut self) {
        for (folder, kind) in folders() {
            for key in self.own_keys(folder) {
                let own = Spot::new(0, component(folder, &key));
                let end = self.chase(kind, own.clone(), false);
                self.homes.entry((folder, own)).or_insert_with(|| key.clone());
                self.homes.entry((folder, end)).or_insert(key);
            }
        }
        self.taken =
            self.homes.iter().map(|((folder, _), key)| (*folder, key.to_ascii_lowercase())).collect();
        self.own = self.homes.keys().filter(|(_, spot)| is_component(spot)).count();
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
    fn chase(&mut self, kind: Kind, start: Spot, among_own: bool) -> Spot {
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
    fn home(&mut self, kind: Kind, target: Spot) -> Option<String> {
        let folder = kind.folder()?;
        if let Some(key) = own_component(kind, &target) {
            return Some(key);
        }
        let spot = self.chase(kind, target, true);
        if let Some(key) = own_component(kind, &spot) {
            return Some(key);
        }
        if let Some(key) = self.homes.get(&(folder, spot.clone())) {
            return Some(key.clone());
        }
        let wanted = key::key(&spot, &self.files);
        let is_free = |key: &String| !self.taken.contains(&(folder, key.to_ascii_lowercase()));
        let numbered = (2..=self.homes.len() + 2).map(|number| format!("{wanted}{number}"));
        let key = std::iter::once(wanted.clone()).chain(numbered).find(is_free)?;
        self.taken.insert((folder, key.to_ascii_lowercase()));
        self.homes.insert((folder, spot), key.clone());
        Some(key)
    }

    /// One walk over everything: the description, then each component.
    fn run(&mut self, pass: &mut Pass) -> Value {
        let mut tree = self.description(pass);
        let mut done = HashSet::new();
        let mut next = 0;
        while let Some(((folder, spot), key)) = self.homes.get_index(next) {
            next += 1;
            let (folder, spot, key) = (*folder, spot.clone(), key.clone());
            if done.insert((folder, key.clone())) {
                let content = self.component(pass, folder, &key, spot);
                put(&mut tree, folder, key, content);
            }
        }
        tree
    }

    /// Makes the tree the document's where it differs; returns a copy of what is the document's then.
    fn commit(
        mut self,
        document: &mut Document<'_>,
        moves: Vec<(Pointer, Spot)>,
        tree: Value,
        changed: bool,
    ) -> Value {
        document.warn(std::mem::take(&mut self.files.problems));
        if !changed {
            document.value = self.files.into_description();
            return tree;
        }
        let read = std::mem::take(&mut self.files.read);
        let numbers: Vec<usize> = read.into_iter().map(|file| document.add_file(file)).collect();
        let moves = moves.into_iter().map(|(to, from)| {
            let file = from.file.checked_sub(1).and_then(|index| numbers.get(index).copied());
            Move { to, file, from: from.pointer }
        });
        document.record(Edit::Bundled(moves.collect()));
        document.value = tree.clone();
        tree
    }
}

fn folders() -> impl Iterator<Item = (&'static str, Kind)> {
    HOUSED.into_iter().filter_map(|kind| Some((kind.folder()?, kind)))
}

fn component(folder: &str, key: &str) -> Pointer {
    Pointer::root().child("components").child(folder).child(key)
}

/// The key of a node that is one of the description's own components, of the right kind.
fn own_component(kind: Kind, spot: &Spot) -> Option<String> {
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
