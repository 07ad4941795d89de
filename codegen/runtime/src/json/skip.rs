//! Passing over values, and seeing that they are JSON.
//!
//! Functions from one place in the text to another, so that the place stays in a register: this is the innermost loop
//! of all exports. Where the text is broken they give the place of that.

#![expect(clippy::inline_always, reason = "measured: passing over a page takes a third less time")]

use super::block::{digits_end, plain_end};

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

/// A place further on; or where the text is broken.
type Step = Result<usize, usize>;

/// Passes over a value. However deep it is, it takes no stack. Of an object, `member` is told where each key begins and
/// where it ends with its colon.
#[inline(always)]
pub(super) fn value(
    text: &[u8],
    start: usize,
    mut member: impl FnMut(usize, usize),
) -> Result<Passed, usize> {
    let mut at = start;
    let mut nesting = Nesting::default();
    let (mut size, mut doubtful) = (0_usize, false);
    'values: loop {
        size += 1;
        let (begin, byte) = next(text, at)?;
        at = match byte {
            b'"' => string(text, begin + 1, &mut doubtful)?,
            b'0'..=b'9' => unsigned(text, begin, &mut doubtful)?,
            b'-' => unsigned(text, begin + 1, &mut doubtful)?,
            b'{' => {
                let (first, byte) = next(text, begin + 1)?;
                if byte != b'}' {
                    nesting.enter(true);
                    at = key(text, first, &mut doubtful)?;
                    if nesting.in_outermost_object() {
                        member(first, at);
                    }
                    continue 'values;
                }
                first + 1
            }
            b'[' => {
                let (first, byte) = next(text, begin + 1)?;
                if byte != b']' {
                    nesting.enter(false);
                    at = first;
                    continue 'values;
                }
                first + 1
            }
            b'n' => literal(text, begin, *b"null")?,
            b't' => literal(text, begin, *b"true")?,
            b'f' => literal(text, begin, *b"false")?,
            _ => return Err(begin),
        };
        while !nesting.is_empty() {
            let (behind, byte) = next(text, at)?;
            if byte == b',' {
                at = behind + 1;
                if nesting.in_object() {
                    at = key(text, at, &mut doubtful)?;
                    if nesting.in_outermost_object() {
                        member(behind + 1, at);
                    }
                }
                continue 'values;
            }
            let close = if nesting.in_object() { b'}' } else { b']' };
            at = if byte == close { behind + 1 } else { broken(behind)? };
            nesting.leave();
        }
        let size = u32::try_from(size).unwrap_or(u32::MAX);
        return Ok(Passed { end: at, size, doubtful: doubtful || nesting.was_deep });
    }
}

/// Where the text is broken. Apart, as the compiler else counts the place from the byte that was found, and the next
/// step has to wait for that; a branch is foreseen.
#[cold]
fn broken(at: usize) -> Step {
    Err(at)
}

/// The next byte that is no white space, and its place.
#[inline(always)]
fn next(text: &[u8], at: usize) -> Result<(usize, u8), usize> {
    match text.get(at) {
        Some(byte) if *byte > b' ' => Ok((at, *byte)),
        _ => behind_blanks(text, at),
    }
}

