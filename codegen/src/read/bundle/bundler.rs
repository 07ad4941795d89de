//! The entry point of bundling: rewrites the tree until every target of a reference is a component.

use serde_json::Value;

use super::component_keys::ComponentKeys;
use super::files::{LoadedFiles, NodeRef};
use super::state::RewriteState;
use super::{paths, rewrite, version};
use crate::base::copies::size_of;
use crate::base::diagnostic::Findings;
use crate::base::mode::Mode;
use crate::base::options::FileLoader;
use crate::base::pointer::Pointer;
use crate::grammar::object_kind::ObjectKind;
use crate::read::overlay::patched::Patched;
use crate::read::tree::document::Document;
use crate::read::tree::origins::{Edit, Move};

/// A description in which all references point to components.
pub(crate) struct Bundled<'a> {
    pub(crate) document: Document<'a>,
    /// A copy of the tree for later stages to rewrite. Bundling makes a copy anyway.
    pub(crate) tree: Value,
}

/// Rewrites the tree so that all references point to components.
pub(crate) fn bundled<'a>(
    patched: Patched<'a>,
    file_loader: &dyn FileLoader,
    mode: Mode,
) -> (Bundled<'a>, Findings) {
    let Patched(mut document) = patched;
    let copies = document.copies.within(size_of(&document.value));
    let number = version::quote(&mut document.value);
    let Some(root) = ObjectKind::of_root(&document.value) else {
        let tree = document.value.clone();
        return (Bundled { document, tree }, Findings::new(mode));
    };
    let name = document.location(&Pointer::root()).file;
    let files = LoadedFiles::new(std::mem::take(&mut document.value), &name, file_loader);
    let mut component_keys = ComponentKeys::new(files, root);
    loop {
        let known = component_keys.len();
        let mut state = RewriteState::new(mode, copies.clone());
        let tree = rewrite::rewrite_all(&mut component_keys, &mut state);
        // A node may become a component after it was copied. The next pass replaces it by a reference.
        if component_keys.len() == known {
            state.findings.set_size(size_of(&tree));
            let copy = commit(component_keys.files, &mut document, state.moves, tree, state.changed);
            if let Some(number) = &number {
                version::report(number, &mut state.findings);
            }
            let renamed = paths::rewrite_paths(&mut document, &mut state.findings);
            let tree = if renamed { document.value.clone() } else { copy };
            return (Bundled { document, tree }, state.findings);
        }
    }
}

/// Sets the tree of the document if it changed, and returns a copy of it.
fn commit(
    mut files: LoadedFiles<'_>,
    document: &mut Document<'_>,
    moves: Vec<(Pointer, NodeRef)>,
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
