//! A JSON reader that reads token by token.
//!
//! The reader is not generic, so it is compiled once. It returns slices of the text, so a value can be kept as text or
//! read again as another type. It accepts what `serde_json` accepts, which tests check. It doesn't describe syntax
//! errors: the message comes from `serde_json`.

use std::borrow::Cow;

use super::skip;
use super::swar::{eight_digits, equal, plain_end, short_integer};

/// A position in a JSON text.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'j> {
    pub(super) text: &'j str,
    pub(super) at: usize,
}

/// A number with at most this many digits is always a 64-bit integer.
const SAFE_DIGITS: usize = 18;

/// The text is invalid JSON at the position of the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InvalidJson;

/// The kind of a value, known from its first byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonKind {
    Null,
    Bool(bool),
    Number,
    String,
    Array,
    Object,
}

/// The text of a number, and its value if it is a 64-bit integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numeral<'j> {
    pub(crate) text: &'j str,
    pub(crate) integer: Option<i64>,
}

impl JsonKind {
    /// Returns the name for messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

impl<'j> Reader<'j> {
    pub(crate) fn new(text: &'j str) -> Self {
        Self { text, at: 0 }
    }

    /// Returns the byte offset of the reader.
    #[inline]
    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    /// Returns the text from an offset up to the reader.
    #[inline]
    pub(crate) fn since(&self, start: usize) -> &'j str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips whitespace and returns the next byte, without reading it.
    #[inline]
    pub(super) fn next(&mut self) -> Option<u8> {
        match self.byte() {
            Some(byte) if byte > b' ' => Some(byte),
            _ => self.after_whitespace(),
        }
    }

    #[cold]
    fn after_whitespace(&mut self) -> Option<u8> {
        self.at = skip::whitespace_end(self.text.as_bytes(), self.at);
        self.byte()
    }

    /// Moves to the end of a value that was read before.
    pub(crate) fn move_to(&mut self, end: usize) {
        self.at = end;
    }

    /// Moves to the end of the text.
    pub(crate) fn move_to_end(&mut self) {
        self.at = self.text.len();
    }

    /// Moves to an offset: the end of a token, or the position of a syntax error.
    #[inline]
    pub(super) fn advance_to(&mut self, to: Result<usize, usize>) -> Result<(), InvalidJson> {
        self.at = to.unwrap_or_else(|at| at);
        to.map(drop).map_err(|_| InvalidJson)
    }

    /// Skips whitespace and the expected byte.
    #[inline]
    fn expect(&mut self, expected: u8) -> Result<(), InvalidJson> {
        if self.next() != Some(expected) {
            return Err(InvalidJson);
        }
        self.at += 1;
        Ok(())
    }

    /// Returns the first byte of the next value, without reading it.
    #[inline]
    pub(crate) fn first_byte(&mut self) -> Result<u8, InvalidJson> {
        self.next().ok_or(InvalidJson)
    }

    /// Returns the kind of the next value.
    #[inline]
    pub(crate) fn kind(&mut self) -> Result<JsonKind, InvalidJson> {
        match self.next() {
            Some(b'"') => Ok(JsonKind::String),
            Some(b'-' | b'0'..=b'9') => Ok(JsonKind::Number),
            Some(b'{') => Ok(JsonKind::Object),
            Some(b'[') => Ok(JsonKind::Array),
            Some(b'n') => Ok(JsonKind::Null),
            Some(b't') => Ok(JsonKind::Bool(true)),
            Some(b'f') => Ok(JsonKind::Bool(false)),
            _ => Err(InvalidJson),
        }
    }

    /// Reads `null`, `true` or `false`, according to the kind.
    #[inline]
    pub(crate) fn literal(&mut self, kind: JsonKind) -> Result<(), InvalidJson> {
        let text = self.text.as_bytes();
        self.advance_to(match kind {
            JsonKind::Null => skip::literal(text, self.at, *b"null"),
            JsonKind::Bool(true) => skip::literal(text, self.at, *b"true"),
            JsonKind::Bool(false) => skip::literal(text, self.at, *b"false"),
            _ => Err(self.at),
        })
    }

