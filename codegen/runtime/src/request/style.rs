//! How values are written into paths, queries, headers, cookies and forms: `style` and `explode`.

use super::text::{self, Parts};
use crate::encode::members::{items, members};
use crate::model::node::View;

/// The way of writing a parameter, as its description declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    shape: Shape,
    explode: bool,
    reserved: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
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
    /// The value as JSON.
    Json,
}

impl Style {
    pub const SIMPLE: Self = Self::new(Shape::Simple);
    pub const LABEL: Self = Self::new(Shape::Label);
    pub const MATRIX: Self = Self::new(Shape::Matrix);
    pub const FORM: Self = Self::new(Shape::Form);
    pub const SPACE_DELIMITED: Self = Self::new(Shape::Space);
    pub const PIPE_DELIMITED: Self = Self::new(Shape::Pipe);
    pub const DEEP_OBJECT: Self = Self::new(Shape::DeepObject);
    pub const JSON: Self = Self::new(Shape::Json);

    const fn new(shape: Shape) -> Self {
        Self { shape, explode: false, reserved: false }
    }

    /// The same, with a name or a delimiter for each item.
    #[must_use]
    pub const fn exploded(self) -> Self {
        Self { explode: true, ..self }
    }

    /// The same, with reserved characters as they are.
    #[must_use]
    pub const fn reserved(self) -> Self {
        Self { reserved: true, ..self }
    }

    fn encoded(self, text: &str) -> String {
        if self.reserved { text::encoded_but_reserved(text) } else { text::encoded(text) }
    }

    /// The text in a path, percent-encoded; nothing if the value has none.
    pub(super) fn path(self, name: &str, view: View<'_>) -> Option<String> {
        let encode = &text::encoded;
        if self.shape == Shape::Json {
            return text::json(view).map(|json| encode(&json));
        }
        let parts = text::parts(view)?;
        Some(match self.shape {
            Shape::Label if self.explode => format!(".{}", joined(&parts, true, ".", encode)),
            Shape::Label => format!(".{}", joined(&parts, false, ",", encode)),
            Shape::Matrix => matrix(name, &parts, self.explode, encode),
            _ => joined(&parts, self.explode, ",", encode),
        })
    }

    /// The text in a header, as it is; nothing if the value has none.
    pub(super) fn header(self, view: View<'_>) -> Option<String> {
        if self.shape == Shape::Json {
            return text::ascii_json(view);
        }
        Some(joined(&text::parts(view)?, self.explode, ",", &str::to_owned))
    }

    /// The pairs of a query, form or cookie, percent-encoded; nothing if the value has none. No pair stands for a
    /// value that is absent.
    pub(super) fn pairs(self, name: &str, view: View<'_>) -> Option<Vec<String>> {
        let encode = |text: &str| self.encoded(text);
        let pair = |name: &str, value: &str| format!("{}={value}", text::encoded(name));
        match self.shape {
            _ if matches!(view, View::Absent) => return Some(Vec::new()),
            Shape::Json => return Some(vec![pair(name, &encode(&text::json(view)?))]),
            Shape::DeepObject => {
                let mut pairs = Some(Vec::new());
                deep(name, view, &mut |name, value| match (value, &mut pairs) {
                    (Some(value), Some(pairs)) => pairs.push(pair(name, &encode(&value))),
                    _ => pairs = None,
                });
                return pairs;
            }
            _ => {}
        }
        let delimiter = match self.shape {
            Shape::Space => "%20",
            Shape::Pipe => "%7C",
            _ => ",",
        };
        Some(match text::parts(view)? {
            Parts::One(value) => vec![pair(name, &encode(&value))],
            Parts::List(values) if self.explode => {
                values.iter().map(|value| pair(name, &encode(value))).collect()
            }
            Parts::Object(members) if self.explode => members
                .iter()
                .flat_map(|(key, values)| values.iter().map(move |value| (key, value)))
                .map(|(key, value)| pair(key, &encode(value)))
                .collect(),
            parts => {
                let value = joined(&parts, false, delimiter, &encode);
                if value.is_empty() { Vec::new() } else { vec![pair(name, &value)] }
            }
        })
    }
}

