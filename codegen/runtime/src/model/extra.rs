//! What a response holds beyond the declared fields.

use std::fmt;
use std::sync::OnceLock;

use serde_json::Value;

use super::field_set::FieldSet;
use crate::json::members::{Members, parse};
use crate::json::pointer::{Segment, Way, pointer};

/// What a response holds beyond the declared fields.
///
/// Three things are kept, so that writing a record again gives the keys that were read:
///
/// - fields that the model does not declare, in the order of arrival: [`get`](Self::get),
///   [`iter`](Self::iter);
/// - which declared fields were null and not absent: [`is_null`](Self::is_null). Such a field is written as
///   null for as long as it has no other value;
/// - where null stood inside of a declared list or map whose values can't be null:
///   [`nulls_within`](Self::nulls_within). Such a value is the default one of its type, and written as null for
///   as long as it is.
///
/// An empty one costs a pointer. Undeclared fields are kept as the text that came, and read once they are looked
/// at.
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Kept>>);

#[derive(Clone, Default)]
struct Kept {
    /// How many undeclared fields there are in the text.
    count: usize,
    /// The undeclared fields as they came: an object.
    text: Box<str>,
    /// The same, once they were looked at.
    unknown: OnceLock<Vec<(String, Value)>>,
    nulls: FieldSet,
    /// The positions of fields, and the steps down to a null inside of them.
    nulls_within: Vec<(u16, Vec<Segment>)>,
    names: &'static [&'static str],
}

impl Kept {
    fn unknown(&self) -> &[(String, Value)] {
        self.unknown.get_or_init(|| parse(&self.text))
    }

    /// Changes the undeclared fields; their text goes.
    fn change<R>(&mut self, change: impl FnOnce(&mut Vec<(String, Value)>) -> R) -> R {
        let text = std::mem::take(&mut self.text);
        let mut unknown = self.unknown.take().unwrap_or_else(|| parse(&text));
        let result = change(&mut unknown);
        self.unknown = unknown.into();
        result
    }
}

impl Extra {
    /// Nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// The undeclared field of a name.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&Value> {
        self.iter().find(|(key, _)| *key == field).map(|(_, value)| value)
    }

    /// The undeclared fields in the order of arrival.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().flat_map(|kept| kept.unknown()).map(|(key, value)| (key.as_str(), value))
    }

    /// The number of undeclared fields.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |kept| kept.unknown.get().map_or(kept.count, Vec::len))
    }

    /// Whether there is no undeclared field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds an undeclared field or replaces its value; the old one is returned.
    ///
    /// A declared field of that name wins when the record is written, unless it is absent.
    pub fn insert(&mut self, field: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        let (field, value) = (field.into(), value.into());
        self.0.get_or_insert_default().change(|unknown| {
            if let Some((_, old)) = unknown.iter_mut().find(|(key, _)| *key == field) {
                return Some(std::mem::replace(old, value));
            }
            unknown.push((field, value));
            None
        })
    }

    /// Takes an undeclared field out, or forgets that a declared one was null or had nulls inside.
    pub fn remove(&mut self, field: &str) -> Option<Value> {
        let kept = self.0.as_mut()?;
        if let Some(position) = kept.unknown().iter().position(|(key, _)| key == field) {
            return Some(kept.change(|unknown| unknown.remove(position).1));
        }
        let index = kept.names.iter().position(|name| *name == field)?;
        let index = u16::try_from(index).ok()?;
        kept.nulls_within.retain(|(other, _)| *other != index);
        kept.nulls.remove(index).then_some(Value::Null)
    }

    /// Whether the field was null, be it a declared one or not.
    #[must_use]
    pub fn is_null(&self, field: &str) -> bool {
        self.nulls().any(|name| name == field) || self.get(field).is_some_and(Value::is_null)
    }

    /// The declared fields that were null.
    pub fn nulls(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().flat_map(|kept| {
            (0..).zip(kept.names).filter(|(index, _)| kept.nulls.contains(*index)).map(|(_, name)| *name)
        })
    }

    /// Where null stood inside of a declared field, as JSON pointers from there: `/2` for the third item.
    pub fn nulls_within(&self, field: &str) -> impl Iterator<Item = String> {
        let name = |index: u16| self.0.as_ref()?.names.get(usize::from(index)).copied();
        let ways = self.0.iter().flat_map(|kept| &kept.nulls_within);
        let ways = ways.filter(move |(index, _)| name(*index) == Some(field));
        ways.map(|(_, way)| pointer(way.iter()))
    }

    /// Takes the undeclared fields of a model.
    pub(crate) fn keep(&mut self, members: &Members<'_>) {
        let kept = self.0.get_or_insert_default();
        kept.count = members.len();
        kept.text = members.text().into();
        kept.unknown = OnceLock::new();
    }

    /// Remembers that a declared field was null.
    pub(crate) fn note_null(&mut self, names: &'static [&'static str], index: u16) {
        let kept = self.0.get_or_insert_default();
        kept.names = names;
        kept.nulls.insert(index);
    }

    /// Remembers a null inside of a declared field, by the steps to it, innermost first.
    pub(crate) fn note_null_within(
        &mut self,
        names: &'static [&'static str],
        index: u16,
        mut way: Vec<Segment>,
    ) {
        way.reverse();
        let kept = self.0.get_or_insert_default();
        kept.names = names;
        kept.nulls_within.push((index, way));
    }

    /// The ways to nulls inside of the declared field at a position.
    pub(crate) fn ways_to_nulls(&self, index: u16) -> Vec<&Way> {
        let ways = self.0.iter().flat_map(|kept| &kept.nulls_within);
        ways.filter(|(other, _)| *other == index).map(|(_, way)| way.as_slice()).collect()
    }

    /// Whether the declared field at a position was null.
    pub(crate) fn was_null(&self, index: u16) -> bool {
        self.0.as_ref().is_some_and(|kept| kept.nulls.contains(index))
    }

    /// Whether any declared field was null, or had a null inside.
    pub(crate) fn has_nulls(&self) -> bool {
        self.0.as_ref().is_some_and(|kept| !kept.nulls.is_empty() || !kept.nulls_within.is_empty())
    }

    /// The nulls inside of all declared fields, in an order of their own: fields come in any.
    fn all_nulls_within(&self) -> Vec<&(u16, Vec<Segment>)> {
        let mut nulls: Vec<_> = self.0.iter().flat_map(|kept| &kept.nulls_within).collect();
        nulls.sort_unstable();
        nulls
    }

    /// Whether there is nothing at all.
    pub(crate) fn is_untouched(&self) -> bool {
        self.is_empty() && !self.has_nulls()
    }
}

