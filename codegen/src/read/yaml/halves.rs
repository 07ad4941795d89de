//! Reads a long text on two cores: in halves, cut where an entry of its root begins.
//!
//! That is possible where each half stands for itself. Whatever could tie them together, or is wrong with one of
//! them, is left to the reader of the whole text.

use serde_json::{Map, Value};

use super::builder::Builder;
use super::content::Content;
use super::mend::Mended;
use super::places::Position;
use super::places::{Inside, Places};
use crate::base::cores;

/// Shorter texts are read in no time.
const LONG: usize = 64 << 10;
/// What may end a document or line in the midst of a text, or put entries into the root from elsewhere.
const ODD: [&str; 4] = ["\n---", "\n...", "\r", "<<"];

/// The entries of a root, and where they stand.
type Entries = (Map<String, Value>, Vec<(Box<str>, Places)>, Position);

/// Reads a text whose halves are good, each by itself.
pub(super) fn read(text: &str) -> Option<Content> {
    let (head, tail) = cut(text)?;
    let lines = head.bytes().filter(|byte| *byte == b'\n').count();
    let mut halves =
        cores::map(&[(head, 0), (tail, lines)], |(half, before)| entries(half, *before)).into_iter();
    let (mut entries, mut places, at) = halves.next()??;
    let (more, more_places, _) = halves.next()??;
    if more.keys().any(|key| entries.contains_key(key)) {
        return None;
    }
    entries.extend(more);
    places.extend(more_places);
    let places = Places { at, inside: Inside::Entries(places) };
    Some(Content { value: Value::Object(entries), places: Some(places), problems: Vec::new() })
}

/// Cuts a text where an entry of its root begins, as near to its middle as possible.
fn cut(text: &str) -> Option<(&str, &str)> {
    if text.len() < LONG || !begins_entry(text) || ODD.iter().any(|odd| text.contains(odd)) {
        return None;
    }
    let lines = text.match_indices('\n').map(|(end, _)| end + 1);
    let entries = lines.filter(|start| begins_entry(&text[*start..]));
    entries.min_by_key(|start| start.abs_diff(text.len() / 2)).map(|start| text.split_at(start))
}

/// Whether an entry of the root begins with a text: all that is in another one is further right.
fn begins_entry(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.lines().next().is_some_and(|line| line.contains(':'))
}

/// The entries of a half that has some lines before it.
fn entries(half: &str, before: usize) -> Option<Entries> {
    let mut builder = Builder::default();
    builder.before = before;
    builder.attempt(&Mended::new(half)).ok()?;
    match builder.root {
        Some((Value::Object(entries), Places { at, inside: Inside::Entries(places) }))
            if builder.problems.is_empty() && builder.aliased == 0 =>
        {
            Some((entries, places, at))
        }
        _ => None,
    }
}
