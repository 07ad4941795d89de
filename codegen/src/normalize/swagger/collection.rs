//! `collectionFormat`: how the items of an array are separated.

use serde_json::{Value, json};

use super::speller::Speller;
use crate::base::json_object::JsonObject;
use crate::base::pointer::Pointer;
use crate::normalize::normalized_extensions::DELIMITERS;

const FORMATS: [&str; 5] = ["csv", "ssv", "tsv", "pipes", "multi"];

impl Speller<'_> {
    /// Removes the collection formats of an array and its items. Returns the keys of OpenAPI 3 that serialize it the
    /// same way: `style`, `explode`, and the delimiters if no style has them. Returns none for other types.
    pub(super) fn collection(&mut self, value: &mut JsonObject, location: &str, at: &Pointer) -> JsonObject {
        let formats = self.formats(value, location, at);
        let Some(outer) = formats.first().copied() else { return JsonObject::new() };
        let is_pair = matches!(location, "query" | "formData");
        let style = match outer {
            _ if !is_pair => None,
            "ssv" => Some("spaceDelimited"),
            "pipes" => Some("pipeDelimited"),
            _ => Some("form"),
        };
        let mut keys = JsonObject::new();
        if let Some(style) = style {
            keys.insert("style".to_owned(), json!(style));
            keys.insert("explode".to_owned(), json!(outer == "multi"));
        }
        let has_style = if is_pair { outer != "tsv" } else { outer == "csv" };
        if !has_style || formats.len() > 1 {
            let delimiters: String = formats.iter().copied().map(delimiter).collect();
            keys.insert(DELIMITERS.to_owned(), json!(delimiters));
        }
        keys
    }

    /// Returns the collection formats of an array and the arrays in it, outermost first.
    fn formats(&mut self, value: &mut JsonObject, location: &str, at: &Pointer) -> Vec<&'static str> {
        let mut formats = Vec::new();
        let mut holder = Some((value, at.clone()));
        while let Some((value, at)) = holder {
            let declared = value.shift_remove("collectionFormat");
            if value.get("type").and_then(Value::as_str) != Some("array") {
                break;
            }
            let may_repeat = formats.is_empty() && matches!(location, "query" | "formData");
            formats.push(self.format(declared.as_ref(), may_repeat, &at.child("collectionFormat")));
            let items = value.get_mut("items").and_then(Value::as_object_mut);
            holder = items.map(|items| (items, at.child("items")));
        }
        formats
    }

    fn format(&mut self, declared: Option<&Value>, may_repeat: bool, at: &Pointer) -> &'static str {
        let Some(name) = declared.and_then(Value::as_str) else { return FORMATS[0] };
        let known = FORMATS.into_iter().filter(|format| may_repeat || *format != "multi");
        if let Some(format) = known.clone().find(|format| *format == name) {
            return format;
        }
        let known: Vec<_> = known.collect();
        let (message, help) = if name == "multi" {
            let message = "`collectionFormat: multi` is allowed only for query and form parameters";
            (message.to_owned(), "items are separated by commas; delete it, or use another format".to_owned())
        } else {
            let message = format!("unknown collection format {name:?}; items are separated by commas");
            (message, format!("use one of {}", known.join(", ")))
        };
        self.problem(at, message, help);
        FORMATS[0]
    }
}

/// Returns the character between items.
fn delimiter(format: &str) -> char {
    match format {
        "ssv" => ' ',
        "tsv" => '\t',
        "pipes" => '|',
        // The items of an array that repeats its name are not separated.
        "multi" => '&',
        _ => ',',
    }
}