/// Equal if the same undeclared fields have the same values, in any order, and the same declared ones were
/// null.
impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && self.iter().all(|(key, value)| other.get(key) == Some(value))
            && self.nulls().eq(other.nulls())
            && self.all_nulls_within() == other.all_nulls_within()
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).entries(self.nulls().map(|name| (name, Value::Null))).finish()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Extra, Members, Segment};
    use crate::json::reader::Reader;

    #[test]
    fn is_one_pointer_wide() {
        assert_eq!(size_of::<Extra>(), size_of::<usize>());
    }

    #[test]
    fn keeps_unknown_fields_in_order() {
        let mut extra = Extra::new();
        assert!(extra.is_empty());
        assert_eq!(extra.insert("b", 1), None);
        assert_eq!(extra.insert("a", 2), None);
        assert_eq!(extra.insert("b", 3), Some(json!(1)));
        assert_eq!(extra.iter().collect::<Vec<_>>(), [("b", &json!(3)), ("a", &json!(2))]);
        assert_eq!(extra.remove("b"), Some(json!(3)));
        assert_eq!(extra.remove("b"), None);
        assert_eq!(extra.len(), 1);
    }

    #[test]
    fn remembers_nulls() {
        let mut extra = Extra::new();
        extra.note_null(&["x", "y"], 1);
        extra.insert("z", Value::Null);
        assert!(extra.is_null("y") && extra.is_null("z") && !extra.is_null("x"));
        assert_eq!(extra.nulls().collect::<Vec<_>>(), ["y"]);
        assert_eq!(extra.remove("y"), Some(Value::Null));
        assert!(!extra.is_null("y") && !extra.has_nulls());
    }

    #[test]
    fn equality_ignores_the_order() {
        let (mut left, mut right) = (Extra::new(), Extra::new());
        left.insert("a", 1);
        left.insert("b", 2);
        right.insert("b", 2);
        assert_ne!(left, right);
        right.insert("a", 1);
        assert_eq!(left, right);
        left.note_null(&["x"], 0);
        assert_ne!(left, right);
        right.note_null(&["x"], 0);
        for (extra, indices) in [(&mut left, [1, 0]), (&mut right, [0, 1])] {
            for index in indices {
                extra.note_null_within(&["x", "y"], index, vec![Segment::Index(0)]);
            }
        }
        assert_eq!(left, right);
        left.note_null_within(&["x", "y"], 1, vec![Segment::Index(1)]);
        assert_ne!(left, right);
    }

    #[test]
    fn undeclared_fields_are_kept_as_text_until_they_are_looked_at() {
        let extra = |text: &str| {
            let (mut reader, mut is_first) = (Reader::new(text), true);
            let mut members = Members::default();
            while let Some(key) = reader.key(&mut is_first).unwrap() {
                members.push(key, reader.skip().unwrap());
            }
            assert_eq!(members.duplicate(), None);
            let mut extra = Extra::new();
            extra.keep(&members);
            extra
        };
        let mut kept = extra(r#"{ "a" : [1, {"b":2}], "\"q\u00e9" :null }"#);
        assert_eq!((kept.len(), kept.is_untouched()), (2, false));
        assert_eq!(kept.clone().get("a"), Some(&serde_json::json!([1, {"b": 2}])));
        assert!(kept.is_null("\"qé"));
        assert_eq!(kept.insert("a", 1), Some(serde_json::json!([1, {"b": 2}])));
        assert_eq!(kept.remove("\"qé"), Some(Value::Null));
        assert_eq!(kept, extra(r#"{"a":1}"#));
        assert_ne!(kept, extra(r#"{"a":2}"#));
    }
}
