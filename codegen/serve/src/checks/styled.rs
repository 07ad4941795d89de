//! Reads values in the styles of OpenAPI.

use serde_json::{Map, Value};

use super::fields::Fields;
use super::scalar::value_of;
use crate::base::message::{decoded, form_decoded};
use crate::document::parameter::{Style, StyleKind};
use crate::schema::kinds::{Kinds, fits};
use crate::schema::lookup::{item_schema, property_schema};
use crate::schema::validated::Schema;

/// How the value of a parameter or field is written.
pub(super) struct Written<'s> {
    pub(super) name: &'s str,
    pub(super) style: Style,
    pub(super) schema: &'s Schema,
    /// Whether texts are percent-encoded.
    pub(super) is_encoded: bool,
}

/// The JSON type that a text is read as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Object,
    Array,
    Scalar,
}

impl Written<'_> {
    /// Reads the text of a path parameter or header field.
    pub(super) fn text(&self, text: &str) -> Value {
        self.first_valid(|shape| self.of_text(shape, text)).unwrap_or_default()
    }

    /// Reads the fields of a query, form or cookie; `None` if they have no such value.
    pub(super) fn fields(&self, fields: &Fields<'_>) -> Option<Value> {
        if self.style.kind == StyleKind::DeepObject {
            let nested = fields.nested(self.name, &self.schema.root, &|text| self.plain(text));
            return nested.or_else(|| fields.first(self.name).map(|text| self.scalar(&self.plain(text))));
        }
        self.first_valid(|shape| self.of_fields(shape, fields))
    }

    /// Reads a value as each type that the schema accepts, and returns the first valid one, or else the first one.
    fn first_valid(&self, read: impl Fn(Shape) -> Option<Value>) -> Option<Value> {
        let kinds = Kinds::of(&self.schema.root, &self.schema.root);
        let mut shapes = Vec::new();
        for (kind, shape) in [(Kinds::OBJECT, Shape::Object), (Kinds::ARRAY, Shape::Array)] {
            if kinds.has(kind) && kinds != Kinds::ALL {
                shapes.push(shape);
            }
        }
        if kinds.has(Kinds::ALL.without(Kinds::OBJECT.or(Kinds::ARRAY))) || shapes.is_empty() {
            shapes.push(Shape::Scalar);
        }
        let values: Vec<_> = shapes.into_iter().filter_map(read).collect();
        let valid = values.iter().find(|value| self.schema.is_valid(value)).cloned();
        valid.or_else(|| values.into_iter().next())
    }

    fn of_text(&self, shape: Shape, text: &str) -> Option<Value> {
        let explode = self.style.explode;
        let (text, delimiter, prefix) = match self.style.kind {
            StyleKind::Label => (text.strip_prefix('.').unwrap_or(text), if explode { "." } else { "," }, ""),
            StyleKind::Matrix => {
                (text.strip_prefix(';').unwrap_or(text), if explode { ";" } else { "," }, self.name)
            }
            _ => (text, ",", ""),
        };
        let is_matrix = self.style.kind == StyleKind::Matrix;
        let text = if is_matrix && !(explode && shape == Shape::Object) && !(explode && shape == Shape::Array)
        {
            without_name(text, prefix)
        } else {
            text
        };
        let parts: Vec<&str> = if text.is_empty() { Vec::new() } else { text.split(delimiter).collect() };
        Some(match shape {
            Shape::Scalar => self.scalar(&self.plain(text)),
            Shape::Array => {
                let is_named = is_matrix && explode;
                let items = parts.iter().map(|item| if is_named { without_name(item, prefix) } else { item });
                self.array(items.map(|item| self.plain(item)))
            }
            Shape::Object if explode => {
                let pairs: Option<Vec<_>> = parts.iter().map(|pair| pair.split_once('=')).collect();
                self.object(pairs?.into_iter())
            }
            Shape::Object => self.object(pairs(&parts)?.into_iter()),
        })
    }

    fn of_fields(&self, shape: Shape, fields: &Fields<'_>) -> Option<Value> {
        let values = fields.all(self.name);
        match (shape, self.style.explode) {
            (Shape::Object, true) => {
                let pairs = fields.of_object(&self.schema.root);
                (!pairs.is_empty()).then(|| self.object(pairs.into_iter()))
            }
            (Shape::Array, true) => {
                (!values.is_empty()).then(|| self.array(values.iter().map(|value| self.plain(value))))
            }
            (Shape::Scalar, _) => values.first().map(|value| self.scalar(&self.plain(value))),
            (Shape::Array, false) => {
                let first = values.first()?;
                Some(self.array(self.split(first).into_iter().map(|item| self.plain(&item))))
            }
            (Shape::Object, false) => {
                let items = self.split(values.first()?);
                let items: Vec<&str> = items.iter().map(String::as_str).collect();
                Some(self.object(pairs(&items)?.into_iter()))
            }
        }
    }

    /// Splits an encoded text by the delimiter of the style.
    fn split(&self, text: &str) -> Vec<String> {
        let split = |delimiters: &[&str]| {
            let text =
                delimiters.iter().fold(text.to_owned(), |text, delimiter| text.replace(delimiter, "\n"));
            text.split('\n').map(str::to_owned).collect()
        };
        match self.style.kind {
            StyleKind::SpaceDelimited => split(&["%20", "+", " "]),
            StyleKind::PipeDelimited => split(&["%7C", "%7c", "|"]),
            _ => split(&[","]),
        }
    }

    fn plain(&self, text: &str) -> String {
        match self.style.kind {
            _ if !self.is_encoded => text.to_owned(),
            StyleKind::Form
            | StyleKind::SpaceDelimited
            | StyleKind::PipeDelimited
            | StyleKind::DeepObject => form_decoded(text),
            _ => decoded(text),
        }
    }

    fn scalar(&self, text: &str) -> Value {
        value_of(&self.schema.root, &self.schema.root, text)
    }

    fn array(&self, items: impl Iterator<Item = String>) -> Value {
        let root = &self.schema.root;
        let items =
            items.enumerate().map(|(index, item)| value_of(root, &item_schema(root, root, index), &item));
        Value::Array(items.collect())
    }

    /// Returns an object of encoded keys and values. A repeated key is an array.
    fn object<'p>(&self, pairs: impl Iterator<Item = (&'p str, &'p str)>) -> Value {
        let root = &self.schema.root;
        let mut texts: Vec<(String, Vec<String>)> = Vec::new();
        for (key, value) in pairs {
            let (key, value) = (self.plain(key), self.plain(value));
            match texts.iter_mut().find(|(own, _)| *own == key) {
                Some((_, values)) => values.push(value),
                None => texts.push((key, vec![value])),
            }
        }
        let object: Map<_, _> = texts.into_iter().map(|(key, values)| property(root, key, &values)).collect();
        Value::Object(object)
    }
}

