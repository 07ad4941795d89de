//! Reading JSON from text, token by token.
//!
//! A reader over text and nothing else: what it reads into is the driver's matter. It is not generic, so it is
//! compiled once, and it hands out slices of the text, so that a value can be passed over, kept as it is, or read
//! again as another type without being taken apart. It accepts what `serde_json` accepts, which the tests hold
//! it to; what exactly is wrong with a text is left to `serde_json` to tell.

#![expect(clippy::inline_always, reason = "measured: passing over a page takes a fifth less time")]

use std::borrow::Cow;

use super::block::{digits_end, plain_end};

/// A place in a JSON text.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'j> {
    text: &'j str,
    at: usize,
    /// Whether a value was passed over that may be JSON and yet not be read.
    pub(super) doubtful: bool,
}

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
    pub(super) text: &'j str,
    pub(super) integer: Option<i64>,
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
        Self { text, at: 0, doubtful: false }
    }

    /// How many bytes lie behind the reader.
    #[inline]
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The text from a place up to the reader.
    #[inline]
    pub(crate) fn since(&self, start: usize) -> &'j str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space, which stays unread.
    #[inline(always)]
    pub(super) fn next(&mut self) -> Option<u8> {
        while let Some(byte) = self.byte() {
            if byte > b' ' || !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    /// Passes over the byte that was looked at.
    #[inline]
    pub(super) fn advance(&mut self) {
        self.at += 1;
    }

    /// Passes over a certain byte.
    #[inline(always)]
    fn expect(&mut self, expected: u8) -> Result<(), Broken> {
        if self.next() != Some(expected) {
            return Err(Broken);
        }
        self.at += 1;
        Ok(())
    }

    /// The kind of the value that comes next.
    #[inline(always)]
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
    #[inline(always)]
    pub(crate) fn literal(&mut self, kind: Kind) -> Result<(), Broken> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let length = match kind {
            Kind::Null if rest.first_chunk() == Some(b"null") => 4,
            Kind::Bool(true) if rest.first_chunk() == Some(b"true") => 4,
            Kind::Bool(false) if rest.first_chunk() == Some(b"false") => 5,
            _ => return self.broken_literal(),
        };
        self.at += length;
        Ok(())
    }

    /// Goes as far as the literal is there.
    #[cold]
    fn broken_literal(&mut self) -> Result<(), Broken> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let common =
            |literal: &[u8]| literal.iter().zip(rest).take_while(|(one, other)| one == other).count();
        self.at += ["null", "true", "false"]
            .map(|literal| common(literal.as_bytes()))
            .into_iter()
            .max()
            .unwrap_or(0);
        Err(Broken)
    }

    /// Sees that nothing follows but white space.
    pub(crate) fn end(&mut self) -> Result<(), Broken> {
        if self.next().is_some() { Err(Broken) } else { Ok(()) }
    }

    /// Enters an object or a list, or goes on in it: whether there is another member or item. It is the first
    /// one right after the opening bracket.
    #[inline(always)]
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
        if !self.goes_on(is_first, b'}')? {
            return Ok(None);
        }
        let key = self.string()?;
        self.expect(b':')?;
        Ok(Some(key))
    }

    /// Passes over a key and the colon behind it.
    #[inline(always)]
    pub(super) fn skip_key(&mut self) -> Result<(), Broken> {
        self.skip_string()?;
        self.expect(b':')
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

    /// Passes over a number.
    #[inline(always)]
    pub(super) fn skip_number(&mut self) -> Result<(), Broken> {
        self.at += usize::from(self.byte() == Some(b'-'));
        let start = self.at;
        let leads_with_zero = self.byte() == Some(b'0');
        self.at = digits_end(self.text.as_bytes(), start);
        let count = self.at - start;
        if count == 0 || (leads_with_zero && count > 1) {
            return Err(Broken);
        }
        // So many digits may be more than a number can hold.
        self.doubtful |= count > 300;
        if matches!(self.byte(), Some(b'.' | b'e' | b'E')) {
            self.fraction()?;
        }
        Ok(())
    }

    /// Passes over a string. Whether its escapes make characters is not looked at.
    #[inline(always)]
    pub(super) fn skip_string(&mut self) -> Result<(), Broken> {
        self.expect(b'"')?;
        loop {
            self.at = plain_end(self.text.as_bytes(), self.at);
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.skip_escape()?,
                _ => return Err(Broken),
            }
        }
    }

    fn skip_escape(&mut self) -> Result<(), Broken> {
        self.at += 1;
        match self.byte() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => {
                self.at += 1;
                Ok(())
            }
            Some(b'u') => {
                self.at += 1;
                self.doubtful = true;
                self.unit().map(drop)
            }
            _ => Err(Broken),
        }
    }

    /// Reads a number.
    #[inline]
    pub(crate) fn number(&mut self) -> Result<Numeral<'j>, Broken> {
        let start = self.at;
        let negative = self.byte() == Some(b'-');
        self.at += usize::from(negative);
        let digits = self.at;
        let mut value = 0_i64;
        while let Some(byte @ b'0'..=b'9') = self.byte() {
            value = value.wrapping_mul(10).wrapping_add(i64::from(byte - b'0'));
            self.at += 1;
        }
        let count = self.at - digits;
        let leads_with_zero = self.text.as_bytes().get(digits) == Some(&b'0');
        if count == 0 || (leads_with_zero && count > 1) {
            return Err(Broken);
        }
        if matches!(self.byte(), Some(b'.' | b'e' | b'E')) {
            self.fraction()?;
            return Ok(Numeral { text: self.since(start), integer: None });
        }
        let text = self.since(start);
        let integer = match (negative, count) {
            // Minus zero is none.
            (true, 1) if leads_with_zero => None,
            (true, ..=18) => Some(-value),
            (false, ..=18) => Some(value),
            _ => text.parse().ok(),
        };
        Ok(Numeral { text, integer })
    }

    /// Passes over what follows the whole part of a number.
    fn fraction(&mut self) -> Result<(), Broken> {
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.doubtful = true;
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Broken> {
        let start = self.at;
        self.at = digits_end(self.text.as_bytes(), start);
        if self.at == start { Err(Broken) } else { Ok(()) }
    }
}
