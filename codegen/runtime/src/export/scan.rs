//! Scans a page in one pass: finds the texts of its records and of the other fields.
//!
//! The records are not parsed. They are slices of the body, so a page needs no more memory than its body.

use std::ops::Range;

use bytes::Bytes;

use crate::decode::error::DecodeError;
use crate::decode::mismatch::Mismatches;
use crate::decode::text::decode;
use crate::error::is_error_key;
use crate::json::bytes::ReplacedBytes;
use crate::json::reader::{InvalidJson, JsonKind, Reader};
use crate::types::timestamp::Timestamp;

/// A scanned page.
#[derive(Debug)]
pub(crate) struct ScannedPage {
    body: Bytes,
    /// The byte range of each record in the body.
    records: Vec<Range<usize>>,
    /// The second of each record, if the scan had a time field.
    pub(crate) seconds: Vec<Option<i64>>,
    /// The byte range of the time of each record in the body, if the scan had a time field. Empty if it has none.
    times: Vec<Range<usize>>,
    /// The other fields of the page, as text.
    pub(crate) envelope: Envelope,
    /// The strings in which bytes that are not UTF-8 were replaced.
    pub(crate) replaced: Option<Mismatches>,
}

impl ScannedPage {
    /// Returns the number of records.
    pub(crate) fn count(&self) -> usize {
        self.records.len()
    }

    /// Returns the texts of the records.
    pub(crate) fn texts(&self) -> impl DoubleEndedIterator<Item = &[u8]> {
        self.records.iter().map(|range| self.body.get(range.clone()).unwrap_or_default())
    }

    /// Returns the text of a record by its index; empty if there is no such record.
    pub(crate) fn text(&self, index: usize) -> &[u8] {
        self.records.get(index).and_then(|range| self.body.get(range.clone())).unwrap_or_default()
    }

    /// Takes the seconds of the records, which are unknown if the scan had no time field.
    pub(crate) fn take_seconds(&mut self) -> Vec<Option<i64>> {
        let mut seconds = std::mem::take(&mut self.seconds);
        seconds.resize(self.count(), None);
        seconds
    }

    /// Returns the text of the time of a record; `None` if it has none.
    pub(crate) fn time(&self, index: usize) -> Option<&str> {
        let range = self.times.get(index).filter(|range| !range.is_empty())?;
        str::from_utf8(self.body.get(range.clone())?).ok()
    }

    /// Returns a record by its index, as a slice of the body; empty if there is no such record.
    pub(crate) fn record(&self, index: usize) -> Bytes {
        self.records.get(index).map(|range| self.body.slice(range.clone())).unwrap_or_default()
    }
}

/// The fields of a page next to its records.
#[derive(Clone, Debug, Default)]
pub(crate) struct Envelope(Vec<(String, Bytes)>);

impl Envelope {
    fn field(&self, name: &str) -> Option<&[u8]> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, text)| &**text)
    }

    /// Returns a string that is not empty.
    pub(crate) fn string(&self, name: &str) -> Option<String> {
        let text: Option<String> = decode(self.field(name)?).ok()?;
        text.filter(|text| !text.is_empty())
    }

    /// Returns a boolean.
    pub(crate) fn boolean(&self, name: &str) -> Option<bool> {
        decode(self.field(name)?).ok()
    }

    /// Returns a number, or a string with a number, without its fraction.
    pub(crate) fn integer(&self, name: &str) -> Option<i64> {
        integer(self.field(name)?)
    }

    /// Returns the fields of an object; empty if there is no such object.
    pub(crate) fn object(&self, name: &str) -> Self {
        let text = self.0.iter().find(|(key, _)| key == name).map(|(_, text)| text);
        text.and_then(|text| scan(text, None, None).ok()).map(|scan| scan.envelope).unwrap_or_default()
    }

    /// Returns whether a field has the usual name of an error, and a value.
    pub(crate) fn names_error(&self) -> bool {
        let is_set = |text: &[u8]| !matches!(text, b"null" | b"false" | b"\"\"" | b"[]" | b"{}");
        self.0.iter().any(|(key, text)| is_error_key(key) && is_set(text))
    }

    /// Returns the page with an empty array instead of its records.
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

