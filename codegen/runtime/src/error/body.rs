//! The parts of the body of an error response: the server's code, its message, and the single errors that it lists.
//!
//! There is no common form. The keys that most servers use are known here. Of a body with other keys, the sentences are
//! the message; of one without sentences, the words that are listed by field, else all of it.

use serde_json::Value;

use super::item::{ApiErrorItem, items_of, items_of_fields, path_of};
use super::keys::{Object, first_text, is_named, is_sentence, is_word, joined, member, non_empty, text};
use super::markup::markup_message;
use crate::secrets::Secrets;

/// Keys of a message, the most detailed first.
const MESSAGE: &[&str] = &[
    "errordescription",
    "description",
    "message",
    "errormessage",
    "exceptionmessage",
    "errormsg",
    "errmsg",
    "msg",
    "faultstring",
    "detail",
];
/// Keys of a code, the most specific first.
const CODE: &[&str] = &["code", "errorcode", "error", "type", "reason", "status", "name"];
/// Values of these keys that are not a code.
const NO_CODE: &[&str] = &["error", "errors", "fail", "failure", "failed", "ko", "false", "0", "-1"];
/// Keys of arrays of single errors, and of objects whose keys are fields.
const LISTS: &[&str] = &[
    "error",
    "errors",
    "detail",
    "details",
    "message",
    "messages",
    "errormessages",
    "exceptiondetail",
    "violations",
    "invalidparams",
    "issues",
    "validationerrors",
    "fielderrors",
    "fields",
    "causes",
];
/// Keys of objects that contain the error.
const CONTAINERS: &[&str] =
    &["error", "detail", "fault", "exception", "embedded", "response", "message", "data"];
/// Keys of what a message is about, beside it.
const SUBJECT: &[&str] = &["param", "parameter", "field", "property"];
/// Keys of strings that say nothing about the error.
const TECHNICAL: &[&str] =
    &["trace", "stacktrace", "stack", "path", "instance", "timestamp", "request", "url", "method", "date"];
/// How many objects that contain each other are searched.
const MAX_DEPTH: usize = 4;

/// What an error response says.
#[derive(Debug, Default)]
pub(super) struct ErrorBody {
    pub(super) code: Option<String>,
    /// The name of the kind of error, if there is a more detailed message.
    pub(super) title: Option<String>,
    pub(super) message: Option<String>,
    pub(super) details: Value,
    pub(super) errors: Vec<ApiErrorItem>,
}

impl ErrorBody {
    /// Reads a JSON body of a response with a status code.
    pub(super) fn of_json(status: u16, mut value: Value) -> Self {
        let mut body = match &value {
            Value::Object(object) => Self::of_object(&status.to_string(), object, 0),
            Value::Array(array) => Self { errors: items_of(array), ..Self::default() },
            Value::String(text) => Self { message: non_empty(text), ..Self::default() },
            _ => Self::default(),
        };
        if body.is_empty()
            && let Value::Object(object) = &value
        {
            body.read_words(object);
        }
        if body.is_empty() && has_content(&value) {
            body.message = Some(value.to_string());
        }
        for path in ["/details", "/error/details"] {
            if let Some(details) = value.pointer_mut(path).filter(|_| body.details.is_null()) {
                body.details = details.take();
            }
        }
        body
    }

    fn is_empty(&self) -> bool {
        self.code.is_none() && self.message.is_none() && self.errors.is_empty()
    }

    /// Reads single words: of an object whose keys are fields, or of a known list that is a string.
    fn read_words(&mut self, object: &Object) {
        let object = known_container(object).unwrap_or(object);
        if lists_words(object) {
            self.errors = items_of_fields(object, true);
        }
        if self.errors.is_empty() {
            let lists = LISTS.iter().filter_map(|name| member(object, name));
            self.message = lists.filter_map(Value::as_str).find_map(non_empty);
        }
    }

    /// Reads a body that is not JSON.
    pub(super) fn of_text(text: &str) -> Self {
        let text = text.trim();
        if text.contains('\0') {
            return Self::default();
        }
        if text.starts_with('<') {
            let (code, message) = markup_message(text);
            return Self { code, message, ..Self::default() };
        }
        Self { message: non_empty(text), ..Self::default() }
    }

    /// Removes credentials from all texts.
    pub(super) fn redacted(mut self, secrets: &Secrets) -> Self {
        for text in [&mut self.code, &mut self.title, &mut self.message].into_iter().flatten() {
            secrets.redact(text);
        }
        secrets.redact_json(&mut self.details);
        for item in &mut self.errors {
            for text in [&mut item.code, &mut item.title, &mut item.field].into_iter().flatten() {
                secrets.redact(text);
            }
        }
        self
    }

    fn of_object(status: &str, object: &Object, depth: usize) -> Self {
        let mut body = Self::of_known_keys(status, object);
        body.errors = LISTS.iter().flat_map(|name| listed(object, name)).collect();
        if let Some(inner) = container(object).filter(|_| depth < MAX_DEPTH) {
            body.complete(Self::of_object(status, inner, depth + 1));
        }
        if body.message.is_none() && body.errors.is_empty() {
            body.errors = items_of_fields(object, false);
        }
        if body.errors.is_empty() {
            body.errors = body.subject(object).into_iter().collect();
        }
        if body.message.is_none() && body.errors.is_empty() {
            body.message = body.title.take().or_else(|| sentences(object));
        }
        body
    }

