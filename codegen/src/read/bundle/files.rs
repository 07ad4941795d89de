//! The files of a description: read when a reference first leads to them, and kept.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::base::diagnostic::Diagnostic;
use crate::base::options::Siblings;
use crate::base::pointer::Pointer;
use crate::base::uri::{decoded, has_scheme, join};
use crate::read::tree::file::{File, Source};

/// References on the way to a node that are followed.
const MAX_DEPTH: usize = 16;

/// A node of one of the files.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Spot {
    /// Its number; 0 is the description itself.
    pub(super) file: usize,
    pub(super) pointer: Pointer,
}

impl Spot {
    pub(super) fn new(file: usize, pointer: Pointer) -> Self {
        Self { file, pointer }
    }
}

/// Why a reference leads to no node.
#[derive(Debug)]
pub(super) enum Lost {
    /// It names another server.
    Remote,
    /// The file can't be read, and why.
    Unreadable(String),
    /// The file has no such node.
    Nowhere,
    /// The node is a component of another kind, in the folder of this name.
    OtherKind(String),
}

/// All files that have been read, and what went wrong with the others.
pub(super) struct Files<'s> {
    siblings: &'s dyn Siblings,
    trees: Vec<(String, Rc<Value>)>,
    numbers: HashMap<String, Result<usize, String>>,
    /// Files read by reference, in the order of their numbers from 1.
    pub(super) read: Vec<File<'static>>,
    /// What is wrong with their syntax and could be read all the same.
    pub(super) problems: Vec<Diagnostic>,
    /// Places of `$anchor` and `$id`, by file; made when first asked for.
    anchors: HashMap<usize, Rc<HashMap<String, Pointer>>>,
    /// References that are being followed on the way to a node.
    depth: usize,
}

impl<'s> Files<'s> {
    pub(super) fn new(root: Value, siblings: &'s dyn Siblings) -> Self {
        Self {
            siblings,
            trees: vec![(String::new(), Rc::new(root))],
            numbers: HashMap::new(),
            read: Vec::new(),
            problems: Vec::new(),
            anchors: HashMap::new(),
            depth: 0,
        }
    }

    pub(super) fn tree(&self, file: usize) -> Rc<Value> {
        Rc::clone(&self.trees[file].1)
    }

    /// The path of a file, relative to the description's folder; the description's own is empty.
    pub(super) fn path(&self, file: usize) -> &str {
        &self.trees[file].0
    }

    pub(super) fn node(&self, spot: &Spot) -> Option<&Value> {
        lookup(&self.trees[spot.file].1, spot.pointer.tokens())
    }

    pub(super) fn has(&self, spot: &Spot) -> bool {
        self.node(spot).is_some()
    }

    /// The description's own tree, when nobody looks at it any more.
    pub(super) fn into_description(self) -> Value {
        let description = self.trees.into_iter().next();
        description.map_or(Value::Null, |(_, tree)| Rc::unwrap_or_clone(tree))
    }

    /// The reference that a node is, if it is nothing else; beside one that is no schema, nothing counts.
    pub(super) fn reference(&self, spot: &Spot, alone: bool) -> Option<String> {
        let entries = self.node(spot)?.as_object()?;
        let reference = entries.get("$ref")?.as_str()?;
        (entries.len() == 1 || !alone).then(|| reference.to_owned())
    }