/// Parses a number, or a string with a number, and drops its fraction.
pub(crate) fn integer(json: &[u8]) -> Option<i64> {
    let text = str::from_utf8(json).ok()?.trim().trim_matches('"').trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.bytes().all(|byte| byte.is_ascii_digit())
        && let Ok(whole) = whole.parse()
    {
        return Some(whole);
    }
    // A number with an exponent. Above 9e15, an `f64` does not represent every integer.
    let number = text.parse::<f64>().ok()?.trunc();
    #[expect(clippy::cast_possible_truncation, reason = "it is small enough")]
    (number.abs() < 9e15).then_some(number as i64)
}

/// Scans a page. With a time field, also reads the second of each record. In lenient mode, replaces bytes that are not
/// UTF-8.
pub(crate) fn scan_page(
    body: &Bytes,
    items: &'static str,
    time_field: Option<&'static str>,
    is_lenient: bool,
) -> Result<ScannedPage, DecodeError> {
    // A byte order mark is no part of the JSON.
    let text = if body.starts_with("\u{feff}".as_bytes()) { &body.slice("\u{feff}".len()..) } else { body };
    let result = scan(text, Some(items), time_field);
    match &result {
        Err(error) if is_lenient && error.is_not_text() => {
            scan_replaced(text, items, time_field).map_or(result, Ok)
        }
        _ => result,
    }
}

/// Scans a page after replacing the bytes that are not UTF-8. `None` if that isn't possible, or isn't enough.
#[cold]
fn scan_replaced(body: &Bytes, items: &'static str, time_field: Option<&'static str>) -> Option<ScannedPage> {
    let replaced = ReplacedBytes::new(body)?;
    let mismatches = Mismatches::of_bytes(&replaced, body);
    let page = scan(&Bytes::from(replaced.text), Some(items), time_field).ok()?;
    Some(ScannedPage { replaced: Some(mismatches), ..page })
}

/// How many bytes are near the start of a record.
const NEAR: usize = 512;

/// Parses a timestamp or a number of seconds, in seconds, rounded down.
fn second(value: &str) -> Option<i64> {
    let text = || value.trim_matches('"').parse::<Timestamp>().ok();
    value.parse().ok().or_else(|| integer(value.as_bytes())).or_else(|| text().map(Timestamp::as_seconds))
}

/// Returns the texts of some fields of a record; `None` for a field that is absent or comes after invalid JSON. Stops
/// after the last of these fields.
pub(crate) fn fields<'a>(record: &'a [u8], names: &[&str]) -> Vec<Option<&'a str>> {
    let mut found = vec![None; names.len()];
    find(record, names, &mut found);
    found
}

/// Finds some fields as [`fields`] does, and puts their texts into a slice of the same length.
pub(crate) fn find<'a>(record: &'a [u8], names: &[&str], found: &mut [Option<&'a str>]) {
    if find_near(record, names, found) {
        return;
    }
    found.fill(None);
    if let Ok(text) = str::from_utf8(record) {
        // After an error, the fields that were found are kept.
        let _ = find_fields(&mut Reader::new(text), names, found);
    }
}

/// Finds fields near the start of a record, where those that identify it usually are. Checking that the entire record is
/// UTF-8 takes longer than finding them. Returns whether all were found.
fn find_near<'a>(record: &'a [u8], names: &[&str], found: &mut [Option<&'a str>]) -> bool {
    let start = record.get(..NEAR).unwrap_or_default();
    // A character may be cut.
    let valid = |end: usize| str::from_utf8(start.get(..end).unwrap_or_default());
    let Ok(start) = valid(start.len()).or_else(|error| valid(error.valid_up_to())) else { return false };
    let mut reader = Reader::new(start);
    // A value before the last byte is not cut.
    find_fields(&mut reader, names, found).is_ok()
        && reader.offset() < start.len()
        && found.iter().all(Option::is_some)
}

