//! A comparison as a person reads it in a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use codegen::diff::{Change, Effect, Site};

use super::comparison::{Comparison, by_kind};
use crate::console::visible;

/// Changes of a kind that are usually shown before the others are only counted.
pub const SHOWN: usize = 10;
const BOLD: Style = Style::new().bold();

/// The text, coloured; of many changes of a kind only the first, if there is a limit.
#[must_use]
pub fn terminal(comparison: &Comparison, limit: Option<usize>) -> String {
    let (old, new) = (visible(&comparison.old), visible(&comparison.new));
    let mut text = format!("{BOLD}{old} → {new}{BOLD:#}: {}\n", comparison.summary());
    for (effect, changes) in comparison.groups() {
        let style = style(effect);
        // Writing to a String can't fail.
        let _ = writeln!(text, "\n{style}{}{style:#}", effect.title());
        for (kind, changes) in by_kind(changes) {
            // The line that counts the others takes the place of one of them.
            let shown = limit.filter(|limit| changes.len() > limit + 1).unwrap_or(changes.len());
            for change in &changes[..shown] {
                let _ = writeln!(text, "  {BOLD}{}{BOLD:#}: {}", change.subject, visible(&change.said()));
                let _ = writeln!(text, "      {}", visible(&places(change)));
            }
            if shown < changes.len() {
                let more = changes.len() - shown;
                let _ = writeln!(text, "  and {more} more where {} (--verbose shows all)", kind.phrase());
            }
        }
    }
    text
}

fn style(effect: Effect) -> Style {
    let colour = match effect {
        Effect::Refused | Effect::Silent => AnsiColor::Red,
        Effect::Behaviour => AnsiColor::Yellow,
        Effect::Addition => AnsiColor::Green,
        Effect::Docs => AnsiColor::Cyan,
    };
    colour.on_default().bold()
}

/// `old.yaml:3:5 → new.yaml:4:5 (#/paths)`; the pointer twice where it differs.
pub(super) fn places(change: &Change) -> String {
    let one = |site: &Site| format!("{} ({})", site.place, site.pointer);
    match (&change.old, &change.new) {
        (Some(old), Some(new)) if old.pointer == new.pointer => {
            format!("{} → {} ({})", old.place, new.place, new.pointer)
        }
        (Some(old), Some(new)) => format!("{} → {}", one(old), one(new)),
        (Some(old), None) => format!("was {}", one(old)),
        (None, Some(new)) => one(new),
        (None, None) => String::new(),
    }
}
