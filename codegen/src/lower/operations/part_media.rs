//! The media types that an encoding allows for a part, and the one that is sent.

use openapiv3::Schema;
use serde_json::{Map, json};

use super::media::{essence, is_json};
use crate::ir::constraint::Constraint;
use crate::lower::document::view::View;

/// The media types of `contentType`, a list with commas. A comma in quotes belongs to a parameter.
pub(super) fn listed(content_type: &str) -> Vec<&str> {
    let mut in_quotes = false;
    let types = content_type.split(|c| {
        in_quotes ^= c == '"';
        c == ',' && !in_quotes
    });
    types.map(str::trim).filter(|media_type| !media_type.is_empty()).collect()
}

/// The media types of an encoding as a constraint, if the caller chooses one of them.
pub(super) fn choice(types: &[&str]) -> Option<Constraint> {
    let is_choice = types.len() > 1 || types.iter().any(|media_type| is_range(media_type));
    let keywords = || Map::from_iter([("contentMediaType".to_owned(), json!(types))]);
    is_choice.then(|| Constraint { keywords: keywords(), ..Constraint::default() })
}

/// The media type of a file that has none of its own. A range, such as `image/*`, can't be sent.
pub(super) fn of_file<'t>(types: &[&'t str]) -> Option<&'t str> {
    types.iter().copied().find(|media_type| !is_range(media_type))
}

/// The media type of a value: objects are written as JSON, all others as text. `None` for that of the runtime.
pub(super) fn of_value<'t>(types: &[&'t str], is_object: bool) -> Option<&'t str> {
    let fits = |media_type: &&str| if is_object { is_json(media_type) } else { is_text(media_type) };
    let fitting = types.iter().copied().find(fits);
    fitting.or_else(|| of_file(types)).filter(|media_type| !is_range(media_type))
}

/// Whether a value is a file: bytes, and not a string or JSON.
pub(super) fn is_content(schema: &Schema, types: &[&str], is_encoded: bool) -> bool {
    let view = View::new(schema);
    let has = |is: fn(&str) -> bool| types.iter().any(|media_type| is(media_type));
    let is_written = || has(is_json) || has(|media_type| essence(media_type) == "text/plain");
    match view.ty {
        Some("string") => {
            view.format == Some("binary") || !view.has_values() && has(is_binary) && !is_encoded
        }
        // Objects are written as JSON; the caller writes them in other media types.
        Some("object") => !types.is_empty() && !is_written(),
        // Without a type, the default media type is that of bytes.
        None if view.is_shapeless() => {
            view.all_of.is_empty() && (types.is_empty() || has(is_binary) || has(is_anything))
        }
        None => view.has_properties() && !types.is_empty() && !has(is_json),
        _ => false,
    }
}

fn is_range(media_type: &str) -> bool {
    essence(media_type).contains('*')
}

fn is_anything(media_type: &str) -> bool {
    ["*", "*/*"].contains(&essence(media_type).as_str())
}

/// Whether text can be sent as a media type.
fn is_text(media_type: &str) -> bool {
    is_anything(media_type) || !is_json(media_type)
}

/// Whether a media type is neither text nor JSON, or need not be.
fn is_binary(media_type: &str) -> bool {
    let essence = essence(media_type);
    let is_json = is_json(&essence) && essence != "application/*";
    !is_json && !is_anything(&essence) && !essence.starts_with("text/") && !essence.ends_with("xml")
}

#[cfg(test)]
mod tests {
    use super::{listed, of_file, of_value};

    #[test]
    fn a_comma_in_quotes_is_part_of_a_media_type() {
        assert_eq!(listed("text/a; b=\"c,d\" ,image/*,,"), ["text/a; b=\"c,d\"", "image/*"]);
        assert!(listed(" , ").is_empty());
    }

    #[test]
    fn a_value_is_sent_as_the_first_media_type_that_it_is_written_in() {
        let types = ["application/xml", "application/json", "text/plain"];
        assert_eq!(of_value(&types, true), Some("application/json"));
        assert_eq!(of_value(&types, false), Some("application/xml"));
        assert_eq!(of_value(&types[1..], false), Some("text/plain"));
        // The runtime's own media type is in the range.
        assert_eq!(of_value(&["application/xml", "application/*"], true), None);
        assert_eq!(of_value(&["text/*"], false), None);
        assert_eq!(of_value(&["application/json"], false), Some("application/json"));
        assert_eq!(of_file(&["image/*", "image/png"]), Some("image/png"));
        assert_eq!(of_file(&["image/*"]), None);
    }
}
