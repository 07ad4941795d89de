//! Sequences of JSON values: JSON Lines, and JSON text sequences (RFC 7464).

use super::media_type::essence;

/// The separator before each value of a JSON text sequence.
const RECORD_SEPARATOR: u8 = 0x1e;

/// Returns the values of a sequence, each with the text before it. Blank lines are not values.
pub(super) fn values(body: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    // A value of a text sequence may span several lines.
    let separator =
        if body.trim_ascii_start().first() == Some(&RECORD_SEPARATOR) { RECORD_SEPARATOR } else { b'\n' };
    let mut start = 0;
    body.split(move |byte| *byte == separator).filter_map(move |text| {
        let value = text.trim_ascii_start();
        let before = body.get(..start + text.len() - value.len())?;
        start += text.len() + 1;
        let value = value.trim_ascii_end();
        (!value.is_empty()).then_some((before, value))
    })
}

/// Appends a value to a sequence of a media type.
pub(crate) fn push(sequence: &mut Vec<u8>, value: &[u8], media_type: &str) {
    if essence(media_type).to_ascii_lowercase().ends_with("json-seq") {
        sequence.push(RECORD_SEPARATOR);
    }
    sequence.extend_from_slice(value);
    sequence.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::values;

    #[test]
    fn a_sequence_is_split_into_its_values() {
        for body in
            ["1\n[2,\t3]", "\r\n1\r\n\r\n[2,\t3]\r\n", "\x1e1\n\x1e[2,\t3]\n", "\x1e\n\x1e1\x1e[2,\t3]"]
        {
            let found: Vec<_> = values(body.as_bytes()).collect();
            assert_eq!([found[0].1, found[1].1], [b"1".as_slice(), b"[2,\t3]"], "{body:?}");
            for (before, value) in found {
                assert!(body.as_bytes()[before.len()..].starts_with(value), "{body:?}");
            }
        }
        assert_eq!(values(b"\x1e{\"a\":\n1}\n").count(), 1);
        assert_eq!(values(b" \n").count(), 0);
    }
}
