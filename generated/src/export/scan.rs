//! A page taken apart in one pass: the texts of its records, and of the fields around them.
//!
//! Nothing is built of the records: they stay slices of the body, so a page costs no memory beyond itself.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::wire::DecodeError;

/// A page taken apart.
#[derive(Debug)]
pub(crate) struct Scan {
    /// The text of each record.
    pub(crate) records: Vec<Bytes>,
    /// The fields around the records, with their texts.
    pub(crate) envelope: Envelope,
}

/// The fields of a page beside its records.
#[derive(Clone, Debug, Default)]
pub(crate) struct Envelope(Vec<(String, Bytes)>);

impl Envelope {
    fn field(&self, name: &str) -> Option<&[u8]> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, text)| &**text)
    }

    /// A text that is not empty.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let text: Option<String> = serde_json::from_slice(self.field(name)?).ok()?;
        text.filter(|text| !text.is_empty())
    }

    /// Yes or no.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        serde_json::from_slice(self.field(name)?).ok()
    }

    /// A number, or a text that holds one; a fraction is cut off.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        integer(self.field(name)?)
    }

    /// The fields of an object, as another envelope; none if there is no such object.
    pub(crate) fn object(&self, name: &str) -> Self {
        let text = self.0.iter().find(|(key, _)| key == name).map(|(_, text)| text);
        text.and_then(|text| scan(text, None).ok()).map(|scan| scan.envelope).unwrap_or_default()
    }

    /// The page as it came, but with an empty list for its records.
    pub(crate) fn without_records(&self, items: &str) -> String {
        let mut text = format!("{{{}:[]", serde_json::Value::from(items));
        for (key, value) in &self.0 {
            text.push_str(&format!(
                ",{}:{}",
                serde_json::Value::from(&**key),
                String::from_utf8_lossy(value)
            ));
        }
        text.push('}');
        text
    }
}

/// A number in a JSON text, or in a text within it; a fraction is cut off.
pub(crate) fn integer(json: &[u8]) -> Option<i64> {
    let text = str::from_utf8(json).ok()?.trim().trim_matches('"').trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.bytes().all(|byte| byte.is_ascii_digit())
        && let Ok(whole) = whole.parse()
    {
        return Some(whole);
    }
    // With an exponent. Beyond this, a float does not hold every integer.
    let number = text.parse::<f64>().ok()?.trunc();
    #[expect(clippy::cast_possible_truncation, reason = "it is small enough")]
    (number.abs() < 9e15).then_some(number as i64)
}

/// Takes a page apart.
pub(crate) fn page(body: &Bytes, items: &'static str) -> Result<Scan, DecodeError> {
    scan(body, Some(items)).map_err(|error| explain(body, items, &error))
}

/// The raw texts of some fields of a record; nothing for those that it does not have, or that stand behind a
/// mistake. It is read no further than to the last of them.
pub(crate) fn fields<'a>(record: &'a [u8], names: &[&str]) -> Vec<Option<&'a RawValue>> {
    let mut deserializer = serde_json::Deserializer::from_slice(record);
    let mut found = vec![None; names.len()];
    // To stop early is a mistake, too, for the reader of a map.
    let _ = deserializer.deserialize_map(Fields { names, found: &mut found });
    found
}

fn scan(body: &Bytes, items: Option<&str>) -> Result<Scan, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let scan = deserializer.deserialize_map(Page { body, items })?;
    deserializer.end()?;
    Ok(scan)
}

/// What is wrong with a page that could not be taken apart: not JSON, or no list of records in it.
#[cold]
fn explain(body: &Bytes, items: &'static str, error: &serde_json::Error) -> DecodeError {
    if !error.is_data() {
        return DecodeError::syntax(body, error);
    }
    match scan(body, None).map(|scan| scan.envelope.field(items).map(kind)) {
        Ok(None) => DecodeError::missing_list(items, error),
        Ok(Some("a list")) => DecodeError::mismatch(&format!("/{items}"), "one list", "two", error),
        Ok(Some(found)) => DecodeError::mismatch(&format!("/{items}"), "a list", found, error),
        Err(_) => DecodeError::mismatch("", "an object", kind(body), error),
    }
}

/// The kind of value that a JSON text holds.
fn kind(json: &[u8]) -> &'static str {
    match json.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{') => "an object",
        Some(b'[') => "a list",
        Some(b'"') => "a text",
        Some(b't' | b'f') => "a boolean",
        Some(b'n') => "null",
        _ => "a number",
    }
}

struct Page<'b, 'i> {
    body: &'b Bytes,
    items: Option<&'i str>,
}

impl<'de> Visitor<'de> for Page<'_, '_> {
    type Value = Scan;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scan, A::Error> {
        let mut records = None;
        let mut envelope = Vec::new();
        while let Some(key) = map.next_key::<Key<'_>>()? {
            if Some(&*key.0) == self.items {
                if records.is_some() {
                    return Err(A::Error::custom("the list of records stands twice"));
                }
                records = Some(map.next_value_seed(Records(self.body))?);
            } else {
                let value: &RawValue = map.next_value()?;
                envelope.push((key.0.into_owned(), self.body.slice_ref(value.get().as_bytes())));
            }
        }
        if records.is_none() && self.items.is_some() {
            return Err(A::Error::custom("there is no list of records"));
        }
        Ok(Scan { records: records.unwrap_or_default(), envelope: Envelope(envelope) })
    }
}

