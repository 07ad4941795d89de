//! Deduplication of records, so that none is returned twice.
//!
//! Exports by time repeat the records of the second where one page ends and the next begins. They are recognized by the
//! key of the record version, never by their order: a record that appears later in the same second is not a repeat.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hasher;

use serde_json::{Map, Value};
use siphasher::sip::SipHasher13;

use super::scan;
use crate::operation::Pagination;

/// The keys of returned records, by the second that the pages are ordered by; `None` if the second is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SeenKeys(BTreeMap<Option<i64>, BTreeSet<String>>);

/// The key of a record version, and its second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RecordKey {
    pub(crate) second: Option<i64>,
    text: String,
}

/// Returns the key of a record with this second.
pub(crate) fn key(record: &[u8], second: Option<i64>, pagination: &Pagination) -> RecordKey {
    // If an identity field is missing or null, the hash of the entire text is the key.
    let text = joined(record, pagination.identity()).unwrap_or_else(|| fingerprint(record));
    RecordKey { second, text }
}

/// Returns the key of a record for a person: the fields that identify it, or its field `id`.
pub(crate) fn readable_key(record: &[u8], pagination: &Pagination) -> Option<String> {
    joined(record, pagination.identity()).or_else(|| joined(record, &["id"]))
}

/// Returns the values of these fields. `None` if there are no fields, or one is missing or null.
fn joined(record: &[u8], names: &[&str]) -> Option<String> {
    let fields = scan::fields(record, names);
    let parts: Option<Vec<_>> =
        fields.iter().map(|field| field.filter(|value| *value != "null").map(plain)).collect();
    parts.filter(|parts| !parts.is_empty()).map(|parts| parts.join("@"))
}

/// Returns the text of a value without the quotes of a string.
pub(crate) fn plain(value: &str) -> &str {
    value.trim_matches('"')
}

/// Returns the hash of an entire record. The algorithm is the same in every version and on every machine.
fn fingerprint(record: &[u8]) -> String {
    let mut hasher = SipHasher13::new();
    hasher.write(record);
    format!("#{:016x}", hasher.finish())
}

impl SeenKeys {
    /// Returns whether a record with this second was returned; without one, whether it was returned at any time. Its key
    /// is computed only if the second has other records.
    pub(crate) fn contains(&self, record: &[u8], second: Option<i64>, pagination: &Pagination) -> bool {
        let text = || key(record, second, pagination).text;
        if second.is_some() {
            return self.0.get(&second).is_some_and(|keys| keys.contains(&text()));
        }
        let text = if self.0.is_empty() { return false } else { text() };
        self.0.values().any(|keys| keys.contains(&text))
    }

    /// Returns the latest second.
    pub(crate) fn latest(&self) -> Option<i64> {
        self.0.keys().next_back().copied().flatten()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn add(&mut self, key: RecordKey) {
        self.0.entry(key.second).or_default().insert(key.text);
    }

    /// Forgets records before a second, and records without a second.
    pub(crate) fn forget_before(&mut self, second: i64) {
        self.0.retain(|at, _| at.is_some_and(|at| at >= second));
    }

    /// Returns the form in a checkpoint: arrays of keys by second, those without a second under `""`.
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
    use super::{RecordKey, SeenKeys, fingerprint, key};
    use crate::export::scan::scan_page;
    use crate::operation::Pagination;

    const ENTRIES: Pagination =
        Pagination::time("entries", 1000).identified_by(&["id", "changed"]).ordered_by("changed");

    fn keyed(text: &'static str) -> RecordKey {
        let page = format!(r#"{{"entries": [{text}]}}"#).into();
        let page = scan_page(&page, "entries", Some("changed"), false).unwrap();
        key(page.text(0), page.seconds[0], &ENTRIES)
    }

    #[test]
    fn versions_of_a_record_have_different_keys() {
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
    fn keys_round_trip_through_json() {
        let mut seen = SeenKeys::default();
        for text in [r#"{"id": 5, "changed": 100}"#, r#"{"id": 6, "changed": 100}"#, r#"{"id": 7}"#] {
            seen.add(keyed(text));
        }
        let json = seen.to_json();
        assert_eq!(SeenKeys::from_json(&json), Some(seen.clone()));
        seen.forget_before(100);
        assert_eq!(seen.to_json().to_string(), r#"{"100":["5@100","6@100"]}"#);
        seen.forget_before(101);
        assert!(seen.is_empty());
        assert_eq!(SeenKeys::from_json(&serde_json::json!({"x": []})), None);
    }
}
