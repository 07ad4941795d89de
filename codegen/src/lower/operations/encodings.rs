//! Checks the encodings of form fields and parts.

use super::media::{Media, essence, is_json};
use super::part_media::listed;
use crate::base::diagnostic::Findings;

/// Warns of encodings that are not for a declared property: they have no effect.
pub(super) fn check_encodings(findings: &mut Findings, media: &Media<'_>, names: &[&str]) {
    for name in media.declared.encoding.keys().filter(|name| !names.contains(&name.as_str())) {
        let message = format!("the encoding of `{name}` has no effect: the schema declares no such property");
        let help = match findings.nearest(name, names.iter().copied()) {
            Some(known) => format!("did you mean `{known}`?"),
            None => "declare the property, or remove its encoding".to_owned(),
        };
        findings.warning(&media.at.child("encoding").child(name), message, help);
    }
}

/// Skips media types of form fields: these are sent as text or JSON, without a media type.
pub(super) fn skip_content_types(findings: &mut Findings, media: &Media<'_>) {
    for (name, encoding) in &media.declared.encoding {
        let is_sent = |media_type: &str| is_json(media_type) || is_plain_text(media_type);
        let is_other = |list: &&String| !listed(list).into_iter().any(is_sent);
        if let Some(media_type) = encoding.content_type.as_ref().filter(is_other) {
            let reason = format!("a field of a form is sent as text, not as `{media_type}`");
            findings.skip(&media.at.child("encoding").child(name).child("contentType"), reason);
        }
    }
}

/// Returns whether a field of a form is JSON by its `contentType`, a list. One that may be text is written by its type.
pub(super) fn is_json_only(content_type: &str) -> bool {
    let types = listed(content_type);
    types.iter().any(|media_type| is_json(media_type))
        && !types.iter().any(|media_type| is_plain_text(media_type))
}

fn is_plain_text(media_type: &str) -> bool {
    ["text/plain", "text/*"].contains(&essence(media_type).as_str())
}

/// Returns the media type of a form as it is sent: always as UTF-8.
pub(super) fn utf8<'a>(findings: &mut Findings, media: &Media<'a>) -> &'a str {
    let mut parameters = media.name.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let charset = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    let Some((_, charset)) = charset else { return media.name };
    let charset = charset.trim().trim_matches('"');
    if ["utf-8", "utf8", "us-ascii"].iter().any(|known| charset.eq_ignore_ascii_case(known)) {
        return media.name;
    }
    let message = format!("a form is sent as UTF-8, not as {charset}");
    findings.problem(&media.at, message, "remove `charset` from the media type, or declare `charset=utf-8`");
    media.name.split(';').next().unwrap_or_default().trim()
}
