//! A file that has been read, with the places of its nodes.

use std::borrow::Cow;
use std::sync::OnceLock;

use serde_json::Value;

use super::lines::{self, Lines};
use crate::base::diagnostic::{Diagnostic, Place, Report, Severity};
use crate::base::excerpt::{Excerpt, Waypoints};
use crate::base::pointer::Pointer;
use crate::read::yaml::builder;
use crate::read::yaml::content::{Content, Problem};
use crate::read::yaml::places::Places;

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
            builder::read(text).map_err(|problems| Report(file.syntax_problems(problems)))?;
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
    pub(super) fn lines(&self, pointer: &Pointer) -> Option<Lines<'_>> {
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

    fn syntax_problems(&self, problems: Vec<Problem>) -> Vec<Diagnostic> {
        let diagnostic = |problem: Problem| {
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
