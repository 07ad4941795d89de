//! Reads YAML 1.2 (and so JSON) into a JSON tree, and tells where each node stands.
//!
//! One event-driven builder serves both: the tree is built at once, the table of places only when a
//! diagnostic needs it. Scalars follow YAML's core schema; an integer past 64 bits becomes a float
//! instead of failing.

mod mend;
mod scalar;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span};
use serde_json::{Map, Value};

use self::mend::Mended;
use self::scalar::scalar;
use crate::pointer::Pointer;

/// Deeper documents are refused: no honest description comes near, and later stages recurse.
const MAX_DEPTH: usize = 128;
/// What the scanner says when it runs into its own limit while it looks ahead.
const DEEPER_THAN_THE_SCANNER_GOES: &str = "recursion limit exceeded";
/// Nodes that aliases may add, so that a small file can't grow into a huge tree.
const MAX_ALIASED_NODES: usize = 1_000_000;

/// Line and column, from 1.
pub(crate) type Position = (usize, usize);

/// What is wrong with a text, where, and what to do.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) position: Position,
    pub(crate) pointer: Pointer,
    pub(crate) message: String,
    pub(crate) help: String,
    /// Whether there is a tree all the same.
    pub(crate) readable: bool,
}

/// Where each node of a text stands, by pointer.
pub(crate) type Places = HashMap<Pointer, Position>;

/// Reads a text into a tree; of a key that stands twice, the last value counts. All problems with it, if there
/// is one that leaves no tree.
pub(crate) fn read(text: &str) -> Result<(Value, Vec<Problem>), Vec<Problem>> {
    let mut builder = Builder::default();
    builder.run(text);
    if builder.problems.iter().all(|problem| problem.readable) {
        Ok((builder.root.unwrap_or(Value::Null), builder.problems))
    } else {
        Err(builder.problems)
    }
}

/// Finds the place of every node of a text that [`read`] accepts.
pub(crate) fn places(text: &str) -> Places {
    let mut builder = Builder { places: Some(Places::new()), ..Builder::default() };
    builder.run(text);
    builder.places.unwrap_or_default()
}

/// A mapping or sequence that is still open.
struct Open {
    node: Collection,
    anchor: usize,
    at: Position,
}

enum Collection {
    Map {
        entries: Map<String, Value>,
        key: Option<String>,
        seen: HashMap<String, Position>,
        merges: Vec<Value>,
    },
    List(Vec<Value>),
}

#[derive(Default)]
struct Builder {
    stack: Vec<Open>,
    /// Tokens of the open collections, without the one that comes next.
    path: Vec<String>,
    anchors: HashMap<usize, Value>,
    aliased: usize,
    root: Option<Value>,
    documents: usize,
    problems: Vec<Problem>,
    places: Option<Places>,
}

impl Builder {
    fn run(&mut self, text: &str) {
        let mut mended = Mended::new(text.strip_prefix('\u{feff}').unwrap_or(text));
        while let Err(error) = self.attempt(&mended.text) {
            let at = position(error.marker());
            let open: Vec<_> = self.stack.iter().map(|open| open.at).collect();
            if !mended.mend(error.info(), at, &open) {
                self.syntax_error(&mended, &error, at);
                break;
            }
            *self = Self { places: self.places.as_ref().map(|_| Places::new()), ..Self::default() };
        }
        for problem in &mut self.problems {
            problem.position = mended.original(problem.position);
        }
        for place in self.places.iter_mut().flat_map(HashMap::values_mut) {
            *place = mended.original(*place);
        }
    }

    /// Reads up to the end, or to a problem that ends the reading.
    fn attempt(&mut self, text: &str) -> Result<(), ScanError> {
        let mut parser = Parser::new_from_str(text);
        while let Some(next) = parser.next_event() {
            let (event, span) = next?;
            if !self.event(event, span) {
                break;
            }
        }
        Ok(())
    }

    fn syntax_error(&mut self, mended: &Mended, error: &ScanError, at: Position) {
        if error.info() == DEEPER_THAN_THE_SCANNER_GOES {
            return self.too_deep(at);
        }
        let help = syntax_help(&mended.text, at.0);
        self.problem(at, format!("the YAML can't be read: {}", error.info()), help);
    }

