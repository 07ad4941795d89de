//! Media types and ranges of them.

/// Returns the media type without its parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Returns the value of a parameter of a media type, without its quotes.
pub(crate) fn parameter<'m>(media_type: &'m str, name: &str) -> Option<&'m str> {
    let parameters = media_type.split(';').skip(1).filter_map(|text| text.trim().split_once('='));
    let mut own = parameters.filter(|(own, _)| own.trim().eq_ignore_ascii_case(name));
    own.next().map(|(_, value)| value.trim().trim_matches('"'))
}

/// Returns whether a range such as `image/*` contains a media type. Parameters are ignored.
pub(crate) fn contains(range: &str, media_type: &str) -> bool {
    let (range, media_type) = (essence(range), essence(media_type));
    match range.strip_suffix('*') {
        Some("*/" | "") => true,
        Some(prefix) if prefix.ends_with('/') => media_type.starts_with(prefix),
        _ => range == media_type,
    }
}

/// Returns whether the content is one JSON value.
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json") || essence == "json"
}

/// Returns whether the content is a sequence of JSON values.
pub(crate) fn is_sequence(media_type: &str) -> bool {
    let essence = essence(media_type);
    let subtype = essence.rsplit('/').next().unwrap_or_default();
    matches!(
        subtype,
        "jsonl" | "x-ndjson" | "ndjson" | "json-lines" | "x-jsonlines" | "jsonlines" | "x-jsonl"
    ) || subtype.ends_with("json-seq")
}

/// Returns whether the content is text.
pub(crate) fn is_text(media_type: &str) -> bool {
    let essence = essence(media_type);
    let subtype = essence.rsplit('/').next().unwrap_or_default();
    essence.starts_with("text/")
        || ["xml", "yaml", "javascript", "graphql", "x-yaml"].contains(&subtype)
        || subtype.ends_with("+xml")
        || subtype.ends_with("+yaml")
}

/// Returns a media type of a range: `image/png` for `image/*`. That of any strings is plain text.
pub(crate) fn concrete(range: &str, is_string: bool) -> String {
    match essence(range).as_str() {
        "*/*" | "*" if is_string => "text/plain".to_owned(),
        "*/*" | "*" | "application/*" | "" => "application/json".to_owned(),
        "text/*" => "text/plain".to_owned(),
        "image/*" => "image/png".to_owned(),
        "audio/*" => "audio/mpeg".to_owned(),
        "video/*" => "video/mp4".to_owned(),
        "multipart/*" => "multipart/form-data".to_owned(),
        other if other.ends_with("/*") => "application/octet-stream".to_owned(),
        _ => range.to_owned(),
    }
}
