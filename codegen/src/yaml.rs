//! Reads YAML 1.2 (and so JSON) into a JSON tree, and tells where each node stands.
//!
//! One event-driven builder serves both: the tree is built at once, the table of places only when a
//! diagnostic needs it. Scalars follow YAML's core schema; an integer past 64 bits becomes a float
//! instead of failing.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span, Tag};
use serde_json::{Map, Number, Value};

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
}

/// Where each node of a text stands, by pointer.
pub(crate) type Places = HashMap<Pointer, Position>;

/// Reads a text into a tree.
pub(crate) fn read(text: &str) -> Result<Value, Vec<Problem>> {
    let mut builder = Builder::default();
    builder.run(text);
    match builder.root {
        _ if !builder.problems.is_empty() => Err(builder.problems),
        Some(value) => Ok(value),
        None => Ok(Value::Null),
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
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut parser = Parser::new_from_str(text);
        while let Some(next) = parser.next_event() {
            match next {
                Ok((event, span)) => {
                    if !self.event(event, span) {
                        return;
                    }
                }
                Err(error) => {
                    let position = position(error.marker());
                    if error.info() == DEEPER_THAN_THE_SCANNER_GOES {
                        return self.too_deep(position);
                    }
                    let help = syntax_help(text, position.0);
                    self.problem(position, format!("the YAML can't be read: {}", error.info()), help);
                    return;
                }
            }
        }
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
        self.stack.push(Open { node, anchor });
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
        let Some(Open { node, anchor }) = self.stack.pop() else { return };
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
        });
    }

    fn problem(&mut self, position: Position, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(Problem {
            position,
            pointer: self.pointer(),
            message: message.into(),
            help: help.into(),
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

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Value {
    let core = tag.filter(|tag| tag.is_yaml_core_schema()).map(|tag| tag.suffix.as_str());
    if core == Some("str") || (style != ScalarStyle::Plain && core.is_none()) {
        return Value::String(text.to_owned());
    }
    plain(text)
}

/// YAML 1.2's core schema.
fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).map_or_else(|| Value::String(text.to_owned()), Value::Number),
    }
}

fn number(text: &str) -> Option<Number> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if let Some(octal) = text.strip_prefix("0o") {
        return u64::from_str_radix(octal, 8).ok().map(Number::from);
    }
    if let Some(hexadecimal) = text.strip_prefix("0x") {
        return u64::from_str_radix(hexadecimal, 16).ok().map(Number::from);
    }
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let unsigned = text.strip_prefix('+').unwrap_or(text);
        if let Ok(integer) = unsigned.parse::<i64>() {
            return Some(integer.into());
        }
        if let Ok(integer) = unsigned.parse::<u64>() {
            return Some(integer.into());
        }
    }
    let numeric = digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    if numeric && digits.bytes().any(|byte| byte.is_ascii_digit()) {
        return text.parse::<f64>().ok().and_then(Number::from_f64);
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Pointer, places, read};

    #[test]
    fn reads_the_core_schema() {
        let text = "a: 1\nb: 'x'\nc: [null, ~, true, 1.5, 0o17, 0x1F, 1e3, =, 2020-01-01, -7, 9223372036854775808, 99999999999999999999]\n";
        let expected = json!({
            "a": 1, "b": "x",
            "c": [null, null, true, 1.5, 15, 31, 1e3, "=", "2020-01-01", -7, 9_223_372_036_854_775_808_u64, 1e20],
        });
        assert_eq!(read(text).unwrap(), expected);
    }

    #[test]
    fn keeps_keys_as_they_are_spelt() {
        assert_eq!(read("200: a\n'on': b\nnull: c\n").unwrap(), json!({"200": "a", "on": "b", "null": "c"}));
    }

    #[test]
    fn follows_aliases_and_merge_keys() {
        let text = "base: &b {x: 1, y: 2}\none: {<<: *b, y: 3}\ntwo: *b\n";
        assert_eq!(
            read(text).unwrap(),
            json!({"base": {"x": 1, "y": 2}, "one": {"y": 3, "x": 1}, "two": {"x": 1, "y": 2}})
        );
    }

    #[test]
    fn reports_both_places_of_a_duplicate_key() {
        let problems = read("a:\n  b: 1\n  c: 2\n  b: 3\n").unwrap_err();
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].position, (4, 3));
        assert!(problems[0].message.contains("2:3"), "{}", problems[0].message);
        assert_eq!(problems[0].pointer.to_string(), "#/a/b");
    }

    #[test]
    fn refuses_bombs_quickly() {
        let nested: String = (0..200).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
        assert!(read(&nested).unwrap_err()[0].message.contains("levels deep"));
        assert_eq!(read(&"[".repeat(2_000_000)).unwrap_err().len(), 1);
        let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
        for level in 1..9 {
            let below = format!("*a{},", level - 1).repeat(10);
            bomb.push_str(&format!("a{level}: &a{level} [{below}]\n"));
        }
        assert!(read(&bomb).unwrap_err()[0].message.contains("aliases"));
    }

    #[test]
    fn knows_where_nodes_stand() {
        let places = places("a:\n  - x: 1\n    y: [p, q]\n  - z\nb: 2\n");
        let at = |pointer: &str| places[&Pointer::parse(pointer).unwrap()];
        assert_eq!(at("/a"), (1, 1));
        assert_eq!(at("/a/0"), (2, 5));
        assert_eq!(at("/a/0/x"), (2, 5));
        assert_eq!(at("/a/0/y/1"), (3, 12));
        assert_eq!(at("/a/1"), (4, 5));
        assert_eq!(at("/b"), (5, 1));
    }
}
