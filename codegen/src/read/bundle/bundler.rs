//! Walks until every node that a reference leads to is a component, and makes the outcome the document's tree.

use serde_json::Value;

use super::files::{Files, Spot};
use super::homes::Homes;
use super::pass::Pass;
use super::{paths, walk};
use crate::base::diagnostic::Findings;
use crate::base::options::{Mode, Siblings};
use crate::base::pointer::Pointer;
use crate::read::overlay::patched::Patched;
use crate::read::tree::document::Document;
use crate::read::tree::origins::{Edit, Move};

/// A description all of whose references have one form.
pub(crate) struct Bundled<'a> {
    pub(crate) document: Document<'a>,
    /// A copy of its tree, which the walk over it makes anyway: the stages behind rewrite it.
    pub(crate) tree: Value,
}

/// Rewrites the tree, unless all of its references have that form already.
pub(crate) fn bundled<'a>(
    patched: Patched<'a>,
    siblings: &dyn Siblings,
    mode: Mode,
) -> (Bundled<'a>, Findings) {
    let Patched(mut document) = patched;
    if !document.value.get("openapi").is_some_and(Value::is_string) {
        let tree = document.value.clone();
        return (Bundled { document, tree }, Findings::new(mode));
    }
    let mut homes = Homes::new(Files::new(std::mem::take(&mut document.value), siblings));
    loop {
        let known = homes.len();
        let mut pass = Pass::new(mode);
        let tree = walk::over_all(&mut homes, &mut pass);
        // A node that turned out to be a component after it was walked over is replaced in another pass.
        if homes.len() == known {
            let copy = commit(homes.files, &mut document, pass.moves, tree, pass.changed);
            let renamed = paths::root(&mut document, &mut pass.findings);
            let tree = if renamed { document.value.clone() } else { copy };
            return (Bundled { document, tree }, pass.findings);
        }
    }
}

/// Makes the tree the document's where it differs; returns a copy of what is the document's then.
fn commit(
    mut files: Files<'_>,
    document: &mut Document<'_>,
    moves: Vec<(Pointer, Spot)>,
    tree: Value,
    changed: bool,
) -> Value {
    document.warn(std::mem::take(&mut files.problems));
    if !changed {
        document.value = files.into_description();
        return tree;
    }
    let read = std::mem::take(&mut files.read);
    let numbers: Vec<usize> = read.into_iter().map(|file| document.add_file(file)).collect();
    let moves = moves.into_iter().map(|(to, from)| {
        let file = from.file.checked_sub(1).and_then(|index| numbers.get(index).copied());
        Move { to, file, from: from.pointer }
    });
    document.record(Edit::Bundled(moves.collect()));
    document.value = tree.clone();
    tree
}
