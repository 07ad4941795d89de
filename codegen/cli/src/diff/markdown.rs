//! A comparison as Markdown, for a pull request.

use std::fmt::Write as _;

use codegen::diff::Change;

use super::changelog::changelog;
use super::comparison::{Comparison, by_kind};
use super::quote::code;
use super::terminal;

/// The maximum number of changes of a kind that are shown unfolded.
const UNFOLDED: usize = 10;

/// Returns the text, with the changelog draft at the end.
#[must_use]
pub fn markdown(comparison: &Comparison) -> String {
    let title = format!("{} → {}", code(&comparison.old), code(&comparison.new));
    let mut text = format!("# {title}\n\n{}\n", comparison.summary());
    for (effect, changes) in comparison.groups() {
        // Writing to a String can't fail.
        let _ = writeln!(text, "\n## {}", effect.title());
        for (kind, changes) in by_kind(changes) {
            let _ = writeln!(text, "\n{} ({}): {}.\n", headline(kind.phrase()), kind.code(), kind.reason());
            let folded = changes.len() > UNFOLDED;
            if folded {
                let _ = writeln!(text, "<details><summary>{} times</summary>\n", changes.len());
            }
            for change in changes {
                text.push_str(&line(change));
            }
            if folded {
                text.push_str("\n</details>\n");
            }
        }
    }
    if let Some(draft) = changelog(comparison) {
        let _ = write!(text, "\n## Changelog draft\n\n```markdown\n{draft}```\n");
    }
    text
}

fn line(change: &Change) -> String {
    let detail = change.detail();
    let detail = if detail.is_empty() { detail } else { format!(": {}", code(&detail)) };
    format!("- {}{detail}\\\n  {}\n", code(&change.subject), code(&terminal::locations(change)))
}

fn headline(phrase: &str) -> String {
    let mut chars = phrase.chars();
    chars.next().map(|first| format!("**{}{}**", first.to_uppercase(), chars.as_str())).unwrap_or_default()
}
