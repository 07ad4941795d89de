//! Text in the charsets that servers use. Others are reported by their names.

use std::borrow::Cow;

const UTF_8_MARK: &[u8] = b"\xef\xbb\xbf";

/// The characters of windows-1252 from 0x80 to 0x9F. Five are not assigned, and stand for control characters.
const WINDOWS_1252: [char; 32] = [
    '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}', '\u{2021}', '\u{2c6}',
    '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8d}', '\u{17d}', '\u{8f}', '\u{90}', '\u{2018}',
    '\u{2019}', '\u{201c}', '\u{201d}', '\u{2022}', '\u{2013}', '\u{2014}', '\u{2dc}', '\u{2122}', '\u{161}',
    '\u{203a}', '\u{153}', '\u{9d}', '\u{17e}', '\u{178}',
];

/// The characters in which ISO-8859-15 differs from ISO-8859-1.
const ISO_8859_15: [(u8, char); 8] = [
    (0xa4, '\u{20ac}'),
    (0xa6, '\u{160}'),
    (0xa8, '\u{161}'),
    (0xb4, '\u{17d}'),
    (0xb8, '\u{17e}'),
    (0xbc, '\u{152}'),
    (0xbd, '\u{153}'),
    (0xbe, '\u{178}'),
];

/// The reason why bytes are not text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum CharsetProblem {
    /// The bytes are invalid in their charset.
    Invalid(&'static str),
    /// The charset is not supported.
    Unknown(String),
}

/// Returns bytes without a byte order mark of UTF-8.
fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(UTF_8_MARK).unwrap_or(bytes)
}

/// Decodes bytes as text. The charset is UTF-8 if there is none, or that of a byte order mark.
pub(crate) fn decode<'b>(bytes: &'b [u8], charset: Option<&str>) -> Result<Cow<'b, str>, CharsetProblem> {
    let label = charset.unwrap_or_default().to_ascii_lowercase();
    match (label.as_str(), bytes) {
        ("" | "utf-16" | "utf-16le", [0xff, 0xfe, rest @ ..]) => utf_16(rest, u16::from_le_bytes),
        ("" | "utf-16" | "utf-16be", [0xfe, 0xff, rest @ ..]) => utf_16(rest, u16::from_be_bytes),
        ("utf-16le", _) => utf_16(bytes, u16::from_le_bytes),
        // Without a mark, the order is that of the network (RFC 2781).
        ("utf-16" | "utf-16be", _) => utf_16(bytes, u16::from_be_bytes),
        ("" | "utf-8" | "utf8" | "us-ascii" | "ascii", _) => utf_8(bytes),
        ("iso-8859-1" | "iso_8859-1" | "iso8859-1" | "latin1" | "latin-1" | "l1", _) => {
            Ok(bytes.iter().map(|byte| char::from(*byte)).collect())
        }
        ("iso-8859-15" | "iso_8859-15" | "iso8859-15" | "latin-9" | "latin9", _) => {
            Ok(bytes.iter().map(|byte| iso_8859_15(*byte)).collect())
        }
        ("windows-1252" | "cp1252" | "x-cp1252", _) => {
            Ok(bytes.iter().map(|byte| windows_1252(*byte)).collect())
        }
        // All charsets in use contain ASCII.
        _ if bytes.is_ascii() => utf_8(bytes),
        _ => Err(CharsetProblem::Unknown(label)),
    }
}

/// Decodes bytes as text, for people. What can't be decoded is replaced.
pub(crate) fn text<'b>(bytes: &'b [u8], charset: Option<&str>) -> Cow<'b, str> {
    decode(bytes, charset.or(utf_16_label(bytes)))
        .unwrap_or_else(|_| String::from_utf8_lossy(without_mark(bytes)))
}

/// Returns JSON text. It is UTF-8 (RFC 8259), unless the server names another charset, or it is clearly UTF-16.
pub(crate) fn json_text<'b>(bytes: &'b [u8], charset: Option<&str>) -> Cow<'b, [u8]> {
    let text = without_mark(bytes);
    // UTF-16 without a mark is also valid UTF-8: it contains null characters.
    if !text.contains(&0) && str::from_utf8(text).is_ok() {
        return Cow::Borrowed(text);
    }
    match decode(bytes, charset.or(utf_16_label(bytes))) {
        Ok(text) => Cow::Owned(text.into_owned().into_bytes()),
        Err(_) => Cow::Borrowed(text),
    }
}