    /// Reads a boolean.
    #[inline]
    pub(crate) fn boolean(&mut self) -> Result<bool, InvalidJson> {
        let value = self.byte() == Some(b't');
        self.literal(JsonKind::Bool(value)).map(|()| value)
    }

    /// Checks that only whitespace follows.
    pub(crate) fn end(&mut self) -> Result<(), InvalidJson> {
        if self.next().is_some() { Err(InvalidJson) } else { Ok(()) }
    }

    /// Moves to the next property of an object or item of an array, and returns whether there is one. `is_first` is
    /// true at the opening bracket.
    #[inline]
    pub(crate) fn has_next(&mut self, is_first: &mut bool, close: u8) -> Result<bool, InvalidJson> {
        if std::mem::take(is_first) {
            self.at += 1;
            if self.next() != Some(close) {
                return Ok(true);
            }
        } else {
            match self.next() {
                Some(b',') => {
                    self.at += 1;
                    return Ok(true);
                }
                Some(byte) if byte == close => {}
                _ => return Err(InvalidJson),
            }
        }
        self.at += 1;
        Ok(false)
    }

    /// Reads the key of the next property and the colon after it; `None` after the last property.
    #[inline]
    pub(crate) fn key(&mut self, is_first: &mut bool) -> Result<Option<Cow<'j, str>>, InvalidJson> {
        if self.has_next(is_first, b'}')? { self.read_key().map(Some) } else { Ok(None) }
    }

    /// Reads a key and the colon after it.
    #[inline]
    pub(crate) fn read_key(&mut self) -> Result<Cow<'j, str>, InvalidJson> {
        let key = self.string()?;
        self.expect(b':')?;
        Ok(key)
    }

    /// Skips a key and the colon after it, if it is this key, without escapes and whitespace. Returns whether it is.
    #[inline]
    pub(crate) fn try_key(&mut self, key: &str) -> bool {
        let length = key.len() + 3;
        let text = self.text.as_bytes().get(self.at..).and_then(|rest| rest.get(..length));
        let is_key = matches!(text, Some([b'"', text @ .., b'"', b':']) if equal(text, key.as_bytes()));
        if is_key {
            self.at += length;
        }
        is_key
    }

    /// Reads a string without escapes, from its opening quote. `None` if there is an escape or no end: the reader is there
    /// then.
    #[inline]
    pub(crate) fn plain_string(&mut self) -> Option<&'j str> {
        let start = self.at + 1;
        self.at = plain_end(self.text.as_bytes(), start);
        let text = self.since(start);
        (self.byte() == Some(b'"')).then(|| {
            self.at += 1;
            text
        })
    }

    /// Reads a string. It is copied only if it has escapes.
    #[inline]
    pub(crate) fn string(&mut self) -> Result<Cow<'j, str>, InvalidJson> {
        self.expect(b'"')?;
        let start = self.at;
        self.at = plain_end(self.text.as_bytes(), start);
        match self.byte() {
            Some(b'"') => {
                let text = self.since(start);
                self.at += 1;
                Ok(Cow::Borrowed(text))
            }
            Some(b'\\') => self.escaped(start).map(Cow::Owned),
            _ => Err(InvalidJson),
        }
    }

    /// Reads the rest of a string, from its first escape.
    fn escaped(&mut self, start: usize) -> Result<String, InvalidJson> {
        let mut text = String::with_capacity(self.escaped_end() - start);
        text.push_str(self.since(start));
        loop {
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    self.at += 1;
                    text.push(self.escape()?);
                }
                _ => return Err(InvalidJson),
            }
            let start = self.at;
            self.at = plain_end(self.text.as_bytes(), start);
            text.push_str(self.since(start));
        }
    }

    /// Returns the offset where a string ends, from its first escape. The string needs at most as many bytes as its text.
    fn escaped_end(&self) -> usize {
        let mut end = self.at;
        while self.text.as_bytes().get(end) == Some(&b'\\') {
            end = plain_end(self.text.as_bytes(), end + 2);
        }
        end
    }

    /// Reads the rest of an escape, after the backslash.
    fn escape(&mut self) -> Result<char, InvalidJson> {
        let escape = self.byte().ok_or(InvalidJson)?;
        self.at += 1;
        Ok(match escape {
            b'"' | b'\\' | b'/' => char::from(escape),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = self.unit()?;
                if !(0xD800..0xE000).contains(&unit) {
                    return char::from_u32(unit).ok_or(InvalidJson);
                }
                let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
                if unit >= 0xDC00 || !rest.starts_with(b"\\u") {
                    return Err(InvalidJson);
                }
                self.at += 2;
                let low = self.unit()?.checked_sub(0xDC00).filter(|low| *low < 0x400).ok_or(InvalidJson)?;
                return char::from_u32(0x1_0000 + ((unit - 0xD800) << 10) + low).ok_or(InvalidJson);
            }
            _ => return Err(InvalidJson),
        })
    }

    /// Reads four hexadecimal digits: a UTF-16 code unit.
    fn unit(&mut self) -> Result<u32, InvalidJson> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|byte| char::from(byte).to_digit(16)).ok_or(InvalidJson)?;
            unit = unit * 16 + digit;
            self.at += 1;
        }
        Ok(unit)
    }

    /// Reads an integer of the usual form. `None` if the number has another one; the reader is still before it then.
    #[inline]
    pub(crate) fn short_integer(&mut self) -> Option<i64> {
        let (value, end) = short_integer(self.text.as_bytes(), self.at)?;
        self.at = end;
        Some(value)
    }

    /// Reads a number.
    #[inline]
    pub(crate) fn number(&mut self) -> Result<Numeral<'j>, InvalidJson> {
        let start = self.at;
        self.advance_to(skip::number(self.text.as_bytes(), start))?;
        let text = self.since(start);
        Ok(Numeral { text, integer: integer(text) })
    }
}

