//! Skips values, and checks that they are JSON.
//!
//! Each function takes an offset and returns another one, so that the offset stays in a register: this is the innermost
//! loop of all exports. For invalid JSON they return the offset of the error.

#![expect(clippy::inline_always, reason = "measured: skipping a page takes a third less time")]

use super::swar::{digits_end, plain_end};

/// A number with more digits may have more than an `f64`.
const MAX_SAFE_DIGITS: usize = 15;

/// A number with more digits may be out of the range of an `f64`.
const MAX_DIGITS: usize = 300;

/// A smaller number than one with so many digits after `0.` is written with an exponent.
const MAX_SMALL_DIGITS: usize = 5;

/// A value that was skipped.
pub(super) struct SkippedValue {
    /// The offset after the value.
    pub(super) end: usize,
    /// The number of values in it, including itself.
    pub(super) size: u32,
    pub(super) risks: Risks,
}

/// What `serde_json` may do with a value.
#[derive(Clone, Copy, Default)]
pub(super) struct Risks {
    /// It may reject the value: a number may be out of range, a surrogate unpaired, the nesting too deep.
    pub(super) may_reject: bool,
    /// It may write a number in another way: with fewer digits, or `1.5` for `1.50`.
    pub(super) may_rewrite: bool,
    /// The nesting is deep.
    pub(super) is_deep: bool,
}

/// The offset after a token, or the offset of a syntax error.
type EndOffset = Result<usize, usize>;

