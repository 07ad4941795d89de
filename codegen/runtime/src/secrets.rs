//! Credentials that a response may repeat, and how they are removed from texts.

use std::borrow::Cow;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::percent::percent_encode;

/// The minimum length of what is removed, in bytes. A shorter text is also a part of other words.
const MIN_LENGTH: usize = 8;
/// What texts contain instead of a credential.
const HIDDEN: &str = "***";

/// The credentials that no text of an error may show, in the forms in which servers repeat them.
#[derive(Clone, Default)]
pub(crate) struct Secrets {
    /// The credentials that a client always has.
    fixed: Option<Arc<[String]>>,
    /// Those that are replaced from time to time.
    tokens: Option<Arc<[String]>>,
}

#[cfg_attr(not(feature = "client"), expect(dead_code, reason = "for the client"))]
impl Secrets {
    /// Creates a set of credentials. Short ones are not removed from texts.
    pub(crate) fn new<'s>(values: impl IntoIterator<Item = &'s str>) -> Self {
        let mut forms: Vec<_> = values.into_iter().filter(|value| is_hidden(value)).flat_map(forms).collect();
        // A credential may contain another one.
        forms.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        forms.dedup();
        Self { fixed: (!forms.is_empty()).then(|| forms.into()), tokens: None }
    }

    /// Adds those of another set that has no tokens, as the tokens.
    pub(crate) fn with_tokens(&self, tokens: &Self) -> Self {
        Self { fixed: self.fixed.clone(), tokens: tokens.fixed.clone() }
    }

    /// Returns the name of a host without the credentials, if it contains some. Host names are in lower case.
    pub(crate) fn redacted_host(&self, host: &str) -> Option<String> {
        let mut hidden = host.to_ascii_lowercase();
        for form in self.fixed.iter().chain(&self.tokens).flat_map(|forms| forms.iter()) {
            hidden = hidden.replace(&form.to_ascii_lowercase(), HIDDEN);
        }
        (!hidden.eq_ignore_ascii_case(host)).then_some(hidden)
    }

    /// Returns the bytes of a text without the credentials.
    pub(crate) fn redacted_bytes(&self, text: Vec<u8>) -> Vec<u8> {
        if self.is_empty() {
            return text;
        }
        self.redacted(&String::from_utf8_lossy(&text)).into_owned().into_bytes()
    }
}

impl Secrets {
    fn is_empty(&self) -> bool {
        self.fixed.is_none() && self.tokens.is_none()
    }

    /// Returns a text without the credentials.
    pub(crate) fn redacted<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut text = Cow::Borrowed(text);
        for form in self.fixed.iter().chain(&self.tokens).flat_map(|forms| forms.iter()) {
            if text.contains(form.as_str()) {
                text = Cow::Owned(text.replace(form.as_str(), HIDDEN));
            }
        }
        text
    }

    /// Removes the credentials from a text.
    pub(crate) fn redact(&self, text: &mut String) {
        if let Cow::Owned(redacted) = self.redacted(text) {
            *text = redacted;
        }
    }

    /// Removes the credentials from the strings and keys of a JSON value.
    pub(crate) fn redact_json(&self, value: &mut Value) {
        match value {
            _ if self.is_empty() => {}
            Value::String(text) => self.redact(text),
            Value::Array(array) => array.iter_mut().for_each(|value| self.redact_json(value)),
            Value::Object(object) => {
                let members = std::mem::replace(object, Map::new()).into_iter();
                object.extend(members.map(|(key, mut value)| {
                    self.redact_json(&mut value);
                    (self.redacted(&key).into_owned(), value)
                }));
            }
            _ => {}
        }
    }
}

/// Returns whether a credential is long enough to be removed from texts.
pub(crate) fn is_hidden(value: &str) -> bool {
    value.len() >= MIN_LENGTH
}

/// Returns a credential as it is, and as JSON, a JSON pointer, a query, a form and HTML contain it.
fn forms(value: &str) -> Vec<String> {
    let json = Value::from(value).to_string();
    let json = json.get(1..json.len().saturating_sub(1)).unwrap_or_default();
    let encoded = percent_encode(value);
    let html = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    vec![
        value.to_owned(),
        json.to_owned(),
        json.replace('/', "\\/"),
        value.replace('~', "~0").replace('/', "~1"),
        lower_case(&encoded),
        lower_case(&encoded).replace("%20", "+"),
        encoded.replace("%20", "+"),
        encoded,
        html.replace('\'', "&#39;"),
        html,
    ]
}

/// Returns a percent-encoded text with digits in lower case.
fn lower_case(encoded: &str) -> String {
    let mut parts = encoded.split('%');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2).unwrap_or((part, ""));
        text.push('%');
        text.push_str(&digits.to_ascii_lowercase());
        text.push_str(rest);
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Secrets;

    #[test]
    fn a_credential_is_removed_in_each_form() {
        let secrets = Secrets::new(["k/y \"é<&' 1", "short", ""]);
        for text in [
            r#"k/y "é<&' 1"#,
            r#"k/y \"é<&' 1"#,
            r#"k\/y \"é<&' 1"#,
            r#"k~1y "é<&' 1"#,
            "k%2Fy%20%22%C3%A9%3C%26%27%201",
            "k%2fy%20%22%c3%a9%3c%26%27%201",
            "k%2Fy+%22%C3%A9%3C%26%27+1",
            "k/y &quot;é&lt;&amp;' 1",
            "k/y &quot;é&lt;&amp;&#39; 1",
        ] {
            assert_eq!(secrets.redacted(&format!("a{text}b")), "a***b");
        }
        assert_eq!(secrets.redacted("a short text"), "a short text");
        let secrets = Secrets::new(["SeCret-Token"]);
        assert_eq!(secrets.redacted_host("a.secret-token.test"), Some("a.***.test".to_owned()));
        assert_eq!(secrets.redacted_host("secret.test"), None);
    }

    #[test]
    fn longer_credentials_are_removed_first() {
        let secrets = Secrets::new(["12345678", "0123456789"]).with_tokens(&Secrets::new(["new-token"]));
        assert_eq!(secrets.redacted("0123456789, 12345678, new-token"), "***, ***, ***");
        assert_eq!(secrets.redacted_bytes(b"\xff12345678".to_vec()), "\u{fffd}***".as_bytes());
        assert_eq!(Secrets::default().redacted_bytes(b"\xff".to_vec()), b"\xff");
    }

    #[test]
    fn strings_and_keys_of_json_are_redacted() {
        let mut value = json!({"12345678": ["a 12345678", 1, null]});
        Secrets::new(["12345678"]).redact_json(&mut value);
        assert_eq!(value, json!({"***": ["a ***", 1, null]}));
    }
}
