//! A page taken apart in one pass: the texts of its records, and of the fields around them.
//!
//! Nothing is built of the records: they stay slices of the body, so a page costs no memory beyond itself.

use std::ops::Range;

use bytes::Bytes;

use crate::decode::error::DecodeError;
use crate::decode::text::decode;
use crate::json::reader::{Broken, Kind, Reader};
use crate::types::timestamp::Timestamp;

/// A page taken apart.
#[derive(Debug)]
pub(crate) struct Scan {
    body: Bytes,
    /// Where in the body each record stands.
    records: Vec<Range<usize>>,
    /// The second that each record took place in, where that was asked for.
    pub(crate) seconds: Vec<Option<i64>>,
    /// The fields around the records, with their texts.
    pub(crate) envelope: Envelope,
}

impl Scan {
    /// How many records there are.
    pub(crate) fn count(&self) -> usize {
        self.records.len()
    }

    /// The texts of the records.
    pub(crate) fn texts(&self) -> impl DoubleEndedIterator<Item = &[u8]> {
        self.records.iter().map(|place| self.body.get(place.clone()).unwrap_or_default())
    }

    /// A record by its number, as a slice of the body; nothing where there is none.
    pub(crate) fn record(&self, number: usize) -> Bytes {
        self.records.get(number).map(|place| self.body.slice(place.clone())).unwrap_or_default()
    }
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
        let text: Option<String> = decode(self.field(name)?).ok()?;
        text.filter(|text| !text.is_empty())
    }

    /// Yes or no.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        decode(self.field(name)?).ok()
    }

    /// A number, or a text that holds one; a fraction is cut off.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        integer(self.field(name)?)
    }

    /// The fields of an object, as another envelope; none if there is no such object.
    pub(crate) fn object(&self, name: &str) -> Self {
        let text = self.0.iter().find(|(key, _)| key == name).map(|(_, text)| text);
        text.and_then(|text| scan(text, None, None).ok()).map(|scan| scan.envelope).unwrap_or_default()
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

/// Takes a page apart; looks up the second of each record if the field is named that tells it.
pub(crate) fn page(
    body: &Bytes,
    items: &'static str,
    position: Option<&'static str>,
) -> Result<Scan, DecodeError> {
    scan(body, Some(items), position)
}

/// The second that a record took place in, by the field that tells it.
pub(crate) fn second_of(record: &[u8], position: &str) -> Option<i64> {
    fields(record, &[position]).into_iter().flatten().next().and_then(second)
}

/// The second of a point in time that is a text or counts seconds.
fn second(value: &str) -> Option<i64> {
    let text = || value.trim_matches('"').parse::<Timestamp>().ok();
    value.parse().ok().or_else(|| integer(value.as_bytes())).or_else(|| text().map(Timestamp::as_seconds))
}

/// The raw texts of some fields of a record; nothing for those that it does not have, or that stand behind a
/// mistake. It is read no further than to the last of them.
pub(crate) fn fields<'a>(record: &'a [u8], names: &[&str]) -> Vec<Option<&'a str>> {
    let mut found = vec![None; names.len()];
    if let Ok(text) = str::from_utf8(record) {
        // To stop early is no mistake here.
        let _ = pick(&mut Reader::new(text), names, &mut found);
    }
    found
}

fn pick<'a>(reader: &mut Reader<'a>, names: &[&str], found: &mut [Option<&'a str>]) -> Result<(), Broken> {
    if reader.kind()? != Kind::Object {
        return Ok(());
    }
    let mut is_first = true;
    while found.iter().any(Option::is_none)
        && let Some(key) = reader.key(&mut is_first)?
    {
        let value = reader.skip()?.text();
        if let Some(index) = names.iter().position(|name| *name == key) {
            found[index] = Some(value);
        }
    }
    Ok(())
}

fn scan(body: &Bytes, items: Option<&'static str>, position: Option<&str>) -> Result<Scan, DecodeError> {
    let text = str::from_utf8(body).map_err(|error| DecodeError::not_text(body, &error))?;
    let mut reader = Reader::new(text);
    take_apart(&mut reader, body, items, position).map_err(|wrong| explain(wrong, body, items, reader.at()))
}

/// Why a page could not be taken apart.
#[derive(Clone, Copy)]
enum Wrong {
    /// It is not JSON.
    Syntax,
    NoObject(Kind),
    NoList(Kind),
    Missing,
    Twice,
}

impl From<Broken> for Wrong {
    fn from(_: Broken) -> Self {
        Self::Syntax
    }
}

#[cold]
fn explain(wrong: Wrong, body: &[u8], items: Option<&'static str>, at: usize) -> DecodeError {
    let items = items.unwrap_or_default();
    let in_page = |expected, found| DecodeError::mismatch(&format!("/{items}"), expected, found, body, at);
    match wrong {
        Wrong::Syntax => DecodeError::syntax(body),
        Wrong::NoObject(found) => DecodeError::mismatch("", "an object", found.name(), body, at),
        Wrong::NoList(found) => in_page("an array", found.name()),
        Wrong::Missing => DecodeError::missing_list(items, body),
        Wrong::Twice => in_page("one array", "two"),
    }
}

