//! Credentials that a response may repeat, and how they are removed from texts.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::{Map, Value};

/// The minimum length of what is removed, in bytes. A shorter text is also a part of other words.
const MIN_LENGTH: usize = 8;
/// What texts contain instead of a credential.
const HIDDEN: &str = "***";

/// The credentials that no text of an error may show, in any case of letters, with any of their characters escaped or
/// encoded. Hosts are in lower case, for example.
#[derive(Clone, Default)]
pub(crate) struct Secrets {
    /// The credentials that a client always has.
    fixed: Option<Arc<[String]>>,
    /// Those that are replaced from time to time.
    tokens: Option<Arc<[String]>>,
}

#[cfg_attr(not(feature = "client"), expect(dead_code, reason = "for the client"))]
impl Secrets {
    /// Creates a set of credentials. Short ones are not removed from texts.
    pub(crate) fn new<'s>(values: impl IntoIterator<Item = &'s str>) -> Self {
        let mut values: Vec<_> =
            values.into_iter().filter(|value| is_hidden(value)).map(str::to_owned).collect();
        // A credential may contain another one.
        values.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        values.dedup();
        Self { fixed: (!values.is_empty()).then(|| values.into()), tokens: None }
    }

    /// Adds credentials.
    pub(crate) fn with_values<'s>(&'s self, values: impl IntoIterator<Item = &'s str>) -> Self {
        let mut values = values.into_iter().peekable();
        if values.peek().is_none() {
            return self.clone();
        }
        let known = self.fixed.iter().flat_map(|known| known.iter()).map(String::as_str);
        Self { tokens: self.tokens.clone(), ..Self::new(known.chain(values)) }
    }

    /// Adds those of another set that has no tokens, as the tokens.
    pub(crate) fn with_tokens(&self, tokens: &Self) -> Self {
        Self { fixed: self.fixed.clone(), tokens: tokens.fixed.clone() }
    }

    /// Returns the bytes of a text without the credentials.
    pub(crate) fn redacted_bytes(&self, text: Vec<u8>) -> Vec<u8> {
        if self.is_empty() {
            return text;
        }
        self.redacted(&String::from_utf8_lossy(&text)).into_owned().into_bytes()
    }
}

impl Secrets {
    fn is_empty(&self) -> bool {
        self.fixed.is_none() && self.tokens.is_none()
    }

    /// Returns a text without the credentials.
    pub(crate) fn redacted<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let (mut redacted, mut shown, mut at) = (String::new(), 0, 0);
        while !self.is_empty() && at < text.len() {
            let Some(end) = self.end_of_match(text.as_bytes(), at) else {
                at += 1;
                continue;
            };
            redacted.push_str(text.get(shown..at).unwrap_or_default());
            redacted.push_str(HIDDEN);
            (shown, at) = (end, end);
        }
        if shown == 0 {
            return Cow::Borrowed(text);
        }
        redacted.push_str(text.get(shown..).unwrap_or_default());
        Cow::Owned(redacted)
    }

    /// Returns the end of the credential that starts at an offset.
    fn end_of_match(&self, text: &[u8], start: usize) -> Option<usize> {
        let rest = text.get(start..)?;
        let first = *rest.first()?;
        self.fixed.iter().chain(&self.tokens).flat_map(|values| values.iter()).find_map(|value| {
            let value = value.as_bytes();
            let may_start = ESCAPES.contains(&first)
                || value.first().is_some_and(|byte| byte.eq_ignore_ascii_case(&first));
            if may_start { length_of(value, rest).map(|length| start + length) } else { None }
        })
    }

    /// Removes the credentials from a text.
    pub(crate) fn redact(&self, text: &mut String) {
        if let Cow::Owned(redacted) = self.redacted(text) {
            *text = redacted;
        }
    }

    /// Removes the credentials from the strings and keys of a JSON value.
    pub(crate) fn redact_json(&self, value: &mut Value) {
        match value {
            _ if self.is_empty() => {}
            Value::String(text) => self.redact(text),
            Value::Array(array) => array.iter_mut().for_each(|value| self.redact_json(value)),
            Value::Object(object) => {
                let members = std::mem::replace(object, Map::new()).into_iter();
                object.extend(members.map(|(key, mut value)| {
                    self.redact_json(&mut value);
                    (self.redacted(&key).into_owned(), value)
                }));
            }
            _ => {}
        }
    }
}

