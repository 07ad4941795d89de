//! Media types, as `Content-Type` names them.

/// Returns a media type without its parameters.
pub(crate) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// Returns the charset that a media type names.
pub(crate) fn charset(media_type: &str) -> Option<&str> {
    let mut parameters = media_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let (_, charset) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(charset.trim().trim_matches(['"', '\'']).trim())
}

/// Returns whether two media types are equal apart from their parameters.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    essence(a).eq_ignore_ascii_case(essence(b))
}

/// Returns whether content of a media type is JSON.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    subtype == "json" || subtype == "x-json" || subtype.ends_with("+json")
}

/// Returns whether content of a media type is a sequence of JSON values, each in its own line or after a separator.
pub(crate) fn is_sequence(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    ["jsonl", "x-jsonl", "jsonlines", "x-jsonlines", "ndjson", "x-ndjson", "json-lines", "json-seq"]
        .contains(&subtype)
        || subtype.ends_with("+json-seq")
}

/// Returns whether content of a media type is text.
pub(crate) fn is_text(media_type: &str) -> bool {
    const SUBTYPES: [&str; 12] = [
        "graphql",
        "javascript",
        "jwt",
        "sql",
        "toml",
        "x-javascript",
        "x-pem-file",
        "x-sh",
        "x-yaml",
        "xml",
        "yaml",
        "x-www-form-urlencoded",
    ];
    let essence = essence(media_type).to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/').unwrap_or_default();
    kind == "text"
        || is_sequence(&essence)
        || SUBTYPES.contains(&subtype)
        || subtype.ends_with("+xml")
        || subtype.ends_with("+yaml")
}

/// Returns whether servers that don't declare the type of their content send it as this media type.
pub(crate) fn is_generic(media_type: &str) -> bool {
    const GENERIC: [&str; 9] = [
        "",
        "application/javascript",
        "application/octet-stream",
        "application/x-javascript",
        "binary/octet-stream",
        "text/html",
        "text/javascript",
        "text/plain",
        "unknown/unknown",
    ];
    let essence = essence(media_type).to_ascii_lowercase();
    GENERIC.contains(&essence.as_str()) || essence.starts_with('*')
}

#[cfg(test)]
mod tests {
    use super::{charset, is_generic, is_json, is_sequence, is_text};

    #[test]
    fn parameters_and_case_make_no_difference() {
        for json in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "text/json",
            "application/problem+json",
            "application/hal+json;profile=\"a\"",
        ] {
            assert!(is_json(json) && !is_text(&json.replace("text/", "x/")) && !is_sequence(json), "{json}");
        }
        for text in
            ["text/csv", "TEXT/HTML; charset=x", "application/xml", "image/svg+xml", "application/x-ndjson"]
        {
            assert!(is_text(text) && !is_json(text), "{text}");
        }
        assert!(is_sequence("application/json-seq") && is_sequence("application/jsonl; charset=utf-8"));
        assert!(is_generic("text/plain; charset=utf-8") && is_generic("*/*") && !is_generic("text/csv"));
        assert!(!is_json("image/png") && !is_text("image/png") && !is_text(""));
    }

    #[test]
    fn a_charset_may_be_quoted() {
        for (media_type, expected) in [
            ("text/plain; charset=ISO-8859-1", Some("ISO-8859-1")),
            ("text/plain;format=flowed; Charset = \"utf-8\"", Some("utf-8")),
            ("text/plain; charset", None),
            ("text/plain", None),
        ] {
            assert_eq!(charset(media_type), expected, "{media_type}");
        }
    }
}
