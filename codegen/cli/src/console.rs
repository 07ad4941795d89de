//! How diagnostics look on a terminal: message, place, the line with what is meant underlined, and the cure.
//!
//! The texts are coloured; whoever prints them leaves the colours out where they can't be shown.

use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

use codegen::ir::Skipped;
use codegen::{Diagnostic, Excerpt, Place, Severity};
use codespan_reporting::diagnostic as drawing;
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::termcolor::Buffer;
use codespan_reporting::term::{self, Chars, Config};

use crate::outcome::{self, Failure};

/// Warnings of a kind, and skipped parts with a reason, that are shown before the others are only counted.
pub(crate) const SHOWN: usize = 3;
pub(crate) const ALL: &str = "--verbose shows all";
/// Characters of a message, and of a place, that are shown.
const LONGEST: usize = 400;

/// Why a run failed; of many warnings, all only where that is wanted.
#[must_use]
pub fn failure(failure: &Failure, all: bool) -> String {
    match failure {
        Failure::Description(report) => diagnostics(&report.0, all) + &outcome::conclusion(report),
        other => other.to_string(),
    }
}

/// All diagnostics in their order, each drawn. Unless all are wanted, of many warnings of a kind only the first
/// are, and the others counted.
#[must_use]
pub fn diagnostics(list: &[Diagnostic], all: bool) -> String {
    let mut text = String::new();
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut hidden: Vec<(String, &Diagnostic, usize)> = Vec::new();
    for diagnostic in list {
        let kind = kind(&diagnostic.message);
        let count = counts.entry(kind.clone()).or_default();
        *count += usize::from(diagnostic.severity == Severity::Warning);
        if all || *count <= SHOWN {
            text.push_str(&drawn(diagnostic));
        } else if let Some((.., more)) = hidden.iter_mut().find(|(known, ..)| *known == kind) {
            *more += 1;
        } else {
            hidden.push((kind, diagnostic, 1));
        }
    }
    for (_, next, more) in hidden {
        let warnings = if more == 1 { "warning" } else { "warnings" };
        let _ = writeln!(text, "{more} more {warnings} like this one ({ALL}): {}", elided(&next.message));
        let _ = writeln!(text, "  --> {}\n", elided(&place(next)));
    }
    text
}

/// What is skipped, one line for each. Unless all is wanted, what has the same reason stands together, with the
/// first pointers only.
#[must_use]
pub fn skipped(list: &[Skipped], all: bool) -> String {
    let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for skipped in list {
        let number = *numbers.entry(&skipped.reason).or_insert(reasons.len());
        if number == reasons.len() {
            reasons.push((&skipped.reason, Vec::new()));
        }
        reasons[number].1.push(elided(&skipped.pointer.to_string()));
    }
    let mut text = String::new();
    for (reason, pointers) in reasons {
        let reason = elided(reason);
        if all || pointers.len() <= SHOWN {
            for pointer in pointers {
                let _ = writeln!(text, "skipped {pointer}: {reason}");
            }
        } else {
            let _ = writeln!(text, "skipped {} times: {reason}", pointers.len());
            let more = format!("and {} more ({ALL})", pointers.len() - SHOWN);
            for line in pointers.iter().take(SHOWN).chain([&more]) {
                let _ = writeln!(text, "  {line}");
            }
        }
    }
    text
}

