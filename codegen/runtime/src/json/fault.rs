//! What is wrong with a text that is no JSON.

use super::reader::Reader;

/// Whether a text ends before its JSON does.
pub(crate) fn ends_early(text: &[u8]) -> bool {
    let whole = match str::from_utf8(text) {
        Ok(text) => text,
        // The last character may be what is cut.
        Err(error) if error.error_len().is_none() => {
            str::from_utf8(text.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default()
        }
        Err(_) => return false,
    };
    let mut reader = Reader::new(whole);
    reader.skip().is_err() && reader.at() == whole.len()
}

/// The message of `serde_json` without the place, which is told apart from it.
pub(crate) fn without_place(error: &serde_json::Error) -> String {
    let mut message = error.to_string();
    if let Some(end) = message.rfind(" at line ") {
        message.truncate(end);
    }
    format!("this is not JSON: {message}")
}

#[cfg(test)]
mod tests {
    use super::ends_early;

    #[test]
    fn a_text_that_is_cut_anywhere_is_told_from_one_that_is_broken() {
        let whole = r#" {"a é": [1, -2.5e+7, true, false, null, "\u00e9\n"], "b": {}} "#;
        let text = whole.trim_end().as_bytes();
        for length in 0..text.len() {
            assert!(ends_early(&text[..length]), "{length}");
        }
        assert!(!ends_early(text) && !ends_early(whole.as_bytes()));
        for broken in
            [r#"{"a" 1"#, "[1,]", "nul!", "1x", "[tru]", r#"["\x"#, "{1", "<html>", "[\"\u{1}", "] "]
        {
            assert!(!ends_early(broken.as_bytes()), "{broken}");
        }
        assert!(!ends_early(b"[\"\xff\xff"));
    }
}
