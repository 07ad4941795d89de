//! Builds the tree of a text, and the places of its nodes, of the parser's events.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};
use serde_json::{Map, Value};

use super::content::{Content, Problem};
use super::mend::Mended;
use super::places::{Inside, Places, Position};
use super::scalar::scalar;
use crate::base::pointer::Pointer;

/// Deeper documents are refused: no honest description comes near, and later stages recurse.
const MAX_DEPTH: usize = 128;
/// What the scanner says when it runs into its own limit while it looks ahead.
const DEEPER_THAN_THE_SCANNER_GOES: &str = "recursion limit exceeded";
/// Nodes that aliases may add, so that a small file can't grow into a huge tree.
const MAX_ALIASED_NODES: usize = 1_000_000;

/// Reads a text. All problems with it, if there is one that leaves no tree.
pub(crate) fn read(text: &str) -> Result<Content, Vec<Problem>> {
    let mut builder = Builder::default();
    builder.run(text);
    let problems = builder.problems;
    if problems.iter().any(|problem| !problem.readable) {
        return Err(problems);
    }
    let (value, places) = builder.root.map_or((Value::Null, None), |(value, places)| (value, Some(places)));
    Ok(Content { value, places, problems })
}

/// A mapping or sequence that is still open.
struct Open {
    node: Collection,
    anchor: usize,
    at: Position,
}

impl Open {
    /// The token of the node that comes next.
    fn next(&self) -> Option<String> {
        match &self.node {
            Collection::List { items, .. } => Some(items.len().to_string()),
            Collection::Map { key, .. } => key.as_ref().map(|(key, _)| key.clone()),
        }
    }
}

enum Collection {
    Map {
        entries: Map<String, Value>,
        /// The key of the entry that comes next, and where it stands.
        key: Option<(String, Position)>,
        merges: Vec<Value>,
        places: Vec<(Box<str>, Places)>,
    },
    List {
        items: Vec<Value>,
        places: Vec<Places>,
    },
}

#[derive(Default)]
struct Builder {
    stack: Vec<Open>,
    anchors: HashMap<usize, Value>,
    aliased: usize,
    root: Option<(Value, Places)>,
    documents: usize,
    problems: Vec<Problem>,
}

impl Builder {
    fn run(&mut self, text: &str) {
        let mut mended = Mended::new(text.strip_prefix('\u{feff}').unwrap_or(text));
        while let Err(error) = self.attempt(&mended) {
            let at = position(error.marker());
            let open: Vec<_> = self.stack.iter().map(|open| mended.moved(open.at)).collect();
            if !mended.mend(error.info(), at, &open) {
                self.syntax_error(&mended, &error, mended.original(at));
                break;
            }
            *self = Self::default();
        }
    }

    /// Reads up to the end, or to a problem that ends the reading.
    fn attempt(&mut self, mended: &Mended) -> Result<(), ScanError> {
        let mut parser = Parser::new_from_str(&mended.text);
        while let Some(next) = parser.next_event() {
            let (event, span) = next?;
            if !self.event(event, mended.original(position(&span.start))) {
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
    fn event(&mut self, event: Event<'_>, at: Position) -> bool {
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
                let value = scalar(&text, style, tag.as_deref());
                self.finish(value, Places { at, inside: Inside::Nothing }, anchor);
            }
            Event::Alias(anchor) => return self.alias(anchor, at),
            Event::MappingStart(anchor, _) => {
                let (merges, places) = (Vec::new(), Vec::new());
                return self.open(
                    Collection::Map { entries: Map::new(), key: None, merges, places },
                    anchor,
                    at,
                );
            }
            Event::SequenceStart(anchor, _) => {
                return self.open(Collection::List { items: Vec::new(), places: Vec::new() }, anchor, at);
            }
            Event::MappingEnd | Event::SequenceEnd => self.close(),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        true
    }

    fn wants_key(&self) -> bool {
        matches!(self.stack.last(), Some(Open { node: Collection::Map { key: None, .. }, .. }))
    }

    fn key(&mut self, text: &str, plain: bool, at: Position) -> bool {
        let Some(Open { node: Collection::Map { entries, key, places, .. }, .. }) = self.stack.last_mut()
        else {
            return false;
        };
        *key = Some((text.to_owned(), at));
        let merges = plain && text == "<<";
        if !merges && entries.contains_key(text) {
            let first = places.iter().find(|(known, _)| **known == *text);
            let (line, column) = first.map_or(at, |(_, places)| places.at);
            let message =
                format!("the key {text:?} stands here a second time; the first is at {line}:{column}");
            self.problem(at, message, "delete one of the two, or merge them");
            self.problems.iter_mut().rev().take(1).for_each(|problem| problem.readable = true);
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
        self.finish(value, Places { at, inside: Inside::Nothing }, 0);
        true
    }

    fn close(&mut self) {
        let Some(Open { node, anchor, at }) = self.stack.pop() else { return };
        let (value, inside) = match node {
            Collection::List { items, places } => (Value::Array(items), Inside::Items(places)),
            Collection::Map { mut entries, merges, places, .. } => {
                for merge in merges {
                    merge_into(&mut entries, merge);
                }
                (Value::Object(entries), Inside::Entries(places))
            }
        };
        self.finish(value, Places { at, inside }, anchor);
    }

    /// Puts a complete value where it belongs.
    fn finish(&mut self, value: Value, place: Places, anchor: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, value.clone());
        }
        match self.stack.last_mut() {
            None => self.root = Some((value, place)),
            Some(Open { node: Collection::List { items, places }, .. }) => {
                items.push(value);
                places.push(place);
            }
            Some(Open { node: Collection::Map { entries, key, merges, places }, .. }) => match key.take() {
                Some((key, _)) if key == "<<" && !value.is_string() => merges.push(value),
                Some((key, at)) => {
                    // A key's place wins over its value's.
                    places.push((key.as_str().into(), Places { at, ..place }));
                    entries.insert(key, value);
                }
                None => {}
            },
        }
    }

    /// The pointer to the node that comes next.
    fn pointer(&self) -> Pointer {
        self.stack.iter().filter_map(Open::next).collect()
    }

    fn too_deep(&mut self, position: Position) {
        self.problems.push(Problem {
            position,
            // The whole way down would be longer than the message.
            pointer: self.stack.iter().take(1).filter_map(Open::next).collect(),
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
