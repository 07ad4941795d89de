//! The page: one file that needs nothing else, in which no text of a document becomes markup.
//!
//! The templates escape whatever they are given. What they gave is then made visible, once for all: characters that
//! can't be seen, or that turn text around, are shown as ones that can.

use askama::Template;
use codegen::Output;
use codegen::diff::{Change, Effect, Kind};

use super::change::{Text, View, Viewer};
use super::columns::{Cell, Columns, Mark};
use super::files::{self, ChangedFile};
use super::side::Side;
use super::unified::{Fate, Row};
use crate::console::visible;
use crate::diff::{self, Comparison};

const STYLE: &str = include_str!("../../templates/review/style.css");
const SCRIPT: &str = include_str!("../../templates/review/script.js");
/// The SHA-256 of both, by which the page's policy knows them: no other style and no other script counts. A test has
/// the right ones.
const STYLE_HASH: &str = "sha256-UHbe+TnDH65MJMECMonKc2gQrUd7rZTL7YK3I4VU6bE=";
const SCRIPT_HASH: &str = "sha256-7jzsSQJHyTbBcIU92jJVLcne5DHxaZroVCAQ9XjWJ9Y=";
/// Changes of a kind beyond this are folded away.
const UNFOLDED: usize = 12;
/// Files beyond this are folded away.
const FILES: usize = 12;

/// The whole page.
#[derive(Template)]
#[template(path = "review/page.html")]
struct Page<'a> {
    style: &'static str,
    style_hash: &'static str,
    script: &'static str,
    script_hash: &'static str,
    comparison: &'a Comparison,
    counts: Vec<(Effect, usize)>,
    groups: Vec<Group<'a>>,
    files: Vec<ChangedFile<'a>>,
    changelog: Option<String>,
}

/// Changes of one effect.
struct Group<'a> {
    effect: Effect,
    count: usize,
    kinds: Vec<OfKind<'a>>,
}

/// Changes of one kind.
struct OfKind<'a> {
    kind: Kind,
    headline: String,
    folded: bool,
    changes: Vec<View<'a>>,
}

/// The page's text.
#[must_use]
pub fn page(comparison: &Comparison, old: &Output, new: &Output) -> String {
    let mut viewer = Viewer::new(Side::new(old), Side::new(new));
    let groups = comparison.groups().map(|(effect, changes)| group(&mut viewer, effect, changes)).collect();
    let counts = Effect::ALL.iter().map(|effect| (*effect, comparison.count(|other| other == *effect)));
    let page = Page {
        style: STYLE,
        style_hash: STYLE_HASH,
        script: SCRIPT,
        script_hash: SCRIPT_HASH,
        comparison,
        counts: counts.collect(),
        groups,
        files: files::changed(old, new),
        changelog: diff::changelog(comparison),
    };
    // Writing to a String can't fail.
    let html = page.render().unwrap_or_default();
    html.lines().map(|line| visible(line) + "\n").collect()
}

fn group<'c>(viewer: &mut Viewer<'_>, effect: Effect, changes: &'c [Change]) -> Group<'c> {
    let kinds = diff::by_kind(changes).map(|(kind, changes)| OfKind {
        kind,
        headline: capitalized(kind.phrase()),
        folded: changes.len() > UNFOLDED,
        changes: changes.iter().map(|change| viewer.view(change)).collect(),
    });
    Group { effect, count: changes.len(), kinds: kinds.collect() }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

impl OfKind<'_> {
    /// Why it is judged so, in parts of which every other one is code.
    fn reason(&self) -> Vec<(bool, &'static str)> {
        self.kind.reason().split('`').enumerate().map(|(index, text)| (index % 2 == 1, text)).collect()
    }
}

impl Page<'_> {
    fn folds_files(&self) -> bool {
        self.files.len() > FILES
    }
}

impl View<'_> {
    /// What a heading says of where the old node stands; the new one is called the same way.
    fn pointer(&self) -> Option<String> {
        match (self.old, self.new) {
            (Some(old), Some(new)) if old.pointer != new.pointer => {
                Some(format!("{} → {}", old.pointer, new.pointer))
            }
            (_, Some(site)) | (Some(site), None) => Some(site.pointer.to_string()),
            (None, None) => None,
        }
    }

    fn old_place(&self) -> String {
        self.old.map(|site| site.place.to_string()).unwrap_or_default()
    }

    fn new_place(&self) -> String {
        self.new.map(|site| site.place.to_string()).unwrap_or_default()
    }
}

impl Cell {
    /// The element that it becomes.
    fn tag(&self) -> &'static str {
        match self.mark {
            Mark::Gone => "del",
            Mark::Come => "ins",
            Mark::Title => "b",
            Mark::Gap | Mark::Filler => "i",
            Mark::Same => "span",
        }
    }

    fn is_filler(&self) -> bool {
        self.mark == Mark::Filler
    }
}

impl Row {
    /// The element that it becomes.
    fn tag(&self) -> &'static str {
        match self.fate {
            Fate::Kept => "span",
            Fate::Gone => "del",
            Fate::Come => "ins",
            Fate::Gap => "i",
        }
    }
}
