//! The files of a description, which are loaded when a reference first points to them.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::base::diagnostic::Diagnostic;
use crate::base::options::FileLoader;
use crate::base::pointer::Pointer;
use crate::base::uri::{decoded, has_scheme, join};
use crate::read::tree::file::{ParsedFile, Source};

/// Maximum length of a chain of references in the middle of a pointer.
const MAX_DEPTH: usize = 16;

/// A node of one of the files.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct NodeRef {
    /// The number of the file. 0 is the description.
    pub(super) file: usize,
    pub(super) pointer: Pointer,
}

impl NodeRef {
    pub(super) fn new(file: usize, pointer: Pointer) -> Self {
        Self { file, pointer }
    }
}

/// Why a reference can't be resolved.
#[derive(Debug)]
pub(super) enum ResolveError {
    /// It points to another server.
    Remote,
    /// The file can't be read, for this reason.
    Unreadable(String),
    /// The file has no such node.
    NotFound,
    /// The target is a component of another kind, in this section.
    WrongKind(String),
}

/// The loaded files.
pub(super) struct LoadedFiles<'s> {
    file_loader: &'s dyn FileLoader,
    trees: Vec<(String, Rc<Value>)>,
    numbers: HashMap<String, Result<usize, String>>,
    /// The loaded files, in the order of their numbers from 1.
    pub(super) read: Vec<ParsedFile<'static>>,
    /// Syntax problems that the parser recovered from.
    pub(super) problems: Vec<Diagnostic>,
    /// The pointers of `$anchor` and `$id` of each file, collected on first use.
    anchors: HashMap<usize, Rc<HashMap<String, Pointer>>>,
    /// The current number of nested references in the middle of a pointer.
    depth: usize,
}

