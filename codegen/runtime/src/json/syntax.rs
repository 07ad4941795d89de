//! Syntax errors of JSON.

use super::reader::Reader;

/// Returns whether a text is the beginning of JSON, but not all of it.
pub(crate) fn is_truncated(text: &[u8]) -> bool {
    let valid_text = match str::from_utf8(text) {
        Ok(text) => text,
        // The text may end within a character.
        Err(error) if error.error_len().is_none() => {
            str::from_utf8(text.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default()
        }
        Err(_) => return false,
    };
    let mut reader = Reader::new(valid_text);
    reader.skip().is_err() && reader.offset() == valid_text.len()
}

/// Returns whether a text is a JSON value.
pub(crate) fn is_valid(text: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(text) else { return false };
    let mut reader = Reader::new(text);
    reader.skip().is_ok() && reader.end().is_ok()
}

/// Returns the message of `serde_json` without the line and column, which [`DecodeError`](crate::DecodeError) adds.
pub(crate) fn syntax_message(error: &serde_json::Error) -> String {
    let mut message = error.to_string();
    if let Some(end) = message.rfind(" at line ") {
        message.truncate(end);
    }
    format!("invalid JSON: {message}")
}

#[cfg(test)]
mod tests {
    use super::is_truncated;

    #[test]
    fn truncated_json_is_distinguished_from_invalid_json() {
        let valid_text = r#" {"a é": [1, -2.5e+7, true, false, null, "\u00e9\n"], "b": {}} "#;
        let text = valid_text.trim_end().as_bytes();
        for length in 0..text.len() {
            assert!(is_truncated(&text[..length]), "{length}");
        }
        assert!(!is_truncated(text) && !is_truncated(valid_text.as_bytes()));
        for invalid in
            [r#"{"a" 1"#, "[1,]", "nul!", "1x", "[tru]", r#"["\x"#, "{1", "<html>", "[\"\u{1}", "] "]
        {
            assert!(!is_truncated(invalid.as_bytes()), "{invalid}");
        }
        assert!(!is_truncated(b"[\"\xff\xff"));
    }
}
