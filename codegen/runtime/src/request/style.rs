//! Styles of parameters and form fields: `style`, `explode` and `allowReserved`.

use super::value_string::{self, ValueParts};
use crate::encode::visit::{visit_items, visit_properties};
use crate::model::node::View;
use crate::percent::percent_encode;

/// The style of a parameter or form field, as the description declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    kind: StyleKind,
    explode: bool,
    reserved: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StyleKind {
    /// `a,b`
    Simple,
    /// `.a,b`
    Label,
    /// `;name=a,b`
    Matrix,
    /// `name=a,b`
    Form,
    /// `name=a%20b`
    Space,
    /// `name=a%7Cb`
    Pipe,
    /// `name[key]=a`
    DeepObject,
    /// `name=a; name=b`, not encoded
    Cookie,
    /// The value as JSON.
    Json,
    /// Nested arrays, with a delimiter for each level.
    Delimited(&'static str),
}

impl Style {
    pub const SIMPLE: Self = Self::new(StyleKind::Simple);
    pub const LABEL: Self = Self::new(StyleKind::Label);
    pub const MATRIX: Self = Self::new(StyleKind::Matrix);
    pub const FORM: Self = Self::new(StyleKind::Form);
    pub const SPACE_DELIMITED: Self = Self::new(StyleKind::Space);
    pub const PIPE_DELIMITED: Self = Self::new(StyleKind::Pipe);
    pub const DEEP_OBJECT: Self = Self::new(StyleKind::DeepObject);
    pub const COOKIE: Self = Self::new(StyleKind::Cookie);
    pub const JSON: Self = Self::new(StyleKind::Json);

    const fn new(kind: StyleKind) -> Self {
        Self { kind, explode: false, reserved: false }
    }

    /// Returns the style of an array whose items are separated by a character that no style of OpenAPI has: a tab, or a
    /// space in a path. With several characters, the items are arrays, and the first character is the outermost. `&`
    /// repeats the name of the parameter for each item.
    #[must_use]
    pub const fn delimited(delimiters: &'static str) -> Self {
        Self::new(StyleKind::Delimited(delimiters))
    }

    /// Sets `explode`: each item has its own name or delimiter.
    #[must_use]
    pub const fn exploded(self) -> Self {
        Self { explode: true, ..self }
    }

    /// Sets `allowReserved`: reserved characters are not encoded.
    #[must_use]
    pub const fn reserved(self) -> Self {
        Self { reserved: true, ..self }
    }

    fn encoded(self, text: &str) -> String {
        if self.kind == StyleKind::Cookie {
            text.to_owned()
        } else if self.reserved {
            value_string::percent_encode_unsafe(text)
        } else {
            percent_encode(text)
        }
    }

    /// Writes a value for a path, percent-encoded; `None` if the value cannot be written.
    pub(super) fn path(self, name: &str, view: View<'_>) -> Option<String> {
        // A question mark would end the path.
        let encode = &|text: &str| self.encoded(text).replace('?', "%3F");
        if self.kind == StyleKind::Json {
            return value_string::json(view).map(|json| encode(&json));
        }
        if let StyleKind::Delimited(delimiters) = self.kind {
            return delimited(view, delimiters, encode);
        }
        let parts = value_string::parts(view)?;
        Some(match self.kind {
            StyleKind::Label if self.explode => format!(".{}", joined(&parts, true, ".", encode)),
            StyleKind::Label => format!(".{}", joined(&parts, false, ",", encode)),
            StyleKind::Matrix => matrix(name, &parts, self.explode, encode),
            _ => joined(&parts, self.explode, ",", encode),
        })
    }

    /// Writes a value for a header, not encoded; `None` if the value cannot be written.
    pub(super) fn header(self, view: View<'_>) -> Option<String> {
        if self.kind == StyleKind::Json {
            return value_string::ascii_json(view);
        }
        if let StyleKind::Delimited(delimiters) = self.kind {
            return delimited(view, delimiters, &str::to_owned);
        }
        Some(joined(&value_string::parts(view)?, self.explode, ",", &str::to_owned))
    }

    /// Writes a value as pairs of a query, form or cookie, percent-encoded; `None` if the value cannot be written. An
    /// absent value has no pairs.
    pub(super) fn pairs(self, name: &str, view: View<'_>) -> Option<Vec<String>> {
        let encode = |text: &str| self.encoded(text);
        let fields = self.fields(name, view, &encode)?;
        let pair = |(name, value): (String, String)| match self.kind {
            StyleKind::Cookie => format!("{name}={value}"),
            _ => format!("{}={value}", percent_encode(&name)),
        };
        Some(fields.into_iter().map(pair).collect())
    }

    /// Writes a value as names and values of parts, not encoded; `None` if the value cannot be written.
    pub(super) fn parts(self, name: &str, view: View<'_>) -> Option<Vec<(String, String)>> {
        self.fields(name, view, &str::to_owned)
    }

    /// Writes a value as names, not encoded, and encoded values.
    fn fields(
        self,
        name: &str,
        view: View<'_>,
        encode: &dyn Fn(&str) -> String,
    ) -> Option<Vec<(String, String)>> {
        let field = |value: String| (name.to_owned(), value);
        match self.kind {
            _ if matches!(view, View::Absent) => return Some(Vec::new()),
            StyleKind::Delimited(delimiters) => {
                let values = match delimiters.strip_prefix('&') {
                    Some(inner) => repeated(view, inner, encode)?,
                    None => vec![delimited(view, delimiters, encode)?],
                };
                return Some(values.into_iter().filter(|value| !value.is_empty()).map(field).collect());
            }
            StyleKind::Json => return Some(vec![field(encode(&value_string::json(view)?))]),
            StyleKind::DeepObject => {
                let mut fields = Some(Vec::new());
                deep(name, view, &mut |name, value| match (value, &mut fields) {
                    (Some(value), Some(fields)) => fields.push((name.to_owned(), encode(&value))),
                    _ => fields = None,
                });
                return fields;
            }
            _ => {}
        }
        let delimiter = match self.kind {
            StyleKind::Space => encode(" "),
            StyleKind::Pipe => encode("|"),
            _ => ",".to_owned(),
        };
        Some(match value_string::parts(view)? {
            ValueParts::Scalar(value) => vec![field(encode(&value))],
            ValueParts::Array(values) if self.explode => {
                values.iter().map(|value| field(encode(value))).collect()
            }
            ValueParts::Object(properties) if self.explode => properties
                .iter()
                .flat_map(|(key, values)| values.iter().map(move |value| (key, value)))
                .map(|(key, value)| (key.clone(), encode(value)))
                .collect(),
            // An empty array or object is not defined (RFC 6570, 2.3); an array with one empty string is.
            parts if parts.is_empty() => Vec::new(),
            parts => vec![field(joined(&parts, false, &delimiter, encode))],
        })
    }
}

/// Writes an array as `a,b`; an object as `k,v,l,w`, or `k=v,l=w` with explode.
fn joined(parts: &ValueParts, explode: bool, delimiter: &str, encode: &dyn Fn(&str) -> String) -> String {
    let texts: Vec<String> = match parts {
        ValueParts::Scalar(text) => return encode(text),
        ValueParts::Array(texts) => texts.iter().map(|text| encode(text)).collect(),
        ValueParts::Object(properties) => properties
            .iter()
            .flat_map(|(key, values)| values.iter().map(|value| (encode(key), encode(value))))
            .flat_map(|(key, value)| if explode { vec![format!("{key}={value}")] } else { vec![key, value] })
            .collect(),
    };
    texts.join(delimiter)
}

/// Joins the items of an array by the first delimiter, and those of the arrays in it by the next ones; `None` if an item
/// cannot be written.
fn delimited(view: View<'_>, delimiters: &str, encode: &dyn Fn(&str) -> String) -> Option<String> {
    let mut rest = delimiters.chars();
    let Some(delimiter) = rest.next() else {
        return value_string::nested(view).map(|text| encode(&text));
    };
    let delimiter = encode(delimiter.encode_utf8(&mut [0; 4]));
    // A comma between values is not encoded, like those in the styles of OpenAPI.
    let delimiter = if delimiter == "%2C" { ",".to_owned() } else { delimiter };
    Some(repeated(view, rest.as_str(), encode)?.join(&delimiter))
}

/// Writes each item of an array; of another value, the value itself.
fn repeated(view: View<'_>, delimiters: &str, encode: &dyn Fn(&str) -> String) -> Option<Vec<String>> {
    let mut texts = Some(Vec::new());
    let is_array = visit_items(view, &mut |item| match (delimited(item, delimiters, encode), &mut texts) {
        (Some(text), Some(texts)) => texts.push(text),
        _ => texts = None,
    });
    if is_array { texts } else { Some(vec![value_string::nested(view).map(|text| encode(&text))?]) }
}

/// Writes an array as `;name=a,b`, or `;name=a;name=b` with explode; an object with explode as `;k=v;l=w`.
fn matrix(name: &str, parts: &ValueParts, explode: bool, encode: &dyn Fn(&str) -> String) -> String {
    let pair = |name: &str, value: &str| {
        if value.is_empty() { format!(";{}", encode(name)) } else { format!(";{}={value}", encode(name)) }
    };
    match parts {
        ValueParts::Array(texts) if explode => texts.iter().map(|text| pair(name, &encode(text))).collect(),
        ValueParts::Object(properties) if explode => properties
            .iter()
            .flat_map(|(key, values)| values.iter().map(move |value| (key, value)))
            .map(|(key, value)| pair(key, &encode(value)))
            .collect(),
        parts => pair(name, &joined(parts, false, ",", encode)),
    }
}

/// Writes `name[key]=a` at any depth. An array of scalars repeats `name[]`, other arrays are numbered: `name[0][key]`.
/// OpenAPI leaves nested values undefined; this is what common servers read.
fn deep(name: &str, view: View<'_>, write: &mut dyn FnMut(&str, Option<String>)) {
    if matches!(view, View::Absent) {
        return;
    }
    if visit_properties(view, &mut |key, view| deep(&format!("{name}[{key}]"), view, write)) {
        return;
    }
    let mut plain = true;
    let is_array = visit_items(view, &mut |item| plain &= value_string::scalar(item).is_some());
    if !is_array {
        let null = matches!(view, View::Null | View::Any(serde_json::Value::Null));
        return write(name, if null { Some(String::new()) } else { value_string::scalar(view) });
    }
    let mut index = 0;
    visit_items(view, &mut |item| {
        let item_name = if plain { format!("{name}[]") } else { format!("{name}[{index}]") };
        deep(&item_name, item, write);
        index += 1;
    });
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Style;
    use crate::model::node::Node;

    fn path(style: Style, value: &Value) -> String {
        style.path("c", value.view()).unwrap()
    }

    fn query(style: Style, value: &Value) -> String {
        style.pairs("c", value.view()).unwrap().join("&")
    }

    fn values() -> [Value; 3] {
        [json!("b l"), json!(["b l", "x,y", 3]), json!({"G": 200, "R": "1/0"})]
    }

    #[test]
    fn path_values_are_written_in_all_styles() {
        let all = |style: Style| values().map(|value| path(style, &value));
        assert_eq!(all(Style::SIMPLE), ["b%20l", "b%20l,x%2Cy,3", "G,200,R,1%2F0"]);
        assert_eq!(all(Style::SIMPLE.exploded()), ["b%20l", "b%20l,x%2Cy,3", "G=200,R=1%2F0"]);
        assert_eq!(all(Style::LABEL), [".b%20l", ".b%20l,x%2Cy,3", ".G,200,R,1%2F0"]);
        assert_eq!(all(Style::LABEL.exploded()), [".b%20l", ".b%20l.x%2Cy.3", ".G=200.R=1%2F0"]);
        assert_eq!(all(Style::MATRIX), [";c=b%20l", ";c=b%20l,x%2Cy,3", ";c=G,200,R,1%2F0"]);
        assert_eq!(all(Style::MATRIX.exploded()), [";c=b%20l", ";c=b%20l;c=x%2Cy;c=3", ";G=200;R=1%2F0"]);
        assert_eq!(path(Style::MATRIX, &json!("")), ";c");
        assert_eq!(path(Style::JSON, &json!({"a": 1})), "%7B%22a%22%3A1%7D");
    }

    #[test]
    fn query_values_are_written_in_all_styles() {
        let all = |style: Style| values().map(|value| query(style, &value));
        assert_eq!(all(Style::FORM), ["c=b%20l", "c=b%20l,x%2Cy,3", "c=G,200,R,1%2F0"]);
        assert_eq!(all(Style::FORM.exploded()), ["c=b%20l", "c=b%20l&c=x%2Cy&c=3", "G=200&R=1%2F0"]);
        assert_eq!(all(Style::SPACE_DELIMITED), ["c=b%20l", "c=b%20l%20x%2Cy%203", "c=G%20200%20R%201%2F0"]);
        assert_eq!(all(Style::PIPE_DELIMITED), ["c=b%20l", "c=b%20l%7Cx%2Cy%7C3", "c=G%7C200%7CR%7C1%2F0"]);
        assert_eq!(all(Style::PIPE_DELIMITED.exploded()), all(Style::FORM.exploded()));
        assert_eq!(
            all(Style::DEEP_OBJECT),
            ["c=b%20l", "c%5B%5D=b%20l&c%5B%5D=x%2Cy&c%5B%5D=3", "c%5BG%5D=200&c%5BR%5D=1%2F0"]
        );
        assert_eq!(query(Style::JSON, &json!({"a": ["ä"]})), "c=%7B%22a%22%3A%5B%22%C3%A4%22%5D%7D");
    }

    #[test]
    fn nested_values_are_deep_objects_or_json() {
        let value = json!({"a": {"b": [1, 2], "c": [{"d": null}, {"d": true}]}, "e": ["x"]});
        assert_eq!(
            query(Style::DEEP_OBJECT, &value).replace("%5B", "[").replace("%5D", "]"),
            "c[a][b][]=1&c[a][b][]=2&c[a][c][0][d]=&c[a][c][1][d]=true&c[e][]=x"
        );
        let value = json!({"a": [1, 2], "b": {"x": 1}, "c": null});
        assert_eq!(query(Style::FORM.exploded(), &value), "a=1&a=2&b=%7B%22x%22%3A1%7D&c=");
        assert_eq!(query(Style::FORM.exploded(), &json!([[1, 2], null])), "c=%5B1%2C2%5D&c=");
    }

    #[test]
    fn allow_reserved_keeps_characters_without_a_meaning_in_a_query() {
        let value = json!("/a:b?@x,y;(z)'!$*");
        assert_eq!(query(Style::FORM.exploded().reserved(), &value), "c=/a:b?@x,y;(z)'!$*");
        let value = json!("a&b=c+d#e%f[g] h");
        assert_eq!(query(Style::FORM.reserved(), &value), "c=a%26b%3Dc%2Bd%23e%25f%5Bg%5D%20h");
    }

    #[test]
    fn items_are_separated_by_any_character_at_each_level() {
        let nested = json!([[1, 2], ["a b", "c"]]);
        assert_eq!(query(Style::delimited("\t"), &json!(["a", "b c"])), "c=a%09b%20c");
        assert_eq!(query(Style::delimited("|,"), &nested), "c=1,2%7Ca%20b,c");
        assert_eq!(query(Style::delimited("&|"), &nested), "c=1%7C2&c=a%20b%7Cc");
        assert_eq!(path(Style::delimited("|"), &json!(["a", "b|c"])), "a%7Cb%7Cc");
        assert_eq!(path(Style::delimited(" ,"), &nested), "1,2%20a%20b,c");
        assert_eq!(Style::delimited("\t").header(json!(["a", "b"]).view()).unwrap(), "a\tb");
        assert_eq!(Style::delimited("\t").pairs("c", json!([]).view()), Some(Vec::new()));
        assert_eq!(Style::delimited("\t").pairs("c", json!("x").view()), Some(vec!["c=x".to_owned()]));
    }

    #[test]
    fn allow_reserved_keeps_encoded_characters() {
        // RFC 6570, 3.2.3
        assert_eq!(query(Style::FORM.reserved(), &json!("a%2Fb%c3%A4é")), "c=a%2Fb%c3%A4%C3%A9");
        for (value, expected) in
            [("50%", "50%25"), ("%2", "%252"), ("%zz%20", "%25zz%20"), ("%%41", "%25%41")]
        {
            assert_eq!(query(Style::FORM.reserved(), &json!(value)), format!("c={expected}"));
        }
        assert_eq!(query(Style::FORM, &json!("%2F")), "c=%252F");
    }

    #[test]
    fn allow_reserved_keeps_the_slashes_of_a_path() {
        assert_eq!(path(Style::SIMPLE.reserved(), &json!("a/b:c@d")), "a/b:c@d");
        assert_eq!(path(Style::SIMPLE.reserved(), &json!("a?b#c d")), "a%3Fb%23c%20d");
        assert_eq!(path(Style::SIMPLE, &json!("a/b")), "a%2Fb");
    }

    #[test]
    fn an_array_with_one_empty_string_is_sent() {
        // RFC 6570, 2.3: such an array is defined, an empty one is not.
        let one = json!([""]);
        assert_eq!(query(Style::FORM, &one), "c=");
        assert_eq!(query(Style::FORM.exploded(), &one), "c=");
        assert_eq!(query(Style::SPACE_DELIMITED, &one), "c=");
        assert_eq!(query(Style::PIPE_DELIMITED, &json!(["", ""])), "c=%7C");
        assert_eq!(query(Style::FORM, &json!("")), "c=");
        assert_eq!(query(Style::FORM, &json!({"a": ""})), "c=a,");
    }

    #[test]
    fn the_style_cookie_encodes_nothing() {
        let pairs = |style: Style, value: Value| style.pairs("c", value.view()).unwrap().join("; ");
        assert_eq!(pairs(Style::COOKIE.exploded(), json!("Hello, world!")), "c=Hello, world!");
        assert_eq!(pairs(Style::COOKIE.exploded(), json!(["a", "b"])), "c=a; c=b");
        assert_eq!(pairs(Style::COOKIE, json!(["a", "b"])), "c=a,b");
        assert_eq!(pairs(Style::COOKIE.exploded(), json!({"G": "x y", "R": 1})), "G=x y; R=1");
    }

    #[test]
    fn header_values_are_ascii_and_not_encoded() {
        let header = |style: Style, value: &Value| style.header(value.view()).unwrap();
        assert_eq!(header(Style::SIMPLE, &json!(["a b", 1])), "a b,1");
        assert_eq!(header(Style::SIMPLE.exploded(), &json!({"k": "v", "l": 2})), "k=v,l=2");
        assert_eq!(header(Style::JSON, &json!({"k": "ä😀\n"})), r#"{"k":"\u00e4\ud83d\ude00\n"}"#);
    }

    #[test]
    fn a_value_that_cannot_be_written_differs_from_an_empty_one() {
        assert_eq!(Style::FORM.pairs("c", json!(null).view()), None);
        assert_eq!(Style::SIMPLE.path("c", f64::NAN.view()), None);
        assert_eq!(Style::DEEP_OBJECT.pairs("c", vec![1.0, f64::INFINITY].view()), None);
        for empty in [json!([]), json!({})] {
            assert_eq!(Style::FORM.pairs("c", empty.view()), Some(Vec::new()));
            assert_eq!(Style::FORM.exploded().pairs("c", empty.view()), Some(Vec::new()));
        }
        assert_eq!(Style::JSON.pairs("c", None::<i64>.view()), Some(Vec::new()));
    }
}
