//! Properties of objects that are kept as text and parsed later.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::Value;

use super::raw::RawJson;
use super::reader::Reader;

/// A key and its value.
type RawProperty<'j> = (Cow<'j, str>, RawJson<'j>);

/// The number of properties that need no allocation.
const FEW: usize = 3;

/// The properties of an object, kept as text.
#[derive(Default)]
pub(crate) struct RawProperties<'j> {
    few: [Option<RawProperty<'j>>; FEW],
    more: Vec<RawProperty<'j>>,
}

impl<'j> RawProperties<'j> {
    pub(crate) fn push(&mut self, key: Cow<'j, str>, value: RawJson<'j>) {
        match self.few.iter_mut().find(|property| property.is_none()) {
            Some(first) => *first = Some((key, value)),
            None => self.more.push((key, value)),
        }
    }

    fn iter(&self) -> impl Iterator<Item = &RawProperty<'j>> {
        self.few.iter().flatten().chain(&self.more)
    }

    pub(crate) fn len(&self) -> usize {
        self.iter().count()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// Returns whether `serde_json` may write one of their numbers in another way than it came.
    pub(crate) fn may_change(&self) -> bool {
        self.iter().any(|(_, value)| value.may_change())
    }

    /// Returns a key that occurs more than once.
    pub(crate) fn duplicate_key(&self) -> Option<&str> {
        if self.more.is_empty() {
            let key = |index: usize| self.few.get(index)?.as_ref().map(|(key, _)| &**key);
            let is_repeated =
                |index: &usize| key(*index).is_some() && (0..*index).any(|other| key(other) == key(*index));
            return (1..FEW).find(is_repeated).and_then(key);
        }
        let mut keys: Vec<&str> = self.iter().map(|(key, _)| &**key).collect();
        keys.sort_unstable();
        keys.windows(2).find_map(|pair| match pair {
            [left, right] if left == right => Some(*left),
            _ => None,
        })
    }

    /// Removes all values of a key after the first, and returns them.
    pub(crate) fn take_duplicates(&mut self) -> Vec<(Cow<'j, str>, RawJson<'j>)> {
        let mut keys = HashSet::new();
        let all: Vec<_> = self.few.iter_mut().filter_map(Option::take).chain(self.more.drain(..)).collect();
        let (first, duplicates) = all.into_iter().partition(|(key, _)| keys.insert(key.clone()));
        self.more = first;
        duplicates
    }

    /// Returns all properties as the text of an object.
    pub(crate) fn text(&self) -> String {
        let length = self.iter().map(|(key, value)| key.len() + value.text().len() + 4).sum::<usize>();
        let mut text = String::with_capacity(length + 1);
        for (key, value) in self.iter() {
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

    #[test]
    fn a_duplicate_key_is_found_among_any_number_of_keys() {
        for count in 0..6 {
            for (first, second) in (0..count).flat_map(|second| (0..second).map(move |first| (first, second)))
            {
                let mut properties = RawProperties::default();
                for index in 0..count {
                    let key = if index == second { first } else { index };
                    properties.push(key.to_string().into(), Reader::new("1").skip().unwrap());
                }
                assert_eq!(
                    properties.duplicate_key(),
                    Some(&*first.to_string()),
                    "{first} {second} of {count}"
                );
                assert_eq!((properties.take_duplicates().len(), properties.len()), (1, count - 1));
            }
        }
    }
}
