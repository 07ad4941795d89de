//! Rewrites path templates that OpenAPI doesn't allow but whose meaning is clear, so that their operations can be called:
//! paths without a leading slash, and expressions of RFC 6570 such as `{.name*}`.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::expression;
use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;
use crate::grammar::object_kind::ObjectKind;
use crate::read::tree::document::Document;
use crate::read::tree::origins::{Edit, Move};

/// Rewrites the paths, unless another path has the resulting name. Returns whether one was rewritten.
pub(super) fn rewrite_paths(document: &mut Document<'_>, findings: &mut Findings) -> bool {
    let declared = expression::declared_names(&document.value);
    let is_swagger = ObjectKind::of_root(&document.value) == Some(ObjectKind::Swagger);
    let Some(paths) = document.value.get_mut("paths").and_then(Value::as_object_mut) else { return false };
    let new_name = |path: &str| rewritten(path, declared.get(path).unwrap_or(&HashSet::new()));
    if paths.keys().all(|path| new_name(path).is_none()) {
        return false;
    }
    let paths_at = Pointer::root().child("paths");
    let known: HashSet<String> = paths.keys().cloned().collect();
    let mut moves = Vec::new();
    let mut renamed = Map::new();
    for (path, mut item) in std::mem::take(paths) {
        let Some(name) = new_name(&path) else {
            renamed.insert(path, item);
            continue;
        };
        if known.contains(&name) || renamed.contains_key(&name) {
            let message =
                format!("the path {path:?} is ignored: it has the meaning of {name:?}, which exists");
            findings.problem(&paths_at.child(&path), message, "merge the two paths");
            renamed.insert(path, item);
            continue;
        }
        report(findings, &paths_at.child(&name), (&path, &name), is_swagger);
        expression::set_styles(&path, &mut item, is_swagger);
        moves.push(Move { to: paths_at.child(&name), file: None, from: paths_at.child(&path) });
        renamed.insert(name, item);
    }
    *paths = renamed;
    document.record(Edit::Bundled(moves));
    true
}

/// Returns the path that is meant, if it is written in another way.
fn rewritten(path: &str, declared: &HashSet<String>) -> Option<String> {
    if path.starts_with("x-") {
        return None;
    }
    let plain = expression::plain(path, declared);
    let name = if plain.starts_with('/') { plain } else { format!("/{plain}") };
    (name != path).then_some(name)
}

fn report(findings: &mut Findings, at: &Pointer, (path, name): (&str, &str), is_swagger: bool) {
    if !path.starts_with('/') {
        let message = format!("the path {path:?} doesn't begin with a slash");
        findings.problem(at, message, "add a leading `/`");
    }
    if name.trim_start_matches('/') != path.trim_start_matches('/') {
        let message = format!("the path {path:?} contains an expression that is not the name of a parameter");
        let help = if is_swagger {
            format!(
                "it is interpreted as {name:?}, with the style of the expression; Swagger 2.0 has no styles"
            )
        } else {
            format!("it is interpreted as {name:?}; write that, with `style` and `explode` of the parameter")
        };
        findings.problem(at, message, help);
    }
}