fn take_apart(
    reader: &mut Reader<'_>,
    body: &Bytes,
    items: Option<&str>,
    position: Option<&str>,
) -> Result<Scan, Wrong> {
    let kind = reader.kind()?;
    if kind != Kind::Object {
        return Err(Wrong::NoObject(kind));
    }
    let mut scan =
        Scan { body: body.clone(), records: Vec::new(), seconds: Vec::new(), envelope: Envelope::default() };
    let mut has_list = items.is_none();
    let mut is_first = true;
    while let Some(key) = reader.key(&mut is_first)? {
        if Some(&*key) != items {
            let value = reader.skip()?.text();
            scan.envelope.0.push((key.into_owned(), body.slice_ref(value.as_bytes())));
        } else if has_list {
            return Err(Wrong::Twice);
        } else {
            has_list = true;
            list(reader, position, &mut scan)?;
        }
    }
    reader.end()?;
    if has_list { Ok(scan) } else { Err(Wrong::Missing) }
}

fn list(reader: &mut Reader<'_>, position: Option<&str>, scan: &mut Scan) -> Result<(), Wrong> {
    let kind = reader.kind()?;
    if kind != Kind::Array {
        return Err(Wrong::NoList(kind));
    }
    let mut is_first = true;
    while reader.goes_on(&mut is_first, b']')? {
        let record = match position {
            None => reader.skip()?,
            Some(position) => {
                let (record, told) = reader.skip_and_pick(position)?;
                scan.seconds.push(told.and_then(second));
                record
            }
        };
        scan.records.push(record.at()..reader.at());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::{fields, integer, page, second_of};

    fn body(text: &str) -> Bytes {
        Bytes::copy_from_slice(text.as_bytes())
    }

    #[test]
    fn takes_a_page_apart() {
        let text = r#"{"count": 2, "n\u006f": null, "entries" : [ {"id": 1, "a": "]}"}, 5 ], "meta": {"has_more": true}, "end_time":"7"}"#;
        let scan = page(&body(text), "entries", None).unwrap();
        assert!(scan.texts().eq([&br#"{"id": 1, "a": "]}"}"#[..], b"5"]));
        let envelope = &scan.envelope;
        assert_eq!((envelope.integer("count"), envelope.integer("end_time")), (Some(2), Some(7)));
        assert_eq!(envelope.object("meta").flag("has_more"), Some(true));
        assert_eq!(envelope.object("none").flag("has_more"), None);
        assert_eq!((envelope.text("no"), envelope.text("none")), (None, None));
        assert_eq!(
            envelope.without_records("entries"),
            r#"{"entries":[],"count":2,"no":null,"meta":{"has_more": true},"end_time":"7"}"#
        );
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, message) in [
            ("", "this is not JSON: EOF while parsing a value (line 1, column 0)"),
            (r#"{"entries": [{"id"#, "this is not JSON: EOF while parsing a string (line 1, column 17)"),
            (r#"{"entries": []} x"#, "this is not JSON: trailing characters (line 1, column 17)"),
            (r#"{"entries": null}"#, "/entries: expected an array, found null (line 1, column 12)"),
            (
                r#"{"entries": {"secret": 1}}"#,
                "/entries: expected an array, found an object (line 1, column 12)",
            ),
            (r#"{"users": []}"#, "field `entries` of the page is missing (line 1, column 13)"),
            (r#"["entries"]"#, "expected an object, found an array (line 1, column 0)"),
        ] {
            assert_eq!(page(&body(text), "entries", None).unwrap_err().to_string(), message, "{text}");
        }
        for cut in [
            r#"{"entries": [{"id"#,
            r#"{"entries": [{"x": -"#,
            r#"{"entries": [{"x": 5."#,
            r#"{"entries": [{"x": 1e"#,
        ] {
            assert!(page(&body(cut), "entries", None).unwrap_err().is_cut(), "{cut}");
        }
        assert!(!page(&body(r#"{"users": []}"#), "entries", None).unwrap_err().is_cut());
    }

    #[test]
    fn tells_seconds() {
        let text =
            r#"{"rows": [{"a": {}, "at": 5}, {"at": "1970-01-01T00:01:40.5Z"}, {"at": null}, 7, {"x": 1}]}"#;
        let scan = page(&body(text), "rows", Some("at")).unwrap();
        assert_eq!(scan.seconds, [Some(5), Some(100), None, None, None]);
        let again = scan.texts().map(|record| second_of(record, "at"));
        assert_eq!(again.collect::<Vec<_>>(), scan.seconds);
        assert_eq!(page(&body(text), "rows", None).unwrap().seconds, []);
        // However the key is written; the first one, of the record itself.
        let text = r#"{"rows": [{ "at" : 1}, {"\u0061t":2}, {"x":{"at":0},"y":[{"at":0}],"at":3,"at":0}, {"ta":0,"att":0}]}"#;
        let seconds = page(&body(text), "rows", Some("at")).unwrap().seconds;
        assert_eq!(seconds, [Some(1), Some(2), Some(3), None]);
        // Behind something that is nested deep, and not within it.
        let deep = format!("{}{}", r#"{"at":[{"x":"#.repeat(40), "0".to_owned() + &"}]}".repeat(40));
        let text = format!(r#"{{"rows": [{{"x": {deep}, "at": 9}}]}}"#);
        assert_eq!(page(&body(&text), "rows", Some("at")).unwrap().seconds, [Some(9)]);
    }

    #[test]
    fn picks_fields() {
        let record = br#"{"x": {"id": 9}, "id": 1, "at": "2026-03-05T10:11:12Z"}"#;
        let picked = fields(record, &["id", "at", "none"]);
        let texts: Vec<_> = picked;
        assert_eq!(texts, [Some("1"), Some("\"2026-03-05T10:11:12Z\""), None]);
        assert_eq!(fields(b"5", &["id"]).len(), 1);
        assert!(fields(b"5", &["id"])[0].is_none());
        // No further than to the last one that is asked for.
        assert_eq!(fields(br#"{"id": 5, "rest"#, &["id"])[0], Some("5"));
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
