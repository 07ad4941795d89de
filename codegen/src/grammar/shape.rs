//! The kinds of values that keys take.

use serde_json::{Value, json};

use super::kind::Kind;

/// The kind of value that a key takes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    Any,
    Text,
    Bool,
    Number,
    Count,
    SmallCount,
    Texts,
    List,
    Node(Kind),
    Nodes(Kind),
    NodeOrNodes(Kind),
    Map(Kind),
}

impl Shape {
    /// An empty value of this kind, to go on with.
    pub(crate) fn neutral(self) -> Value {
        match self {
            Self::Any => Value::Null,
            Self::Text => json!(""),
            Self::Bool => json!(false),
            Self::Number | Self::Count | Self::SmallCount => json!(0),
            Self::Texts | Self::List | Self::Nodes(_) | Self::NodeOrNodes(_) => json!([]),
            Self::Node(_) | Self::Map(_) => json!({}),
        }
    }

    pub(crate) fn article(self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::Text => "a text",
            Self::Bool => "true or false",
            Self::Number => "a number",
            Self::Count => "a whole number from 0",
            Self::SmallCount => "a whole number of 32 bits from 0",
            Self::Texts => "a list of texts",
            Self::List | Self::Nodes(_) => "a list",
            Self::NodeOrNodes(_) => "a mapping or a list of such",
            Self::Node(_) | Self::Map(_) => "a mapping",
        }
    }
}

pub(crate) type Fields = &'static [(&'static str, Shape)];
