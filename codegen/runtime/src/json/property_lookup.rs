//! Skips an object, and finds one of its properties.

use std::cmp::Ordering;

use super::raw::RawJson;
use super::reader::{InvalidJson, Reader};
use super::skip;

impl<'j> Reader<'j> {
    /// Skips a value. If it is an object, also returns the value of its first property with this name, which saves a
    /// second pass over the object.
    pub(crate) fn skip_with_property(
        &mut self,
        name: &str,
    ) -> Result<(RawJson<'j>, Option<RawJson<'j>>), InvalidJson> {
        self.next();
        let text = self.text;
        let mut value_start = None;
        let passed = skip::value(text.as_bytes(), self.at, |start, end| {
            if value_start.is_none() && text.get(start..end).is_some_and(|key| is_key(key, name)) {
                value_start = Some(end);
            }
        });
        let raw = self.advance_past(passed)?;
        let property = value_start.and_then(|at| Self { text, at }.skip().ok());
        Ok((raw, property))
    }
}

/// Returns whether the text of a key with its colon is this name, which needs no escapes.
#[inline]
fn is_key(key: &str, name: &str) -> bool {
    let quoted = name.len() + 2;
    match key.len().cmp(&(quoted + 1)) {
        Ordering::Less => false,
        Ordering::Equal => key.get(1..).is_some_and(|key| key.starts_with(name)) && key.ends_with("\":"),
        // There may be whitespace, or escapes.
        Ordering::Greater => Reader::new(key).read_key().is_ok_and(|key| key == name),
    }
}
