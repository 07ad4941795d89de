//! Properties of objects that are kept as text and parsed later.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::Value;

use super::raw::RawJson;
use super::reader::Reader;

/// The properties of an object, kept as text.
#[derive(Default)]
pub(crate) struct RawProperties<'j>(Vec<(Cow<'j, str>, RawJson<'j>)>);

impl<'j> RawProperties<'j> {
    pub(crate) fn push(&mut self, key: Cow<'j, str>, value: RawJson<'j>) {
        self.0.push((key, value));
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns whether `serde_json` may write one of their numbers in another way than it came.
    pub(crate) fn may_change(&self) -> bool {
        self.0.iter().any(|(_, value)| value.may_change())
    }

    /// Returns a key that occurs more than once.
    pub(crate) fn duplicate_key(&self) -> Option<&str> {
        let mut keys: Vec<&str> = self.0.iter().map(|(key, _)| &**key).collect();
        keys.sort_unstable();
        keys.windows(2).find_map(|pair| match pair {
            [left, right] if left == right => Some(*left),
            _ => None,
        })
    }

    /// Removes all values of a key after the first, and returns them.
    pub(crate) fn take_duplicates(&mut self) -> Vec<(Cow<'j, str>, RawJson<'j>)> {
        let mut keys = HashSet::new();
        self.0.extract_if(.., |(key, _)| !keys.insert(key.clone())).collect()
    }

    /// Returns all properties as the text of an object.
    pub(crate) fn text(&self) -> String {
        let length = self.0.iter().map(|(key, value)| key.len() + value.text().len() + 4).sum::<usize>();
        let mut text = String::with_capacity(length + 1);
        for (key, value) in &self.0 {
            text.push(if text.is_empty() { '{' } else { ',' });
            match key {
                // A borrowed key has no escapes.
                Cow::Borrowed(key) => {
                    text.push('"');
                    text.push_str(key);
                    text.push('"');
                }
                Cow::Owned(key) => text.push_str(&Value::from(key.as_str()).to_string()),
            }
            text.push(':');
            text.push_str(value.text());
        }
        text.push('}');
        text
    }
}

/// Parses the properties of an object, in their order, up to the first invalid one.
pub(crate) fn parse(text: &str) -> Vec<(String, Value)> {
    // Values were checked before they were kept, so `parse_nearest` doesn't fail.
    raw(text)
        .map(|(key, value)| (key.into_owned(), value.parse_nearest().unwrap_or_else(|_| value.text().into())))
        .collect()
}

/// Returns the properties of an object as text, in their order, up to the first invalid one.
pub(crate) fn raw(text: &str) -> impl Iterator<Item = (Cow<'_, str>, RawJson<'_>)> {
    let (mut reader, mut is_first) = (Reader::new(text), true);
    std::iter::from_fn(move || Some((reader.key(&mut is_first).ok()??, reader.skip().ok()?)))
}

#[cfg(test)]
mod tests {
    use super::{RawProperties, Reader};

    #[test]
    fn a_duplicate_key_is_found() {
        let raw = || Reader::new("1").skip().unwrap();
        let mut properties = RawProperties::default();
        for key in ["b", "a", "c"] {
            properties.push(key.into(), raw());
            assert_eq!(properties.duplicate_key(), None);
        }
        properties.push("a".to_owned().into(), raw());
        assert_eq!(properties.duplicate_key(), Some("a"));
        let duplicates = properties.take_duplicates();
        assert_eq!(duplicates.iter().map(|(key, _)| &**key).collect::<Vec<_>>(), ["a"]);
        assert_eq!((properties.len(), properties.duplicate_key()), (3, None));
    }
}
