//! The undeclared fields, unexpected nulls and inexact values of a model, and the values that were left out of it.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use serde_json::Value;

use crate::json::pointer::{Segment, pointer};
use crate::json::raw::RawJson;
use crate::json::raw_properties::{RawProperties, parse, raw};
use crate::state::field_set::FieldSet;
use crate::state::kept::{Kept, KeptParts, visit_parts};

/// The undeclared fields, unexpected nulls and inexact values of a model, and the values that were left out of it.
///
/// It keeps five things, so that encoding a decoded model writes the same JSON:
///
/// - Fields that the model doesn't declare, in the order of the response: [`get`](Self::get), [`iter`](Self::iter).
/// - Declared fields that were null rather than absent: [`is_null`](Self::is_null). Such a field is encoded as null
///   while it has no other value.
/// - Nulls inside a declared array or map whose values aren't nullable: [`nulls_within`](Self::nulls_within). Such a
///   value is decoded as the default of its type, and encoded as null while it is the default.
/// - The JSON of declared fields and additional properties that the types of Rust can't represent exactly: a number with
///   more digits than an `f64` has, an unusual date: [`original`](Self::original). Such a field has the nearest value, and
///   is encoded as it was sent unless its value is changed.
/// - Numbers and times beyond the range of their types: [`left_out`](Self::left_out). The field, item or entry is absent,
///   and encoded as it came while the field has no other value.
/// - Values that don't match their declared type, if the model was [decoded leniently](crate::decode_lenient), in the same
///   way.
///
/// It also remembers whether a variant of a union was chosen without its discriminator, which is then encoded as it came.
///
/// An empty `Extra` needs only the size of a pointer. Undeclared fields are kept as text, and parsed when they are
/// accessed.
#[derive(Clone, Default)]
pub struct Extra(Option<Box<ExtraData>>);

#[derive(Clone, Default)]
struct ExtraData {
    /// The number of undeclared fields in `text`.
    count: usize,
    /// The undeclared fields as the text of an object.
    text: Box<str>,
    /// The undeclared fields, once they were accessed.
    unknown: OnceLock<Vec<(String, Value)>>,
    nulls: FieldSet,
    names: &'static [&'static str],
    /// Most models have none of these, so they need no memory.
    rare: Option<Box<RareParts>>,
    /// Whether the discriminator is encoded as it came.
    keeps_tag: bool,
    /// Whether the undeclared fields have numbers that `serde_json` may write in another way. Then their text is kept, even
    /// if one of them is changed.
    may_change: bool,
    /// Whether the undeclared fields were changed.
    is_changed: bool,
}

#[derive(Clone, Default)]
struct RareParts {
    /// What the fields can't hold. The segments are their names, and the keys of undeclared ones.
    kept: KeptParts,
    originals: Vec<Original>,
}

/// The value of an undeclared field.
pub(crate) enum Undeclared<'e> {
    Value(&'e Value),
    /// The JSON as it came, which `serde_json` may write in another way.
    Text(RawJson<'e>),
}

/// A declared field that its type can't represent exactly.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Original {
    index: u16,
    /// The key of an additional property. The index is then the number of fields.
    key: Option<Box<str>>,
    /// The JSON of the value that the field has.
    pub(crate) encoded: Box<str>,
    /// The JSON that was sent.
    pub(crate) text: Box<str>,
}

impl ExtraData {
    fn kept(&self) -> &[(Segment, Kept)] {
        self.rare.as_ref().map_or(&[], |rare| &rare.kept)
    }

    fn originals(&self) -> &[Original] {
        self.rare.as_ref().map_or(&[], |rare| &rare.originals)
    }

    fn retain_kept(&mut self, is_kept: impl Fn(&Segment) -> bool) {
        if let Some(rare) = &mut self.rare {
            rare.kept.retain(|(segment, _)| is_kept(segment));
        }
    }

    fn retain_originals(&mut self, is_kept: impl Fn(&Original) -> bool) {
        if let Some(rare) = &mut self.rare {
            rare.originals.retain(is_kept);
        }
    }

    fn unknown(&self) -> &[(String, Value)] {
        self.unknown.get_or_init(|| parse(&self.text))
    }

    /// Changes the undeclared fields, and drops their text if it isn't needed.
    fn change<R>(&mut self, change: impl FnOnce(&mut Vec<(String, Value)>) -> R) -> R {
        let mut unknown = self.unknown.take().unwrap_or_else(|| parse(&self.text));
        let result = change(&mut unknown);
        self.unknown = unknown.into();
        self.is_changed = true;
        if !self.may_change {
            self.text = Box::default();
        }
        result
    }
}

