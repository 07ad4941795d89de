//! The records that may come again, so that none is handed out twice.
//!
//! Exports that page by time repeat the records of the second where one page ends and the next begins. They
//! are told by what makes one version of a record different from another, never by their order: a record that
//! lands later on the same second is not a repeat.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hasher;

use serde_json::{Map, Value};
use siphasher::sip::SipHasher13;

use super::scan;
use crate::operation::Pagination;

/// Keys of records under the second that the endpoint orders them by; under no second where that is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen(BTreeMap<Option<i64>, BTreeSet<String>>);

/// What tells a version of a record from all others, and when it took place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) second: Option<i64>,
    text: String,
}

/// The key of a record, which took place in that second.
pub(crate) fn key(record: &[u8], second: Option<i64>, way: &Pagination) -> Key {
    let fields = scan::fields(record, way.identity());
    // A record without its own key, or with a null for it, is known by its whole text.
    let parts: Option<Vec<_>> =
        fields.iter().map(|field| field.filter(|value| *value != "null").map(plain)).collect();
    let parts = parts.filter(|parts| !parts.is_empty());
    Key { second, text: parts.map_or_else(|| fingerprint(record), |parts| parts.join("@")) }
}

fn plain(value: &str) -> &str {
    value.trim_matches('"')
}

/// A short form of a whole record. The hash is one that gives the same in every version and on every machine.
fn fingerprint(record: &[u8]) -> String {
    let mut hasher = SipHasher13::new();
    hasher.write(record);
    format!("#{:016x}", hasher.finish())
}

impl Seen {
    /// Whether it holds a record that took place in that second. Its key is made only if others did, too.
    pub(crate) fn contains(&self, record: &[u8], second: Option<i64>, way: &Pagination) -> bool {
        self.0.get(&second).is_some_and(|keys| keys.contains(&key(record, second, way).text))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn add(&mut self, key: Key) {
        self.0.entry(key.second).or_default().insert(key.text);
    }

    /// Forgets what lies before a second, and what has no second.
    pub(crate) fn forget_before(&mut self, second: i64) {
        self.0.retain(|at, _| at.is_some_and(|at| at >= second));
    }

    /// As it stands in a checkpoint: lists of keys by second, under `""` those without.
    pub(crate) fn to_json(&self) -> Value {
        let name = |second: &Option<i64>| second.map(|second| second.to_string()).unwrap_or_default();
        let list = |keys: &BTreeSet<String>| keys.iter().map(|key| Value::from(key.as_str())).collect();
        Value::Object(
            self.0.iter().map(|(second, keys)| (name(second), list(keys))).collect::<Map<_, Value>>(),
        )
    }

    /// Reads what [`to_json`](Self::to_json) wrote.
    pub(crate) fn from_json(value: &Value) -> Option<Self> {
        let mut seen = Self::default();
        for (second, keys) in value.as_object()? {
            let second = if second.is_empty() { None } else { Some(second.parse().ok()?) };
            let keys: Option<BTreeSet<_>> =
                keys.as_array()?.iter().map(|key| key.as_str().map(str::to_owned)).collect();
            seen.0.insert(second, keys?);
        }
        Some(seen)
    }
}

#[cfg(test)]
mod tests {
    use super::{Key, Seen, fingerprint, key};
    use crate::export::scan;
    use crate::operation::Pagination;

    const ENTRIES: Pagination =
        Pagination::time("entries", 1000).known_by(&["id", "changed"]).placed_by("changed");

    fn keyed(text: &'static str) -> Key {
        let record = text.as_bytes();
        key(record, scan::second_of(record, "changed"), &ENTRIES)
    }

    #[test]
    fn keys_tell_versions_apart() {
        let of = keyed;
        let first = of(r#"{"id": 5, "changed": 100, "subject": "a"}"#);
        assert_eq!((first.second, first.text.as_str()), (Some(100), "5@100"));
        assert_eq!(of(r#"{"changed": 100, "id": 5}"#), first);
        assert_ne!(of(r#"{"id": 5, "changed": 101}"#), first);
        let dated = of(r#"{"id": "x-1", "changed": "1970-01-01T00:01:40.5Z"}"#);
        assert_eq!((dated.second, dated.text.as_str()), (Some(100), "x-1@1970-01-01T00:01:40.5Z"));
        let without = of(r#"{"changed": 100}"#);
        assert_eq!((without.second, without.text), (Some(100), fingerprint(br#"{"changed": 100}"#)));
        assert_eq!(of("5").second, None);
    }

    #[test]
    fn fingerprints_never_change() {
        assert_eq!(fingerprint(b""), "#d1fba762150c532c");
        assert_eq!(fingerprint(br#"{"id":1}"#), fingerprint(br#"{"id":1}"#));
        assert_ne!(fingerprint(br#"{"id":1}"#), fingerprint(br#"{"id":2}"#));
    }

    #[test]
    fn comes_back_from_json() {
        let mut seen = Seen::default();
        for text in [r#"{"id": 5, "changed": 100}"#, r#"{"id": 6, "changed": 100}"#, r#"{"id": 7}"#] {
            seen.add(keyed(text));
        }
        let json = seen.to_json();
        assert_eq!(Seen::from_json(&json), Some(seen.clone()));
        seen.forget_before(100);
        assert_eq!(seen.to_json().to_string(), r#"{"100":["5@100","6@100"]}"#);
        seen.forget_before(101);
        assert!(seen.is_empty());
        assert_eq!(Seen::from_json(&serde_json::json!({"x": []})), None);
    }
}