/// Draws one.
fn drawn(diagnostic: &Diagnostic) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => drawing::Severity::Error,
        Severity::Warning => drawing::Severity::Warning,
    };
    let place = &diagnostic.place;
    let line = Line::new(place, diagnostic.excerpt.as_ref());
    let mut drawn = drawing::Diagnostic::new(severity).with_message(elided(&diagnostic.message));
    let mut notes = Vec::new();
    if place.line == 0 {
        notes.push(format!("in {}", elided(&place.file)));
    } else {
        drawn = drawn.with_label(drawing::Label::primary((), line.marked.clone()));
    }
    if !diagnostic.pointer.tokens().is_empty() {
        notes.push(format!("at {}", elided(&diagnostic.pointer.to_string())));
    }
    notes.push(format!("help: {}", elided(&diagnostic.help)));
    let config = Config { chars: Chars::ascii(), ..Config::default() };
    let mut buffer = Buffer::ansi();
    // Nothing can fail: the line is there, and memory is written to.
    let _ = term::emit_to_write_style(&mut buffer, &config, &line, &drawn.with_notes(notes));
    String::from_utf8_lossy(buffer.as_slice()).into_owned()
}

/// The only line of a file that is drawn, as a file of its own that keeps the line's place.
struct Line<'d> {
    place: &'d Place,
    text: String,
    marked: Range<usize>,
}

impl<'d> Line<'d> {
    fn new(place: &'d Place, excerpt: Option<&Excerpt>) -> Self {
        let Some(excerpt) = excerpt else { return Self { place, text: String::new(), marked: 0..0 } };
        let part = |range| visible(excerpt.text.get(range).unwrap_or_default());
        let before = part(0..excerpt.marked.start);
        let meant = part(excerpt.marked.clone());
        let marked = before.len()..before.len() + meant.len();
        Self { place, text: before + &meant + &part(excerpt.marked.end..excerpt.text.len()), marked }
    }
}

impl<'l> Files<'l> for Line<'_> {
    type FileId = ();
    type Name = String;
    type Source = &'l str;

    fn name(&'l self, (): ()) -> Result<String, Error> {
        Ok(elided(&self.place.file))
    }

    fn source(&'l self, (): ()) -> Result<&'l str, Error> {
        Ok(&self.text)
    }

    fn line_index(&'l self, (): (), _: usize) -> Result<usize, Error> {
        Ok(0)
    }

    fn line_number(&'l self, (): (), _: usize) -> Result<usize, Error> {
        Ok(self.place.line)
    }

    fn column_number(&'l self, (): (), _: usize, _: usize) -> Result<usize, Error> {
        Ok(self.place.column)
    }

    fn line_range(&'l self, (): (), _: usize) -> Result<Range<usize>, Error> {
        Ok(0..self.text.len())
    }
}

/// File, line and column, and the pointer.
fn place(diagnostic: &Diagnostic) -> String {
    if diagnostic.pointer.tokens().is_empty() {
        diagnostic.place.to_string()
    } else {
        format!("{} ({})", diagnostic.place, diagnostic.pointer)
    }
}

/// The message without what is special to one place: paths, quoted parts and numbers.
fn kind(message: &str) -> String {
    let message: Vec<_> = message.split(' ').filter(|word| !word.starts_with('/')).collect();
    let message = message.join(" ");
    let mut kind = String::new();
    let mut quote = None;
    for c in message.chars() {
        match quote {
            Some(closing) if c == closing => quote = None,
            Some(_) => {}
            None if matches!(c, '`' | '"') => quote = Some(c),
            None if c.is_ascii_digit() => {}
            None => kind.push(c),
        }
    }
    kind
}

/// A text on one line, without what a terminal would take as a command; of a long one, both ends.
pub(crate) fn elided(text: &str) -> String {
    let length = text.chars().count();
    if length <= LONGEST {
        return visible(text);
    }
    let head: String = text.chars().take(LONGEST * 3 / 4).collect();
    let tail: String = text.chars().skip(length - LONGEST / 4).collect();
    format!("{}…{}", visible(&head), visible(&tail))
}

/// Characters that steer a terminal, or that can't be seen, as ones that can.
pub(crate) fn visible(text: &str) -> String {
    let seen = |c: char| match c {
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '\u{2421}',
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => {
            char::REPLACEMENT_CHARACTER
        }
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}' => char::REPLACEMENT_CHARACTER,
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(seen).collect()
}