/// Returns the charset of a text in UTF-16 that begins with an ASCII character. JSON and markup always do.
fn utf_16_label(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [first, 0, _, 0, ..] if *first != 0 => Some("utf-16le"),
        [0, first, 0, _, ..] if *first != 0 => Some("utf-16be"),
        _ => None,
    }
}

fn utf_8(bytes: &[u8]) -> Result<Cow<'_, str>, CharsetProblem> {
    str::from_utf8(without_mark(bytes)).map(Cow::Borrowed).map_err(|_| CharsetProblem::Invalid("UTF-8"))
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'static, str>, CharsetProblem> {
    let (units, rest) = bytes.as_chunks::<2>();
    let text: Result<String, _> = char::decode_utf16(units.iter().map(|pair| unit(*pair))).collect();
    match text {
        Ok(text) if rest.is_empty() => Ok(Cow::Owned(text)),
        _ => Err(CharsetProblem::Invalid("UTF-16")),
    }
}

fn windows_1252(byte: u8) -> char {
    let index = byte.checked_sub(0x80).map(usize::from);
    index.and_then(|index| WINDOWS_1252.get(index)).copied().unwrap_or(char::from(byte))
}

fn iso_8859_15(byte: u8) -> char {
    let own = ISO_8859_15.iter().find(|(code, _)| *code == byte);
    own.map_or(char::from(byte), |(_, char)| *char)
}

#[cfg(test)]
mod tests {
    use super::{CharsetProblem, decode, json_text, text};

    #[test]
    fn text_is_decoded_in_its_charset() {
        for (bytes, charset, expected) in [
            (b"caf\xc3\xa9".as_slice(), None, "café"),
            (b"\xef\xbb\xbfcaf\xc3\xa9", None, "café"),
            (b"caf\xe9", Some("ISO-8859-1"), "café"),
            (b"caf\xe9", Some("latin1"), "café"),
            (b"\x80 caf\xe9", Some("Windows-1252"), "€ café"),
            (b"\xa4 caf\xe9", Some("iso-8859-15"), "€ café"),
            (b"\xff\xfec\0\xe9\0", None, "cé"),
            (b"\xfe\xff\0c\0\xe9", Some("UTF-16"), "cé"),
            (b"c\0\xe9\0", Some("utf-16le"), "cé"),
            (b"\0c\0\xe9", Some("utf-16"), "cé"),
            (b"plain", Some("shift_jis"), "plain"),
            (b"", Some("x"), ""),
        ] {
            assert_eq!(decode(bytes, charset).as_deref(), Ok(expected), "{bytes:?} {charset:?}");
        }
    }

    #[test]
    fn json_in_utf_16_needs_no_charset() {
        let utf_16 = |bytes: fn(u16) -> [u8; 2]| "{\"é\": 1}".encode_utf16().flat_map(bytes).collect();
        let texts: [Vec<u8>; 2] = [utf_16(u16::to_le_bytes), utf_16(u16::to_be_bytes)];
        for body in texts {
            assert_eq!(&*json_text(&body, None), "{\"é\": 1}".as_bytes());
            assert_eq!(text(&body, None), "{\"é\": 1}");
        }
        assert_eq!(text(b"\0\0\0\0", None), "\0\0\0\0");
        assert_eq!(text(b"caf\xe9", Some("latin1")), "café");
        assert_eq!(text(b"\xef\xbb\xbfcaf\xe9", None), "caf\u{fffd}");
    }

    #[test]
    fn other_text_names_its_charset() {
        let unknown = decode(b"\x82\xa0", Some("Shift_JIS"));
        assert_eq!(unknown, Err(CharsetProblem::Unknown("shift_jis".to_owned())));
        for (bytes, charset, name) in [
            (b"caf\xe9".as_slice(), None, "UTF-8"),
            (b"caf\xe9", Some("utf-8"), "UTF-8"),
            (b"\xff\xfec", None, "UTF-16"),
            (b"\xd8\x00\x00\x41", Some("utf-16be"), "UTF-16"),
        ] {
            assert_eq!(decode(bytes, charset), Err(CharsetProblem::Invalid(name)), "{bytes:?}");
        }
    }
}
