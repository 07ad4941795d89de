//! Eight bytes at once: where in a text something ends.

#![expect(clippy::inline_always, reason = "a few instructions in the innermost loop of all reading")]

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGHS: u64 = ONES << 7;
const BACKSLASHES: u64 = u64::from_le_bytes([b'\\'; 8]);
const UPPER: u64 = ONES * 0xf0;
const ZEROS: u64 = ONES * 0x30;

/// Where the part of a string ends that stands for itself: at a quote, a backslash or a control character.
#[inline(always)]
pub(crate) fn plain_end(text: &[u8], at: usize) -> usize {
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
    end(text, at, others, |byte| !byte.is_ascii_digit())
}

/// The bytes of a word that are no digits.
#[inline(always)]
fn others(word: u64) -> u64 {
    // Of digits, the upper half is 3, and stays so if 6 is added.
    ((word ^ ZEROS) | (word.wrapping_add(ONES * 6) ^ ZEROS)) & UPPER
}

/// The value of eight digits; nothing if there is another byte among them.
#[inline(always)]
pub(super) fn eight_digits(text: [u8; 8]) -> Option<i64> {
    let word = u64::from_le_bytes(text);
    if others(word) != 0 {
        return None;
    }
    // Neighbours are put together: to four numbers of two digits, two of four, and one of eight.
    let digits = word - ZEROS;
    let twos = (digits * 10 + (digits >> 8)) & u64::from_le_bytes([0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0]);
    let fours = (twos * 100 + (twos >> 16)) & u64::from_le_bytes([0xff, 0xff, 0, 0, 0xff, 0xff, 0, 0]);
    let eight = (fours * 10_000 + (fours >> 32)) & u64::from(u32::MAX);
    i64::try_from(eight).ok()
}

/// Whether two texts are the same. Short ones, as keys are, are compared in place.
#[inline(always)]
pub(super) fn same(one: &[u8], other: &[u8]) -> bool {
    match one.len() {
        length if length != other.len() => false,
        8..=16 => ends::<8>(one) == ends::<8>(other),
        4..8 => ends::<4>(one) == ends::<4>(other),
        _ => one == other,
    }
}

/// The first and the last bytes of a text.
#[inline(always)]
fn ends<const LENGTH: usize>(text: &[u8]) -> (Option<&[u8; LENGTH]>, Option<&[u8; LENGTH]>) {
    (text.first_chunk(), text.last_chunk())
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
    use super::{digits_end, eight_digits, plain_end, same};

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

    #[test]
    fn eight_digits_are_a_number() {
        for text in [*b"00000000", *b"00000001", *b"12345678", *b"90807060", *b"99999999"] {
            assert_eq!(eight_digits(text), str::from_utf8(&text).unwrap().parse().ok());
        }
        for place in 0..8 {
            for byte in (0..=u8::MAX).filter(|byte| !byte.is_ascii_digit()) {
                let mut text = *b"12345678";
                text[place] = byte;
                assert_eq!(eight_digits(text), None, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn texts_are_the_same_to_the_last_byte() {
        for length in 0..20 {
            let text = vec![b'a'; length];
            assert!(same(&text, &text.clone()) && !same(&text, &[b'a'; 20]));
            for place in 0..length {
                let mut other = text.clone();
                other[place] = b'b';
                assert!(!same(&text, &other), "{place} of {length}");
            }
        }
    }
}
