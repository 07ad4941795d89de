//! Finds where a token ends, eight bytes at a time (SIMD within a register).

#![expect(clippy::inline_always, reason = "a few instructions in the innermost loop of the reader")]

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGHS: u64 = ONES << 7;
const BACKSLASHES: u64 = u64::from_le_bytes([b'\\'; 8]);
const UPPER: u64 = ONES * 0xf0;
const ZEROS: u64 = ONES * 0x30;

/// Returns the offset of the next quote, backslash or control character, where the plain part of a string ends.
#[inline(always)]
pub(crate) fn plain_end(text: &[u8], at: usize) -> usize {
    let ends = |word: u64| {
        // With one bit flipped, a quote is less than 0x21, as control characters are: the subtraction borrows for all
        // of these. After the first byte that is found, others may be found wrongly, because of the borrow.
        let quotes_and_controls = (word ^ (ONES * 2)).wrapping_sub(ONES * 0x21);
        let backslashes = (word ^ BACKSLASHES).wrapping_sub(ONES);
        (quotes_and_controls | backslashes) & !word & HIGHS
    };
    end(text, at, ends, |byte| matches!(byte, b'"' | b'\\' | ..=0x1f))
}

/// Returns the offset where a run of digits ends.
#[inline(always)]
pub(super) fn digits_end(text: &[u8], at: usize) -> usize {
    end(text, at, non_digits, |byte| !byte.is_ascii_digit())
}

/// Returns a word with bits set in the bytes that are not digits.
#[inline(always)]
fn non_digits(word: u64) -> u64 {
    // The upper half of a digit is 3, and is still 3 after 6 is added.
    ((word ^ ZEROS) | (word.wrapping_add(ONES * 6) ^ ZEROS)) & UPPER
}

/// The powers of ten below eight digits.
const SCALES: [i64; 8] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000];

/// Reads an integer with less than 16 digits and no sign. Returns its value and the offset of its end. `None` if the
/// number may have another form, or the text ends soon.
#[inline(always)]
pub(super) fn short_integer(text: &[u8], at: usize) -> Option<(i64, usize)> {
    let bytes: &[u8; 17] = text.get(at..)?.first_chunk()?;
    let first = u64::from_le_bytes(*bytes.first_chunk()?);
    let (value, length) = if let Some(all) = first_digits(first) {
        all
    } else {
        let (value, length) = first_digits(u64::from_le_bytes(*bytes.get(8..)?.first_chunk()?))?;
        (digits_value(first) * SCALES.get(length)? + value, 8 + length)
    };
    let leads_with_zero = length > 1 && first & 0xff == u64::from(b'0');
    let is_integer = length > 0 && !leads_with_zero && !matches!(bytes.get(length)?, b'.' | b'e' | b'E');
    is_integer.then_some((value, at + length))
}

/// Returns the value and the number of the digits that a word starts with; `None` if all bytes are digits.
#[inline(always)]
fn first_digits(word: u64) -> Option<(i64, usize)> {
    let others = non_digits(word);
    if others == 0 {
        return None;
    }
    let bits = others.trailing_zeros() & !7;
    // Moves the digits to the end, after zeros.
    let digits = if bits == 0 { ZEROS } else { word << (64 - bits) | ZEROS >> bits };
    Some((digits_value(digits), (bits / 8) as usize))
}

/// Returns the value of eight digits; `None` if one of the bytes is not a digit.
#[inline(always)]
pub(super) fn eight_digits(text: [u8; 8]) -> Option<i64> {
    let word = u64::from_le_bytes(text);
    (non_digits(word) == 0).then(|| digits_value(word))
}

/// Returns the value of eight digits.
#[inline(always)]
fn digits_value(word: u64) -> i64 {
    // Combines neighbours: four numbers of two digits, then two of four, then one of eight.
    let digits = word - ZEROS;
    let twos = (digits * 10 + (digits >> 8)) & u64::from_le_bytes([0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0]);
    let fours = (twos * 100 + (twos >> 16)) & u64::from_le_bytes([0xff, 0xff, 0, 0, 0xff, 0xff, 0, 0]);
    let eight = (fours * 10_000 + (fours >> 32)) & u64::from(u32::MAX);
    i64::try_from(eight).unwrap_or_default()
}

