//! The files of a description, which are loaded when a reference first points to them.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_json::{Map, Value};

use super::resources::Resources;
use crate::base::diagnostic::Diagnostic;
use crate::base::options::FileLoader;
use crate::base::pointer::Pointer;
use crate::base::uri::{decoded, has_scheme, join, resolved};
use crate::read::tree::file::{ParsedFile, Source};

/// Maximum number of references that wait for another one whose pointer passes through a reference.
const MAX_DEPTH: usize = 64;

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
    /// The name of the description, which other files may refer to.
    name: String,
    trees: Vec<(String, Rc<Value>)>,
    numbers: HashMap<String, Result<usize, String>>,
    /// The loaded files, in the order of their numbers from 1.
    pub(super) read: Vec<ParsedFile<'static>>,
    /// Syntax problems that the parser recovered from.
    pub(super) problems: Vec<Diagnostic>,
    /// The schema resources of each file, collected on first use.
    resources: HashMap<usize, Rc<Resources>>,
    /// The targets of the references in the middle of a pointer, by their nodes. `None` also while one is being
    /// resolved: a reference that needs itself has no target.
    passed: HashMap<NodeRef, Option<NodeRef>>,
    /// The current number of nested references in the middle of a pointer.
    depth: usize,
}

impl<'s> LoadedFiles<'s> {
    /// Creates the files, of which the description is loaded. `name` is its name in diagnostics.
    pub(super) fn new(root: Value, name: &str, file_loader: &'s dyn FileLoader) -> Self {
        let name = name.replace('\\', "/");
        let name = join(&name, name.rsplit('/').next().unwrap_or_default());
        Self {
            file_loader,
            numbers: HashMap::from([(name.clone(), Ok(0))]),
            name,
            trees: vec![(String::new(), Rc::new(root))],
            read: Vec::new(),
            problems: Vec::new(),
            resources: HashMap::new(),
            passed: HashMap::new(),
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

    /// Resolves a reference at a node. A pointer that doesn't exist in the document is resolved within the schemas
    /// around the node.
    pub(super) fn resolve(&mut self, reference: &str, from: &NodeRef) -> Result<NodeRef, ResolveError> {
        let found = self.resolve_exactly(reference, from);
        match reference.strip_prefix('#') {
            Some(fragment) => found.or_else(|error| self.resolve_in_ancestors(fragment, from).ok_or(error)),
            None => found,
        }
    }

    /// Resolves a reference at a node: a URI relative to the `$id` around the node, or to its file.
    pub(super) fn resolve_exactly(
        &mut self,
        reference: &str,
        from: &NodeRef,
    ) -> Result<NodeRef, ResolveError> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let (base, base_uri) = self.base(from);
        if uri.is_empty() {
            // Many descriptions give a schema an `$id`, and refer to the components of the document all the same.
            let is_of_document = Pointer::parse(fragment).is_some_and(|pointer| {
                let first: Pointer = pointer.tokens().iter().take(1).cloned().collect();
                !self.has(&NodeRef::new(base.file, base.pointer.join(first.tokens())))
            });
            let base = if is_of_document { NodeRef::new(from.file, Pointer::root()) } else { base };
            return self.resolve_fragment(&base, fragment);
        }
        if let Some(resource) = self.by_uri(&resolved(&base_uri, uri)) {
            return self.resolve_fragment(&resource, fragment);
        }
        if has_scheme(uri) || uri.starts_with("//") {
            return Err(ResolveError::Remote);
        }
        let path = join(self.path(from.file), &decoded(uri));
        let file = self.number(&path).map_err(ResolveError::Unreadable)?;
        self.resolve_fragment(&NodeRef::new(file, Pointer::root()), fragment)
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
                None => match self.resources(base.file).anchor(&base.pointer, fragment) {
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
        let mut node = node.clone();
        let mut seen = HashSet::new();
        let mut chain: Vec<NodeRef> = Vec::new();
        while !self.has(&node) {
            let above = self.nearest_ancestor(&node)?;
            let rest = node.pointer.below(&above.pointer)?.to_vec();
            // The same reference with as many tokens left: a cycle.
            if !seen.insert((above.clone(), rest.len())) {
                self.shorten(&mut chain, None);
                return None;
            }
            let next = self.passed_target(above.clone())?;
            node = NodeRef::new(next.file, next.pointer.join(&rest));
            chain.push(above);
            if self.reference(&next, true).is_none() {
                self.shorten(&mut chain, Some(&next));
            }
        }
        Some(node)
    }

    /// Sets the end of a chain of references as the target of each, so that no other pointer follows the chain again.
    fn shorten(&mut self, chain: &mut Vec<NodeRef>, end: Option<&NodeRef>) {
        for node in chain.drain(..) {
            self.passed.insert(node, end.cloned());
        }
    }

    /// Returns the nearest ancestor of a node that exists.
    fn nearest_ancestor(&self, node: &NodeRef) -> Option<NodeRef> {
        let tree = &self.trees.get(node.file)?.1;
        Some(NodeRef::new(node.file, node.pointer.existing(tree)))
    }

    /// Returns the target of the reference at a node that a pointer passes through. Each is resolved once.
    fn passed_target(&mut self, at: NodeRef) -> Option<NodeRef> {
        if let Some(known) = self.passed.get(&at) {
            return known.clone();
        }
        let reference = self.reference(&at, false)?;
        if self.depth == MAX_DEPTH {
            return None;
        }
        self.passed.insert(at.clone(), None);
        self.depth += 1;
        let target = self.resolve(&reference, &at).ok();
        self.depth -= 1;
        self.passed.insert(at, target.clone());
        target
    }

    /// Resolves a pointer relative to a schema around the reference, such as `#/$defs/…` in an embedded schema. The
    /// outermost one was the root of the schema when it was written.
    fn resolve_in_ancestors(&self, fragment: &str, from: &NodeRef) -> Option<NodeRef> {
        let wanted = Pointer::parse(&decoded(fragment))?;
        let around = from.pointer.tokens();
        (1..around.len())
            .map(|length| {
                let base: Pointer = around[..length].iter().cloned().collect();
                NodeRef::new(from.file, base.join(wanted.tokens()))
            })
            .find(|node| self.has(node))
    }

    /// Returns the schema with an `$id` around a node, and its URI: those of the file if there is none.
    fn base(&mut self, from: &NodeRef) -> (NodeRef, String) {
        let resources = self.resources(from.file);
        let (pointer, uri) = resources.around(&from.pointer);
        (NodeRef::new(from.file, pointer.clone()), uri.to_owned())
    }

    /// Returns the schema or the document with a URI as its `$id` or `$self`.
    fn by_uri(&mut self, uri: &str) -> Option<NodeRef> {
        (0..self.trees.len()).find_map(|file| {
            let pointer = self.resources(file).by_uri(uri)?.clone();
            Some(NodeRef::new(file, pointer))
        })
    }

    fn resources(&mut self, file: usize) -> Rc<Resources> {
        let (path, tree) = &self.trees[file];
        Rc::clone(self.resources.entry(file).or_insert_with(|| Rc::new(Resources::new(path, tree))))
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
        // One file has one number, however its path is written.
        let name = join(&self.name, path);
        if let Some(known) = self.numbers.get(&name) {
            return known.clone();
        }
        let number = self.load(path);
        self.numbers.insert(name, number.clone());
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
