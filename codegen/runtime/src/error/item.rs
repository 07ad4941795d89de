//! The single errors that an error response lists.

use std::fmt;

use serde_json::Value;

use super::keys::{Object, first_text, is_named, is_sentence, is_word, member, string_of};

/// Keys of an array of errors in an error.
const NESTED: &[&str] = &["fieldviolations", "validationerrors", "suberrors", "causes"];
/// Keys of what the server says about an error, the most detailed first.
const TITLE: &[&str] = &[
    "detail",
    "message",
    "msg",
    "description",
    "defaultmessage",
    "errormessage",
    "title",
    "issue",
    "reason",
];
/// Keys of what an error is about, the most detailed first.
const FIELD: &[&str] = &[
    "loc",
    "field",
    "pointer",
    "path",
    "propertypath",
    "instancepath",
    "property",
    "param",
    "parameter",
    "name",
];
const CODE: &[&str] = &["code", "errorcode", "error"];
/// Fields that stand for all of them.
const WHOLE: &[&str] = &["base", "nonfielderrors", "all", "errors", "general"];
/// How many objects that contain each other are searched.
const MAX_DEPTH: usize = 4;

/// One of several errors in an error response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiErrorItem {
    /// The server's code for the error.
    pub code: Option<String>,
    /// The server's description of the error.
    pub title: Option<String>,
    /// What the error is about, as the server writes it: a field such as `body.price`, a parameter, or a JSON pointer.
    pub field: Option<String>,
}

/// Shows the field and the description, or the code if there is none.
impl fmt::Display for ApiErrorItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let description = self.title.as_deref().or(self.code.as_deref());
        match (self.field.as_deref(), description) {
            (Some(field), Some(description)) => write!(f, "{field}: {description}"),
            (text, None) | (None, text) => f.write_str(text.unwrap_or_default()),
        }
    }
}

/// Returns the errors of an array of strings and objects.
pub(super) fn items_of(array: &[Value]) -> Vec<ApiErrorItem> {
    array.iter().flat_map(|value| items_of_value(value, 0)).collect()
}

fn items_of_value(value: &Value, depth: usize) -> Vec<ApiErrorItem> {
    match value {
        Value::Object(object) => {
            let item = item_of(object);
            if item.title.is_some() || item.code.is_some() {
                return vec![item];
            }
            let nested = NESTED.iter().filter_map(|name| member(object, name)).filter_map(Value::as_array);
            let nested = nested.flatten().filter(|_| depth < MAX_DEPTH);
            nested.flat_map(|value| items_of_value(value, depth + 1)).collect()
        }
        value => string_of(value).map(ApiErrorItem::of_title).into_iter().collect(),
    }
}

/// Returns the errors of an object whose keys are fields, and whose values are their errors.
///
/// Strings count where the object has nothing but errors (`with_strings`). Otherwise only arrays do.
pub(super) fn items_of_fields(object: &Object, with_strings: bool) -> Vec<ApiErrorItem> {
    let mut items = Vec::new();
    add_fields(&mut items, object, None, with_strings, 0);
    items
}

fn add_fields(
    items: &mut Vec<ApiErrorItem>,
    object: &Object,
    of: Option<&str>,
    with_strings: bool,
    depth: usize,
) {
    for (key, value) in object {
        let is_whole = WHOLE.iter().any(|name| is_named(key, name));
        let field = match of {
            _ if is_whole => of.map(str::to_owned),
            Some(of) => Some(format!("{of}.{key}")),
            None => Some(key.clone()),
        };
        let within = |item: ApiErrorItem| ApiErrorItem { field: field.clone().or(item.field), ..item };
        match value {
            Value::String(text) if with_strings && !text.is_empty() => {
                items.push(within(ApiErrorItem::of_title(text.clone())));
            }
            Value::Array(array) => {
                let is_error = |value: &&Value| with_strings || is_description(value);
                let errors = array.iter().filter(is_error);
                items.extend(errors.flat_map(|value| items_of_value(value, depth)).map(within));
            }
            Value::Object(object) if depth < MAX_DEPTH => {
                add_fields(items, object, field.as_deref(), with_strings, depth + 1);
            }
            _ => {}
        }
    }
}

/// Returns true if a value describes an error by itself: a sentence, or an object with a message.
fn is_description(value: &Value) -> bool {
    match value {
        Value::String(text) => is_sentence(text),
        Value::Object(object) => first_text(object, TITLE).is_some(),
        _ => false,
    }
}

fn item_of(object: &Object) -> ApiErrorItem {
    let code = first_text(object, CODE).filter(|code| is_word(code));
    let title = first_text(object, TITLE).or_else(|| first_text(object, &["error"]));
    let title = title.filter(|title| Some(title) != code.as_ref());
    let source = member(object, "source").and_then(Value::as_object);
    let named = FIELD.iter().filter_map(|name| member(object, name)).find_map(path_of);
    let field = source.and_then(|source| first_text(source, &["pointer", "parameter", "header"])).or(named);
    // A key such as `reason` can be the message or the field's only text.
    ApiErrorItem { code, field: field.filter(|field| Some(field) != title.as_ref()), title }
}

/// Returns a path that is a string, or an array of keys and indexes.
pub(super) fn path_of(value: &Value) -> Option<String> {
    match value {
        Value::Array(keys) => {
            let keys: Vec<_> = keys.iter().filter_map(string_of).collect();
            (!keys.is_empty()).then(|| keys.join("."))
        }
        value => string_of(value),
    }
}

impl ApiErrorItem {
    fn of_title(title: String) -> Self {
        Self { title: Some(title), ..Self::default() }
    }
}