/// Returns whether two texts are equal. Short ones, such as keys, are compared without a call.
#[inline(always)]
pub(super) fn equal(left: &[u8], right: &[u8]) -> bool {
    match left.len() {
        length if length != right.len() => false,
        17..=32 => both_ends::<16>(left) == both_ends::<16>(right),
        8..=16 => both_ends::<8>(left) == both_ends::<8>(right),
        4..8 => both_ends::<4>(left) == both_ends::<4>(right),
        _ => left == right,
    }
}

/// Returns the first and the last bytes of a text.
#[inline(always)]
fn both_ends<const LENGTH: usize>(text: &[u8]) -> (Option<&[u8; LENGTH]>, Option<&[u8; LENGTH]>) {
    (text.first_chunk(), text.last_chunk())
}

/// Returns the offset of the first byte that `find` marks in a word of eight bytes, or that `is_end` accepts in the
/// rest of the text. The length of the text if there is none.
#[inline(always)]
fn end(text: &[u8], at: usize, find: impl Fn(u64) -> u64, is_end: impl Fn(u8) -> bool) -> usize {
    let Some(mut rest) = text.get(at..) else { return text.len() };
    while let Some((bytes, after)) = rest.split_first_chunk() {
        let found = find(u64::from_le_bytes(*bytes));
        if found != 0 {
            return text.len() - rest.len() + (found.trailing_zeros() / 8) as usize;
        }
        rest = after;
    }
    text.len() - rest.len() + short_end(rest, is_end)
}

#[cold]
fn short_end(text: &[u8], is_end: impl Fn(u8) -> bool) -> usize {
    text.iter().position(|byte| is_end(*byte)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::{digits_end, eight_digits, equal, plain_end, short_integer};

    #[test]
    fn every_byte_is_found_at_every_position() {
        for byte in 0..=u8::MAX {
            let ends = matches!(byte, b'"' | b'\\' | ..=0x1f);
            for position in 0..20 {
                let mut text = [b'a'; 20];
                text[position] = byte;
                assert_eq!(plain_end(&text, 0), if ends { position } else { 20 }, "{byte} at {position}");
                let mut text = [b'7'; 20];
                text[position] = byte;
                let end = if byte.is_ascii_digit() { 20 } else { position };
                assert_eq!(digits_end(&text, 0), end, "{byte} at {position}");
            }
        }
    }

    #[test]
    fn eight_digits_are_a_number() {
        for text in [*b"00000000", *b"00000001", *b"12345678", *b"90807060", *b"99999999"] {
            assert_eq!(eight_digits(text), str::from_utf8(&text).unwrap().parse().ok());
        }
        for position in 0..8 {
            for byte in (0..=u8::MAX).filter(|byte| !byte.is_ascii_digit()) {
                let mut text = *b"12345678";
                text[position] = byte;
                assert_eq!(eight_digits(text), None, "{byte} at {position}");
            }
        }
    }

    #[test]
    fn a_short_integer_is_read_up_to_its_end() {
        for digits in 1..16 {
            let number = &"123456789012345"[..digits];
            for end in [",", "}", " ", "]", "\"", "x"] {
                let text = format!("[{number}{end}{}", "9".repeat(16));
                let read = short_integer(text.as_bytes(), 1);
                assert_eq!(read, Some((number.parse().unwrap(), 1 + digits)), "{text}");
            }
            for end in [".5", "e5", "E5", ""] {
                assert_eq!(short_integer(format!("{number}{end}").as_bytes(), 0), None);
            }
            for end in [".", "e", "E"] {
                let text = format!("{number}{end}{}", "9".repeat(16));
                assert_eq!(short_integer(text.as_bytes(), 0), None, "{text}");
            }
        }
        let rest = ",".repeat(16);
        assert_eq!(short_integer(format!("0{rest}").as_bytes(), 0), Some((0, 1)));
        for other in ["", "-5", "05", "00", "x", "1234567890123456", "0123456789"] {
            assert_eq!(short_integer(format!("{other}{rest}").as_bytes(), 0), None, "{other}");
        }
    }

    #[test]
    fn texts_that_differ_in_any_byte_are_not_equal() {
        for length in 0..40 {
            let text = vec![b'a'; length];
            assert!(equal(&text, &text.clone()) && !equal(&text, &[b'a'; 40]));
            for position in 0..length {
                let mut other = text.clone();
                other[position] = b'b';
                assert!(!equal(&text, &other), "{position} of {length}");
            }
        }
    }
}