/// Returns whether a credential is long enough to be removed from texts.
pub(crate) fn is_hidden(value: &str) -> bool {
    value.len() >= MIN_LENGTH
}

/// The bytes that begin an escape, see [`unescaped`].
const ESCAPES: &[u8] = b"\\%&~+";

/// Returns the length of a value at the start of a text, as it is, or with any of its characters escaped.
fn length_of(value: &[u8], text: &[u8]) -> Option<usize> {
    let (mut value, mut length) = (value, 0);
    while let [first, others @ ..] = value {
        let rest = text.get(length..)?;
        let is_plain = rest.first()?.eq_ignore_ascii_case(first);
        if let Some((char, size)) = unescaped(rest)
            && let Some(after) = strip(value, char.as_bytes())
        {
            // The value itself may contain what looks like an escape.
            let Some(end) = length_of(after, rest.get(size..)?) else {
                return if is_plain { Some(length + 1 + length_of(others, rest.get(1..)?)?) } else { None };
            };
            return Some(length + size + end);
        }
        if !is_plain {
            return None;
        }
        (value, length) = (others, length + 1);
    }
    Some(length)
}

/// Removes a prefix, in any case of letters.
fn strip<'v>(value: &'v [u8], prefix: &[u8]) -> Option<&'v [u8]> {
    let (start, after) = value.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(after)
}

/// A character, or a byte of one.
struct Unescaped {
    bytes: [u8; 4],
    length: usize,
}

impl Unescaped {
    fn byte(byte: u8) -> Self {
        Self { bytes: [byte, 0, 0, 0], length: 1 }
    }

    fn char(char: char) -> Self {
        let mut bytes = [0; 4];
        let length = char.encode_utf8(&mut bytes).len();
        Self { bytes, length }
    }

    fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

/// Reads an escape of JSON, of a JSON pointer, a URL, a form or HTML. Returns what it stands for, and its length.
fn unescaped(text: &[u8]) -> Option<(Unescaped, usize)> {
    match text {
        [b'\\', b'u', ..] => json_char(text),
        [b'\\', escape @ (b'"' | b'\\' | b'/'), ..] => Some((Unescaped::byte(*escape), 2)),
        [b'\\', escape @ (b'b' | b'f' | b'n' | b'r' | b't'), ..] => {
            let byte = match escape {
                b'b' => 8,
                b'f' => 12,
                b'n' => b'\n',
                b'r' => b'\r',
                _ => b'\t',
            };
            Some((Unescaped::byte(byte), 2))
        }
        [b'%', ..] => Some((Unescaped::byte(u8::try_from(number(text.get(1..3)?, 16)?).ok()?), 3)),
        [b'+', ..] => Some((Unescaped::byte(b' '), 1)),
        [b'~', b'0', ..] => Some((Unescaped::byte(b'~'), 2)),
        [b'~', b'1', ..] => Some((Unescaped::byte(b'/'), 2)),
        [b'&', ..] => entity(text),
        _ => None,
    }
}

/// Reads `\u` with four digits, or two of them that are one character.
fn json_char(text: &[u8]) -> Option<(Unescaped, usize)> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::try_from(number(digits, 16)?).ok()
    };
    let units = [Some(unit(0)?), unit(6)];
    let char = char::decode_utf16(units.into_iter().flatten()).next()?.ok()?;
    Some((Unescaped::char(char), 6 * char.len_utf16()))
}

