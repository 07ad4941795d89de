//! Reads JSON by its own rules: YAML, which includes most of JSON, has no surrogate pairs.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;

use saphyr_parser::ScalarStyle;
use serde::de::{DeserializeSeed, Deserializer as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Deserializer, Map, Value};

use super::parsed::{Parsed, SYNTAX_HELP, SyntaxProblem};
use super::positions::{FirstPositions, NodeNumber, NodePositions, Position};
use super::scalar::{number_text, scalar};
use crate::base::pointer::Pointer;

/// Reads a text if it is JSON: an object or an array that is nested up to a depth.
pub(super) fn read(text: &str, max_depth: usize) -> Option<Parsed> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let root: &RawValue = serde_json::from_str(text).ok()?;
    let mut reader = Reader {
        cursor: Cursor { text, offset: 0, at: (1, 1) },
        max_depth,
        problems: Vec::new(),
        numbers: HashSet::new(),
        positions: NodePositions::default(),
    };
    let at = reader.cursor.position(root.get());
    let value = reader.value(root.get(), (None, at), &Pointer::root())?;
    let Reader { problems, numbers, positions, .. } = reader;
    Some(Parsed { value, numbers, positions: Some(positions), problems })
}

/// Returns the problem of a text that is not YAML, if it is written as JSON: then it is not JSON, either.
pub(super) fn syntax_problem(text: &str) -> Option<SyntaxProblem> {
    let inside = text.trim_start().strip_prefix(['{', '['])?;
    if !inside.trim_start().starts_with(['"', '{', '[', '}', ']']) && !inside.trim().is_empty() {
        return None;
    }
    let path = RefCell::default();
    let mut parser = Deserializer::from_str(text);
    let error = Checker(&path).deserialize(&mut parser).and_then(|()| parser.end()).err()?;
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    // The column is in bytes.
    let before = text.lines().nth(error.line().saturating_sub(1)).and_then(|line| line.get(..error.column()));
    let column = before.map_or(error.column(), |before| before.chars().count());
    Some(SyntaxProblem {
        position: (error.line().max(1), column.max(1)),
        pointer: path.into_inner().into_iter().collect(),
        message: format!("invalid JSON: {message}"),
        help: SYNTAX_HELP.to_owned(),
        is_recoverable: false,
    })
}

/// Checks a value. If it is invalid, the path leads to the innermost value that can be named.
#[derive(Clone, Copy)]
struct Checker<'p>(&'p RefCell<Vec<String>>);

impl Checker<'_> {
    fn push(self, token: String) {
        self.0.borrow_mut().push(token);
    }

    fn pop(self) {
        self.0.borrow_mut().pop();
    }
}

impl<'de> DeserializeSeed<'de> for Checker<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Checker<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key()? {
            self.push(key);
            map.next_value_seed(self)?;
            self.pop();
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut index = 0;
        loop {
            self.push(index.to_string());
            if seq.next_element_seed(self)?.is_none() {
                self.pop();
                return Ok(());
            }
            self.pop();
            index += 1;
        }
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

struct Reader<'t> {
    cursor: Cursor<'t>,
    max_depth: usize,
    problems: Vec<SyntaxProblem>,
    numbers: HashSet<String>,
    positions: NodePositions,
}

impl Reader<'_> {
    /// Reads a value, whose parts are visited in the order of the text. Returns `None` if it is nested too deep.
    fn value(&mut self, raw: &str, (key, at): (Option<&str>, Position), pointer: &Pointer) -> Option<Value> {
        let number = self.positions.start(key, at);
        let value = match raw.as_bytes().first() {
            Some(b'{' | b'[') if pointer.tokens().len() == self.max_depth => return None,
            Some(b'{') => self.object(raw, number, pointer)?,
            Some(b'[') => self.array(raw, pointer)?,
            Some(b'"') => Value::String(string(raw)?),
            _ => self.scalar(raw, number),
        };
        self.positions.end(number);
        Some(value)
    }

    fn scalar(&mut self, raw: &str, number: NodeNumber) -> Value {
        let value = scalar(raw, ScalarStyle::Plain, None);
        if let Some(text) = number_text(raw, &value) {
            self.numbers.insert(value.to_string());
            self.positions.keep_digits(number, text);
        }
        value
    }

    fn object(&mut self, raw: &str, number: NodeNumber, pointer: &Pointer) -> Option<Value> {
        let members = Deserializer::from_str(raw).deserialize_map(Members).ok()?;
        let mut entries = Map::with_capacity(members.len());
        let mut first = FirstPositions::default();
        for (key, value) in members {
            // The position of an entry is that of its key.
            let at = self.cursor.position(key.get());
            let key = string(key.get())?;
            let pointer = pointer.child(key.as_str());
            if entries.contains_key(&key) {
                let first = first.of(&key, &self.positions, number).unwrap_or(at);
                self.problems.push(SyntaxProblem::duplicate_key(&key, pointer.clone(), at, first));
            }
            let value = self.value(value.get(), (Some(&key), at), &pointer)?;
            entries.insert(key, value);
        }
        Some(Value::Object(entries))
    }

    fn array(&mut self, raw: &str, pointer: &Pointer) -> Option<Value> {
        let items = Deserializer::from_str(raw).deserialize_seq(Items).ok()?;
        let mut values = Vec::with_capacity(items.len());
        for (index, item) in items.into_iter().enumerate() {
            let at = self.cursor.position(item.get());
            values.push(self.value(item.get(), (None, at), &pointer.index(index))?);
        }
        Some(Value::Array(values))
    }
}

/// Returns the content of a string. Half of a surrogate pair, which no Rust string can contain, is replaced.
fn string(raw: &str) -> Option<String> {
    match serde_json::from_str(raw) {
        Ok(text) => Some(text),
        Err(_) => Deserializer::from_str(raw).deserialize_bytes(Lossy).ok(),
    }
}

/// Counts lines and columns up to parts of the text, in their order.
struct Cursor<'t> {
    text: &'t str,
    offset: usize,
    at: Position,
}

impl Cursor<'_> {
    /// Returns the position of a part of the text.
    fn position(&mut self, part: &str) -> Position {
        let offset = part.as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        let between = self.text.get(self.offset..offset).unwrap_or_default();
        match between.rsplit_once('\n') {
            Some((lines, line)) => {
                self.at.0 += lines.matches('\n').count() + 1;
                self.at.1 = line.chars().count() + 1;
            }
            None => self.at.1 += between.chars().count(),
        }
        self.offset = offset;
        self.at
    }
}

/// Visits the members of an object, without reading their values.
struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<(&'de RawValue, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}

/// Visits the items of an array, without reading them.
struct Items;

impl<'de> Visitor<'de> for Items {
    type Value = Vec<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(items)
    }
}

/// Visits a string that may contain half of a surrogate pair.
struct Lossy;

impl Visitor<'_> for Lossy {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<String, E> {
        Ok(String::from_utf8_lossy(bytes).into_owned())
    }
}