impl Extra {
    /// Creates an empty `Extra`.
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
    }

    /// Returns the value of an undeclared field.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&Value> {
        self.iter().find(|(key, _)| *key == field).map(|(_, value)| value)
    }

    /// Returns the undeclared fields, in the order of the response.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().flat_map(|data| data.unknown()).map(|(key, value)| (key.as_str(), value))
    }

    /// Returns the number of undeclared fields.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |data| data.unknown.get().map_or(data.count, Vec::len))
    }

    /// Returns whether there are no undeclared fields.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Sets an undeclared field, and returns its old value.
    ///
    /// If the model declares a field with this name, the declared field is encoded, unless it is absent.
    pub fn insert(&mut self, field: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        let (field, value) = (field.into(), value.into());
        let data = self.0.get_or_insert_default();
        data.retain_kept(|segment| !matches!(segment, Segment::Key(key) if *key == field));
        data.change(|unknown| {
            if let Some((_, old)) = unknown.iter_mut().find(|(key, _)| *key == field) {
                return Some(std::mem::replace(old, value));
            }
            unknown.push((field, value));
            None
        })
    }

    /// Removes an undeclared field, and returns its value. For a declared field, removes the information that it was
    /// null or contained nulls, and its original JSON. Also removes what was left out of the field.
    pub fn remove(&mut self, field: &str) -> Option<Value> {
        let data = self.0.as_mut()?;
        data.retain_kept(|segment| !segment.is(field));
        if let Some(position) = data.unknown().iter().position(|(key, _)| key == field) {
            return Some(data.change(|unknown| unknown.remove(position).1));
        }
        data.retain_originals(|original| original.key.as_deref() != Some(field));
        let index = data.names.iter().position(|name| *name == field)?;
        let index = u16::try_from(index).ok()?;
        data.retain_originals(|original| original.index != index);
        data.nulls.remove(index).then_some(Value::Null)
    }

    /// Returns whether a field, declared or not, was null.
    #[must_use]
    pub fn is_null(&self, field: &str) -> bool {
        self.nulls().any(|name| name == field) || self.get(field).is_some_and(Value::is_null)
    }

    /// Returns the declared fields that were null.
    pub fn nulls(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().flat_map(|data| {
            (0..).zip(data.names).filter(|(index, _)| data.nulls.contains(*index)).map(|(_, name)| *name)
        })
    }

    /// Returns the locations of nulls inside a declared field, as JSON pointers from the field: `/2` is the third item.
    pub fn nulls_within(&self, field: &str) -> impl Iterator<Item = String> {
        let mut pointers = Vec::new();
        for kept in self.kept_of(field) {
            if let Kept::Inside(parts) = kept {
                visit_parts(parts, &mut Vec::new(), &mut |path, kept| {
                    if matches!(kept, Kept::Null) {
                        pointers.push(pointer(path.iter().copied()));
                    }
                });
            }
        }
        pointers.into_iter()
    }

    /// Returns the JSON texts of the values that don't match their declared type and were left out of the model or of
    /// the values inside it, with their locations as JSON pointers from the model.
    ///
    /// Only numbers and times beyond the range of their types are left out, unless the model was [decoded
    /// leniently](crate::decode_lenient). In an array, the index is that of the JSON text. A second value of the same key
    /// has the location of the first.
    pub fn left_out(&self) -> impl Iterator<Item = (String, &str)> {
        let mut values = Vec::new();
        visit_parts(self.kept(), &mut Vec::new(), &mut |path, kept| {
            if let Some(text) = kept.text() {
                values.push((pointer(path.iter().copied()), text));
            }
        });
        values.into_iter()
    }

    /// Returns the JSON of a declared field or an additional property as it was sent, if its type can't represent it
    /// exactly.
    #[must_use]
    pub fn original(&self, field: &str) -> Option<&str> {
        let data = self.0.as_ref()?;
        let name = |original: &Original| data.names.get(usize::from(original.index)).copied();
        let is_of = |original: &&Original| original.key.as_deref().or_else(|| name(original)) == Some(field);
        data.originals().iter().find(is_of).map(|original| &*original.text)
    }

    /// Sets the undeclared fields of a model.
    pub(crate) fn keep(&mut self, properties: &RawProperties<'_>) {
        let data = self.0.get_or_insert_default();
        data.may_change = properties.may_change();
        data.is_changed = false;
        data.count = properties.len();
        data.text = properties.text().into();
        data.unknown = OnceLock::new();
    }

    /// Records which declared fields were null.
    pub(crate) fn note_nulls(&mut self, names: &'static [&'static str], nulls: FieldSet) {
        let data = self.0.get_or_insert_default();
        data.names = names;
        data.nulls = nulls;
    }

    /// Records that the variant was chosen without its discriminator.
    pub(crate) fn keep_tag(&mut self) {
        self.0.get_or_insert_default().keeps_tag = true;
    }

    /// Returns whether the discriminator is encoded as it came.
    pub(crate) fn keeps_tag(&self) -> bool {
        self.0.as_ref().is_some_and(|data| data.keeps_tag)
    }

    /// Keeps what the fields can't hold.
    #[cold]
    pub(crate) fn keep_parts(
        &mut self,
        names: &'static [&'static str],
        parts: impl Iterator<Item = (Segment, Kept)>,
    ) {
        let data = self.0.get_or_insert_default();
        data.names = names;
        let kept = &mut data.rare.get_or_insert_default().kept;
        kept.extend(parts);
        // Fields arrive in any order.
        kept.sort_by(|left, right| left.0.cmp(&right.0));
    }

    /// Records the JSON of a declared field, and that of the value that the field has instead.
    #[cold]
    pub(crate) fn note_original(
        &mut self,
        names: &'static [&'static str],
        index: u16,
        encoded: String,
        text: String,
    ) {
        let data = self.0.get_or_insert_default();
        data.names = names;
        let original = Original { index, key: None, encoded: encoded.into(), text: text.into() };
        data.rare.get_or_insert_default().originals.push(original);
    }

    /// Records the JSON of an additional property, and that of the value that it has instead.
    #[cold]
    pub(crate) fn note_original_of(
        &mut self,
        names: &'static [&'static str],
        key: &str,
        encoded: String,
        text: String,
    ) {
        let data = self.0.get_or_insert_default();
        data.names = names;
        let index = u16::try_from(names.len()).unwrap_or(u16::MAX);
        let key = Some(key.into());
        let original = Original { index, key, encoded: encoded.into(), text: text.into() };
        data.rare.get_or_insert_default().originals.push(original);
    }

    /// Returns the JSON of an additional property, if its type can't represent it exactly.
    pub(crate) fn original_of(&self, key: &str) -> Option<&Original> {
        self.0.as_ref()?.originals().iter().find(|original| original.key.as_deref() == Some(key))
    }

    /// Returns the JSON of the declared field at a position, if its type can't represent it exactly.
    pub(crate) fn original_at(&self, index: u16) -> Option<&Original> {
        self.0.as_ref()?.originals().iter().find(|original| original.index == index)
    }

    /// Visits the undeclared fields, in the order of the response.
    pub(crate) fn visit_undeclared(&self, visit: &mut dyn FnMut(&str, Undeclared<'_>)) {
        let Some(data) = self.0.as_ref().filter(|data| data.may_change) else {
            return self.iter().for_each(|(key, value)| visit(key, Undeclared::Value(value)));
        };
        let mut texts = raw(&data.text);
        if !data.is_changed {
            return texts.for_each(|(key, text)| visit(&key, Undeclared::Text(text)));
        }
        let texts: Vec<_> = texts.by_ref().collect();
        for (key, value) in data.unknown() {
            let text = texts.iter().find(|(name, _)| name == key).map(|(_, text)| *text);
            let text = text.filter(|text| text.parse_nearest().is_ok_and(|original| original == *value));
            visit(key, text.map_or(Undeclared::Value(value), Undeclared::Text));
        }
    }

    /// Returns what the fields can't hold.
    pub(crate) fn kept(&self) -> &[(Segment, Kept)] {
        self.0.as_ref().map_or(&[], |data| data.kept())
    }

    fn kept_of(&self, field: &str) -> impl Iterator<Item = &Kept> {
        self.kept().iter().filter(move |(segment, _)| segment.is(field)).map(|(_, kept)| kept)
    }

    /// Returns whether the declared field at a position was null.
    pub(crate) fn was_null(&self, index: u16) -> bool {
        self.0.as_ref().is_some_and(|data| data.nulls.contains(index))
    }

    /// Returns whether any declared field was null, has a part that it can't hold, or can't be represented exactly.
    pub(crate) fn has_notes(&self) -> bool {
        self.0.as_ref().is_some_and(|data| {
            !data.nulls.is_empty() || !data.kept().is_empty() || !data.originals().is_empty()
        })
    }

    /// Returns the originals of all declared fields, sorted, because fields arrive in any order.
    fn all_originals(&self) -> Vec<&Original> {
        let mut originals: Vec<_> = self.0.iter().flat_map(|data| data.originals()).collect();
        originals.sort_unstable();
        originals
    }

    /// Returns whether there is nothing to keep.
    pub(crate) fn is_blank(&self) -> bool {
        self.is_empty() && !self.has_notes()
    }
}