/// Reads a character reference of HTML.
fn entity(text: &[u8]) -> Option<(Unescaped, usize)> {
    /// `&#x10FFFF;` is the longest one.
    const MAX_LENGTH: usize = 10;
    let length = text.iter().take(MAX_LENGTH).position(|byte| *byte == b';')? + 1;
    let char = match text.get(1..length - 1)? {
        b"amp" => '&',
        b"lt" => '<',
        b"gt" => '>',
        b"quot" => '"',
        b"apos" => '\'',
        [b'#', b'x' | b'X', digits @ ..] => char::from_u32(number(digits, 16)?)?,
        [b'#', digits @ ..] => char::from_u32(number(digits, 10)?)?,
        _ => return None,
    };
    Some((Unescaped::char(char), length))
}

fn number(digits: &[u8], radix: u32) -> Option<u32> {
    let digits = str::from_utf8(digits).ok()?;
    digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, radix).ok())?
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Secrets;

    #[test]
    fn a_credential_is_removed_in_each_form() {
        let secrets = Secrets::new(["k/y \"é<&' 1", "short", ""]);
        for text in [
            r#"k/y "é<&' 1"#,
            r#"k/y \"é<&' 1"#,
            r#"k\/y \"é<&' 1"#,
            r#"k~1y "é<&' 1"#,
            "k%2Fy%20%22%C3%A9%3C%26%27%201",
            "k%2fy%20%22%c3%a9%3c%26%27%201",
            "k%2Fy+%22%C3%A9%3C%26%27+1",
            "k/y &quot;é&lt;&amp;' 1",
            "k/y &quot;é&lt;&amp;&#39; 1",
            // Mixed.
            r#"\u006b/y \"\u00E9<&' 1"#,
            r"K%2fy &#34;é<&#X26;&apos;\u00201",
        ] {
            assert_eq!(secrets.redacted(&format!("é{text}é")), "é***é", "{text}");
        }
        for text in ["a short text", r"k/y \u", "k%", "k/y &quot;é&#;", "é", r"\ud800\u0000"] {
            assert_eq!(secrets.redacted(text), text);
        }
    }

    #[test]
    fn letters_are_compared_in_any_case() {
        let secrets = Secrets::new(["S3cret-Token"]);
        assert_eq!(secrets.redacted("a host: s3cret-token.example.com"), "a host: ***.example.com");
        assert_eq!(secrets.redacted(r"S3CRET-\u0054OKEN s3cret%2Dtoken"), "*** ***");
    }

    #[test]
    fn a_credential_may_look_like_an_escape() {
        let secrets = Secrets::new(["50%25&amp;+~1", r"\\u0041\\n"]);
        for text in ["50%25&amp;+~1", "50%2525&amp;amp;+~01", "50%2525%26amp%3B%2B~1"] {
            assert_eq!(secrets.redacted(text), "***", "{text}");
        }
        assert_eq!(secrets.redacted(r"\\u0041\\n \\\\u0041\\\\n"), "*** ***");
    }

    #[test]
    fn a_character_beyond_16_bits_is_compared() {
        let secrets = Secrets::new(["key-\u{1f511}-key"]);
        for text in
            ["key-\u{1f511}-key", r"key-\ud83d\udd11-key", "key-%F0%9F%94%91-key", "key-&#x1F511;-key"]
        {
            assert_eq!(secrets.redacted(text), "***", "{text}");
        }
    }

    #[test]
    fn longer_credentials_are_removed_first() {
        let secrets = Secrets::new(["12345678", "0123456789"]).with_tokens(&Secrets::new(["new-token"]));
        assert_eq!(secrets.redacted("0123456789, 12345678, new-token"), "***, ***, ***");
        assert_eq!(secrets.redacted_bytes(b"\xff12345678".to_vec()), "\u{fffd}***".as_bytes());
        assert_eq!(Secrets::default().redacted_bytes(b"\xff".to_vec()), b"\xff");
    }

    #[test]
    fn strings_and_keys_of_json_are_redacted() {
        let mut value = json!({"12345678": ["a 12345678", 1, null]});
        Secrets::new(["12345678"]).redact_json(&mut value);
        assert_eq!(value, json!({"***": ["a ***", 1, null]}));
    }
}
