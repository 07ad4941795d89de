//! Where the nodes of a tree came from.
//!
//! Whatever changes the tree leaves a trail of edits behind; a node's place is found by walking that trail
//! backwards, so that nothing is paid for places as long as nothing is wrong.

use super::file::File;
use super::lines::{Action, Lines};
use crate::base::diagnostic::Place;
use crate::base::pointer::Pointer;

/// What one overlay action, or the bundle, did to the tree.
#[derive(Debug)]
pub(crate) enum Edit {
    /// Nodes that came from an overlay: where each is now, and where it stands in that overlay's file.
    Written { overlay: usize, nodes: Vec<(Pointer, Pointer)> },
    /// Parts that were put elsewhere, all at once.
    Bundled(Vec<Move>),
    /// A node that an action of an overlay took away; elements behind it in an array moved up by one.
    Removed { at: Pointer, from_array: bool, overlay: usize, action: Pointer },
}

/// A part of the tree that the bundle put where it is: from another place of the description, or from another
/// file, by its number among the added ones.
#[derive(Debug)]
pub(crate) struct Move {
    pub(crate) to: Pointer,
    pub(crate) file: Option<usize>,
    pub(crate) from: Pointer,
}

/// Where the nodes of a tree came from.
#[derive(Debug)]
pub(crate) struct Origins<'a> {
    base: File<'a>,
    /// Overlays, and files that the description refers to.
    files: Vec<File<'a>>,
    edits: Vec<Edit>,
}

impl<'a> Origins<'a> {
    /// A tree that is as a file has it.
    pub(super) fn new(base: File<'a>) -> Self {
        Self { base, files: Vec::new(), edits: Vec::new() }
    }

    /// Adds a file of which parts come into the tree; returns its number.
    pub(super) fn add(&mut self, file: File<'a>) -> usize {
        self.files.push(file);
        self.files.len() - 1
    }

    /// Notes what was done to the tree.
    pub(super) fn record(&mut self, edit: Edit) {
        self.edits.push(edit);
    }

    /// Goes back to a tree without edits; the added files stay.
    pub(super) fn start_over(&mut self) {
        self.edits.clear();
    }

    /// The same, no longer tied to the sources.
    pub(super) fn into_owned(self) -> Origins<'static> {
        let files = self.files.into_iter().map(File::into_owned).collect();
        Origins { base: self.base.into_owned(), files, edits: self.edits }
    }

    /// The file and line where a node of the tree came from.
    pub(crate) fn place(&self, pointer: &Pointer) -> Place {
        let (file, at) = self.find(pointer);
        file.place(&at)
    }

    /// An added file.
    pub(super) fn file(&self, number: usize) -> &File<'a> {
        self.files.get(number).unwrap_or(&self.base)
    }

    /// The file that a node of the tree came from, and where it stands in there.
    pub(super) fn find(&self, pointer: &Pointer) -> (&File<'a>, Pointer) {
        let mut at = pointer.clone();
        for edit in self.edits.iter().rev() {
            match edit {
                Edit::Removed { at: removed, from_array: true, .. } => at = before_removal(&at, removed),
                Edit::Removed { .. } => {}
                Edit::Bundled(moves) => match before_bundling(&at, moves) {
                    Some((Some(file), from)) => return (self.file(file), from),
                    Some((None, from)) => at = from,
                    None => {}
                },
                Edit::Written { overlay, nodes } => {
                    if let Some(there) = written(&at, nodes) {
                        return (self.file(*overlay), there);
                    }
                }
            }
        }
        (&self.base, at)
    }

    /// The lines that a node of the tree came from.
    pub(crate) fn lines(&self, pointer: &Pointer) -> Option<Lines<'_>> {
        let (file, at) = self.find(pointer);
        file.lines(&at)
    }

    /// The actions that made a node of the tree what it is, in their order: that wrote it, or something in it, or
    /// took something out of it.
    pub(crate) fn actions(&self, pointer: &Pointer) -> Vec<Action<'_>> {
        let mut at = pointer.clone();
        let mut found: Vec<(usize, Pointer, Option<Pointer>)> = Vec::new();
        for edit in self.edits.iter().rev() {
            match edit {
                Edit::Removed { at: removed, from_array, overlay, action } => {
                    if *from_array {
                        at = before_removal(&at, removed);
                    }
                    if removed.below(&at).is_some() {
                        found.push((*overlay, action.clone(), None));
                    }
                }
                Edit::Bundled(moves) => match before_bundling(&at, moves) {
                    Some((Some(_), _)) => break,
                    Some((None, from)) => at = from,
                    None => {}
                },
                Edit::Written { overlay, nodes } => {
                    let above = written(&at, nodes);
                    let inside = || nodes.iter().find(|(here, _)| here.below(&at).is_some());
                    let is_whole = above.is_some();
                    let Some(there) = above.or_else(|| inside().map(|(_, there)| there.clone())) else {
                        continue;
                    };
                    let action = there.tokens().iter().take(2).cloned().collect();
                    found.push((*overlay, action, Some(there)));
                    // What it was before is gone.
                    if is_whole {
                        break;
                    }
                }
            }
        }
        // An action that takes several nodes away leaves an edit for each.
        found.dedup_by(|a, b| (a.0, &a.1) == (b.0, &b.1));
        let action = |(overlay, action, there): (usize, Pointer, Option<Pointer>)| {
            let file = self.file(overlay);
            let written = there.and_then(|there| file.lines(&there));
            Some(Action { lines: file.lines(&action)?, written })
        };
        found.into_iter().rev().filter_map(action).collect()
    }
}

/// Where a node that an action wrote, or a part of one, stands in the overlay.
fn written(at: &Pointer, nodes: &[(Pointer, Pointer)]) -> Option<Pointer> {
    let above = nodes.iter().filter_map(|(here, there)| Some((at.below(here)?, there)));
    above.min_by_key(|(rest, _)| rest.len()).map(|(rest, there)| there.join(rest))
}

/// Where a node stood before the bundle put it elsewhere, and in which added file.
fn before_bundling(at: &Pointer, moves: &[Move]) -> Option<(Option<usize>, Pointer)> {
    let closest = moves.iter().filter_map(|moved| Some((at.below(&moved.to)?, moved)));
    closest.min_by_key(|(rest, _)| rest.len()).map(|(rest, moved)| (moved.file, moved.from.join(rest)))
}

/// Where a node stood before an array element was removed.
fn before_removal(at: &Pointer, removed: &Pointer) -> Pointer {
    let shifted = || {
        let array = removed.parent()?;
        let gone: usize = removed.last()?.parse().ok()?;
        let (index, rest) = at.below(&array)?.split_first()?;
        let index: usize = index.parse().ok()?;
        (index >= gone).then(|| array.index(index + 1).join(rest))
    };
    shifted().unwrap_or_else(|| at.clone())
}
