//! Members of objects: left as text, put together to an object, and read once they are looked at.

use std::borrow::Cow;

use serde_json::Value;

use super::raw::Raw;
use super::reader::Reader;

/// Members of an object that are left as text while the rest of it is read.
#[derive(Default)]
pub(crate) struct Members<'j>(Vec<(Cow<'j, str>, Raw<'j>)>);

impl<'j> Members<'j> {
    pub(crate) fn push(&mut self, key: Cow<'j, str>, value: Raw<'j>) {
        self.0.push((key, value));
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A key that stands twice.
    pub(crate) fn duplicate(&self) -> Option<&str> {
        let mut keys: Vec<&str> = self.0.iter().map(|(key, _)| &**key).collect();
        keys.sort_unstable();
        keys.windows(2).find_map(|pair| match pair {
            [left, right] if left == right => Some(*left),
            _ => None,
        })
    }

    /// All of them, as an object.
    pub(crate) fn text(&self) -> String {
        let length = self.0.iter().map(|(key, value)| key.len() + value.text().len() + 4).sum::<usize>();
        let mut text = String::with_capacity(length + 1);
        for (key, value) in &self.0 {
            text.push(if text.is_empty() { '{' } else { ',' });
            match key {
                // As it stands in the text, without escapes.
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

/// The members of an object, in their order; as far as it can be read.
pub(crate) fn parse(text: &str) -> Vec<(String, Value)> {
    let (mut reader, mut is_first) = (Reader::new(text), true);
    let mut members = Vec::new();
    while let Ok(Some(key)) = reader.key(&mut is_first) {
        let Ok(value) = reader.skip() else { break };
        // What can't be read was refused before it was kept.
        members.push((key.into_owned(), value.parse().unwrap_or_else(|_| value.text().into())));
    }
    members
}

#[cfg(test)]
mod tests {
    use super::{Members, Reader};

    #[test]
    fn finds_duplicates() {
        let raw = || Reader::new("1").skip().unwrap();
        let mut members = Members::default();
        for key in ["b", "a", "c"] {
            members.push(key.into(), raw());
            assert_eq!(members.duplicate(), None);
        }
        members.push("a".to_owned().into(), raw());
        assert_eq!(members.duplicate(), Some("a"));
    }
}