/// Returns the number if it is a 64-bit integer. `-0` is not, because an integer would drop its sign.
fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.len() > SAFE_DIGITS {
        return text.parse().ok();
    }
    let (eights, rest) = digits.as_bytes().as_chunks();
    let mut value = 0;
    for eight in eights {
        value = value * 100_000_000 + eight_digits(*eight)?;
    }
    for byte in rest {
        value = value * 10 + i64::from(char::from(*byte).to_digit(10)?);
    }
    let is_negative = digits.len() < text.len();
    if is_negative { (value != 0).then_some(-value) } else { Some(value) }
}

#[cfg(test)]
mod tests {
    use super::{Reader, integer};

    #[test]
    fn every_escape_is_read() {
        let mut reader = Reader::new(r#""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00\uDBFF\uDFFF""#);
        let text = reader.string().unwrap();
        assert_eq!(text, "\"\\/\u{8}\u{c}\n\r\tA\u{e9}\u{1f600}\u{10ffff}");
        for invalid in
            [r#""\x""#, r#""\u12""#, r#""\ude00""#, r#""\ud83d""#, r#""\ud83d\n""#, r#""\ud83d\ue000""#]
        {
            assert!(Reader::new(invalid).string().is_err(), "{invalid}");
        }
    }

    #[test]
    fn integers_have_64_bits() {
        for (text, expected) in [
            ("0", Some(0)),
            ("-0", None),
            ("-5", Some(-5)),
            ("12345678", Some(12_345_678)),
            ("-123456789012", Some(-123_456_789_012)),
            ("999999999999999999", Some(999_999_999_999_999_999)),
            ("9223372036854775807", Some(i64::MAX)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775808", None),
            ("1.0", None),
            ("12345678.5", None),
            ("1e3", None),
        ] {
            assert_eq!(integer(text), expected, "{text}");
        }
    }
}
