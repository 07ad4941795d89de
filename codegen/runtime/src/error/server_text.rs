//! Text of the server as errors show it: short, and in one line.

use super::item::ApiErrorItem;
use super::keys::joined;

/// The maximum length of a part of the server's message in `Display` and `Debug`, in characters.
const MAX_SHOWN: usize = 200;
/// The maximum number of single errors in `Display`.
const MAX_LISTED: usize = 5;

/// Returns single errors in one line: the first of them, and how many there are beside them.
pub(super) fn listed(errors: &[ApiErrorItem]) -> String {
    let mut texts: Vec<String> = Vec::new();
    for text in errors.iter().map(ToString::to_string) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    let more = texts.len().saturating_sub(MAX_LISTED);
    let shown: Vec<_> = texts.iter().take(MAX_LISTED).map(|text| shortened(text)).collect();
    let more = (more > 0).then(|| format!("and {more} more"));
    joined(shown.iter().chain(&more).map(String::as_str))
}

/// Returns the start of a text, in one line.
pub(super) fn shortened(text: &str) -> String {
    let mut line: String =
        text.chars().map(|char| if is_hidden(char) { ' ' } else { char }).take(MAX_SHOWN).collect();
    if text.chars().nth(MAX_SHOWN).is_some() {
        line.push('…');
    }
    line
}

/// Returns whether a character is invisible or changes the direction of text: an error could then show other words than
/// the server's, or several lines of a log.
fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(
            char,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

/// Returns the reason phrase of a status code.
#[cfg(feature = "client")]
pub(super) fn reason(status: u16) -> Option<&'static str> {
    reqwest::StatusCode::from_u16(status).ok()?.canonical_reason()
}

#[cfg(not(feature = "client"))]
pub(super) fn reason(_: u16) -> Option<&'static str> {
    None
}