    /// Takes one event; `false` ends the reading.
    fn event(&mut self, event: Event<'_>, span: Span) -> bool {
        let at = position(&span.start);
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.problem(at, "a second YAML document begins here", "keep one document in a file");
                    return false;
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                if self.wants_key() {
                    return self.key(&text, style == ScalarStyle::Plain, at);
                }
                self.mark(at);
                let value = scalar(&text, style, tag.as_deref());
                self.finish(value, anchor);
            }
            Event::Alias(anchor) => return self.alias(anchor, at),
            Event::MappingStart(anchor, _) => {
                let node = Collection::Map {
                    entries: Map::new(),
                    key: None,
                    seen: HashMap::new(),
                    merges: Vec::new(),
                };
                return self.open(node, anchor, at);
            }
            Event::SequenceStart(anchor, _) => return self.open(Collection::List(Vec::new()), anchor, at),
            Event::MappingEnd | Event::SequenceEnd => self.close(),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        true
    }

    fn wants_key(&self) -> bool {
        matches!(self.stack.last(), Some(Open { node: Collection::Map { key: None, .. }, .. }))
    }

    fn key(&mut self, text: &str, plain: bool, at: Position) -> bool {
        let Some(Open { node: Collection::Map { key, seen, .. }, .. }) = self.stack.last_mut() else {
            return false;
        };
        *key = Some(text.to_owned());
        if plain && text == "<<" {
            return true;
        }
        let first = seen.insert(text.to_owned(), at);
        if let Some((line, column)) = first {
            let message =
                format!("the key {text:?} stands here a second time; the first is at {line}:{column}");
            self.problem(at, message, "delete one of the two, or merge them");
            self.problems.iter_mut().rev().take(1).for_each(|problem| problem.readable = true);
        } else {
            self.mark(at);
        }
        true
    }

    fn open(&mut self, node: Collection, anchor: usize, at: Position) -> bool {
        if self.wants_key() {
            self.problem(at, "a mapping's key is a list or a mapping", "use a plain text as key");
            return false;
        }
        if self.stack.len() == MAX_DEPTH {
            self.too_deep(at);
            return false;
        }
        self.mark(at);
        self.path.extend(self.child_token());
        self.stack.push(Open { node, anchor, at });
        true
    }

    fn alias(&mut self, anchor: usize, at: Position) -> bool {
        if self.wants_key() {
            self.problem(at, "a mapping's key is an alias", "write the key out");
            return false;
        }
        let Some(value) = self.anchors.get(&anchor).cloned() else {
            self.problem(at, "the alias refers to a node that contains it", "write the inner part out");
            return false;
        };
        self.aliased += count(&value);
        if self.aliased > MAX_ALIASED_NODES {
            let message = format!("aliases blow the document up to more than {MAX_ALIASED_NODES} nodes");
            self.problem(at, message, "use `$ref` instead of YAML aliases");
            return false;
        }
        self.mark(at);
        self.finish(value, 0);
        true
    }

    fn close(&mut self) {
        let Some(Open { node, anchor, .. }) = self.stack.pop() else { return };
        let value = match node {
            Collection::List(items) => Value::Array(items),
            Collection::Map { mut entries, merges, .. } => {
                for merge in merges {
                    merge_into(&mut entries, merge);
                }
                Value::Object(entries)
            }
        };
        self.path.pop();
        self.finish(value, anchor);
    }

    /// Puts a complete value where it belongs.
    fn finish(&mut self, value: Value, anchor: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, value.clone());
        }
        match self.stack.last_mut() {
            None => self.root = Some(value),
            Some(Open { node: Collection::List(items), .. }) => items.push(value),
            Some(Open { node: Collection::Map { entries, key, merges, .. }, .. }) => match key.take() {
                Some(key) if key == "<<" && !value.is_string() => merges.push(value),
                Some(key) => {
                    entries.insert(key, value);
                }
                None => {}
            },
        }
    }

    /// The token of the node that comes next, inside the innermost open collection.
    fn child_token(&self) -> Option<String> {
        match &self.stack.last()?.node {
            Collection::List(items) => Some(items.len().to_string()),
            Collection::Map { key, .. } => key.clone(),
        }
    }

    fn pointer(&self) -> Pointer {
        self.path.iter().cloned().chain(self.child_token()).collect()
    }

    /// Remembers where the node that comes next stands; a key's place wins over its value's.
    fn mark(&mut self, at: Position) {
        if self.places.is_some() {
            let pointer = self.pointer();
            if let Some(places) = &mut self.places {
                places.entry(pointer).or_insert(at);
            }
        }
    }

    fn too_deep(&mut self, position: Position) {
        self.problems.push(Problem {
            position,
            // The whole way down would be longer than the message.
            pointer: self.path.iter().take(1).cloned().collect(),
            message: format!("the document is nested more than {MAX_DEPTH} levels deep"),
            help: "flatten it: move inner schemas to components and refer to them".to_owned(),
            readable: false,
        });
    }

    fn problem(&mut self, position: Position, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(Problem {
            position,
            pointer: self.pointer(),
            message: message.into(),
            help: help.into(),
            readable: false,
        });
    }
}

fn position(marker: &Marker) -> Position {
    (marker.line(), marker.col() + 1)
}

fn syntax_help(text: &str, line: usize) -> &'static str {
    let tabbed = |number: usize| {
        let found = text.lines().nth(number.saturating_sub(1));
        found.is_some_and(|line| line.trim_start_matches(' ').starts_with('\t'))
    };
    if tabbed(line) || tabbed(line.saturating_sub(1)) {
        "YAML forbids tabs for indentation: use spaces"
    } else {
        "mend the syntax at this place; the mistake may begin a little above it"
    }
}

fn count(value: &Value) -> usize {
    let mut todo = vec![value];
    let mut nodes = 0;
    while let Some(value) = todo.pop() {
        nodes += 1;
        match value {
            Value::Array(items) => todo.extend(items),
            Value::Object(entries) => todo.extend(entries.values()),
            _ => {}
        }
    }
    nodes
}

/// The merge key `<<`: what the mapping says itself wins.
fn merge_into(entries: &mut Map<String, Value>, merge: Value) {
    match merge {
        Value::Object(other) => {
            for (key, value) in other {
                entries.entry(key).or_insert(value);
            }
        }
        Value::Array(list) => list.into_iter().for_each(|item| merge_into(entries, item)),
        _ => {}
    }
}
