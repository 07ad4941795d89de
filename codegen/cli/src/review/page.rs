//! The page: a single, self-contained HTML file. No text of a document becomes markup.
//!
//! The templates escape all values. In the result, invisible characters and those that change the direction of text are
//! replaced by visible ones.

use askama::Template;
use codegen::Output;
use codegen::diff::{Change, ChangeKind, Effect};

use super::change::{ChangeView, ChangeViewer, TextView};
use super::changed_files::{self, ChangedFile};
use super::columns::{Cell, CellKind, Columns};
use super::crate_side::ReviewSide;
use super::unified::{DiffRow, RowKind};
use crate::console::visible;
use crate::diff::{self, Comparison};

const STYLE: &str = include_str!("../../templates/review/style.css");
const SCRIPT: &str = include_str!("../../templates/review/script.js");
/// The SHA-256 hashes of style and script. The page's content security policy allows only these two. A test computes
/// the hashes.
const STYLE_HASH: &str = "sha256-e3zZdbAOWH1tIx9ewaJ80QNFaCJweuXI2SN/2NxFQ3o=";
const SCRIPT_HASH: &str = "sha256-riI7hC8Qvl9E4yyCS/mJiJbIjDc/z+jTEBDAsp/JEAo=";
/// The maximum number of changes of a kind that are shown unfolded.
const UNFOLDED: usize = 12;
/// The maximum number of files that are shown unfolded.
const FILES: usize = 12;

/// The entire page.
#[derive(Template)]
#[template(path = "review/page.html")]
struct PageTemplate<'a> {
    style: &'static str,
    style_hash: &'static str,
    script: &'static str,
    script_hash: &'static str,
    comparison: &'a Comparison,
    counts: Vec<(Effect, usize)>,
    groups: Vec<EffectGroup<'a>>,
    files: Vec<ChangedFile<'a>>,
    changelog: Option<String>,
}

/// The changes with one effect.
struct EffectGroup<'a> {
    effect: Effect,
    count: usize,
    kinds: Vec<KindGroup<'a>>,
}

/// The changes of one kind.
struct KindGroup<'a> {
    kind: ChangeKind,
    headline: String,
    folded: bool,
    changes: Vec<ChangeView<'a>>,
}

/// Renders the page.
#[must_use]
pub fn page(comparison: &Comparison, old: &Output, new: &Output) -> String {
    let mut viewer = ChangeViewer::new(ReviewSide::new(old), ReviewSide::new(new));
    let groups = comparison.groups().map(|(effect, changes)| group(&mut viewer, effect, changes)).collect();
    let counts = Effect::ALL.iter().map(|effect| (*effect, comparison.count(|other| other == *effect)));
    let page = PageTemplate {
        style: STYLE,
        style_hash: STYLE_HASH,
        script: SCRIPT,
        script_hash: SCRIPT_HASH,
        comparison,
        counts: counts.collect(),
        groups,
        files: changed_files::changed(old, new),
        changelog: diff::changelog(comparison),
    };
    // Writing to a String can't fail.
    let html = page.render().unwrap_or_default();
    html.lines().map(|line| visible(line) + "\n").collect()
}

fn group<'c>(viewer: &mut ChangeViewer<'_>, effect: Effect, changes: &'c [Change]) -> EffectGroup<'c> {
    let kinds = diff::by_kind(changes).map(|(kind, changes)| KindGroup {
        kind,
        headline: capitalized(kind.phrase()),
        folded: changes.len() > UNFOLDED,
        changes: changes.iter().map(|change| viewer.view(change)).collect(),
    });
    EffectGroup { effect, count: changes.len(), kinds: kinds.collect() }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

impl KindGroup<'_> {
    /// Returns the reason in parts, each with whether it is code.
    fn reason(&self) -> Vec<(bool, &'static str)> {
        self.kind.reason().split('`').enumerate().map(|(index, text)| (index % 2 == 1, text)).collect()
    }
}

impl PageTemplate<'_> {
    fn folds_files(&self) -> bool {
        self.files.len() > FILES
    }
}

impl ChangeView<'_> {
    /// Returns the pointer for the heading: the old and the new one if they differ.
    fn pointer(&self) -> Option<String> {
        match (self.old, self.new) {
            (Some(old), Some(new)) if old.written != new.written => {
                Some(format!("{} → {}", old.written, new.written))
            }
            (_, Some(site)) | (Some(site), None) => Some(site.written.to_string()),
            (None, None) => None,
        }
    }

    fn old_location(&self) -> String {
        self.old.map(|site| site.location.to_string()).unwrap_or_default()
    }

    fn new_location(&self) -> String {
        self.new.map(|site| site.location.to_string()).unwrap_or_default()
    }
}

impl Cell {
    /// Returns the name of its HTML element.
    fn tag(&self) -> &'static str {
        match self.kind {
            CellKind::Removed => "del",
            CellKind::Added => "ins",
            CellKind::Title => "b",
            CellKind::Gap | CellKind::Filler => "i",
            CellKind::Same => "span",
        }
    }

    fn is_filler(&self) -> bool {
        self.kind == CellKind::Filler
    }
}

impl DiffRow {
    /// Returns the name of its HTML element.
    fn tag(&self) -> &'static str {
        match self.kind {
            RowKind::Unchanged => "span",
            RowKind::Removed => "del",
            RowKind::Added => "ins",
            RowKind::Gap => "i",
        }
    }
}
