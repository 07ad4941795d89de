//! Values left as text: passed over, kept, or read later.

#![expect(clippy::inline_always, reason = "measured: passing over a page takes a fifth less time")]

use std::borrow::Cow;

use serde_json::Value;

use super::reader::{Broken, Kind, Reader};

/// How deep a value may be nested that is sure to be read by `serde_json`.
const SHALLOW: usize = 100;

/// A whole value, as text.
#[derive(Clone, Copy)]
pub struct Raw<'j> {
    /// At its beginning.
    reader: Reader<'j>,
    text: &'j str,
    size: u32,
    /// Whether it may be refused though it is JSON: a number out of range, half a character, too deep.
    doubtful: bool,
}

impl<'j> Raw<'j> {
    /// The text.
    pub(crate) fn text(&self) -> &'j str {
        self.text
    }

    /// A reader that stands at its beginning.
    pub(super) fn reader(&self) -> Reader<'j> {
        self.reader
    }

    /// How many bytes lie before it.
    pub(super) fn at(&self) -> usize {
        self.reader.at()
    }

    /// How many bytes lie before the place where `serde_json` stopped in it.
    pub(super) fn place_of(&self, error: &serde_json::Error) -> usize {
        let lines = self.text.split_inclusive('\n').take(error.line().saturating_sub(1));
        self.at() + lines.map(str::len).sum::<usize>() + error.column()
    }

    /// How many values there are in it, itself included.
    pub(super) fn size(&self) -> u32 {
        self.size
    }

    /// The value as a tree.
    pub(super) fn parse(&self) -> Result<Value, serde_json::Error> {
        serde_json::from_str(self.text)
    }

    /// Sees that the value can be had later, if there is any doubt.
    pub(super) fn check(&self) -> Result<(), serde_json::Error> {
        if self.doubtful { self.parse().map(drop) } else { Ok(()) }
    }

    /// The kind of the value.
    pub(super) fn kind(&self) -> Option<Kind> {
        let mut reader = self.reader;
        reader.kind().ok()
    }

    /// The text of a member, if the value is an object that has it, and it is one.
    pub(crate) fn text_of(&self, name: &str) -> Option<Cow<'j, str>> {
        let mut reader = self.reader;
        if reader.kind() != Ok(Kind::Object) {
            return None;
        }
        let (mut is_first, mut found) = (true, None);
        while let Ok(Some(key)) = reader.key(&mut is_first) {
            let is_text = reader.kind() == Ok(Kind::String);
            match key == name {
                // The last one counts, as in a tree.
                true if is_text => found = Some(reader.string().ok()?),
                is_name => {
                    reader.skip().ok()?;
                    if is_name {
                        found = None;
                    }
                }
            }
        }
        found
    }

    /// Whether an object has all of these members.
    pub(super) fn has_all(&self, names: impl Iterator<Item = &'static &'static str>) -> bool {
        let mut missing: Vec<&str> = names.copied().collect();
        let (mut reader, mut is_first) = (self.reader, true);
        while !missing.is_empty() {
            let Ok(Some(key)) = reader.key(&mut is_first) else { return false };
            missing.retain(|name| *name != key);
            if reader.skip().is_err() {
                return false;
            }
        }
        true
    }
}

impl<'j> Reader<'j> {
    /// Passes over a value, and sees that it is JSON. However deep it is, it takes no stack.
    pub(crate) fn skip(&mut self) -> Result<Raw<'j>, Broken> {
        self.next();
        let start = *self;
        // A copy stays in registers.
        let mut reader = *self;
        reader.doubtful = false;
        let result = reader.pass(start);
        *self = reader;
        result
    }

    #[inline(always)]
    fn pass(&mut self, start: Self) -> Result<Raw<'j>, Broken> {
        let mut nesting = Nesting::default();
        let mut size = 0_u32;
        loop {
            size = size.saturating_add(1);
            let kind = self.kind()?;
            let is_open = match kind {
                Kind::String => self.skip_string().map(|()| false)?,
                Kind::Number => self.skip_number().map(|()| false)?,
                Kind::Object => {
                    let is_open = self.goes_on(&mut true, b'}')?;
                    if is_open {
                        nesting.enter(true);
                        self.skip_key()?;
                    }
                    is_open
                }
                Kind::Array => {
                    let is_open = self.goes_on(&mut true, b']')?;
                    if is_open {
                        nesting.enter(false);
                    }
                    is_open
                }
                Kind::Null | Kind::Bool(_) => self.literal(kind).map(|()| false)?,
            };
            if !is_open && self.close(&mut nesting)? {
                let doubtful = self.doubtful || nesting.deepest > SHALLOW;
                return Ok(Raw { reader: start, text: self.since(start.at()), size, doubtful });
            }
        }
    }

    /// Passes over what lies between one value and the next; whether that was the last one.
    #[inline(always)]
    fn close(&mut self, nesting: &mut Nesting) -> Result<bool, Broken> {
        while nesting.depth > 0 {
            let in_object = nesting.in_object();
            match self.next() {
                Some(b',') => {
                    self.advance();
                    if in_object {
                        self.skip_key()?;
                    }
                    return Ok(false);
                }
                Some(b'}') if in_object => {}
                Some(b']') if !in_object => {}
                _ => return Err(Broken),
            }
            self.advance();
            nesting.leave();
        }
        Ok(true)
    }
}

/// The objects and lists around a place; a bit for each, 1 for an object.
#[derive(Default)]
struct Nesting {
    depth: usize,
    deepest: usize,
    /// The innermost ones.
    kinds: u64,
    /// The others, 64 together.
    outer: Vec<u64>,
}

impl Nesting {
    #[inline]
    fn enter(&mut self, is_object: bool) {
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.outer.push(self.kinds);
        }
        self.kinds = self.kinds << 1 | u64::from(is_object);
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
    }

    #[inline]
    fn leave(&mut self) {
        self.kinds >>= 1;
        self.depth -= 1;
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.kinds = self.outer.pop().unwrap_or_default();
        }
    }

    #[inline]
    fn in_object(&self) -> bool {
        self.kinds & 1 == 1
    }
}
