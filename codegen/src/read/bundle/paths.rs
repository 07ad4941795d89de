//! Adds a leading slash to paths without one, so that their operations can be called.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;
use crate::read::tree::document::Document;
use crate::read::tree::origins::{Edit, Move};

/// Adds the leading slashes, unless another path has the resulting name. Returns whether there were paths without one.
pub(super) fn add_leading_slashes(document: &mut Document<'_>, findings: &mut Findings) -> bool {
    let paths = document.value.get_mut("paths").and_then(Value::as_object_mut);
    let Some(paths) = paths.filter(|paths| !paths.keys().all(|path| is_valid_key(path))) else {
        return false;
    };
    let paths_at = Pointer::root().child("paths");
    let known: HashSet<String> = paths.keys().cloned().collect();
    let mut moves = Vec::new();
    let mut renamed = Map::new();
    for (path, item) in std::mem::take(paths) {
        let name = format!("/{path}");
        if is_valid_key(&path) {
            renamed.insert(path, item);
        } else if known.contains(&name) {
            let message = format!("the path {path:?} is ignored: the same path with a leading slash exists");
            findings.problem(&paths_at.child(&path), message, "merge the two paths");
            renamed.insert(path, item);
        } else {
            let message = format!("the path {path:?} doesn't begin with a slash");
            findings.problem(&paths_at.child(&name), message, "add a leading `/`");
            moves.push(Move { to: paths_at.child(&name), file: None, from: paths_at.child(&path) });
            renamed.insert(name, item);
        }
    }
    *paths = renamed;
    document.record(Edit::Bundled(moves));
    true
}

/// Returns whether a key is a path with a leading slash, or an extension.
fn is_valid_key(key: &str) -> bool {
    key.starts_with('/') || key.starts_with("x-")
}
