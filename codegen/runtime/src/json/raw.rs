//! Values left as text: passed over, kept, or read later.

use std::borrow::Cow;

use serde_json::Value;

use super::reader::{Broken, Kind, Reader};
use super::skip::{self, Passed};

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
    fn new(reader: Reader<'j>, text: &'j str, passed: &Passed) -> Self {
        Self { reader, text, size: passed.size, doubtful: passed.doubtful }
    }

    /// The text.
    pub(crate) fn text(&self) -> &'j str {
        self.text
    }

    /// A reader that stands at its beginning.
    pub(crate) fn reader(&self) -> Reader<'j> {
        self.reader
    }

    /// How many bytes lie before it.
    pub(crate) fn at(&self) -> usize {
        self.reader.at()
    }

    /// How many bytes lie before the place where `serde_json` stopped in it.
    pub(crate) fn place_of(&self, error: &serde_json::Error) -> usize {
        let lines = self.text.split_inclusive('\n').take(error.line().saturating_sub(1));
        self.at() + lines.map(str::len).sum::<usize>() + error.column()
    }

    /// How many values there are in it, itself included.
    pub(crate) fn size(&self) -> u32 {
        self.size
    }

    /// The value as a tree.
    pub(crate) fn parse(&self) -> Result<Value, serde_json::Error> {
        serde_json::from_str(self.text)
    }

    /// Sees that the value can be had later, if there is any doubt.
    pub(crate) fn check(&self) -> Result<(), serde_json::Error> {
        if self.doubtful { self.parse().map(drop) } else { Ok(()) }
    }

    /// The kind of the value.
    pub(crate) fn kind(&self) -> Option<Kind> {
        let mut reader = self.reader;
        reader.kind().ok()
    }

    /// The text of a member, if the value is an object that has it, and it is one.
    pub fn text_of(&self, name: &str) -> Option<Cow<'j, str>> {
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
    pub(crate) fn has_all(&self, names: impl Iterator<Item = &'static &'static str>) -> bool {
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

/// Passing over what is left as text.
impl<'j> Reader<'j> {
    /// Passes over a value, and sees that it is JSON.
    pub(crate) fn skip(&mut self) -> Result<Raw<'j>, Broken> {
        self.next();
        let passed = skip::value(self.text.as_bytes(), self.at, |_, _| {});
        self.passed(passed)
    }

    /// Goes on behind a value, which it hands out.
    #[inline]
    pub(super) fn passed(&mut self, passed: Result<Passed, usize>) -> Result<Raw<'j>, Broken> {
        let start = *self;
        self.go(passed.as_ref().map(|passed| passed.end).map_err(|at| *at))?;
        passed.map(|passed| Raw::new(start, self.since(start.at), &passed)).map_err(|_| Broken)
    }
}
