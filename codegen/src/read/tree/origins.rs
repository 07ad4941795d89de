//! The origins of the nodes of a tree.
//!
//! Every change of the tree is recorded as an edit. To find the source of a node, the edits are followed backwards.
//! So locations cost time only if there are diagnostics.

use serde_json::Number;

use super::file::ParsedFile;
use super::source_lines::{OverlayAction, SourceLines};
use crate::base::diagnostic::Location;
use crate::base::pointer::Pointer;
use crate::base::written_pointers::WrittenPointers;

/// A change of the tree by an overlay action or by bundling.
#[derive(Debug)]
pub(crate) enum Edit {
    /// Nodes were written by an overlay action: the pointer of each in the tree, and in the overlay.
    Written { overlay: usize, nodes: Vec<(Pointer, Pointer)> },
    /// Nodes were moved by bundling, all at once.
    Bundled(Vec<Move>),
    /// The tree was spelled in another version of the standard.
    Spelled(WrittenPointers),
    /// A node was removed by an overlay action. Later items of its array moved up by one.
    Removed { at: Pointer, from_array: bool, overlay: usize, action: Pointer },
}

/// A node that was moved by bundling.
#[derive(Debug)]
pub(crate) struct Move {
    pub(crate) to: Pointer,
    /// The number of the added file that it comes from. `None` for the description.
    pub(crate) file: Option<usize>,
    pub(crate) from: Pointer,
}

/// The origins of the nodes of a tree.
#[derive(Debug)]
pub(crate) struct Origins<'a> {
    base: ParsedFile<'a>,
    /// The overlays, and the files that the description refers to.
    files: Vec<ParsedFile<'a>>,
    edits: Vec<Edit>,
}

impl<'a> Origins<'a> {
    /// Creates the origins of a tree without edits.
    pub(super) fn new(base: ParsedFile<'a>) -> Self {
        Self { base, files: Vec::new(), edits: Vec::new() }
    }

    /// Adds a file that parts of the tree come from, and returns its number.
    pub(super) fn add(&mut self, file: ParsedFile<'a>) -> usize {
        self.files.push(file);
        self.files.len() - 1
    }

    /// Records a change of the tree.
    pub(super) fn record(&mut self, edit: Edit) {
        self.edits.push(edit);
    }

    /// Removes all edits. The added files stay.
    pub(super) fn start_over(&mut self) {
        self.edits.clear();
    }

