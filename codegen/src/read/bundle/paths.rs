//! Paths that don't begin with a slash get one, so that their operations can be called.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;
use crate::read::tree::document::Document;
use crate::read::tree::origins::{Edit, Move};

/// Renames them, unless another path has the name; tells whether there was one to rename.
pub(super) fn root(document: &mut Document<'_>, findings: &mut Findings) -> bool {
    let paths = document.value.get_mut("paths").and_then(Value::as_object_mut);
    let Some(paths) = paths.filter(|paths| !paths.keys().all(|path| is_rooted(path))) else { return false };
    let folder = Pointer::root().child("paths");
    let known: HashSet<String> = paths.keys().cloned().collect();
    let mut moves = Vec::new();
    let mut rooted = Map::new();
    for (path, item) in std::mem::take(paths) {
        let name = format!("/{path}");
        if is_rooted(&path) {
            rooted.insert(path, item);
        } else if known.contains(&name) {
            let message = format!("the path {path:?} is left out: there is one of that name with a slash");
            findings.mistake(&folder.child(&path), message, "make one of the two");
            rooted.insert(path, item);
        } else {
            let message = format!("the path {path:?} doesn't begin with a slash");
            findings.mistake(&folder.child(&name), message, "write `/` before it");
            moves.push(Move { to: folder.child(&name), file: None, from: folder.child(&path) });
            rooted.insert(name, item);
        }
    }
    *paths = rooted;
    document.record(Edit::Bundled(moves));
    true
}

/// Whether a key is that of a path as it should be, or of something else.
fn is_rooted(key: &str) -> bool {
    key.starts_with('/') || key.starts_with("x-")
}