impl<'s> LoadedFiles<'s> {
    pub(super) fn new(root: Value, file_loader: &'s dyn FileLoader) -> Self {
        Self {
            file_loader,
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

    /// Returns the path of a file relative to the folder of the description. Empty for the description.
    pub(super) fn path(&self, file: usize) -> &str {
        &self.trees[file].0
    }

    pub(super) fn node(&self, node: &NodeRef) -> Option<&Value> {
        lookup(&self.trees[node.file].1, node.pointer.tokens())
    }

    pub(super) fn has(&self, node: &NodeRef) -> bool {
        self.node(node).is_some()
    }

    /// Returns the tree of the description.
    pub(super) fn into_description(self) -> Value {
        let description = self.trees.into_iter().next();
        description.map_or(Value::Null, |(_, tree)| Rc::unwrap_or_clone(tree))
    }

    /// Returns the `$ref` of a node. With `alone`, only if the node has no other keys.
    pub(super) fn reference(&self, node: &NodeRef, alone: bool) -> Option<String> {
        let entries = self.node(node)?.as_object()?;
        let reference = entries.get("$ref")?.as_str()?;
        (entries.len() == 1 || !alone).then(|| reference.to_owned())
    }

    /// Resolves a reference at a node: a URI relative to the file of the node.
    pub(super) fn resolve(&mut self, reference: &str, from: &NodeRef) -> Result<NodeRef, ResolveError> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if !uri.is_empty()
            && let Some(base) = self.by_id(uri)
        {
            return self.resolve_fragment(&base, fragment);
        }
        if has_scheme(uri) || uri.starts_with("//") {
            return Err(ResolveError::Remote);
        }
        if !uri.is_empty() {
            let path = join(self.path(from.file), &decoded(uri));
            let file = self.number(&path).map_err(ResolveError::Unreadable)?;
            return self.resolve_fragment(&NodeRef::new(file, Pointer::root()), fragment);
        }
        let document = NodeRef::new(from.file, Pointer::root());
        self.resolve_fragment(&document, fragment)
            .or_else(|error| self.resolve_in_ancestors(fragment, from).ok_or(error))
    }

    /// Returns, for an unresolved reference, the longest prefix that exists, the next token, and the object that
    /// should contain this token.
    pub(super) fn unresolved_part(
        &mut self,
        reference: &str,
        from: &NodeRef,
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
        let mut prefix = Pointer::root();
        for token in wanted.tokens() {
            let Some(child) = lookup(node, std::slice::from_ref(token)) else {
                return Some((format!("{uri}{prefix}"), token.clone(), node.as_object()?));
            };
            (node, prefix) = (child, prefix.child(token));
        }
        None
    }

    /// Resolves a fragment within a schema or a file: a JSON pointer or an anchor.
    fn resolve_fragment(&mut self, base: &NodeRef, fragment: &str) -> Result<NodeRef, ResolveError> {
        let spellings = [fragment.to_owned(), decoded(fragment)];
        for fragment in &spellings {
            let pointer = match Pointer::parse(fragment) {
                Some(pointer) => base.pointer.join(pointer.tokens()),
                None => match self.anchors(base.file).get(fragment) {
                    Some(pointer) => pointer.clone(),
                    None => continue,
                },
            };
            if let Some(node) = self.resolve_through_references(&NodeRef::new(base.file, pointer)) {
                return Ok(node);
            }
        }
        Err(ResolveError::NotFound)
    }

    /// Resolves a pointer that may pass through references.
    fn resolve_through_references(&mut self, node: &NodeRef) -> Option<NodeRef> {
        if self.has(node) {
            return Some(node.clone());
        }
        let mut above = node.clone();
        while !self.has(&above) {
            above.pointer = above.pointer.parent()?;
        }
        let reference = self.reference(&above, false)?;
        let rest = node.pointer.below(&above.pointer)?;
        if self.depth == MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let next = self.resolve(&reference, &above).ok();
        let end = next.and_then(|next| {
            self.resolve_through_references(&NodeRef::new(next.file, next.pointer.join(rest)))
        });
        self.depth -= 1;
        end
    }

    /// Resolves a pointer relative to a schema around the reference, such as `#/$defs/…` in an embedded schema.
    fn resolve_in_ancestors(&self, fragment: &str, from: &NodeRef) -> Option<NodeRef> {
        let wanted = Pointer::parse(fragment)?;
        let mut base = from.pointer.clone();
        while let Some(parent) = base.parent() {
            base = parent;
            let node = NodeRef::new(from.file, base.join(wanted.tokens()));
            if self.has(&node) {
                return Some(node);
            }
        }
        None
    }

    /// Returns the schema with a URI as its `$id`.
    fn by_id(&mut self, uri: &str) -> Option<NodeRef> {
        (0..self.trees.len()).find_map(|file| {
            let pointer = self.anchors(file).get(&format!("id:{uri}"))?.clone();
            Some(NodeRef::new(file, pointer))
        })
    }

    fn anchors(&mut self, file: usize) -> Rc<HashMap<String, Pointer>> {
        let tree = self.tree(file);
        Rc::clone(self.anchors.entry(file).or_insert_with(|| Rc::new(anchors(&tree))))
    }

    /// Returns the text of a Markdown or text file, for a reference in place of a string.
    pub(super) fn text(&self, reference: &str, from: &NodeRef) -> Option<String> {
        let is_text = [".md", ".markdown", ".txt"].iter().any(|ending| reference.ends_with(ending));
        if !is_text || has_scheme(reference) {
            return None;
        }
        let path = join(self.path(from.file), &decoded(reference));
        String::from_utf8(self.file_loader.load(&path).ok()?).ok()
    }

    /// Returns the number of the file at a path. Loads the file on first use.
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
        let bytes = self.file_loader.load(path)?;
        let source = Source::new(path, bytes);
        let (file, tree, problems) = ParsedFile::read_leniently(&source).map_err(|report| {
            let first = report.0.first().map(|found| format!("{}: {}", found.location, found.message));
            first.unwrap_or_default()
        })?;
        self.read.push(file.into_owned());
        self.problems.extend(problems);
        self.trees.push((path.to_owned(), Rc::new(tree)));
        Ok(self.trees.len() - 1)
    }
}

/// Returns the node of a tree at some pointer tokens.
pub(super) fn lookup<'v>(tree: &'v Value, tokens: &[String]) -> Option<&'v Value> {
    tokens.iter().try_fold(tree, |node, token| match node {
        Value::Object(entries) => entries.get(token),
        Value::Array(items) => items.get(token.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Returns the pointers of every `$anchor` and `$dynamicAnchor` by name, and of every `$id` by `id:` and its URI.
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
