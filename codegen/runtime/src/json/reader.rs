//! Reading JSON from text, token by token.
//!
//! A reader over text and nothing else: what it reads into is another room's matter. It is not generic, so it is
//! compiled once, and it hands out slices of the text, so that a value can be kept as it is, or read again as another
//! type without being taken apart. It accepts what `serde_json` accepts, which the tests hold it to; what exactly is
//! wrong with a text is left to `serde_json` to tell.

use std::borrow::Cow;

use super::block::{eight_digits, plain_end, same};
use super::skip;

/// A place in a JSON text.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'j> {
    pub(super) text: &'j str,
    pub(super) at: usize,
}

/// So many digits are sure to be an integer of 64 bits.
const SURE: usize = 18;

/// The text is no JSON where the reader stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Broken;

/// The kind of a value, told by how it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Bool(bool),
    Number,
    String,
    Array,
    Object,
}

/// A number as it is written; also its value where it is an integer of 64 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numeral<'j> {
    pub(crate) text: &'j str,
    pub(crate) integer: Option<i64>,
}

impl Kind {
    /// What it is called in messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "true or false",
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

    /// How many bytes lie behind the reader.
    #[inline]
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The text from a place up to the reader.
    #[inline]
    pub(super) fn since(&self, start: usize) -> &'j str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space, which stays unread.
    #[inline]
    pub(super) fn next(&mut self) -> Option<u8> {
        match self.byte() {
            Some(byte) if byte > b' ' => Some(byte),
            _ => self.behind_blanks(),
        }
    }

    #[cold]
    fn behind_blanks(&mut self) -> Option<u8> {
        self.at = skip::blank_end(self.text.as_bytes(), self.at);
        self.byte()
    }

    /// Goes on to a place, or to where the text is broken.
    #[inline]
    pub(super) fn go(&mut self, to: Result<usize, usize>) -> Result<(), Broken> {
        self.at = to.unwrap_or_else(|at| at);
        to.map(drop).map_err(|_| Broken)
    }

    /// Passes over a certain byte.
    #[inline]
    fn expect(&mut self, expected: u8) -> Result<(), Broken> {
        if self.next() != Some(expected) {
            return Err(Broken);
        }
        self.at += 1;
        Ok(())
    }

    /// The kind of the value that comes next.
    #[inline]
    pub(crate) fn kind(&mut self) -> Result<Kind, Broken> {
        match self.next() {
            Some(b'"') => Ok(Kind::String),
            Some(b'-' | b'0'..=b'9') => Ok(Kind::Number),
            Some(b'{') => Ok(Kind::Object),
            Some(b'[') => Ok(Kind::Array),
            Some(b'n') => Ok(Kind::Null),
            Some(b't') => Ok(Kind::Bool(true)),
            Some(b'f') => Ok(Kind::Bool(false)),
            _ => Err(Broken),
        }
    }

    /// Reads null, true or false, as the kind says.
    #[inline]
    pub(crate) fn literal(&mut self, kind: Kind) -> Result<(), Broken> {
        let text = self.text.as_bytes();
        self.go(match kind {
            Kind::Null => skip::literal(text, self.at, *b"null"),
            Kind::Bool(true) => skip::literal(text, self.at, *b"true"),
            Kind::Bool(false) => skip::literal(text, self.at, *b"false"),
            _ => Err(self.at),
        })
    }

    /// Sees that nothing follows but white space.
    pub(crate) fn end(&mut self) -> Result<(), Broken> {
        if self.next().is_some() { Err(Broken) } else { Ok(()) }
    }

    /// Enters an object or a list, or goes on in it: whether there is another member or item. It is the first
    /// one right after the opening bracket.
    #[inline]
    pub(crate) fn goes_on(&mut self, is_first: &mut bool, close: u8) -> Result<bool, Broken> {
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
                _ => return Err(Broken),
            }
        }
        self.at += 1;
        Ok(false)
    }

    /// The key of the next member, and the colon behind it; nothing behind the last one.
    #[inline]
    pub(crate) fn key(&mut self, is_first: &mut bool) -> Result<Option<Cow<'j, str>>, Broken> {
        if self.goes_on(is_first, b'}')? { self.any_key().map(Some) } else { Ok(None) }
    }

    /// A key, and the colon behind it.
    #[inline]
    pub(crate) fn any_key(&mut self) -> Result<Cow<'j, str>, Broken> {
        let key = self.string()?;
        self.expect(b':')?;
        Ok(key)
    }

    /// Passes over a key and the colon behind it, if it is a certain one, which stands in a text as it is.
    #[inline]
    pub(crate) fn takes_key(&mut self, key: &str) -> Result<bool, Broken> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let is_key = rest.first() == Some(&b'"')
            && rest.get(key.len() + 1) == Some(&b'"')
            && rest.get(1..=key.len()).is_some_and(|text| same(text, key.as_bytes()));
        if is_key {
            self.at += key.len() + 2;
            self.expect(b':')?;
        }
        Ok(is_key)
    }

    /// Reads a string; it is copied only if it is written with escapes.
    #[inline]
    pub(crate) fn string(&mut self) -> Result<Cow<'j, str>, Broken> {
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
            _ => Err(Broken),
        }
    }

    /// The rest of a string that has an escape where the reader stands.
    fn escaped(&mut self, start: usize) -> Result<String, Broken> {
        let mut text = self.since(start).to_owned();
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
                _ => return Err(Broken),
            }
            let start = self.at;
            self.at = plain_end(self.text.as_bytes(), start);
            text.push_str(self.since(start));
        }
    }

    /// The character that the escape behind a backslash stands for.
    fn escape(&mut self) -> Result<char, Broken> {
        let escape = self.byte().ok_or(Broken)?;
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
                    return char::from_u32(unit).ok_or(Broken);
                }
                let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
                if unit >= 0xDC00 || !rest.starts_with(b"\\u") {
                    return Err(Broken);
                }
                self.at += 2;
                let low = self.unit()?.checked_sub(0xDC00).filter(|low| *low < 0x400).ok_or(Broken)?;
                return char::from_u32(0x1_0000 + ((unit - 0xD800) << 10) + low).ok_or(Broken);
            }
            _ => return Err(Broken),
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u32, Broken> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|byte| char::from(byte).to_digit(16)).ok_or(Broken)?;
            unit = unit * 16 + digit;
            self.at += 1;
        }
        Ok(unit)
    }

    /// Reads a number.
    #[inline]
    pub(crate) fn number(&mut self) -> Result<Numeral<'j>, Broken> {
        let start = self.at;
        self.go(skip::number(self.text.as_bytes(), start))?;
        let text = self.since(start);
        Ok(Numeral { text, integer: integer(text) })
    }
}

/// The integer of 64 bits that a number is written as; minus zero is none.
fn integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.len() > SURE {
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