    /// Copies all data that is borrowed from the sources.
    pub(super) fn into_owned(self) -> Origins<'static> {
        let files = self.files.into_iter().map(ParsedFile::into_owned).collect();
        Origins { base: self.base.into_owned(), files, edits: self.edits }
    }

    /// Returns the source location of a node of the tree.
    pub(crate) fn location(&self, pointer: &Pointer) -> Location {
        let (file, at) = self.find(pointer);
        file.location(&at)
    }

    /// Returns whether a file has numbers that the tree doesn't hold as they are written.
    pub(super) fn has_numbers(&self) -> bool {
        self.all_files().any(ParsedFile::has_numbers)
    }

    /// Returns a number at a node of the tree as it is written, if the tree doesn't hold it so.
    pub(super) fn number(&self, at: &dyn Fn() -> Pointer, number: &Number) -> Option<String> {
        if !self.all_files().any(|file| file.may_have(number)) {
            return None;
        }
        let (file, at) = self.find(&at());
        file.number(&at, number).map(str::to_owned)
    }

    fn all_files(&self) -> impl Iterator<Item = &ParsedFile<'a>> {
        self.files.iter().chain([&self.base])
    }

    /// Returns an added file.
    pub(super) fn file(&self, number: usize) -> &ParsedFile<'a> {
        self.files.get(number).unwrap_or(&self.base)
    }

    /// Returns the file that a node of the tree comes from, and the pointer in that file.
    pub(super) fn find(&self, pointer: &Pointer) -> (&ParsedFile<'a>, Pointer) {
        let mut at = pointer.clone();
        for edit in self.edits.iter().rev() {
            match edit {
                Edit::Removed { at: removed, from_array: true, .. } => at = before_removal(&at, removed),
                Edit::Removed { .. } => {}
                Edit::Spelled(written) => at = written.of(&at),
                Edit::Bundled(moves) => match before_bundling(&at, moves) {
                    Some((Some(file), from)) => return (self.file(file), from),
                    Some((None, from)) => at = from,
                    None => {}
                },
                Edit::Written { overlay, nodes } => {
                    if let Some(source) = written(&at, nodes) {
                        return (self.file(*overlay), source);
                    }
                }
            }
        }
        (&self.base, at)
    }

    /// Returns the pointer of a node as the description is written: before it was spelled in another version, and before
    /// it was moved. Nodes of other files keep the pointers that bundling gave them.
    pub(crate) fn written(&self, pointer: &Pointer) -> Pointer {
        let spelled = self.spelling().map_or_else(|| pointer.clone(), |written| written.of(pointer));
        self.before_moves(&spelled)
    }

    /// Returns the pointer of a node that was not spelled in another version yet, before it was moved.
    pub(super) fn before_moves(&self, pointer: &Pointer) -> Pointer {
        let mut at = pointer.clone();
        for edit in self.edits.iter().rev() {
            let Edit::Bundled(moves) = edit else { continue };
            match before_bundling(&at, moves) {
                Some((Some(_), _)) => break,
                Some((None, from)) => at = from,
                None => {}
            }
        }
        at
    }

    /// Returns the nodes that were made of written ones.
    pub(crate) fn made_of(&self, written: Vec<Pointer>) -> Vec<Pointer> {
        match self.spelling() {
            Some(spelling) => spelling.made_of(&written),
            None => written,
        }
    }

    fn spelling(&self) -> Option<&WrittenPointers> {
        self.edits.iter().find_map(|edit| match edit {
            Edit::Spelled(written) => Some(written),
            _ => None,
        })
    }

    /// Returns the source lines of a node of the tree.
    pub(crate) fn lines(&self, pointer: &Pointer) -> Option<SourceLines<'_>> {
        let (file, at) = self.find(pointer);
        file.lines(&at)
    }

    /// Returns the actions that wrote a node of the tree or changed something in it, in the order in which they were
    /// applied.
    pub(crate) fn actions(&self, pointer: &Pointer) -> Vec<OverlayAction<'_>> {
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
                Edit::Spelled(written) => at = written.of(&at),
                Edit::Bundled(moves) => match before_bundling(&at, moves) {
                    Some((Some(_), _)) => break,
                    Some((None, from)) => at = from,
                    None => {}
                },
                Edit::Written { overlay, nodes } => {
                    let above = written(&at, nodes);
                    let inside = || nodes.iter().find(|(target, _)| target.below(&at).is_some());
                    let is_whole = above.is_some();
                    let Some(source) = above.or_else(|| inside().map(|(_, source)| source.clone())) else {
                        continue;
                    };
                    let action = source.tokens().iter().take(2).cloned().collect();
                    found.push((*overlay, action, Some(source)));
                    // Earlier edits of the node were overwritten.
                    if is_whole {
                        break;
                    }
                }
            }
        }
        // An action that removes several nodes is recorded once for each.
        found.dedup_by(|a, b| (a.0, &a.1) == (b.0, &b.1));
        let action = |(overlay, action, source): (usize, Pointer, Option<Pointer>)| {
            let file = self.file(overlay);
            let written = source.and_then(|source| file.lines(&source));
            Some(OverlayAction { lines: file.lines(&action)?, written })
        };
        found.into_iter().rev().filter_map(action).collect()
    }
}

/// Returns the pointer in the overlay of a node that an action wrote, alone or as part of another node.
fn written(at: &Pointer, nodes: &[(Pointer, Pointer)]) -> Option<Pointer> {
    let above = nodes.iter().filter_map(|(target, source)| Some((at.below(target)?, source)));
    above.min_by_key(|(rest, _)| rest.len()).map(|(rest, source)| source.join(rest))
}

/// Returns the file and pointer of a node before bundling.
fn before_bundling(at: &Pointer, moves: &[Move]) -> Option<(Option<usize>, Pointer)> {
    let closest = moves.iter().filter_map(|moved| Some((at.below(&moved.to)?, moved)));
    closest.min_by_key(|(rest, _)| rest.len()).map(|(rest, moved)| (moved.file, moved.from.join(rest)))
}

/// Returns the pointer of a node before an array item was removed.
fn before_removal(at: &Pointer, removed: &Pointer) -> Pointer {
    let shifted = || {
        let array = removed.parent()?;
        let removed_index: usize = removed.last()?.parse().ok()?;
        let (index, rest) = at.below(&array)?.split_first()?;
        let index: usize = index.parse().ok()?;
        (index >= removed_index).then(|| array.index(index + 1).join(rest))
    };
    shifted().unwrap_or_else(|| at.clone())
}
