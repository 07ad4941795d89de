//! Builds the tree and the positions of its nodes from the events of the YAML parser.

use std::collections::{HashMap, HashSet};

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};
use serde_json::{Map, Value};

use super::json;
use super::parsed::{Parsed, SYNTAX_HELP, SyntaxProblem};
use super::positions::{FirstPositions, MERGE_KEY, NodeNumber, NodePositions, Position};
use super::recovery::RecoveredText;
use super::scalar::{number_text, scalar};
use crate::base::pointer::Pointer;

/// Maximum nesting depth. Later stages recurse, and real descriptions are far less deep.
pub(super) const MAX_DEPTH: usize = 128;
/// The error of the scanner if the depth exceeds its own limit.
const SCANNER_DEPTH_ERROR: &str = "recursion limit exceeded";
/// Maximum size of the copies that aliases add, in megabytes, so that a small file can't expand to a huge tree.
const MAX_ALIASED: usize = 16;
/// The size of a node without its text, in bytes.
const NODE_SIZE: usize = 16;

/// A mapping or sequence that has not ended.
struct Open {
    node: Collection,
    number: NodeNumber,
    anchor: usize,
    at: Position,
}

impl Open {
    /// Returns the pointer token of the next node.
    fn next(&self) -> Option<String> {
        match &self.node {
            Collection::Sequence(items) => Some(items.len().to_string()),
            Collection::Mapping { key, .. } => key.as_ref().map(|(key, _)| key.clone()),
        }
    }
}

enum Collection {
    Mapping {
        entries: Map<String, Value>,
        /// The key of the next entry, and its position.
        key: Option<(String, Position)>,
        merges: Vec<Value>,
        first: FirstPositions,
    },
    Sequence(Vec<Value>),
}

/// The node of an anchor.
struct Anchored {
    value: Value,
    number: NodeNumber,
}

#[derive(Default)]
pub(super) struct Builder {
    stack: Vec<Open>,
    anchors: HashMap<usize, Anchored>,
    /// The values of the numbers that the tree doesn't hold as they are written.
    numbers: HashSet<String>,
    aliased: usize,
    positions: NodePositions,
    root: Option<Value>,
    documents: usize,
    problems: Vec<SyntaxProblem>,
}

impl Builder {
    /// Reads a part of a text. Returns `None` if it has any problem, or copies that are as large as allowed for half of a
    /// text.
    pub(super) fn read_part(text: &str) -> Option<Parsed> {
        let mut builder = Self::default();
        builder.attempt(&RecoveredText::new(text)).ok()?;
        let is_small = builder.aliased <= MAX_ALIASED << 19;
        (is_small && builder.problems.is_empty() && builder.documents <= 1).then(|| builder.finished())
    }

    /// Reads a text. The error contains all problems if the parser could not recover from one of them.
    pub(super) fn read(text: &str) -> Result<Parsed, Vec<SyntaxProblem>> {
        let mut builder = Self::default();
        builder.run(text);
        if builder.problems.iter().any(|problem| !problem.is_recoverable) {
            return Err(builder.problems);
        }
        Ok(builder.finished())
    }

    fn finished(self) -> Parsed {
        let Self { root, numbers, positions, problems, .. } = self;
        let positions = root.is_some().then_some(positions);
        Parsed { value: root.unwrap_or_default(), numbers, positions, problems }
    }

    fn run(&mut self, original: &str) {
        let mut text = RecoveredText::new(original);
        while let Err(error) = self.attempt(&text) {
            let at = position(error.marker());
            let open: Vec<_> = self.stack.iter().map(|open| text.shifted(open.at)).collect();
            if !text.recover(error.info(), at, &open) {
                self.syntax_error(original, &text, &error);
                break;
            }
            *self = Self::default();
        }
    }

    /// Parses up to the end, or to a problem that the parser can't recover from.
    fn attempt(&mut self, text: &RecoveredText<'_>) -> Result<(), ScanError> {
        let mut parser = Parser::new_from_str(text.text());
        while let Some(next) = parser.next_event() {
            let (event, span) = next?;
            if !self.event(event, text.original(position(&span.start))) {
                break;
            }
        }
        Ok(())
    }

    fn syntax_error(&mut self, original: &str, text: &RecoveredText<'_>, error: &ScanError) {
        let at = text.original(position(error.marker()));
        if error.info() == SCANNER_DEPTH_ERROR {
            return self.too_deep(at);
        }
        if let Some(problem) = json::syntax_problem(original) {
            return self.problems.push(problem);
        }
        let help = syntax_help(text.text(), at.0);
        self.problem(at, format!("invalid YAML: {}", error.info()), help);
    }