/// A list as `a,b`; an object as `k,v,l,w`, or `k=v,l=w` with explode.
fn joined(parts: &Parts, explode: bool, delimiter: &str, encode: &dyn Fn(&str) -> String) -> String {
    let texts: Vec<String> = match parts {
        Parts::One(text) => return encode(text),
        Parts::List(texts) => texts.iter().map(|text| encode(text)).collect(),
        Parts::Object(members) => members
            .iter()
            .flat_map(|(key, values)| values.iter().map(|value| (encode(key), encode(value))))
            .flat_map(|(key, value)| if explode { vec![format!("{key}={value}")] } else { vec![key, value] })
            .collect(),
    };
    texts.join(delimiter)
}

/// `;name=a,b`; with explode `;name=a;name=b`, and `;k=v;l=w` for an object.
fn matrix(name: &str, parts: &Parts, explode: bool, encode: &dyn Fn(&str) -> String) -> String {
    let pair = |name: &str, value: &str| {
        if value.is_empty() { format!(";{}", encode(name)) } else { format!(";{}={value}", encode(name)) }
    };
    match parts {
        Parts::List(texts) if explode => texts.iter().map(|text| pair(name, &encode(text))).collect(),
        Parts::Object(members) if explode => members
            .iter()
            .flat_map(|(key, values)| values.iter().map(move |value| (key, value)))
            .map(|(key, value)| pair(key, &encode(value)))
            .collect(),
        parts => pair(name, &joined(parts, false, ",", encode)),
    }
}

/// `name[key]=a` at any depth; a list of plain values repeats `name[]`, other lists are numbered: `name[0][key]`.
/// This is how the usual servers read such names, where the standard leaves it open.
fn deep(name: &str, view: View<'_>, write: &mut dyn FnMut(&str, Option<String>)) {
    if matches!(view, View::Absent) {
        return;
    }
    if members(view, &mut |key, view| deep(&format!("{name}[{key}]"), view, write)) {
        return;
    }
    let mut plain = true;
    let is_list = items(view, &mut |item| plain &= text::one(item).is_some());
    if !is_list {
        let null = matches!(view, View::Null | View::Any(serde_json::Value::Null));
        return write(name, if null { Some(String::new()) } else { text::one(view) });
    }
    let mut index = 0;
    items(view, &mut |item| {
        let place = if plain { format!("{name}[]") } else { format!("{name}[{index}]") };
        deep(&place, item, write);
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
    fn paths() {
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
    fn queries() {
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
    fn nested_values() {
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
    fn reserved_characters_stay_where_they_mean_nothing() {
        let value = json!("/a:b?@x,y;(z)'!$*");
        assert_eq!(query(Style::FORM.exploded().reserved(), &value), "c=/a:b?@x,y;(z)'!$*");
        let value = json!("a&b=c+d#e%f[g] h");
        assert_eq!(query(Style::FORM.reserved(), &value), "c=a%26b%3Dc%2Bd%23e%25f%5Bg%5D%20h");
    }

    #[test]
    fn headers() {
        let header = |style: Style, value: &Value| style.header(value.view()).unwrap();
        assert_eq!(header(Style::SIMPLE, &json!(["a b", 1])), "a b,1");
        assert_eq!(header(Style::SIMPLE.exploded(), &json!({"k": "v", "l": 2})), "k=v,l=2");
        assert_eq!(header(Style::JSON, &json!({"k": "ä😀\n"})), r#"{"k":"\u00e4\ud83d\ude00\n"}"#);
    }

    #[test]
    fn what_has_no_text_is_told_apart_from_what_is_empty() {
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
