//! Sequences of JSON values: JSON Lines, and JSON text sequences (RFC 7464).

use super::media_type::essence;

/// The separator before each value of a JSON text sequence.
const RECORD_SEPARATOR: u8 = 0x1e;

/// Returns the values of a sequence. Blank lines are not values.
pub(super) fn values(body: &[u8]) -> impl Iterator<Item = &[u8]> {
    // A value of a text sequence may span several lines.
    let separator =
        if body.trim_ascii_start().first() == Some(&RECORD_SEPARATOR) { RECORD_SEPARATOR } else { b'\n' };
    body.split(move |byte| *byte == separator).map(<[u8]>::trim_ascii).filter(|value| !value.is_empty())
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
            let found: Vec<_> = values(body.as_bytes()).map(<[u8]>::to_vec).collect();
            assert_eq!(found, [b"1".to_vec(), b"[2,\t3]".to_vec()], "{body:?}");
        }
        assert_eq!(values(b"\x1e{\"a\":\n1}\n").count(), 1);
        assert_eq!(values(b" \n").count(), 0);
    }
}
