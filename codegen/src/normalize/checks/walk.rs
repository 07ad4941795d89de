//! The walk over a description: which object is checked for what.

use serde_json::Value;

use super::checker::Checker;
use super::{operation, schema};
use crate::base::diagnostic::Findings;
use crate::base::path::Path;
use crate::grammar::kind::Kind;
use crate::grammar::shape::Shape;

/// Looks through a description whose references have their one form.
pub(crate) fn check(tree: &Value, findings: &mut Findings) {
    let mut checker = Checker { tree, findings };
    if tree.get("openapi").is_some_and(Value::is_string) {
        node(&mut checker, Kind::Root, &Path::Root, tree);
    }
}

fn node<'v>(checker: &mut Checker<'v, '_>, kind: Kind, at: &Path<'_>, value: &'v Value) {
    let Value::Object(entries) = value else { return };
    match kind {
        Kind::Root => operation::security(checker, at, entries),
        Kind::Server => operation::server(checker, at, entries),
        Kind::ServerVariable => schema::default_in_enum(checker, at, entries),
        Kind::Paths => operation::paths(checker, at, entries),
        Kind::Operation => operation::operation(checker, at, entries),
        Kind::Responses => operation::responses(checker, at, entries),
        Kind::Parameter | Kind::Header | Kind::MediaType => schema::example(checker, at, entries),
        Kind::Schema => schema::schema(checker, at, entries),
        Kind::Discriminator => schema::discriminator(checker, at, entries),
        _ => {}
    }
    let fields = kind.fields();
    for (key, value) in entries {
        let shape = match fields.iter().find(|(name, _)| name == key) {
            Some((_, shape)) => Some(*shape),
            None if key.starts_with("x-") => None,
            None => kind.pattern(),
        };
        if let Some(shape) = shape {
            child(checker, shape, &Path::Key(at, key), value);
        }
    }
}

fn child<'v>(checker: &mut Checker<'v, '_>, shape: Shape, at: &Path<'_>, value: &'v Value) {
    match (shape, value) {
        (Shape::Node(kind) | Shape::NodeOrNodes(kind), Value::Object(_)) => node(checker, kind, at, value),
        (Shape::Nodes(kind) | Shape::NodeOrNodes(kind), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                node(checker, kind, &Path::Index(at, index), item);
            }
        }
        (Shape::Map(kind), Value::Object(entries)) => {
            for (key, entry) in entries {
                node(checker, kind, &Path::Key(at, key), entry);
            }
        }
        _ => {}
    }
}