struct Records<'b>(&'b Bytes);

impl<'de> DeserializeSeed<'de> for Records<'_> {
    type Value = Vec<Bytes>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<Bytes>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Records<'_> {
    type Value = Vec<Bytes>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<Bytes>, A::Error> {
        let mut records = Vec::new();
        while let Some(record) = list.next_element::<&RawValue>()? {
            records.push(self.0.slice_ref(record.get().as_bytes()));
        }
        Ok(records)
    }
}

struct Fields<'n, 'de> {
    names: &'n [&'n str],
    found: &'n mut [Option<&'de RawValue>],
}

impl<'de> Visitor<'de> for Fields<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while self.found.iter().any(Option::is_none)
            && let Some(key) = map.next_key::<Key<'_>>()?
        {
            match self.names.iter().position(|name| *name == key.0) {
                Some(index) => self.found[index] = Some(map.next_value()?),
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// A key, which is copied only if it is spelt with escapes.
struct Key<'de>(Cow<'de, str>);

impl<'de> serde::Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(key.into()))
    }

    fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
        Ok(Key(key.to_owned().into()))
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use serde_json::value::RawValue;

    use super::{fields, integer, page};

    fn body(text: &str) -> Bytes {
        Bytes::copy_from_slice(text.as_bytes())
    }

    #[test]
    fn takes_a_page_apart() {
        let text = r#"{"count": 2, "n\u006f": null, "tickets" : [ {"id": 1, "a": "]}"}, 5 ], "meta": {"has_more": true}, "end_time":"7"}"#;
        let scan = page(&body(text), "tickets").unwrap();
        assert_eq!(scan.records, [&br#"{"id": 1, "a": "]}"}"#[..], &b"5"[..]]);
        let envelope = &scan.envelope;
        assert_eq!((envelope.integer("count"), envelope.integer("end_time")), (Some(2), Some(7)));
        assert_eq!(envelope.object("meta").flag("has_more"), Some(true));
        assert_eq!(envelope.object("none").flag("has_more"), None);
        assert_eq!((envelope.text("no"), envelope.text("none")), (None, None));
        assert_eq!(
            envelope.without_records("tickets"),
            r#"{"tickets":[],"count":2,"no":null,"meta":{"has_more": true},"end_time":"7"}"#
        );
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, message) in [
            ("", "this is not JSON: EOF while parsing a value (line 1, column 0)"),
            (r#"{"tickets": [{"id"#, "this is not JSON: EOF while parsing a string (line 1, column 17)"),
            (r#"{"tickets": []} x"#, "this is not JSON: trailing characters (line 1, column 17)"),
            (r#"{"tickets": null}"#, "/tickets: expected a list, found null (line 1, column 16)"),
            (
                r#"{"tickets": {"secret": 1}}"#,
                "/tickets: expected a list, found an object (line 1, column 12)",
            ),
            (r#"{"users": []}"#, "field `tickets` of the page is missing (line 1, column 13)"),
            (r#"["tickets"]"#, "expected an object, found a list (line 1, column 0)"),
        ] {
            assert_eq!(page(&body(text), "tickets").unwrap_err().to_string(), message, "{text}");
        }
        for cut in [
            r#"{"tickets": [{"id"#,
            r#"{"tickets": [{"x": -"#,
            r#"{"tickets": [{"x": 5."#,
            r#"{"tickets": [{"x": 1e"#,
        ] {
            assert!(page(&body(cut), "tickets").unwrap_err().is_cut(), "{cut}");
        }
        assert!(!page(&body(r#"{"users": []}"#), "tickets").unwrap_err().is_cut());
    }

    #[test]
    fn picks_fields() {
        let record = br#"{"x": {"id": 9}, "id": 1, "at": "2026-03-05T10:11:12Z"}"#;
        let picked = fields(record, &["id", "at", "none"]);
        let texts: Vec<_> = picked.iter().map(|value| value.map(RawValue::get)).collect();
        assert_eq!(texts, [Some("1"), Some("\"2026-03-05T10:11:12Z\""), None]);
        assert_eq!(fields(b"5", &["id"]).len(), 1);
        assert!(fields(b"5", &["id"])[0].is_none());
        // No further than to the last one that is asked for.
        assert_eq!(fields(br#"{"id": 5, "rest"#, &["id"])[0].map(RawValue::get), Some("5"));
    }

    #[test]
    fn reads_numbers_in_any_spelling() {
        for (text, number) in [
            ("5", Some(5)),
            ("\"5\"", Some(5)),
            ("1524710057.25", Some(1_524_710_057)),
            ("1761312972333455", Some(1_761_312_972_333_455)),
            ("\" 5 \"", Some(5)),
            ("1.7724528e9", Some(1_772_452_800)),
            ("\"12.5.2026\"", None),
            ("1e300", None),
            ("\"inf\"", None),
            ("null", None),
            ("\"x\"", None),
        ] {
            assert_eq!(integer(text.as_bytes()), number, "{text}");
        }
    }
}