/// Two values are equal if the same undeclared fields have the same values, in any order, the same declared fields were
/// null or have the same original JSON, and the same values were left out.
impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && self.iter().all(|(key, value)| other.get(key) == Some(value))
            && self.nulls().eq(other.nulls())
            && self.kept() == other.kept()
            && self.all_originals() == other.all_originals()
    }
}

impl Eq for Extra {}

/// Hashes the undeclared fields in the order of their names, since values are equal in any order.
impl Hash for Extra {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let mut fields: Vec<(&str, &Value)> = self.iter().collect();
        fields.sort_unstable_by_key(|(key, _)| *key);
        fields.hash(state);
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.0.iter().flat_map(|data| data.names);
        let of_fields = names.filter_map(|name| Some((*name, self.original(name)?)));
        let kept = self.0.iter().flat_map(|data| data.originals());
        let of_map = kept.filter_map(|original| Some((original.key.as_deref()?, &*original.text)));
        let nulls = self.nulls().map(|name| (name, Value::Null));
        let mut map = f.debug_map();
        map.entries(self.iter()).entries(nulls).entries(of_fields).entries(of_map);
        map.entries(self.left_out()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

    use serde_json::{Value, json};

    use super::{Extra, FieldSet, Kept, RawProperties, Segment};
    use crate::json::reader::Reader;

    #[test]
    fn it_has_the_size_of_a_pointer() {
        assert_eq!(size_of::<Extra>(), size_of::<usize>());
    }

    /// Returns a set of one position.
    fn set(position: u16) -> FieldSet {
        let mut set = FieldSet::default();
        set.insert(position);
        set
    }

    #[test]
    fn undeclared_fields_keep_their_order() {
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
    fn nulls_are_kept_until_they_are_removed() {
        let mut extra = Extra::new();
        extra.note_nulls(&["x", "y"], set(1));
        extra.insert("z", Value::Null);
        assert!(extra.is_null("y") && extra.is_null("z") && !extra.is_null("x"));
        assert_eq!(extra.nulls().collect::<Vec<_>>(), ["y"]);
        assert_eq!(extra.remove("y"), Some(Value::Null));
        assert!(!extra.is_null("y") && !extra.has_notes());
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
        let hash = |extra: &Extra| BuildHasherDefault::<DefaultHasher>::default().hash_one(extra);
        assert_eq!(hash(&left), hash(&right));
        assert_ne!(hash(&left), hash(&Extra::new()));
        left.note_nulls(&["x"], set(0));
        assert_ne!(left, right);
        right.note_nulls(&["x"], set(0));
        let part =
            |name, index| (Segment::Field(name), Kept::Inside(vec![(Segment::Index(index), Kept::Null)]));
        left.keep_parts(&["x", "y"], [part("y", 0), part("x", 0)].into_iter());
        right.keep_parts(&["x", "y"], [part("x", 0), part("y", 0)].into_iter());
        assert_eq!(left, right);
        left.keep_parts(&["x", "y"], [part("y", 1)].into_iter());
        assert_ne!(left, right);
    }

    #[test]
    fn undeclared_fields_are_kept_as_text_until_they_are_accessed() {
        let extra = |text: &str| {
            let (mut reader, mut is_first) = (Reader::new(text), true);
            let mut properties = RawProperties::default();
            while let Some(key) = reader.key(&mut is_first).unwrap() {
                properties.push(key, reader.skip().unwrap());
            }
            assert_eq!(properties.duplicate_key(), None);
            let mut extra = Extra::new();
            extra.keep(&properties);
            extra
        };
        let mut data = extra(r#"{ "a" : [1, {"b":2}], "\"q\u00e9" :null }"#);
        assert_eq!((data.len(), data.is_blank()), (2, false));
        assert_eq!(data.clone().get("a"), Some(&serde_json::json!([1, {"b": 2}])));
        assert!(data.is_null("\"qé"));
        assert_eq!(data.insert("a", 1), Some(serde_json::json!([1, {"b": 2}])));
        assert_eq!(data.remove("\"qé"), Some(Value::Null));
        assert_eq!(data, extra(r#"{"a":1}"#));
        assert_ne!(data, extra(r#"{"a":2}"#));
    }
}
