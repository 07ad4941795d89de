//! Quotes names and values in Markdown.

use crate::console::visible;

/// Returns a text as inline code on one line, between more backticks than it contains, without invisible characters.
pub(super) fn code(text: &str) -> String {
    let text = visible(&text.replace(['\n', '\r'], " "));
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}