    /// Reads the strings of known keys.
    fn of_known_keys(status: &str, object: &Object) -> Self {
        let message = message_of(object);
        let is_code = |code: &String| {
            let is_known = NO_CODE.contains(&code.to_ascii_lowercase().as_str());
            is_word(code) && code != status && Some(code) != message.as_ref() && !is_known
        };
        let codes = CODE.iter().filter_map(|name| text(object, name)).map(|code| unqualified(&code));
        let title = text(object, "title");
        let name_of_kind = title.clone().filter(|_| message.is_some());
        let code = codes.chain(name_of_kind).find(is_code);
        let title = title.filter(|title| Some(title) != code.as_ref());
        Self { code, title, message, ..Self::default() }
    }

    /// Returns the message with what it is about, if a member beside it says that.
    fn subject(&self, object: &Object) -> Option<ApiErrorItem> {
        let title = self.message.clone().filter(|_| message_of(object) == self.message)?;
        let field = SUBJECT.iter().filter_map(|name| member(object, name)).find_map(path_of)?;
        (self.code.as_ref() != Some(&field)).then(|| ApiErrorItem {
            code: self.code.clone(),
            title: Some(title),
            field: Some(field),
        })
    }

    /// Adds the parts of an object that this one contains. They are more specific.
    fn complete(&mut self, inner: Self) {
        self.code = inner.code.or(self.code.take());
        self.title = inner.title.or(self.title.take());
        self.message = inner.message.or(self.message.take());
        self.errors.extend(inner.errors);
    }
}

/// Returns the message of an object, with the details that stand beside it.
fn message_of(object: &Object) -> Option<String> {
    let sentence = |name: &str| text(object, name).filter(|text| is_sentence(text));
    let reason = || text(object, "reason").filter(|_| text(object, "error").is_some());
    let message = first_text(object, MESSAGE);
    let message = message.or_else(|| sentence("reason")).or_else(reason).or_else(|| sentence("error"));
    match (message, text(object, "detail")) {
        (Some(message), Some(detail)) if !message.contains(&detail) => Some(format!("{message}: {detail}")),
        (message, _) => message,
    }
}

/// Returns the last part of a name such as `com.example#NotFound`.
fn unqualified(code: &str) -> String {
    match code.rsplit_once('#') {
        Some((namespace, name)) if is_word(namespace) => name.to_owned(),
        _ => code.to_owned(),
    }
}

/// Returns the single errors of a member.
fn listed(object: &Object, name: &str) -> Vec<ApiErrorItem> {
    match member(object, name) {
        Some(Value::Array(array)) => items_of(array),
        Some(Value::Object(_)) if CONTAINERS.contains(&name) => Vec::new(),
        Some(Value::Object(fields)) => items_of_fields(fields, name != "details"),
        _ => Vec::new(),
    }
}

/// Returns the object that contains the error: one of a known key, or the only member.
fn container(object: &Object) -> Option<&Object> {
    known_container(object).or_else(|| {
        let (name, value) = object.iter().next().filter(|_| object.len() == 1)?;
        let is_list = LISTS.iter().any(|list| is_named(name, list));
        value.as_object().filter(|inner| !is_list && !names_fields(inner))
    })
}

fn known_container(object: &Object) -> Option<&Object> {
    CONTAINERS.iter().filter_map(|name| member(object, name)).find_map(Value::as_object)
}

/// Returns true if the keys of an object are fields with errors, and none of them is that of an error.
fn names_fields(object: &Object) -> bool {
    let is_known = |(key, value): (&String, &Value)| {
        let is = |names: &[&str]| names.iter().any(|name| is_named(key, name));
        if value.is_array() || value.is_object() {
            is(LISTS) || is(CONTAINERS)
        } else {
            is(MESSAGE) || is(CODE)
        }
    };
    !object.iter().any(is_known) && !items_of_fields(object, false).is_empty()
}

/// Returns true if the members of an object are arrays of strings, or objects of such.
fn lists_words(object: &Object) -> bool {
    object.values().all(|value| match value {
        Value::Array(array) => array.iter().all(Value::is_string),
        Value::Object(object) => lists_words(object),
        _ => false,
    })
}

/// Returns the strings of several words.
fn sentences(object: &Object) -> Option<String> {
    let says = |key: &str| !TECHNICAL.iter().any(|name| is_named(key, name));
    let texts = object.iter().filter(|(key, _)| says(key)).filter_map(|(_, value)| value.as_str());
    let texts: Vec<_> = texts.map(str::trim).filter(|text| is_sentence(text)).collect();
    (!texts.is_empty()).then(|| joined(texts))
}

/// Returns true if an array or object contains a string, a number or a boolean.
fn has_content(value: &Value) -> bool {
    let is_content = |value: &Value| match value {
        Value::Null => false,
        Value::Array(_) | Value::Object(_) => has_content(value),
        _ => true,
    };
    match value {
        Value::Array(array) => array.iter().any(is_content),
        Value::Object(object) => object.values().any(is_content),
        _ => false,
    }
}
