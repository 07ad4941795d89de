//! A comparison as text for a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use codegen::diff::{Change, Effect, NodeLocation};

use super::comparison::{Comparison, by_kind};
use crate::console::visible;

/// The number of changes of a kind that are shown by default. The rest is counted.
pub const SHOWN: usize = 10;
const BOLD: Style = Style::new().bold();

/// Returns the text with color codes. `limit` is the maximum number of changes of a kind.
#[must_use]
pub fn terminal(comparison: &Comparison, limit: Option<usize>) -> String {
    let (old, new) = (visible(&comparison.old), visible(&comparison.new));
    let mut text = format!("{BOLD}{old} → {new}{BOLD:#}: {}\n", comparison.summary());
    for (effect, changes) in comparison.groups() {
        let style = style(effect);
        // Writing to a String can't fail.
        let _ = writeln!(text, "\n{style}{}{style:#}", effect.title());
        for (kind, changes) in by_kind(changes) {
            // A line that counts a single change takes as much space as the change.
            let shown = limit.filter(|limit| changes.len() > limit + 1).unwrap_or(changes.len());
            for change in &changes[..shown] {
                let _ =
                    writeln!(text, "  {BOLD}{}{BOLD:#}: {}", change.subject, visible(&change.description()));
                let _ = writeln!(text, "      {}", visible(&locations(change)));
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
    let color = match effect {
        Effect::CompileError | Effect::Silent => AnsiColor::Red,
        Effect::Behavior => AnsiColor::Yellow,
        Effect::Addition => AnsiColor::Green,
        Effect::Docs => AnsiColor::Cyan,
    };
    color.on_default().bold()
}

/// Returns the locations, such as `old.yaml:3:5 → new.yaml:4:5 (#/paths)`, with both pointers if they differ.
pub(super) fn locations(change: &Change) -> String {
    let one = |site: &NodeLocation| format!("{} ({})", site.location, site.written);
    match (&change.old, &change.new) {
        (Some(old), Some(new)) if old.written == new.written => {
            format!("{} → {} ({})", old.location, new.location, new.written)
        }
        (Some(old), Some(new)) => format!("{} → {}", one(old), one(new)),
        (Some(old), None) => format!("was {}", one(old)),
        (None, Some(new)) => one(new),
        (None, None) => String::new(),
    }
}
