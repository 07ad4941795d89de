//! Judges Markdown as rustdoc reads it.

use std::cell::Cell;

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag};

/// Stands for a tab. Emitted files contain none.
pub(super) const TAB: &str = "    ";
/// What HTML, links, images, footnotes and code blocks begin with.
const BEGINNINGS: [&str; 5] = ["<", "[", "```", "~~~", TAB];
/// Stands for the text that follows.
const NEXT: &str = "next";

/// The extensions of Markdown that rustdoc uses.
const RUSTDOC: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_SMART_PUNCTUATION);

/// Returns docs that consist of several texts, or a code block of them. Each text was judged alone, but one can change what
/// another one means: a column of a table ends in a span of code.
pub(crate) fn composed(docs: String) -> String {
    if is_harmless(&docs) { docs } else { verbatim(&docs) }
}

/// Returns whether rustdoc finds no doctest, HTML, image, footnote or intra-doc link, and a following paragraph is not
/// changed. It uses the same parser.
pub(super) fn is_harmless(markdown: &str) -> bool {
    if BEGINNINGS.iter().all(|beginning| !markdown.contains(beginning)) {
        return true;
    }
    let unresolved = Cell::new(false);
    let note_unresolved = |_: BrokenLink<'_>| {
        unresolved.set(true);
        None
    };
    let followed = format!("{markdown}\n\n{NEXT}");
    let (mut depth, mut in_paragraph, mut is_next) = (0_usize, false, false);
    for event in Parser::new_with_broken_link_callback(&followed, RUSTDOC, Some(note_unresolved)) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language != "text" => {
                return false;
            }
            Event::Start(Tag::Link { dest_url, .. }) if !is_web(&dest_url) => return false,
            Event::Start(
                Tag::CodeBlock(CodeBlockKind::Indented) | Tag::Image { .. } | Tag::FootnoteDefinition(_),
            )
            | Event::FootnoteReference(_)
            | Event::Html(_)
            | Event::InlineHtml(_) => return false,
            Event::Start(tag) => {
                in_paragraph = depth == 0 && tag == Tag::Paragraph;
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            Event::Text(text) => is_next = in_paragraph && &*text == NEXT,
            _ => {}
        }
    }
    is_next && !unresolved.get()
}

fn is_web(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

/// Returns the text as a code block, with a fence that nothing in the text can close.
pub(super) fn verbatim(text: &str) -> String {
    let text = text.replace('\t', TAB);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{text}\n{fence}")
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Parser};

    use super::{RUSTDOC, composed, is_harmless, verbatim};

    /// Each extension of rustdoc is one here: its syntax gives its events.
    #[test]
    fn markdown_is_read_as_rustdoc_reads_it() {
        let read = |text: &str| {
            let shown = |event| match event {
                Event::Text(text) => text.to_string(),
                event => format!("{event:?}"),
            };
            Parser::new_ext(text, RUSTDOC).map(shown).collect::<Vec<_>>().join(" ")
        };
        for (text, event) in [
            ("| a |\n|---|\n| b |", "Start(Table"),
            ("a[^1]\n\n[^1]: b", "FootnoteReference"),
            ("~~a~~", "Start(Strikethrough)"),
            ("- [x] a", "TaskListMarker(true)"),
            ("\"a\" -- b...", "“"),
        ] {
            assert!(read(text).contains(event), "{text:?} gives {}", read(text));
        }
    }

    #[test]
    fn a_tab_in_a_verbatim_block_is_four_spaces() {
        assert_eq!(verbatim("a\tb"), "```text\na    b\n```");
    }

    #[test]
    fn a_verbatim_block_can_not_be_closed_by_its_text() {
        let text = "<b>\n```` [x]\n    code()";
        assert_eq!(verbatim(text), format!("`````text\n{text}\n`````"));
        assert!(!is_harmless(text) && is_harmless(&verbatim(text)));
    }

    #[test]
    fn a_text_that_changes_what_follows_is_harmful() {
        for text in ["```text\na", "~~~text\na", "- ```text\n  a\n ```"] {
            assert!(!is_harmless(text), "{text:?}");
        }
        for text in
            ["- a\n\n  b", "> a", "# a", "| a |\n|---|", "```text\na\n```", "<https://a>", "a\n---", ""]
        {
            assert!(is_harmless(text), "{text:?}");
        }
    }

    #[test]
    fn texts_that_are_harmful_together_become_code() {
        let docs = "Server `a|<b>`: c | d\n|---|---|---|";
        assert_eq!(composed(docs.to_owned()), format!("```text\n{docs}\n```"));
        assert_eq!(composed("`a|<b>`: c".to_owned()), "`a|<b>`: c");
    }
}
