//! Runs the checks for each kind of object.

use std::collections::HashSet;

use serde_json::Value;

use super::checker::Checker;
use super::{operation, parameters, schema};
use crate::base::diagnostic::Findings;
use crate::base::node_path::NodePath;
use crate::grammar::object_kind::ObjectKind;
use crate::grammar::value_kind::{Step, ValueKind};

/// Checks a bundled description. `is_whole` is whether it has all its operations.
pub(crate) fn check(tree: &Value, is_whole: bool, findings: &mut Findings) {
    let operation_ids = is_whole.then(|| operation::ids(tree));
    let mut checker = Checker { tree, operation_ids, compared: HashSet::new(), findings };
    if tree.get("openapi").is_some_and(Value::is_string) {
        node(&mut checker, ObjectKind::Root, &NodePath::Root, tree);
    }
}

fn node<'v>(checker: &mut Checker<'v, '_>, kind: ObjectKind, at: &NodePath<'_>, value: &'v Value) {
    let Value::Object(entries) = value else { return };
    match kind {
        ObjectKind::Root | ObjectKind::Operation => operation::security(checker, at, entries),
        ObjectKind::Server => operation::server(checker, at, entries),
        ObjectKind::ServerVariable => schema::default_in_enum(checker, at, entries),
        ObjectKind::Paths => operation::paths(checker, at, entries),
        ObjectKind::PathItem => parameters::path_item(checker, at, entries),
        ObjectKind::Link => operation::link(checker, at, entries),
        ObjectKind::Responses => operation::responses(checker, at, entries),
        ObjectKind::Parameter => {
            parameters::parameter(checker, at, entries);
            schema::example(checker, at, entries);
        }
        ObjectKind::Header | ObjectKind::MediaType => schema::example(checker, at, entries),
        ObjectKind::Schema => schema::schema(checker, at, entries),
        ObjectKind::Discriminator => schema::discriminator(checker, at, entries),
        _ => {}
    }
    for (key, value) in entries {
        if let Some(value_kind) = kind.value_kind(key) {
            child(checker, value_kind, &NodePath::Key(at, key), value);
        }
    }
}

fn child<'v>(checker: &mut Checker<'v, '_>, value_kind: ValueKind, at: &NodePath<'_>, value: &'v Value) {
    value_kind.each_object(value, &mut |kind, step, value| match step {
        Step::Here => node(checker, kind, at, value),
        Step::Key(key) => node(checker, kind, &NodePath::Key(at, key), value),
        Step::Index(index) => node(checker, kind, &NodePath::Index(at, index), value),
    });
}
