//! Parameters: their names, locations and styles.

use serde_json::Value;

use crate::base::pointer::child;
use crate::schema::tree::{Tree, entries, flag, text};

/// The extension in which a description of Swagger 2.0 has its own delimiters after it is spelled as OpenAPI 3.0.
const DELIMITERS: &str = "x-normalized-delimiters";

/// The location of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParameterLocation {
    Path,
    Query,
    QueryString,
    Header,
    Cookie,
}

impl ParameterLocation {
    /// Returns the location as a document spells it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::QueryString => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How the items or properties of a value are separated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StyleKind {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// As `form`, but not percent-encoded.
    Cookie,
}

/// The style of a parameter or a field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    pub(crate) kind: StyleKind,
    pub(crate) explode: bool,
}

impl Style {
    /// Returns the style that a node declares, or the default one.
    pub(crate) fn of(node: &Value, default: StyleKind) -> Self {
        let kind = match text(node, "style") {
            Some("simple") => StyleKind::Simple,
            Some("label") => StyleKind::Label,
            Some("matrix") => StyleKind::Matrix,
            Some("form") => StyleKind::Form,
            Some("spaceDelimited") => StyleKind::SpaceDelimited,
            Some("pipeDelimited") => StyleKind::PipeDelimited,
            Some("deepObject") => StyleKind::DeepObject,
            Some("cookie") => StyleKind::Cookie,
            _ => default,
        };
        let is_exploded = matches!(kind, StyleKind::Form | StyleKind::Cookie | StyleKind::DeepObject);
        let explode = node.get("explode").and_then(Value::as_bool).unwrap_or(is_exploded);
        Self { kind, explode }
    }
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) location: ParameterLocation,
    pub(crate) required: bool,
    pub(crate) may_be_empty: bool,
    pub(crate) style: Style,
    /// The characters between the items of an array and of the arrays in it, outermost first, for styles that only
    /// Swagger 2.0 has. `&` repeats the name.
    pub(crate) delimiters: Option<String>,
    /// The JSON pointer of the parameter.
    pub(crate) at: String,
    /// The JSON pointer of its schema.
    pub(crate) schema: Option<String>,
    /// The media type, if the value has one.
    pub(crate) content: Option<String>,
}

impl Parameter {
    /// Reads a parameter. Returns `None` if it is invalid, or its header field is described elsewhere.
    pub(super) fn read(tree: &Tree, node: &Value, at: &str) -> Option<Self> {
        let (node, at) = tree.resolve(node, at);
        let name = text(node, "name")?.to_owned();
        let (location, default) = match text(node, "in")? {
            "path" => (ParameterLocation::Path, StyleKind::Simple),
            "query" => (ParameterLocation::Query, StyleKind::Form),
            "querystring" => (ParameterLocation::QueryString, StyleKind::Form),
            "header" => (ParameterLocation::Header, StyleKind::Simple),
            "cookie" => (ParameterLocation::Cookie, StyleKind::Form),
            _ => return None,
        };
        let is_elsewhere = ["accept", "content-type", "authorization"]
            .iter()
            .any(|reserved| name.eq_ignore_ascii_case(reserved));
        if location == ParameterLocation::Header && is_elsewhere {
            return None;
        }
        let content = entries(node, "content").next();
        let schema = match content {
            Some((media_type, media)) => {
                media.get("schema").map(|_| child(&child(&child(&at, "content"), media_type), "schema"))
            }
            None => node.get("schema").map(|_| child(&at, "schema")),
        };
        Some(Self {
            name,
            location,
            required: flag(node, "required") || location == ParameterLocation::Path,
            may_be_empty: flag(node, "allowEmptyValue"),
            style: Style::of(node, default),
            delimiters: text(node, DELIMITERS).map(str::to_owned),
            at,
            schema,
            content: content.map(|(media_type, _)| media_type.clone()),
        })
    }

    /// Returns whether both are the same parameter.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let is_same_name = match self.location {
            ParameterLocation::Header => self.name.eq_ignore_ascii_case(&other.name),
            _ => self.name == other.name,
        };
        self.location == other.location && is_same_name
    }
}
