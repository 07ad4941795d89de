//! Reads the members of JSON objects by name, without regard to case, `_` and `-`.

use serde_json::{Map, Value};

pub(super) type Object = Map<String, Value>;

/// Returns the member with a name. The name is in lower case, without `_` and `-`.
pub(super) fn member<'a>(object: &'a Object, name: &str) -> Option<&'a Value> {
    object.iter().find(|(key, _)| is_named(key, name)).map(|(_, value)| value)
}

/// Returns true if the key is the name, but for case, `_` and `-`.
pub(super) fn is_named(key: &str, name: &str) -> bool {
    let letters = key.bytes().filter(|byte| !matches!(byte, b'_' | b'-'));
    letters.map(|byte| byte.to_ascii_lowercase()).eq(name.bytes())
}

/// Returns the string or number of a member.
pub(super) fn text(object: &Object, name: &str) -> Option<String> {
    string_of(member(object, name)?)
}

/// Returns the first of some members that is a string or number.
pub(super) fn first_text(object: &Object, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| text(object, name))
}

/// Returns a string or number that isn't empty.
pub(super) fn string_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => non_empty(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

pub(super) fn non_empty(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Returns true if a string can be a code: it has no white space, and is no URL.
pub(super) fn is_word(text: &str) -> bool {
    !text.contains(|char: char| char.is_whitespace() || char == ':' || char == '/')
}

/// Joins texts that may end with a period, which no semicolon follows.
pub(super) fn joined<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut joined = String::new();
    for text in texts {
        if !joined.is_empty() {
            if joined.ends_with('.') && !joined.ends_with("..") {
                joined.pop();
            }
            joined.push_str("; ");
        }
        joined.push_str(text);
    }
    joined
}

/// Returns true if a string has several words.
pub(super) fn is_sentence(text: &str) -> bool {
    text.contains(char::is_whitespace)
}
