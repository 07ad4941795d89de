//! Diagnostics for a terminal: message, location, source line with the span underlined, and help.
//!
//! The texts contain color codes. The caller removes them for output that isn't a terminal.

use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

use codegen::ir::Skipped;
use codegen::{Diagnostic, Location, Severity, Snippet};
use codespan_reporting::diagnostic as drawing;
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::termcolor::Buffer;
use codespan_reporting::term::{self, Chars, Config};

use crate::command_error::{self, CommandError};

/// The number of similar warnings, and of skipped parts with the same reason, that are shown. The rest is counted.
pub(crate) const SHOWN: usize = 3;
pub(crate) const ALL: &str = "--verbose shows all";
/// The maximum length of a message or location, in characters.
const MAX_LENGTH: usize = 400;

/// Returns the text of an error. Similar warnings are summarized unless `all` is set.
#[must_use]
pub fn error(error: &CommandError, all: bool) -> String {
    match error {
        CommandError::Description(report) => diagnostics(&report.0, all) + &command_error::conclusion(report),
        other => other.to_string(),
    }
}

/// Returns the text of all diagnostics, in order. Similar warnings are summarized unless `all` is set.
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
        let _ = writeln!(text, "  --> {}\n", elided(&location(next)));
    }
    text
}

/// Returns a line for each skipped part. Unless `all` is set, parts with the same reason are summarized.
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

/// Returns the text of one diagnostic.
fn drawn(diagnostic: &Diagnostic) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => drawing::Severity::Error,
        Severity::Warning => drawing::Severity::Warning,
    };
    let location = &diagnostic.location;
    let line = SourceLine::new(location, diagnostic.snippet.as_ref());
    let mut drawn = drawing::Diagnostic::new(severity).with_message(elided(&diagnostic.message));
    let mut notes = Vec::new();
    if location.line == 0 {
        notes.push(format!("in {}", elided(&location.file)));
    } else {
        drawn = drawn.with_label(drawing::Label::primary((), line.marked.clone()));
    }
    if !diagnostic.pointer.tokens().is_empty() {
        notes.push(format!("at {}", elided(&diagnostic.pointer.to_string())));
    }
    notes.push(format!("help: {}", elided(&diagnostic.help)));
    let config = Config { chars: Chars::ascii(), ..Config::default() };
    let mut buffer = Buffer::ansi();
    // This can't fail: the line exists, and the output is in memory.
    let _ = term::emit_to_write_style(&mut buffer, &config, &line, &drawn.with_notes(notes));
    String::from_utf8_lossy(buffer.as_slice()).into_owned()
}

/// The source line of a diagnostic, as a file of one line with the original line number.
struct SourceLine<'d> {
    location: &'d Location,
    text: String,
    marked: Range<usize>,
}

impl<'d> SourceLine<'d> {
    fn new(location: &'d Location, snippet: Option<&Snippet>) -> Self {
        let Some(snippet) = snippet else { return Self { location, text: String::new(), marked: 0..0 } };
        let part = |range| visible(snippet.text.get(range).unwrap_or_default());
        let before = part(0..snippet.marked.start);
        let marked_text = part(snippet.marked.clone());
        let marked = before.len()..before.len() + marked_text.len();
        Self { location, text: before + &marked_text + &part(snippet.marked.end..snippet.text.len()), marked }
    }
}

impl<'l> Files<'l> for SourceLine<'_> {
    type FileId = ();
    type Name = String;
    type Source = &'l str;

    fn name(&'l self, (): ()) -> Result<String, Error> {
        Ok(elided(&self.location.file))
    }

    fn source(&'l self, (): ()) -> Result<&'l str, Error> {
        Ok(&self.text)
    }

    fn line_index(&'l self, (): (), _: usize) -> Result<usize, Error> {
        Ok(0)
    }

    fn line_number(&'l self, (): (), _: usize) -> Result<usize, Error> {
        Ok(self.location.line)
    }

    fn column_number(&'l self, (): (), _: usize, _: usize) -> Result<usize, Error> {
        Ok(self.location.column)
    }

    fn line_range(&'l self, (): (), _: usize) -> Result<Range<usize>, Error> {
        Ok(0..self.text.len())
    }
}

/// Returns file, line, column and pointer.
fn location(diagnostic: &Diagnostic) -> String {
    if diagnostic.pointer.tokens().is_empty() {
        diagnostic.location.to_string()
    } else {
        format!("{} ({})", diagnostic.location, diagnostic.pointer)
    }
}

/// Returns the message without paths, quoted parts and numbers, so that similar messages are equal.
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

/// Returns a text on one line, without control characters. A long text is shortened in the middle.
pub(crate) fn elided(text: &str) -> String {
    let length = text.chars().count();
    if length <= MAX_LENGTH {
        return visible(text);
    }
    let head: String = text.chars().take(MAX_LENGTH * 3 / 4).collect();
    let tail: String = text.chars().skip(length - MAX_LENGTH / 4).collect();
    format!("{}…{}", visible(&head), visible(&tail))
}

/// Replaces control characters and invisible characters with visible ones.
pub(crate) fn visible(text: &str) -> String {
    let replace = |c: char| match c {
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
    text.chars().map(replace).collect()
}