/// Skips a value, without recursion. If it is an object, calls `property` with the offsets of each key: its start, and
/// its end after the colon.
#[inline(always)]
pub(super) fn value(
    text: &[u8],
    start: usize,
    mut property: impl FnMut(usize, usize),
) -> Result<SkippedValue, usize> {
    let mut at = start;
    let mut nesting = Nesting::default();
    let (mut size, mut risks) = (0_usize, Risks::default());
    'values: loop {
        size += 1;
        let (begin, byte) = next(text, at)?;
        at = match byte {
            b'"' => string(text, begin + 1, &mut risks)?,
            b'0'..=b'9' => unsigned(text, begin, &mut risks)?,
            b'-' => {
                // An integer has no negative zero.
                risks.may_rewrite |= text.get(begin + 1) == Some(&b'0');
                unsigned(text, begin + 1, &mut risks)?
            }
            b'{' => {
                let (first, byte) = next(text, begin + 1)?;
                if byte != b'}' {
                    nesting.enter(true);
                    at = key(text, first, &mut risks)?;
                    if nesting.in_outermost_object() {
                        property(first, at);
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
            let (after, byte) = next(text, at)?;
            if byte == b',' {
                at = after + 1;
                if nesting.in_object() {
                    at = key(text, at, &mut risks)?;
                    if nesting.in_outermost_object() {
                        property(after + 1, at);
                    }
                }
                continue 'values;
            }
            let close = if nesting.in_object() { b'}' } else { b']' };
            at = if byte == close { after + 1 } else { error_at(after)? };
            nesting.leave();
        }
        let size = u32::try_from(size).unwrap_or(u32::MAX);
        risks.may_reject |= nesting.was_deep;
        risks.is_deep = nesting.was_deep;
        return Ok(SkippedValue { end: at, size, risks });
    }
}

/// Returns the offset of a syntax error. It is a cold function so that the compiler emits a branch, which is predicted.
/// Otherwise it computes the next offset from the byte that was read, and the next step waits for that byte.
#[cold]
fn error_at(at: usize) -> EndOffset {
    Err(at)
}

/// Skips whitespace, and returns the next byte and its offset.
#[inline(always)]
fn next(text: &[u8], at: usize) -> Result<(usize, u8), usize> {
    match text.get(at) {
        Some(byte) if *byte > b' ' => Ok((at, *byte)),
        _ => after_whitespace(text, at),
    }
}

#[cold]
fn after_whitespace(text: &[u8], at: usize) -> Result<(usize, u8), usize> {
    let at = whitespace_end(text, at);
    text.get(at).map(|byte| (at, *byte)).ok_or(at)
}

/// Returns the offset after whitespace.
#[inline(always)]
pub(super) fn whitespace_end(text: &[u8], mut at: usize) -> usize {
    while let Some(byte) = text.get(at) {
        if *byte > b' ' || !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
            break;
        }
        at += 1;
    }
    at
}

/// Skips a key and the colon after it.
#[inline(always)]
fn key(text: &[u8], at: usize, risks: &mut Risks) -> EndOffset {
    let (start, byte) = next(text, at)?;
    if byte != b'"' {
        return error_at(start);
    }
    let (colon, byte) = next(text, string(text, start + 1, risks)?)?;
    if byte == b':' { Ok(colon + 1) } else { error_at(colon) }
}

/// Skips the rest of a string. Whether its escapes are valid characters is not checked.
#[inline(always)]
fn string(text: &[u8], at: usize, risks: &mut Risks) -> EndOffset {
    let at = plain_end(text, at);
    if text.get(at) == Some(&b'"') { Ok(at + 1) } else { escaped(text, at, risks) }
}

/// Skips the rest of a string from its first escape.
fn escaped(text: &[u8], mut at: usize, risks: &mut Risks) -> EndOffset {
    loop {
        match (text.get(at), text.get(at + 1)) {
            (Some(b'"'), _) => return Ok(at + 1),
            (Some(b'\\'), Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't')) => at += 2,
            (Some(b'\\'), Some(b'u')) => {
                risks.may_reject = true;
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

/// Skips a number.
#[inline]
pub(super) fn number(text: &[u8], at: usize) -> EndOffset {
    let sign = usize::from(text.get(at) == Some(&b'-'));
    unsigned(text, at + sign, &mut Risks::default())
}

/// Skips a number from its first digit.
#[inline(always)]
fn unsigned(text: &[u8], start: usize, risks: &mut Risks) -> EndOffset {
    let end = digits_end(text, start);
    let leads_with_zero = text.get(start) == Some(&b'0');
    if end == start || (leads_with_zero && end - start > 1) {
        return Err(end);
    }
    if end - start > MAX_SAFE_DIGITS {
        risks.may_rewrite = true;
        risks.may_reject |= end - start > MAX_DIGITS;
    }
    match text.get(end) {
        Some(b'.' | b'e' | b'E') => fraction(text, start, end, risks),
        _ => Ok(end),
    }
}

/// Returns the depth of a value that was skipped before: how many arrays and objects contain the innermost one, including
/// itself.
pub(super) fn depth(text: &[u8]) -> usize {
    let (mut depth, mut deepest, mut at) = (0_usize, 0, 0);
    while let Some(byte) = text.get(at) {
        at += 1;
        match byte {
            b'"' => at = string(text, at, &mut Risks::default()).unwrap_or(text.len()),
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Skips the fraction and the exponent of a number.
fn fraction(text: &[u8], start: usize, mut at: usize, risks: &mut Risks) -> EndOffset {
    if text.get(at) == Some(&b'.') {
        let first = at + 1;
        at = digits(text, first)?;
        let ends_with_zero = at - first > 1 && text.get(at - 1) == Some(&b'0');
        let is_small = at - first > MAX_SMALL_DIGITS && text.get(start) == Some(&b'0');
        risks.may_rewrite |= ends_with_zero || is_small || at - start > MAX_SAFE_DIGITS;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        (risks.may_reject, risks.may_rewrite) = (true, true);
        at += 1;
        at = digits(text, at + usize::from(matches!(text.get(at), Some(b'+' | b'-'))))?;
    }
    Ok(at)
}

fn digits(text: &[u8], start: usize) -> EndOffset {
    let end = digits_end(text, start);
    if end == start { Err(end) } else { Ok(end) }
}

/// Skips a literal.
#[inline(always)]
pub(super) fn literal<const LENGTH: usize>(text: &[u8], at: usize, literal: [u8; LENGTH]) -> EndOffset {
    let end = at + LENGTH;
    if text.get(at..end).is_some_and(|word| *word == literal) {
        Ok(end)
    } else {
        mismatch_end(text, at, &literal)
    }
}

/// Returns the offset of the first byte that differs from a literal.
#[cold]
fn mismatch_end(text: &[u8], at: usize, literal: &[u8]) -> EndOffset {
    let rest = text.get(at..).unwrap_or_default();
    Err(at + literal.iter().zip(rest).take_while(|(one, other)| one == other).count())
}

/// The objects and arrays around a position: one bit for each, 1 for an object.
struct Nesting {
    /// The innermost ones, below a sentinel bit.
    kinds: u64,
    /// The outer ones, in the same form.
    outer: Vec<u64>,
    /// Whether `outer` was ever used. `serde_json` accepts the nesting of values that didn't need it.
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

#[cfg(test)]
mod tests {
    use super::{Risks, value};
    use crate::json::exact::all_kept;

    fn risks(text: &str) -> Risks {
        let skipped = value(text.as_bytes(), 0, |_, _| ()).unwrap_or_else(|at| panic!("{text}: {at}"));
        assert_eq!(skipped.end, text.len());
        skipped.risks
    }

    /// Returns numbers with integers, fractions and exponents of many lengths.
    fn numbers() -> impl Iterator<Item = String> {
        let integers = [1, 2, 14, 15, 16, 17, 19, 20, 21, 299, 300, 301, 309, 310, 400];
        let integers = integers.map(|digits| "9".repeat(digits)).into_iter().chain(["0".to_owned()]);
        let fractions = [0, 1, 2, 4, 5, 6, 7, 14, 15, 16, 17, 18, 400];
        let fractions =
            fractions.map(|digits| "0".repeat(digits)).into_iter().filter(|zeros| !zeros.is_empty());
        let ends = |zeros: String| ["1", "0", "25"].map(|end| format!(".{zeros}{end}"));
        let fractions: Vec<_> =
            ["", ".0", ".5", ".10"].map(str::to_owned).into_iter().chain(fractions.flat_map(ends)).collect();
        integers.flat_map(move |integer| {
            let with = move |fraction: String| {
                let number = format!("{integer}{fraction}");
                ["", "e5", "E-5", "e+999"].map(|exponent| format!("{number}{exponent}"))
            };
            fractions.clone().into_iter().flat_map(with)
        })
    }

    #[test]
    fn no_number_is_changed_or_rejected_without_a_risk() {
        for number in numbers() {
            for text in [number.clone(), format!("-{number}"), format!("[-{number},1]")] {
                let risks = risks(&text);
                assert!(
                    risks.may_reject || serde_json::from_str::<serde_json::Value>(&text).is_ok(),
                    "{text}"
                );
                assert!(risks.may_rewrite || all_kept(&text), "{text}");
            }
        }
    }

    #[test]
    fn usual_values_have_no_risk() {
        // Wherever they are in the text.
        let many = format!("[{}0]", "7, -7.5, ".repeat(50));
        for text in [
            "0",
            "7",
            "-12",
            "123456789012345",
            "0.5",
            "12.25",
            "-1234.75",
            "0.00001",
            "1.0",
            "123.45678901234",
            r#""\n""#,
            &many,
        ] {
            let Risks { may_reject, may_rewrite, .. } = risks(text);
            assert_eq!((may_reject, may_rewrite), (false, false), "{text}");
        }
    }

    #[test]
    fn a_surrogate_a_long_number_or_deep_nesting_may_be_rejected() {
        let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        for text in [r#""\ud800""#, &"1".repeat(301), "1e5", &nested(128), &nested(200)] {
            assert!(risks(text).may_reject, "{text}");
        }
        assert!(!risks(&nested(60)).may_reject);
        assert!(!risks(&format!("[{}1234567890123456]", "7, ".repeat(200))).may_reject);
    }

    #[test]
    fn arrays_and_objects_are_distinguished_at_every_depth() {
        for depth in [1, 62, 63, 64, 65, 127, 128, 129, 200] {
            for kinds in [0, usize::MAX, 0x5555_5555_5555_5555, 0x3333_3333_3333_3333] {
                let is_object = |level: usize| kinds >> (level % 64) & 1 == 1;
                let open: String =
                    (0..depth).map(|level| if is_object(level) { "{\"a\":" } else { "[" }).collect();
                let close = |level: usize| if is_object(level) { '}' } else { ']' };
                let closed: String = (0..depth).rev().map(close).collect();
                assert_eq!(
                    value(format!("{open}1{closed}").as_bytes(), 0, |_, _| ()).unwrap().end,
                    open.len() + 1 + depth
                );
                for level in 0..depth {
                    let wrong = |other: usize| match (other == level, is_object(other)) {
                        (true, true) | (false, false) => ']',
                        (true, false) | (false, true) => '}',
                    };
                    let closed: String = (0..depth).rev().map(wrong).collect();
                    let error = open.len() + depth - level;
                    assert_eq!(value(format!("{open}1{closed}").as_bytes(), 0, |_, _| ()).err(), Some(error));
                }
            }
        }
    }
}