#[cold]
fn behind_blanks(text: &[u8], at: usize) -> Result<(usize, u8), usize> {
    let at = blank_end(text, at);
    text.get(at).map(|byte| (at, *byte)).ok_or(at)
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
fn key(text: &[u8], at: usize, doubtful: &mut bool) -> Step {
    let (start, byte) = next(text, at)?;
    if byte != b'"' {
        return broken(start);
    }
    let (colon, byte) = next(text, string(text, start + 1, doubtful)?)?;
    if byte == b':' { Ok(colon + 1) } else { broken(colon) }
}

/// Passes over the rest of a string. Whether its escapes make characters is not looked at.
#[inline(always)]
fn string(text: &[u8], at: usize, doubtful: &mut bool) -> Step {
    let at = plain_end(text, at);
    if text.get(at) == Some(&b'"') { Ok(at + 1) } else { escaped(text, at, doubtful) }
}

/// The same from where an escape stands.
fn escaped(text: &[u8], mut at: usize, doubtful: &mut bool) -> Step {
    loop {
        match (text.get(at), text.get(at + 1)) {
            (Some(b'"'), _) => return Ok(at + 1),
            (Some(b'\\'), Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't')) => at += 2,
            (Some(b'\\'), Some(b'u')) => {
                *doubtful = true;
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
#[inline]
pub(super) fn number(text: &[u8], at: usize) -> Step {
    let sign = usize::from(text.get(at) == Some(&b'-'));
    unsigned(text, at + sign, &mut false)
}

/// Passes over a number from its first digit.
#[inline(always)]
fn unsigned(text: &[u8], start: usize, doubtful: &mut bool) -> Step {
    let end = digits_end(text, start);
    let leads_with_zero = text.get(start) == Some(&b'0');
    if end == start || (leads_with_zero && end - start > 1) {
        return Err(end);
    }
    if end - start > LONG {
        *doubtful = true;
    }
    match text.get(end) {
        Some(b'.' | b'e' | b'E') => fraction(text, end, doubtful),
        _ => Ok(end),
    }
}

/// Passes over what follows the whole part of a number.
fn fraction(text: &[u8], mut at: usize, doubtful: &mut bool) -> Step {
    if text.get(at) == Some(&b'.') {
        at = digits(text, at + 1)?;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        *doubtful = true;
        at += 1;
        at = digits(text, at + usize::from(matches!(text.get(at), Some(b'+' | b'-'))))?;
    }
    Ok(at)
}

fn digits(text: &[u8], start: usize) -> Step {
    let end = digits_end(text, start);
    if end == start { Err(end) } else { Ok(end) }
}

/// Passes over a literal.
#[inline(always)]
pub(super) fn literal<const LENGTH: usize>(text: &[u8], at: usize, literal: [u8; LENGTH]) -> Step {
    let end = at + LENGTH;
    if text.get(at..end).is_some_and(|word| *word == literal) { Ok(end) } else { unlike(text, at, &literal) }
}

/// Where a text is not that of a literal any more.
#[cold]
fn unlike(text: &[u8], at: usize, literal: &[u8]) -> Step {
    let rest = text.get(at..).unwrap_or_default();
    Err(at + literal.iter().zip(rest).take_while(|(one, other)| one == other).count())
}

/// The objects and lists around a place; a bit for each, 1 for an object.
struct Nesting {
    /// The innermost ones, below a bit that ends them.
    kinds: u64,
    /// The others, in the same way.
    outer: Vec<u64>,
    /// Whether there ever were others. What is not so deep is sure to be read by `serde_json`.
    was_deep: bool,
}

impl Default for Nesting {
    fn default() -> Self {
        Self { kinds: 1, outer: Vec::new(), was_deep: false }
    }
}

impl Nesting {
    #[inline(always)]
    fn enter(&mut self, is_object: bool) {
        if self.kinds.leading_zeros() == 0 {
            self.go_deep();
        }
        self.kinds = self.kinds << 1 | u64::from(is_object);
    }

    #[cold]
    fn go_deep(&mut self) {
        self.was_deep = true;
        self.outer.push(std::mem::replace(&mut self.kinds, 1));
    }

    #[inline(always)]
    fn leave(&mut self) {
        self.kinds >>= 1;
        if self.kinds == 1 && self.was_deep {
            self.kinds = self.outer.pop().unwrap_or(1);
        }
    }

    #[inline(always)]
    fn is_empty(&self) -> bool {
        self.kinds == 1
    }

    #[inline(always)]
    fn in_object(&self) -> bool {
        self.kinds & 1 == 1
    }

    #[inline(always)]
    fn in_outermost_object(&self) -> bool {
        self.kinds == 0b11 && self.outer.is_empty()
    }
}