    /// What a reference means that stands at a node: a URI relative to the node's file.
    pub(super) fn resolve(&mut self, reference: &str, from: &Spot) -> Result<Spot, Lost> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if !uri.is_empty()
            && let Some(base) = self.named(uri)
        {
            return self.inside(&base, fragment);
        }
        if has_scheme(uri) || uri.starts_with("//") {
            return Err(Lost::Remote);
        }
        if !uri.is_empty() {
            let path = join(self.path(from.file), &decoded(uri));
            let file = self.number(&path).map_err(Lost::Unreadable)?;
            return self.inside(&Spot::new(file, Pointer::root()), fragment);
        }
        let document = Spot::new(from.file, Pointer::root());
        self.inside(&document, fragment).or_else(|lost| self.around(fragment, from).ok_or(lost))
    }

    /// Of a reference that leads nowhere, how far it leads: as it would be written up to there, the name that
    /// doesn't exist, and those that do.
    pub(super) fn dead_end(
        &mut self,
        reference: &str,
        from: &Spot,
    ) -> Option<(String, String, &Map<String, Value>)> {
        let (uri, fragment) = reference.split_once('#')?;
        let file = if uri.is_empty() {
            from.file
        } else {
            let path = join(self.path(from.file), &decoded(uri));
            self.number(&path).ok()?
        };
        let wanted = Pointer::parse(&decoded(fragment))?;
        let mut node = self.trees[file].1.as_ref();
        let mut way = Pointer::root();
        for token in wanted.tokens() {
            let Some(child) = lookup(node, std::slice::from_ref(token)) else {
                return Some((format!("{uri}{way}"), token.clone(), node.as_object()?));
            };
            (node, way) = (child, way.child(token));
        }
        None
    }

    /// A fragment within a schema or a whole file: a pointer or an anchor.
    fn inside(&mut self, base: &Spot, fragment: &str) -> Result<Spot, Lost> {
        let spellings = [fragment.to_owned(), decoded(fragment)];
        for fragment in &spellings {
            let pointer = match Pointer::parse(fragment) {
                Some(pointer) => base.pointer.join(pointer.tokens()),
                None => match self.anchors(base.file).get(fragment) {
                    Some(pointer) => pointer.clone(),
                    None => continue,
                },
            };
            if let Some(spot) = self.through(&Spot::new(base.file, pointer)) {
                return Ok(spot);
            }
        }
        Err(Lost::Nowhere)
    }

    /// The node at a spot, the way to which may lead through references.
    fn through(&mut self, spot: &Spot) -> Option<Spot> {
        if self.has(spot) {
            return Some(spot.clone());
        }
        let mut above = spot.clone();
        while !self.has(&above) {
            above.pointer = above.pointer.parent()?;
        }
        let reference = self.reference(&above, false)?;
        let rest = spot.pointer.below(&above.pointer)?;
        if self.depth == MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let next = self.resolve(&reference, &above).ok();
        let end = next.and_then(|next| self.through(&Spot::new(next.file, next.pointer.join(rest))));
        self.depth -= 1;
        end
    }

    /// A pointer that is meant from a schema around the reference, as `#/$defs/…` in an embedded schema is.
    fn around(&self, fragment: &str, from: &Spot) -> Option<Spot> {
        let wanted = Pointer::parse(fragment)?;
        let mut base = from.pointer.clone();
        while let Some(parent) = base.parent() {
            base = parent;
            let spot = Spot::new(from.file, base.join(wanted.tokens()));
            if self.has(&spot) {
                return Some(spot);
            }
        }
        None
    }

    /// The schema that calls itself by a URI.
    fn named(&mut self, uri: &str) -> Option<Spot> {
        (0..self.trees.len()).find_map(|file| {
            let pointer = self.anchors(file).get(&format!("id:{uri}"))?.clone();
            Some(Spot::new(file, pointer))
        })
    }

    fn anchors(&mut self, file: usize) -> Rc<HashMap<String, Pointer>> {
        let tree = self.tree(file);
        Rc::clone(self.anchors.entry(file).or_insert_with(|| Rc::new(anchors(&tree))))
    }

    /// A file's text, where a reference stands for a text: a description in a file of its own.
    pub(super) fn text(&self, reference: &str, from: &Spot) -> Option<String> {
        let is_text = [".md", ".markdown", ".txt"].iter().any(|ending| reference.ends_with(ending));
        if !is_text || has_scheme(reference) {
            return None;
        }
        let path = join(self.path(from.file), &decoded(reference));
        String::from_utf8(self.siblings.read(&path).ok()?).ok()
    }

    /// The number of the file at a path, which is read if it has not been.
    fn number(&mut self, path: &str) -> Result<usize, String> {
        if path.is_empty() {
            return Ok(0);
        }
        if let Some(known) = self.numbers.get(path) {
            return known.clone();
        }
        let number = self.load(path);
        self.numbers.insert(path.to_owned(), number.clone());
        number
    }

    fn load(&mut self, path: &str) -> Result<usize, String> {
        let bytes = self.siblings.read(path)?;
        let source = Source::new(path, bytes);
        let (file, tree, problems) = File::read_leniently(&source).map_err(|report| {
            let first = report.0.first().map(|found| format!("{}: {}", found.place, found.message));
            first.unwrap_or_default()
        })?;
        self.read.push(file.into_owned());
        self.problems.extend(problems);
        self.trees.push((path.to_owned(), Rc::new(tree)));
        Ok(self.trees.len() - 1)
    }
}

/// The node of a tree that some tokens lead to.
pub(super) fn lookup<'v>(tree: &'v Value, tokens: &[String]) -> Option<&'v Value> {
    tokens.iter().try_fold(tree, |node, token| match node {
        Value::Object(entries) => entries.get(token),
        Value::Array(items) => items.get(token.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Every `$anchor` and `$dynamicAnchor` by its name, every absolute `$id` by `id:` and its URI.
fn anchors(tree: &Value) -> HashMap<String, Pointer> {
    let mut found = HashMap::new();
    let mut todo = vec![(Pointer::root(), tree)];
    while let Some((at, node)) = todo.pop() {
        match node {
            Value::Object(entries) => {
                for key in ["$anchor", "$dynamicAnchor", "$id"] {
                    if let Some(Value::String(name)) = entries.get(key) {
                        let id = if key == "$id" { "id:" } else { "" };
                        let name = format!("{id}{}", name.trim_end_matches('#'));
                        found.entry(name).or_insert_with(|| at.clone());
                    }
                }
                todo.extend(entries.iter().rev().map(|(key, value)| (at.child(key), value)));
            }
            Value::Array(items) => {
                todo.extend(items.iter().enumerate().rev().map(|(index, item)| (at.index(index), item)));
            }
            _ => {}
        }
    }
    found
}