    /// Handles an event. Returns `false` to stop parsing.
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
                let number = self.start(at);
                self.digits(number, &text, &value);
                self.finish(value, number, anchor);
            }
            Event::Alias(anchor) => return self.alias(anchor, at),
            Event::MappingStart(anchor, _) => {
                let (merges, first) = (Vec::new(), FirstPositions::default());
                return self.open(
                    Collection::Mapping { entries: Map::new(), key: None, merges, first },
                    anchor,
                    at,
                );
            }
            Event::SequenceStart(anchor, _) => {
                return self.open(Collection::Sequence(Vec::new()), anchor, at);
            }
            Event::MappingEnd | Event::SequenceEnd => self.close(),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        true
    }

    /// Adds a node. The position of an entry is that of its key.
    fn start(&mut self, at: Position) -> NodeNumber {
        let (key, at) = match self.stack.last() {
            Some(Open { node: Collection::Mapping { key: Some((key, at)), .. }, .. }) => {
                (Some(key.as_str()), *at)
            }
            _ => (None, at),
        };
        self.positions.start(key, at)
    }

    /// Keeps the text of a number that the tree doesn't hold as it is written.
    fn digits(&mut self, number: NodeNumber, text: &str, value: &Value) {
        if let Some(text) = number_text(text, value) {
            self.numbers.insert(value.to_string());
            self.positions.keep_digits(number, text);
        }
    }

    fn wants_key(&self) -> bool {
        matches!(self.stack.last(), Some(Open { node: Collection::Mapping { key: None, .. }, .. }))
    }

    fn key(&mut self, text: &str, is_plain: bool, at: Position) -> bool {
        let Some(Open { node: Collection::Mapping { entries, key, first, .. }, number, .. }) =
            self.stack.last_mut()
        else {
            return false;
        };
        *key = Some((text.to_owned(), at));
        let is_merge = is_plain && text == MERGE_KEY;
        if !is_merge && entries.contains_key(text) {
            let first = first.of(text, &self.positions, *number).unwrap_or(at);
            let pointer = self.pointer();
            self.problems.push(SyntaxProblem::duplicate_key(text, pointer, at, first));
        }
        true
    }

    fn open(&mut self, node: Collection, anchor: usize, at: Position) -> bool {
        if self.wants_key() {
            self.problem(at, "a key must be a string, not an array or an object", "use a string as the key");
            return false;
        }
        if self.stack.len() == MAX_DEPTH {
            self.too_deep(at);
            return false;
        }
        let number = self.start(at);
        self.stack.push(Open { node, number, anchor, at });
        true
    }

    fn alias(&mut self, anchor: usize, at: Position) -> bool {
        if self.wants_key() {
            self.problem(at, "a key must be a string, not an alias", "write out the key");
            return false;
        }
        let Some(Anchored { value, number: target }) = self.anchors.get(&anchor) else {
            self.problem(at, "the alias refers to a node that contains it", "replace the alias by the value");
            return false;
        };
        let (value, target) = (value.clone(), *target);
        self.aliased += size(&value);
        if self.aliased > MAX_ALIASED << 20 {
            let message = format!("the copies that aliases stand for are larger than {MAX_ALIASED} MB");
            self.problem(at, message, "use `$ref` instead of YAML aliases");
            return false;
        }
        let number = self.start(at);
        self.positions.keep_alias(number, target);
        self.finish(value, number, 0);
        true
    }

    fn close(&mut self) {
        let Some(Open { node, number, anchor, .. }) = self.stack.pop() else { return };
        let value = match node {
            Collection::Sequence(items) => Value::Array(items),
            Collection::Mapping { mut entries, merges, .. } => {
                for merge in merges {
                    merge_into(&mut entries, merge);
                }
                Value::Object(entries)
            }
        };
        self.finish(value, number, anchor);
    }

    /// Adds a complete value to the collection that contains it.
    fn finish(&mut self, value: Value, number: NodeNumber, anchor: usize) {
        self.positions.end(number);
        if anchor != 0 {
            self.anchors.insert(anchor, Anchored { value: value.clone(), number });
        }
        match self.stack.last_mut() {
            None => self.root = Some(value),
            Some(Open { node: Collection::Sequence(items), .. }) => items.push(value),
            Some(Open { node: Collection::Mapping { entries, key, merges, .. }, .. }) => match key.take() {
                Some((key, _)) if key == MERGE_KEY && !value.is_string() => merges.push(value),
                Some((key, _)) => {
                    entries.insert(key, value);
                }
                None => {}
            },
        }
    }

    /// Returns the pointer to the next node.
    fn pointer(&self) -> Pointer {
        self.stack.iter().filter_map(Open::next).collect()
    }

    fn too_deep(&mut self, position: Position) {
        self.problems.push(SyntaxProblem {
            position,
            // The entire pointer would be longer than the message.
            pointer: self.stack.iter().take(1).filter_map(Open::next).collect(),
            message: format!("the document is nested more than {MAX_DEPTH} levels deep"),
            help: "flatten it: move inner schemas to components and refer to them".to_owned(),
            is_recoverable: false,
        });
    }

    fn problem(&mut self, position: Position, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(SyntaxProblem {
            position,
            pointer: self.pointer(),
            message: message.into(),
            help: help.into(),
            is_recoverable: false,
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
        SYNTAX_HELP
    }
}

/// Returns the approximate size of a tree in bytes.
fn size(value: &Value) -> usize {
    let mut todo = vec![value];
    let mut bytes = 0;
    while let Some(value) = todo.pop() {
        bytes += NODE_SIZE;
        match value {
            Value::String(text) => bytes += text.len(),
            Value::Array(items) => todo.extend(items),
            Value::Object(entries) => {
                bytes += entries.keys().map(String::len).sum::<usize>();
                todo.extend(entries.values());
            }
            _ => {}
        }
    }
    bytes
}

/// Applies a merge key `<<`. Entries of the mapping itself take precedence.
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
