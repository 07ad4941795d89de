//! Values that are kept as text.

use std::borrow::Cow;

use serde_json::Value;

use super::exact::{Whole, all_kept, in_range, whole};
use super::reader::{InvalidJson, JsonKind, Reader};
use super::skip::{self, Risks, SkippedValue};

/// A JSON value as text, which the reader has skipped.
#[derive(Clone, Copy)]
pub struct RawJson<'j> {
    /// At the start of the value.
    reader: Reader<'j>,
    text: &'j str,
    size: u32,
    risks: Risks,
}

/// A property of an object.
pub(crate) struct Property<'j> {
    /// The last value, as in `serde_json`.
    pub(crate) value: RawJson<'j>,
    /// Whether the object has several values of it.
    pub(crate) is_repeated: bool,
}

impl<'j> RawJson<'j> {
    fn new(reader: Reader<'j>, text: &'j str, skipped: &SkippedValue) -> Self {
        Self { reader, text, size: skipped.size, risks: skipped.risks }
    }

    /// Returns the text of the value.
    pub(crate) fn text(&self) -> &'j str {
        self.text
    }

    /// Returns a reader at the start of the value.
    pub(crate) fn reader(&self) -> Reader<'j> {
        self.reader
    }

    /// Returns the byte offset of the value.
    pub(crate) fn offset(&self) -> usize {
        self.reader.offset()
    }

    /// Returns the byte offset where `serde_json` found an error in the value.
    pub(crate) fn error_offset(&self, error: &serde_json::Error) -> usize {
        let lines = self.text.split_inclusive('\n').take(error.line().saturating_sub(1));
        self.offset() + lines.map(str::len).sum::<usize>() + error.column()
    }

    /// Returns the number of values in it, including itself.
    pub(crate) fn size(&self) -> u32 {
        self.size
    }

    /// Returns whether the value is nested so deep that its depth has to be checked.
    pub(crate) fn is_deep(&self) -> bool {
        self.risks.is_deep
    }

    /// Returns how many arrays and objects contain the innermost one, including itself.
    #[cold]
    pub(crate) fn depth(&self) -> usize {
        skip::depth(self.text.as_bytes())
    }

    /// Parses the value into a tree.
    pub(crate) fn parse(&self) -> Result<Value, serde_json::Error> {
        serde_json::from_str(self.text)
    }

    /// Parses the value into a tree. Numbers that are out of range become the nearest ones.
    pub(crate) fn parse_nearest(&self) -> Result<Value, serde_json::Error> {
        self.parse().or_else(|error| {
            in_range(self.text).and_then(|text| serde_json::from_str(&text).ok()).ok_or(error)
        })
    }

    /// Returns whether `serde_json` may reject the value.
    pub(crate) fn may_reject(&self) -> bool {
        self.risks.may_reject
    }

    /// Checks that the value can be parsed later, if `serde_json` may reject it.
    pub(crate) fn check(&self) -> Result<(), serde_json::Error> {
        if self.risks.may_reject { self.parse_nearest().map(drop) } else { Ok(()) }
    }

    /// Returns whether `serde_json` may write a number in another way than it came.
    pub(crate) fn may_change(&self) -> bool {
        self.risks.may_rewrite
    }

    /// Returns whether `serde_json` writes a number in another way than it came.
    pub(crate) fn changes(&self) -> bool {
        self.risks.may_rewrite && !all_kept(self.text)
    }

    /// Returns the kind of the value.
    pub(crate) fn kind(&self) -> Option<JsonKind> {
        let mut reader = self.reader;
        reader.kind().ok()
    }

    /// Returns whether the value is a number.
    pub(crate) fn is_number(&self) -> bool {
        self.kind() == Some(JsonKind::Number)
    }

    /// Returns a property, if the value is an object that has it.
    pub(crate) fn property(&self, name: &str) -> Option<Property<'j>> {
        let mut reader = self.reader;
        if reader.kind() != Ok(JsonKind::Object) {
            return None;
        }
        let (mut is_first, mut found) = (true, None);
        while let Ok(Some(key)) = reader.key(&mut is_first) {
            let value = reader.skip().ok()?;
            if key == name {
                found = Some(Property { value, is_repeated: found.is_some() });
            }
        }
        found
    }

    /// Returns the value as text if it is a string, a number or a boolean: a string without its quotes, a number without a
    /// fraction as an integer.
    pub(crate) fn scalar_text(&self) -> Option<Cow<'j, str>> {
        let mut reader = self.reader;
        match reader.kind().ok()? {
            JsonKind::String => reader.string().ok(),
            JsonKind::Bool(_) => Some(Cow::Borrowed(self.text)),
            JsonKind::Number => Some(match whole(self.text) {
                Whole::Integer(integer) => Cow::Owned(integer.to_string()),
                Whole::Beyond | Whole::Fraction => Cow::Borrowed(self.text),
            }),
            JsonKind::Null | JsonKind::Array | JsonKind::Object => None,
        }
    }

    /// Returns whether an object has all of these properties.
    pub(crate) fn has_all(&self, names: impl Iterator<Item = &'static &'static str>) -> bool {
        let mut missing: Vec<&str> = names.copied().collect();
        let (mut reader, mut is_first) = (self.reader, true);
        while !missing.is_empty() {
            let Ok(Some(key)) = reader.key(&mut is_first) else { return false };
            missing.retain(|name| *name != key);
            // The last one needs no look at what follows it.
            if !missing.is_empty() && reader.skip().is_err() {
                return false;
            }
        }
        true
    }
}

/// Skipping values that are kept as text.
impl<'j> Reader<'j> {
    /// Skips a value, and checks that it is JSON.
    pub(crate) fn skip(&mut self) -> Result<RawJson<'j>, InvalidJson> {
        self.next();
        let skipped = skip::value(self.text.as_bytes(), self.at, |_, _| {});
        let skipped = self.advance_past(skipped);
        #[cfg(test)]
        super::work::skipped(skipped.as_ref().map_or(0, |skipped| skipped.text.len()));
        skipped
    }

    /// Moves to the end of a skipped value, and returns the value.
    #[inline]
    pub(super) fn advance_past(
        &mut self,
        skipped: Result<SkippedValue, usize>,
    ) -> Result<RawJson<'j>, InvalidJson> {
        let start = *self;
        self.advance_to(skipped.as_ref().map(|skipped| skipped.end).map_err(|at| *at))?;
        skipped.map(|skipped| RawJson::new(start, self.since(start.at), &skipped)).map_err(|_| InvalidJson)
    }
}