/// Returns a property of texts. Several are the items of an array, and so is one if the schema says so.
pub(super) fn property(root: &Value, key: String, texts: &[String]) -> (String, Value) {
    let schema = property_schema(root, root, &key);
    let kinds = Kinds::of(root, &schema);
    let one = match texts {
        [text] => Some(value_of(root, &schema, text)),
        _ => None,
    };
    let is_array = kinds.has(Kinds::ARRAY) && one.as_ref().is_none_or(|value| !fits(root, &schema, value));
    let value = match one {
        Some(value) if !is_array => value,
        _ => {
            let items = texts.iter().enumerate();
            let items = items.map(|(index, text)| value_of(root, &item_schema(root, &schema, index), text));
            Value::Array(items.collect())
        }
    };
    (key, value)
}

/// Returns keys and values that follow each other; `None` if the last key has no value.
fn pairs<'t>(items: &[&'t str]) -> Option<Vec<(&'t str, &'t str)>> {
    items.chunks(2).map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect()
}

/// Removes the name and the equals sign before a value in the style `matrix`.
fn without_name<'t>(text: &'t str, name: &str) -> &'t str {
    match text.split_once('=') {
        Some((own, value)) if decoded(own) == name => value,
        None if decoded(text) == name => "",
        _ => text,
    }
}
