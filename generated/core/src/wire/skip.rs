//! Passing over values, and seeing that they are JSON.
//!
//! Functions from one place in the text to another, so that the place stays in a register: this is the innermost loop
//! of all exports. Where the text is broken they give the place of that.

#![expect(clippy::inline_always, reason = "measured: passing over a page takes a third less time")]

use super::block::{digits_end, plain_end};

/// How deep a value may be nested that is sure to be read by `serde_json`.
const SHALLOW: usize = 100;
/// More digits than these may be more than a number can hold.
const LONG: usize = 300;

/// A value that was passed over.
pub(super) struct Passed {
    /// The place behind it.
    pub(super) end: usize,
    /// How many values there are in it, itself included.
    pub(super) size: u32,
    /// Whether it may be refused though it is JSON: a number out of range, half a character, too deep.
    pub(super) doubtful: bool,
}

/// A place further on, and whether there is any doubt about what lies before it; or where the text is broken.
type Step = Result<(usize, bool), usize>;

/// Passes over a value. However deep it is, it takes no stack.
pub(super) fn value(text: &[u8], start: usize) -> Result<Passed, usize> {
    let mut at = start;
    let mut nesting = Nesting::default();
    let (mut size, mut doubtful) = (0_u32, false);
    'values: loop {
        size = size.saturating_add(1);
        at = blank_end(text, at);
        let (end, doubt) = match text.get(at) {
            Some(b'"') => string(text, at + 1)?,
            Some(b'-' | b'0'..=b'9') => number(text, at)?,
            Some(b'{') => {
                at = blank_end(text, at + 1);
                if text.get(at) != Some(&b'}') {
                    nesting.enter(true);
                    let (end, doubt) = key(text, at)?;
                    (at, doubtful) = (end, doubtful | doubt);
                    continue 'values;
                }
                (at + 1, false)
            }
            Some(b'[') => {
                at = blank_end(text, at + 1);
                if text.get(at) != Some(&b']') {
                    nesting.enter(false);
                    continue 'values;
                }
                (at + 1, false)
            }
            Some(b'n') => (literal(text, at, *b"null")?, false),
            Some(b't') => (literal(text, at, *b"true")?, false),
            Some(b'f') => (literal(text, at, *b"false")?, false),
            _ => return Err(at),
        };
        (at, doubtful) = (end, doubtful | doubt);
        while nesting.depth > 0 {
            at = blank_end(text, at);
            match (text.get(at), nesting.in_object()) {
                (Some(b','), true) => {
                    let (end, doubt) = key(text, blank_end(text, at + 1))?;
                    (at, doubtful) = (end, doubtful | doubt);
                    continue 'values;
                }
                (Some(b','), false) => {
                    at += 1;
                    continue 'values;
                }
                (Some(b'}'), true) | (Some(b']'), false) => {
                    at += 1;
                    nesting.leave();
                }
                _ => return Err(at),
            }
        }
        return Ok(Passed { end: at, size, doubtful: doubtful || nesting.deepest > SHALLOW });
    }
}

/// The place behind white space.
#[inline(always)]
pub(super) fn blank_end(text: &[u8], mut at: usize) -> usize {
    while let Some(byte) = text.get(at) {
        if *byte > b' ' || !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
            break;
        }
        at += 1;
    }
    at
}

/// Passes over a key and the colon behind it.
#[inline(always)]
fn key(text: &[u8], at: usize) -> Step {
    if text.get(at) != Some(&b'"') {
        return Err(at);
    }
    let (at, doubt) = string(text, at + 1)?;
    let at = blank_end(text, at);
    if text.get(at) == Some(&b':') { Ok((at + 1, doubt)) } else { Err(at) }
}

/// Passes over the rest of a string. Whether its escapes make characters is not looked at.
#[inline(always)]
fn string(text: &[u8], at: usize) -> Step {
    let at = plain_end(text, at);
    if text.get(at) == Some(&b'"') { Ok((at + 1, false)) } else { escaped(text, at) }
}

/// The same from where an escape stands.
fn escaped(text: &[u8], mut at: usize) -> Step {
    let mut doubt = false;
    loop {
        match (text.get(at), text.get(at + 1)) {
            (Some(b'"'), _) => return Ok((at + 1, doubt)),
            (Some(b'\\'), Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't')) => at += 2,
            (Some(b'\\'), Some(b'u')) => {
                doubt = true;
                at += 2;
                for _ in 0..4 {
                    if !text.get(at).is_some_and(u8::is_ascii_hexdigit) {
                        return Err(at);
                    }
                    at += 1;
                }
            }
            (Some(b'\\'), _) => return Err(at + 1),
            _ => return Err(at),
        }
        at = plain_end(text, at);
    }
}

/// Passes over a number.
#[inline(always)]
pub(super) fn number(text: &[u8], at: usize) -> Step {
    let start = at + usize::from(text.get(at) == Some(&b'-'));
    let end = digits_end(text, start);
    let leads_with_zero = text.get(start) == Some(&b'0');
    if end == start || (leads_with_zero && end - start > 1) {
        return Err(end);
    }
    match text.get(end) {
        Some(b'.' | b'e' | b'E') => fraction(text, end),
        _ => Ok((end, end - start > LONG)),
    }
}

/// Passes over what follows the whole part of a number.
fn fraction(text: &[u8], mut at: usize) -> Step {
    if text.get(at) == Some(&b'.') {
        at = digits(text, at + 1)?;
    }
    let has_exponent = matches!(text.get(at), Some(b'e' | b'E'));
    if has_exponent {
        at += 1;
        at = digits(text, at + usize::from(matches!(text.get(at), Some(b'+' | b'-'))))?;
    }
    Ok((at, has_exponent))
}

fn digits(text: &[u8], start: usize) -> Result<usize, usize> {
    let end = digits_end(text, start);
    if end == start { Err(end) } else { Ok(end) }
}

/// Passes over a literal.
#[inline(always)]
pub(super) fn literal<const LENGTH: usize>(
    text: &[u8],
    at: usize,
    literal: [u8; LENGTH],
) -> Result<usize, usize> {
    let rest = text.get(at..).unwrap_or_default();
    if rest.first_chunk() == Some(&literal) {
        return Ok(at + LENGTH);
    }
    Err(at + literal.iter().zip(rest).take_while(|(one, other)| one == other).count())
}

/// The objects and lists around a place; a bit for each, 1 for an object.
#[derive(Default)]
struct Nesting {
    depth: usize,
    deepest: usize,
    /// The innermost ones.
    kinds: u64,
    /// The others, 64 together.
    outer: Vec<u64>,
}

impl Nesting {
    #[inline(always)]
    fn enter(&mut self, is_object: bool) {
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.outer.push(self.kinds);
        }
        self.kinds = self.kinds << 1 | u64::from(is_object);
        self.depth += 1;
        self.deepest = self.deepest.max(self.depth);
    }

    #[inline(always)]
    fn leave(&mut self) {
        self.kinds >>= 1;
        self.depth -= 1;
        if self.depth > 0 && self.depth.is_multiple_of(64) {
            self.kinds = self.outer.pop().unwrap_or_default();
        }
    }

    #[inline(always)]
    fn in_object(&self) -> bool {
        self.kinds & 1 == 1
    }
}
