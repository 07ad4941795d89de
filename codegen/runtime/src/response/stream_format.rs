//! Which media types are streams of items.

use super::media_type::{essence, is_json, is_sequence};
use crate::framing::Format;

/// Returns the format of a stream by its media type; `None` if it is JSON or another kind of content, which has no items.
/// `declared` is the media type in the description, which counts if that of the response says nothing.
pub(crate) fn stream_format(content_type: Option<&str>, declared: &str) -> Option<Format> {
    let own = content_type.filter(|own| !says_nothing(own)).unwrap_or(declared);
    let essence = essence(own).to_ascii_lowercase();
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    if essence == "text/event-stream" {
        Some(Format::Events)
    } else if essence.starts_with("multipart/") {
        boundary(own).map(Format::Multipart)
    } else if subtype == "json-seq" || subtype.ends_with("+json-seq") {
        Some(Format::Sequence)
    } else if !is_json(own) && is_sequence(own) {
        Some(Format::Lines)
    } else {
        None
    }
}

/// Returns whether a media type says nothing about the content.
fn says_nothing(content_type: &str) -> bool {
    matches!(essence(content_type), "" | "application/octet-stream" | "text/plain" | "*/*")
}

/// Returns the boundary that a media type names.
fn boundary(content_type: &str) -> Option<String> {
    let mut parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let (_, value) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"))?;
    let value = value.trim().trim_matches('"');
    (!value.is_empty() && value.len() <= 70).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::stream_format;
    use crate::framing::Format;

    #[test]
    fn the_media_type_of_the_response_decides() {
        for (content_type, declared, expected) in [
            (Some("text/event-stream; charset=utf-8"), "application/json", Some(Format::Events)),
            (Some("application/x-ndjson"), "text/event-stream", Some(Format::Lines)),
            (Some("application/json"), "application/x-ndjson", None),
            (Some("application/geo+json-seq"), "", Some(Format::Sequence)),
            (Some("multipart/mixed; boundary=\"a b\""), "", Some(Format::Multipart("a b".to_owned()))),
            (Some("multipart/mixed"), "", None),
            (Some("text/plain"), "application/jsonl", Some(Format::Lines)),
            (None, "text/event-stream", Some(Format::Events)),
            (Some("text/html"), "text/event-stream", None),
        ] {
            assert_eq!(stream_format(content_type, declared), expected, "{content_type:?}");
        }
    }
}
