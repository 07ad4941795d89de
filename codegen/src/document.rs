//! One tree made of several files, in which each node still knows where it stands.
//!
//! The tree is plain JSON. Overlays change it and leave a trail of edits behind; a node's place is
//! found by walking that trail backwards, so that nothing is paid for places as long as nothing is wrong.

use std::borrow::Cow;
use std::sync::OnceLock;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Finding, Place, Report, Severity};
use crate::excerpt::{Excerpt, Waypoints};
use crate::lines::{self, Action, Lines};
use crate::pointer::Pointer;
use crate::yaml::{self, Content, Places};

/// A file as the caller read it.
#[derive(Clone, Debug)]
pub struct Source {
    /// What diagnostics call it: a path as the user would type it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Source {
    /// A file with the given name and content.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into() }
    }
}

/// A file that has been read, with the places of its nodes.
#[derive(Clone, Debug)]
pub(crate) struct File<'a> {
    name: Cow<'a, str>,
    text: Cow<'a, str>,
    /// `None` where the text leaves no tree.
    places: Option<Places>,
    waypoints: OnceLock<Waypoints>,
}

impl<'a> File<'a> {
    /// Reads a file into a tree; the report names every problem of its syntax.
    pub(crate) fn read(source: &'a Source) -> Result<(Self, Value), Report> {
        let (file, value, problems) = Self::read_leniently(source)?;
        if problems.is_empty() { Ok((file, value)) } else { Err(Report(problems)) }
    }

    /// The same; problems that leave a tree come with it.
    pub(crate) fn read_leniently(source: &'a Source) -> Result<(Self, Value, Vec<Diagnostic>), Report> {
        let text = text(source)?;
        let mut file =
            Self { name: (&source.name).into(), text: text.into(), places: None, waypoints: OnceLock::new() };
        let Content { value, places, problems } =
            yaml::read(text).map_err(|problems| Report(file.syntax_problems(problems)))?;
        file.places = places;
        if value.is_null() {
            let help = "write the document into it, or name another file";
            return Err(Report::error(Place::file(&file.name), Pointer::root(), "the file is empty", help));
        }
        let problems = file.syntax_problems(problems);
        Ok((file, value, problems))
    }

    /// The file, no longer tied to its source.
    pub(crate) fn into_owned(self) -> File<'static> {
        let (name, text) = (self.name.into_owned().into(), self.text.into_owned().into());
        File { name, text, places: self.places, waypoints: self.waypoints }
    }

    /// The place of a node of this file, or of its nearest ancestor that the text holds.
    pub(crate) fn place(&self, pointer: &Pointer) -> Place {
        let Some(places) = &self.places else { return Place::file(&self.name) };
        let (line, column) = places.nearest(pointer);
        Place { file: self.name.clone().into_owned(), line, column }
    }

    /// What stands at a place of this file.
    pub(crate) fn excerpt(&self, place: &Place) -> Option<Excerpt> {
        let (text, waypoints) = self.walked();
        waypoints.excerpt(text, place.line, place.column)
    }

    /// The lines of a node of this file, or of its nearest ancestor that the text holds.
    fn lines(&self, pointer: &Pointer) -> Option<Lines<'_>> {
        let (start, next) = self.places.as_ref()?.span(pointer);
        let (text, waypoints) = self.walked();
        let place = Place { file: self.name.clone().into_owned(), line: start.0, column: start.1 };
        Some(Lines { place, text: lines::of(text, waypoints, start.0, next)? })
    }

    /// The text that places are counted in: as when it is read, without a byte order mark.
    fn walked(&self) -> (&str, &Waypoints) {
        let text = self.text.strip_prefix('\u{feff}').unwrap_or(&self.text);
        (text, self.waypoints.get_or_init(|| Waypoints::new(text)))
    }

    fn syntax_problems(&self, problems: Vec<yaml::Problem>) -> Vec<Diagnostic> {
        let diagnostic = |problem: yaml::Problem| {
            let (line, column) = problem.position;
            let place = Place { file: self.name.clone().into_owned(), line, column };
            Diagnostic {
                severity: Severity::Error,
                excerpt: self.excerpt(&place),
                place,
                pointer: problem.pointer,
                message: problem.message,
                help: problem.help,
            }
        };
        problems.into_iter().map(diagnostic).collect()
    }
}