fn find_fields<'a>(
    reader: &mut Reader<'a>,
    names: &[&str],
    found: &mut [Option<&'a str>],
) -> Result<(), InvalidJson> {
    if reader.kind()? != JsonKind::Object {
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

fn scan(
    body: &Bytes,
    items: Option<&'static str>,
    time_field: Option<&str>,
) -> Result<ScannedPage, DecodeError> {
    let text = str::from_utf8(body).map_err(|error| DecodeError::not_text(body, &error))?;
    let mut reader = Reader::new(text);
    scan_object(&mut reader, body, items, time_field)
        .map_err(|problem| decode_error(problem, body, items, reader.offset()))
}

/// The reason why a page could not be scanned.
#[derive(Clone, Copy)]
enum ScanProblem {
    InvalidJson,
    PageNotObject(JsonKind),
    RecordsNotArray(JsonKind),
    MissingRecords,
    DuplicateRecords,
}

impl From<InvalidJson> for ScanProblem {
    fn from(_: InvalidJson) -> Self {
        Self::InvalidJson
    }
}

#[cold]
fn decode_error(problem: ScanProblem, body: &[u8], items: Option<&'static str>, at: usize) -> DecodeError {
    let items = items.unwrap_or_default();
    let in_page = |expected, found| DecodeError::mismatch(&format!("/{items}"), expected, found, body, at);
    match problem {
        ScanProblem::InvalidJson => DecodeError::syntax(body),
        ScanProblem::PageNotObject(found) => DecodeError::mismatch("", "an object", found.name(), body, at),
        ScanProblem::RecordsNotArray(found) => in_page("an array", found.name()),
        ScanProblem::MissingRecords => DecodeError::missing("the page", items, body),
        ScanProblem::DuplicateRecords => in_page("one array", "two"),
    }
}

fn scan_object(
    reader: &mut Reader<'_>,
    body: &Bytes,
    items: Option<&str>,
    time_field: Option<&str>,
) -> Result<ScannedPage, ScanProblem> {
    let kind = reader.kind()?;
    if kind != JsonKind::Object {
        return Err(ScanProblem::PageNotObject(kind));
    }
    let mut scan = ScannedPage {
        body: body.clone(),
        records: Vec::new(),
        seconds: Vec::new(),
        times: Vec::new(),
        envelope: Envelope::default(),
        replaced: None,
    };
    let mut has_records = items.is_none();
    let mut is_first = true;
    while let Some(key) = reader.key(&mut is_first)? {
        if Some(&*key) != items {
            let value = reader.skip()?.text();
            scan.envelope.0.push((key.into_owned(), body.slice_ref(value.as_bytes())));
        } else if has_records {
            return Err(ScanProblem::DuplicateRecords);
        } else {
            has_records = true;
            scan_records(reader, time_field, &mut scan)?;
        }
    }
    reader.end()?;
    if has_records { Ok(scan) } else { Err(ScanProblem::MissingRecords) }
}

fn scan_records(
    reader: &mut Reader<'_>,
    time_field: Option<&str>,
    scan: &mut ScannedPage,
) -> Result<(), ScanProblem> {
    let kind = reader.kind()?;
    if kind != JsonKind::Array {
        return Err(ScanProblem::RecordsNotArray(kind));
    }
    let mut is_first = true;
    while reader.has_next(&mut is_first, b']')? {
        let record = match time_field {
            None => reader.skip()?,
            Some(time_field) => {
                let (record, time) = reader.skip_with_property(time_field)?;
                scan.seconds.push(time.and_then(|time| second(time.text())));
                let range = time.map(|time| time.offset()..time.offset() + time.text().len());
                scan.times.push(range.unwrap_or_default());
                record
            }
        };
        scan.records.push(record.offset()..reader.offset());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::{fields, integer, scan_page, second};

    fn body(text: &str) -> Bytes {
        Bytes::copy_from_slice(text.as_bytes())
    }

    #[test]
    fn a_page_is_split_into_records_and_other_fields() {
        let text = r#"{"count": 2, "n\u006f": null, "entries" : [ {"id": 1, "a": "]}"}, 5 ], "meta": {"has_more": true}, "end_time":"7"}"#;
        let scan = scan_page(&body(text), "entries", None, false).unwrap();
        assert!(scan.texts().eq([&br#"{"id": 1, "a": "]}"}"#[..], b"5"]));
        let envelope = &scan.envelope;
        assert_eq!((envelope.integer("count"), envelope.integer("end_time")), (Some(2), Some(7)));
        assert_eq!(envelope.object("meta").boolean("has_more"), Some(true));
        assert_eq!(envelope.object("none").boolean("has_more"), None);
        assert_eq!((envelope.string("no"), envelope.string("none")), (None, None));
        assert_eq!(
            envelope.without_records("entries"),
            r#"{"entries":[],"count":2,"no":null,"meta":{"has_more": true},"end_time":"7"}"#
        );
    }

    #[test]
    fn an_invalid_page_is_an_error() {
        for (text, message) in [
            ("", "invalid JSON: the text is empty (line 1, column 1)"),
            (r#"{"entries": [{"id"#, "invalid JSON: EOF while parsing a string (line 1, column 17)"),
            (r#"{"entries": []} x"#, "invalid JSON: trailing characters (line 1, column 17)"),
            (r#"{"entries": null}"#, "/entries: expected an array, found null (line 1, column 12)"),
            (
                r#"{"entries": {"secret": 1}}"#,
                "/entries: expected an array, found an object (line 1, column 12)",
            ),
            (r#"{"users": []}"#, "missing field `entries` of the page (line 1, column 13)"),
            (r#"["entries"]"#, "expected an object, found an array (line 1, column 1)"),
        ] {
            assert_eq!(
                scan_page(&body(text), "entries", None, false).unwrap_err().to_string(),
                message,
                "{text}"
            );
        }
        for truncated in [
            r#"{"entries": [{"id"#,
            r#"{"entries": [{"x": -"#,
            r#"{"entries": [{"x": 5."#,
            r#"{"entries": [{"x": 1e"#,
        ] {
            assert!(
                scan_page(&body(truncated), "entries", None, false).unwrap_err().is_truncated(),
                "{truncated}"
            );
        }
        assert!(!scan_page(&body(r#"{"users": []}"#), "entries", None, false).unwrap_err().is_truncated());
    }

    #[test]
    fn the_second_of_each_record_is_read() {
        let text =
            r#"{"rows": [{"a": {}, "at": 5}, {"at": "1970-01-01T00:01:40.5Z"}, {"at": null}, 7, {"x": 1}]}"#;
        let scan = scan_page(&body(text), "rows", Some("at"), false).unwrap();
        assert_eq!(scan.seconds, [Some(5), Some(100), None, None, None]);
        let again = scan.texts().map(|record| fields(record, &["at"])[0].and_then(second));
        assert_eq!(again.collect::<Vec<_>>(), scan.seconds);
        assert_eq!(scan_page(&body(text), "rows", None, false).unwrap().seconds, []);
        // Whitespace and escapes in the key are allowed; the first key of the record itself is used.
        let text = r#"{"rows": [{ "at" : 1}, {"\u0061t":2}, {"x":{"at":0},"y":[{"at":0}],"at":3,"at":0}, {"ta":0,"att":0}]}"#;
        let seconds = scan_page(&body(text), "rows", Some("at"), false).unwrap().seconds;
        assert_eq!(seconds, [Some(1), Some(2), Some(3), None]);
        // A key inside a nested value is not used.
        let deep = format!("{}{}", r#"{"at":[{"x":"#.repeat(40), "0".to_owned() + &"}]}".repeat(40));
        let text = format!(r#"{{"rows": [{{"x": {deep}, "at": 9}}]}}"#);
        assert_eq!(scan_page(&body(&text), "rows", Some("at"), false).unwrap().seconds, [Some(9)]);
    }

    #[test]
    fn fields_of_a_record_are_found() {
        let record = br#"{"x": {"id": 9}, "id": 1, "at": "2026-03-05T10:11:12Z"}"#;
        let picked = fields(record, &["id", "at", "none"]);
        let texts: Vec<_> = picked;
        assert_eq!(texts, [Some("1"), Some("\"2026-03-05T10:11:12Z\""), None]);
        assert_eq!(fields(b"5", &["id"]).len(), 1);
        assert!(fields(b"5", &["id"])[0].is_none());
        // The rest of the record is not read.
        assert_eq!(fields(br#"{"id": 5, "rest"#, &["id"])[0], Some("5"));
    }

    #[test]
    fn fields_are_found_wherever_a_record_is_long() {
        for before in (450..550).chain([10, 1000]) {
            for filler in ["x", "é", "😀"] {
                let name = filler.repeat(before / filler.len());
                let record =
                    format!(r#"{{"name":"{name}","id":12345,"at":"é","rest":"{}"}}"#, "y".repeat(300));
                assert_eq!(fields(record.as_bytes(), &["id"]), [Some("12345")], "{record}");
                assert_eq!(fields(record.as_bytes(), &["at", "id"]), [Some("\"é\""), Some("12345")]);
                assert_eq!(fields(record.as_bytes(), &["id", "none"]), [Some("12345"), None]);
            }
        }
    }

    #[test]
    fn numbers_in_any_form_are_parsed() {
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
