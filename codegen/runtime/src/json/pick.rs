//! Passing over an object, and picking one of its members on the way.

use std::cmp::Ordering;

use super::raw::Raw;
use super::reader::{Broken, Reader};
use super::skip;

impl<'j> Reader<'j> {
    /// Passes over a value; where it is an object that has a member of this name, also gives the text of the first
    /// one. So an object is passed over once, and not again for its member.
    pub(crate) fn skip_and_pick(&mut self, name: &str) -> Result<(Raw<'j>, Option<&'j str>), Broken> {
        self.next();
        let text = self.text;
        let mut place = None;
        let passed = skip::value(text.as_bytes(), self.at, |start, end| {
            if place.is_none() && text.get(start..end).is_some_and(|key| is_key(key, name)) {
                place = Some(end);
            }
        });
        let raw = self.passed(passed)?;
        let member = place.and_then(|at| Self { text, at }.skip().ok()).map(|value| value.text());
        Ok((raw, member))
    }
}

/// Whether a key with its colon, as it stands in a text, is that of a name, which is plain.
#[inline]
fn is_key(key: &str, name: &str) -> bool {
    let quoted = name.len() + 2;
    match key.len().cmp(&(quoted + 1)) {
        Ordering::Less => false,
        Ordering::Equal => key.get(1..).is_some_and(|key| key.starts_with(name)) && key.ends_with("\":"),
        // There may be white space, or escapes.
        Ordering::Greater => Reader::new(key).any_key().is_ok_and(|key| key == name),
    }
}