fn text(source: &Source) -> Result<&str, Report> {
    std::str::from_utf8(&source.bytes).map_err(|error| {
        let good = &source.bytes[..error.valid_up_to()];
        let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = good.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
        let place = Place { file: source.name.clone(), line, column };
        let help = "save it as UTF-8 text; a binary file is no description";
        Report::error(place, Pointer::root(), "the file is not UTF-8 text", help)
    })
}

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

/// The base document with overlays applied.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    /// The tree as it is now.
    pub(crate) value: Value,
    origins: Origins<'a>,
    /// What is wrong with the syntax and could be read all the same.
    warnings: Vec<Diagnostic>,
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
    /// The same, no longer tied to the sources.
    fn into_owned(self) -> Origins<'static> {
        let files = self.files.into_iter().map(File::into_owned).collect();
        Origins { base: self.base.into_owned(), files, edits: self.edits }
    }

    /// The file and line where a node of the tree came from.
    pub(crate) fn place(&self, pointer: &Pointer) -> Place {
        let (file, at) = self.find(pointer);
        file.place(&at)
    }

    /// An added file.
    fn file(&self, number: usize) -> &File<'a> {
        self.files.get(number).unwrap_or(&self.base)
    }

    /// The file that a node of the tree came from, and where it stands in there.
    fn find(&self, pointer: &Pointer) -> (&File<'a>, Pointer) {
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

impl<'a> Document<'a> {
    pub(crate) fn new(base: File<'a>, value: Value) -> Self {
        let origins = Origins { base, files: Vec::new(), edits: Vec::new() };
        Self { value, origins, warnings: Vec::new() }
    }

    /// Adds a file of which parts come into the tree, so that they can be found; returns its number.
    pub(crate) fn add_file(&mut self, file: File<'a>) -> usize {
        self.origins.files.push(file);
        self.origins.files.len() - 1
    }

    /// Goes back to a tree without edits; the added files stay.
    pub(crate) fn start_over(&mut self, value: Value) {
        self.value = value;
        self.origins.edits.clear();
    }

    /// Reports problems of a file's syntax as warnings.
    pub(crate) fn warn(&mut self, problems: Vec<Diagnostic>) {
        let warning = |problem| Diagnostic { severity: Severity::Warning, ..problem };
        self.warnings.extend(problems.into_iter().map(warning));
    }

    pub(crate) fn record(&mut self, edit: Edit) {
        self.origins.edits.push(edit);
    }

    /// An added file.
    pub(crate) fn file(&self, number: usize) -> &File<'a> {
        self.origins.file(number)
    }

    /// The file and line where a node of the tree came from.
    pub(crate) fn place(&self, pointer: &Pointer) -> Place {
        self.origins.place(pointer)
    }

    /// Makes ready to find places quickly: whoever has time does it before they are asked for.
    pub(crate) fn prepare(&self) {
        self.origins.base.walked();
    }

    /// The nodes that findings, and problems of the syntax, are about; later stages spell some nodes differently.
    pub(crate) fn told(&self, findings: &[Finding]) -> Vec<Pointer> {
        let found = findings.iter().map(|finding| finding.pointer.existing(&self.value));
        found.chain(self.warnings.iter().map(|warning| warning.pointer.clone())).collect()
    }

    /// Gives findings their places, in the order of files and lines.
    pub(crate) fn locate(&self, findings: Vec<Finding>) -> Vec<Diagnostic> {
        let mut diagnostics: Vec<_> = findings
            .into_iter()
            .map(|finding| {
                let (file, at) = self.origins.find(&finding.pointer);
                let place = file.place(&at);
                Diagnostic {
                    severity: finding.severity,
                    excerpt: file.excerpt(&place),
                    place,
                    pointer: finding.pointer.existing(&self.value),
                    message: finding.message,
                    help: finding.help,
                }
            })
            .chain(self.warnings.iter().cloned())
            .collect();
        diagnostics.sort_by(|a, b| (a.severity, &a.place).cmp(&(b.severity, &b.place)));
        // Of what two stages found, the first says more.
        diagnostics.dedup_by(|later, first| (&later.place, &later.message) == (&first.place, &first.message));
        diagnostics
    }

    /// The tree, and where its nodes came from.
    pub(crate) fn into_parts(self) -> (Value, Origins<'static>) {
        (self.value, self.origins.into_owned())
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
