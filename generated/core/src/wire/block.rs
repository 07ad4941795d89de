//! Eight bytes at once: where in a text something ends.

#![expect(clippy::inline_always, reason = "a few instructions in the innermost loop of all reading")]

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGHS: u64 = ONES << 7;
const BACKSLASHES: u64 = u64::from_le_bytes([b'\\'; 8]);
const UPPER: u64 = ONES * 0xf0;
const THREES: u64 = ONES * 0x30;

/// Where the part of a string ends that stands for itself: at a quote, a backslash or a control character.
#[inline(always)]
pub(super) fn plain_end(text: &[u8], at: usize) -> usize {
    let ends = |word: u64| {
        // With one bit turned, quotes are next to control characters: of all these a subtraction borrows. Behind the
        // first byte that is found there may be others, as it borrows from what follows.
        let quotes_and_controls = (word ^ (ONES * 2)).wrapping_sub(ONES * 0x21);
        let backslashes = (word ^ BACKSLASHES).wrapping_sub(ONES);
        (quotes_and_controls | backslashes) & !word & HIGHS
    };
    end(text, at, ends, |byte| matches!(byte, b'"' | b'\\' | ..=0x1f))
}

/// Where a run of digits ends.
#[inline(always)]
pub(super) fn digits_end(text: &[u8], at: usize) -> usize {
    // Of digits, the upper half is 3, and stays so if 6 is added.
    let others = |word: u64| ((word ^ THREES) | (word.wrapping_add(ONES * 6) ^ THREES)) & UPPER;
    end(text, at, others, |byte| !byte.is_ascii_digit())
}

/// The place of the first byte that is found: by eight the lowest one of which a bit is, in the rest one by one. The
/// end of the text if there is none.
#[inline(always)]
fn end(text: &[u8], at: usize, find: impl Fn(u64) -> u64, is_end: impl Fn(u8) -> bool) -> usize {
    let Some(mut rest) = text.get(at..) else { return text.len() };
    while let Some((bytes, behind)) = rest.split_first_chunk() {
        let found = find(u64::from_le_bytes(*bytes));
        if found != 0 {
            return text.len() - rest.len() + (found.trailing_zeros() / 8) as usize;
        }
        rest = behind;
    }
    text.len() - rest.len() + short_end(rest, is_end)
}

#[cold]
fn short_end(text: &[u8], is_end: impl Fn(u8) -> bool) -> usize {
    text.iter().position(|byte| is_end(*byte)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::{digits_end, plain_end};

    #[test]
    fn every_byte_is_told_at_every_place() {
        for byte in 0..=u8::MAX {
            let ends = matches!(byte, b'"' | b'\\' | ..=0x1f);
            for place in 0..20 {
                let mut text = [b'a'; 20];
                text[place] = byte;
                assert_eq!(plain_end(&text, 0), if ends { place } else { 20 }, "{byte} at {place}");
                let mut text = [b'7'; 20];
                text[place] = byte;
                let end = if byte.is_ascii_digit() { 20 } else { place };
                assert_eq!(digits_end(&text, 0), end, "{byte} at {place}");
            }
        }
    }
}
