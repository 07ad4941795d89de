//! Makes the Markdown of a description safe for rustdoc.
//!
//! Code must not become a doctest, brackets must not become a link, and angle brackets must not become HTML. Control
//! characters that change what a reader sees are removed.

use super::markup::{TAB, is_harmless, verbatim};

/// The maximum width of a doc comment's text.
const WIDTH: usize = 96;
/// The maximum indentation of text. Text that is indented further is a code block, which rustdoc compiles as Rust.
const MAX_INDENT: usize = 3;
/// How many lines after its first one belong to a list item at most. All lines before each line would be too many.
const MAX_ITEM: usize = 200;
/// Stands for a space in a code span, so that no line ends there: a line that begins in a code span could begin a block.
/// Descriptions contain no such character after [`visible`].
const CODE_SPACE: char = '\0';

/// Returns text for a code span. No backtick can end it, and it is never empty: two backticks would begin a span that ends
/// in the text after them.
pub(crate) fn code(text: &str) -> String {
    let shown = visible(text).replace('`', "'").replace(['\n', '\t'], " ");
    if shown.trim().is_empty() { visible(&format!("{text:?}")) } else { shown }
}

/// Removes characters that are invisible or change the direction of text.
pub(crate) fn visible(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| !is_hidden(*c)).collect()
}

/// Returns whether a character is invisible or changes the direction of text: controls, and those that Unicode ignores
/// by default, except for the variation selectors of emoji.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
        )
}

/// The maximum length of a title, in characters.
const MAX_TITLE: usize = 120;

/// Returns a title as one line of visible characters.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    visible(&words.join(" ")).chars().take(MAX_TITLE).collect()
}

/// Returns Markdown for rustdoc, wrapped. Text that can't be escaped safely becomes a code block.
pub(crate) fn prose(text: &str) -> String {
    let text = text.trim();
    if is_plain(text) { text.to_owned() } else { laid_out(&visible(text)) }
}

/// Returns Markdown for the middle of a sentence, in one line. A text that is no phrase becomes a code span.
pub(crate) fn phrase(text: &str) -> String {
    let text = one_line(text);
    let markdown = prose(&text);
    if markdown.contains('\n') { format!("`{}`", code(&text)) } else { markdown }
}

/// Returns whether Markdown begins with a block, which must not follow other text on its line: a fence would be text, and
/// the code after it Markdown.
pub(crate) fn begins_block(markdown: &str) -> bool {
    is_block(markdown) || markdown.lines().next().and_then(fence_marks).is_some()
}

/// Returns whether text is a line without Markdown syntax. Most texts are.
fn is_plain(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || " .,;:'\"()/?%$=-".contains(c);
    text.len() <= WIDTH
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(plain)
        && !text.contains("://")
        && !text.contains("  ")
}

fn laid_out(text: &str) -> String {
    let mut layout = DocLayout::default();
    for line in text.lines() {
        layout.line(&line.trim_end().replace('\t', TAB));
    }
    let prose = layout.finish();
    if is_harmless(&prose) { prose } else { verbatim(text) }
}

/// A fenced code block.
struct Fence {
    marks: String,
    /// Its indentation in the description.
    indent: usize,
    /// Its indentation in the doc comment, which keeps it inside its list item.
    base: usize,
}

/// Builds a doc comment line by line.
#[derive(Default)]
struct DocLayout {
    out: Vec<String>,
    paragraph: String,
    fence: Option<Fence>,
    /// Whether the line is inside an indented code block.
    indented: bool,
}

impl DocLayout {
    fn line(&mut self, line: &str) {
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        if self.fence.is_some() {
            return self.inside_fence(line, bare);
        }
        let is_code = indent > MAX_INDENT;
        if self.indented && !is_code && !bare.is_empty() {
            self.close_block();
        }
        let base = self.item_around(indent);
        if let Some(marks) = fence_marks(bare) {
            self.flush();
            let base = base.unwrap_or_default();
            // rustdoc runs a block without a language as a Rust test.
            self.out.push(format!("{:base$}{marks}text", ""));
            self.fence = Some(Fence { marks, indent, base });
        } else if is_code && self.paragraph.is_empty() && base.is_none() && self.may_begin_code() {
            if !self.indented {
                self.out.push("```text".to_owned());
                self.indented = true;
            }
            self.out.push(line[MAX_INDENT + 1..].to_owned());
        } else if bare.is_empty() {
            self.flush();
            self.out.push(String::new());
        } else if is_block(bare) || indent > 0 {
            self.flush();
            let indent = indent.min(base.unwrap_or_default() + MAX_INDENT);
            self.out.push(format!("{:indent$}{}", "", block(bare)));
        } else {
            if !self.paragraph.is_empty() {
                self.paragraph.push(' ');
            }
            self.paragraph.push_str(bare);
        }
    }

    fn inside_fence(&mut self, line: &str, bare: &str) {
        let Some(Fence { marks, indent, base }) = &self.fence else { return };
        let (indent, base) = (*indent, *base);
        let is_end = bare.len() >= marks.len() && bare.chars().all(|c| marks.starts_with(c));
        let text = if is_end { bare } else { unindented(line, indent) };
        self.out.push(format!("{:base$}{text}", "").trim_end().to_owned());
        if is_end {
            self.fence = None;
        }
    }

    /// Returns the column at which the content begins of the list item that contains a line with this indentation.
    fn item_around(&self, indent: usize) -> Option<usize> {
        for line in self.out.iter().rev().filter(|line| !line.is_empty()).take(MAX_ITEM) {
            let bare = line.trim_start();
            let outer = line.len() - bare.len();
            match item_marker(bare).map(|marker| outer + marker.len() + 1) {
                Some(content) if content <= indent => return Some(content),
                _ if outer == 0 => return None,
                _ => {}
            }
        }
        None
    }

    fn may_begin_code(&self) -> bool {
        self.indented || self.out.last().is_none_or(String::is_empty)
    }

    /// Ends an indented code block. Blank lines follow it.
    fn close_block(&mut self) {
        let content = self.out.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
        let blank = self.out.split_off(content);
        self.out.push("```".to_owned());
        self.out.extend(blank);
        self.indented = false;
    }

    /// Ends a paragraph.
    fn flush(&mut self) {
        if self.paragraph.is_empty() {
            return;
        }
        let text = escape(&std::mem::take(&mut self.paragraph));
        // Directly after a list item, it would be a part of the item.
        if self.out.last().is_some_and(|last| last.starts_with(' ') || item_marker(last).is_some()) {
            self.out.push(String::new());
        }
        let options = textwrap::Options::new(WIDTH)
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        for (index, line) in textwrap::wrap(&text, options).into_iter().enumerate() {
            match self.out.last_mut() {
                // A wrapped word must not begin a list, a heading, a quote or a block of code.
                Some(last) if index > 0 && (is_block(&line) || fence_marks(&line).is_some()) => {
                    last.push(' ');
                    last.push_str(&line);
                }
                _ => self.out.push(line.into_owned()),
            }
        }
    }

    fn finish(mut self) -> String {
        self.flush();
        if self.indented {
            self.close_block();
        }
        if let Some(Fence { marks, base, .. }) = self.fence {
            self.out.push(format!("{:base$}{marks}", ""));
        }
        self.out.dedup_by(|a, b| a.is_empty() && b.is_empty());
        self.out.join("\n").replace(CODE_SPACE, " ").trim_end().to_owned()
    }
}

/// Removes up to `indent` spaces from the start of the line.
fn unindented(line: &str, indent: usize) -> &str {
    let spaces = line.len() - line.trim_start_matches(' ').len();
    &line[spaces.min(indent)..]
}

/// Returns the marks that begin a fenced code block.
fn fence_marks(line: &str) -> Option<String> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.chars().take_while(|c| *c == mark).count();
    let info = &line[length..];
    (length >= 3 && !(mark == '`' && info.contains('`'))).then(|| mark.to_string().repeat(length))
}

/// Returns whether a line begins a block: a heading, list item, quote or table row.
fn is_block(line: &str) -> bool {
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(['#', '|', '>', '-', '*', '+'])
        || (numbered.len() < line.len() && numbered.starts_with(['.', ')']))
}

/// Returns the marker of a list item.
fn item_marker(line: &str) -> Option<&str> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let marks: &[char] = if digits > 0 { &['.', ')'] } else { &['-', '*', '+'] };
    let (marker, rest) = line.split_at_checked(digits + 1)?;
    let is_item = marker.ends_with(marks) && (rest.is_empty() || rest.starts_with(' '));
    is_item.then_some(marker)
}

/// Returns a block line with one space after each marker: more spaces would begin a code block.
fn block(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    loop {
        let marker = if rest.starts_with('>') { Some(">") } else { item_marker(rest) };
        let Some(marker) = marker else { break };
        out.push_str(marker);
        rest = rest[marker.len()..].trim_start();
        if rest.is_empty() {
            return out;
        }
        out.push(' ');
    }
    if fence_marks(rest).is_some_and(|marks| marks.starts_with('~')) {
        out.push('\\');
    }
    out + &escape(rest)
}

/// Escapes Markdown syntax outside code spans.
fn escape(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if c == '`' {
            let length = rest.len() - rest.trim_start_matches('`').len();
            let (marks, after) = rest.split_at(length);
            if let Some(end) = closing_marks(after, length) {
                let (span, behind) = rest.split_at(length + end + length);
                out.extend(span.chars().map(|c| if c == ' ' { CODE_SPACE } else { c }));
                rest = behind;
            } else {
                marks.chars().for_each(|_| out.push_str("\\`"));
                rest = after;
            }
        } else if let Some((text, url, after)) = web_link(rest.strip_prefix('!').unwrap_or(rest)) {
            // An image becomes a link: a page of docs must not load anything.
            out.push_str(&format!("[{}](<{url}>)", escape(text)));
            rest = after;
        } else if rest.starts_with("http://") || rest.starts_with("https://") {
            let end =
                rest.find(|c: char| c.is_whitespace() || "<>\"'`)]},".contains(c)).unwrap_or(rest.len());
            let url = rest[..end].trim_end_matches(['.', ':', ';']);
            out.push_str(&format!("<{url}>"));
            rest = &rest[url.len()..];
        } else {
            if matches!(c, '[' | ']' | '<' | '\\') {
                out.push('\\');
            }
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// Returns the offset of the next run of exactly `length` backticks.
fn closing_marks(text: &str, length: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(before) = text[at..].find('`') {
        let start = at + before;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        if run == length {
            return Some(start);
        }
        at = start + run;
    }
    None
}

/// Splits a web link at the start of text: its text, its URL, and the rest.
fn web_link(rest: &str) -> Option<(&str, &str, &str)> {
    let content = rest.strip_prefix('[')?;
    // The first of these ends the search, so that many brackets don't take quadratic time.
    let end = content.find(['[', ']', '`', '!', '<', '>', '\\'])?;
    let (text, after) = content.split_at(end);
    let target = after.strip_prefix("](")?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'*+,;=%".contains(c);
    let (url, after) = target.split_at(target.find(|c| !plain(c))?);
    let after = after.strip_prefix(')')?;
    let is_web = url.starts_with("http://") || url.starts_with("https://");
    // A URL in the text would be a link inside a link.
    (is_web && !text.trim().is_empty() && !text.contains("://")).then_some((text, url, after))
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::super::markup::is_harmless;
    use super::{code, is_plain, laid_out, prose};

    #[test]
    fn plain_text_is_not_changed() {
        let texts = ["a", "The id, e.g. '7' (set by /x?y=z - 5%: \"$\"); a", "e.g. -- a", "w w. 1. 2) - x"];
        for text in texts {
            assert!(is_plain(text) && laid_out(text) == text && is_harmless(text), "{text:?}");
        }
        for text in ["", "1. a", "- a", "a  b", "a\nb", "see http://a.b", "a [b]", "a|b", "a\u{202e}"] {
            assert!(!is_plain(text), "{text:?}");
        }
        assert!(!is_plain(&"a ".repeat(60)));
    }

    #[test]
    fn code_brackets_and_html_are_neutralized() {
        let text = "See [Pagination](#pagination) and <b>this</b>, `[a]<b>` or https://example.com/a[b].\n\n    curl -u x\n\n    more\n\nEnd.\n\n```js\nlet x;\n```\n```\nopen";
        let expected = "See \\[Pagination\\](#pagination) and \\<b>this\\</b>, `[a]<b>` or <https://example.com/a[b>\\].\n\n```text\ncurl -u x\n\nmore\n```\n\nEnd.\n\n```text\nlet x;\n```\n```text\nopen\n```";
        assert_eq!(prose(text), expected);
    }

    #[test]
    fn web_links_are_kept() {
        let text = "See [the *guide*](https://example.com/a?b=c#d), [x](javascript:y()) and [y](http://z z).";
        let expected = "See [the *guide*](<https://example.com/a?b=c#d>), \\[x\\](javascript:y()) and \\[y\\](<http://z> z).";
        assert_eq!(prose(text), expected);
    }

    #[test]
    fn an_image_becomes_a_link() {
        assert_eq!(prose("See ![pixel](https://a.b/p.png)!"), "See [pixel](<https://a.b/p.png>)!");
    }

    #[test]
    fn code_spans_are_not_wrapped() {
        let words = "word ".repeat(30);
        let text = format!("`{words}[^1]: <img/src=x>` `` {words}`a` ~~~rust `` tail");
        let spans: Vec<_> = prose(&text).lines().map(|line| line.matches('`').count() % 2).collect();
        assert!(!spans.contains(&1) && is_harmless(&prose(&text)), "{}", prose(&text));
    }

    #[test]
    fn a_paragraph_after_a_list_is_separate() {
        assert_eq!(prose("* a\n  more\nb\n\n1. c\nd"), "* a\n  more\n\nb\n\n1. c\n\nd");
    }

    #[test]
    fn invisible_characters_are_removed() {
        assert_eq!(prose("a\u{202e}b\u{0007}c\u{feff}"), "abc");
    }

    #[test]
    fn wrapping_begins_no_list_or_heading() {
        let text = format!("{} - 1. # end", "word ".repeat(30));
        assert!(prose(&text).lines().all(|line| !line.starts_with(['-', '1', '#'])), "{}", prose(&text));
    }

    #[test]
    fn harmful_markdown_becomes_harmless() {
        let harmful = [
            ">     let x = 1;",
            "> ```\n> fn f() {\n> ```",
            "- a\n  1. b\n\n          code();",
            "[a]: javascript:alert(1)\n[a]",
            "<div\nonclick=x>",
            "![i](data:text/html,x)",
            "~~~rust\nfn f() {}\n~~~",
            "a\n===\n\n\tcode()",
            "&#91;x](y) &lt;b&gt;",
            "[a [b](https://c) d](https://e)",
            "[a](https://b \"c\")",
            "[![i](https://a)](https://b)",
            "[a]\n(https://b)",
            "\\[a](https://b) [`c`](https://d)",
            "````\n```\nfn f() {",
            "* *\n      code",
            "[^1]\n\n[^1]: <b>",
            "`a\n[^1]: <b>`",
            "`[^1]: ~~~rust`",
        ];
        for text in harmful {
            assert!(is_harmless(&prose(text)), "{text:?} became {:?}", prose(text));
        }
    }

    /// A cell ends a code span, so that its rest is Markdown.
    #[test]
    fn no_cell_of_a_table_ends_a_code_span() {
        let table = "| a | b |\n|---|---|\n";
        for row in
            ["| `x | <b>y</b>` |", "`x | <b>y</b>`", "| `` x | ![i](https://a.b/c)`` |", "| `x | [y]` |"]
        {
            let markdown = prose(&format!("{table}{row}"));
            let mut events = Parser::new_ext(&markdown, Options::ENABLE_TABLES);
            let is_markup = |event: &Event<'_>| {
                matches!(event, Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::Image { .. }))
            };
            assert_eq!(events.find(is_markup), None, "{markdown}");
            assert!(markdown.contains('y') || markdown.contains("a.b"), "{markdown}");
        }
    }

    #[test]
    fn a_span_of_code_is_never_empty() {
        assert_eq!(code("a`b\nc"), "a'b c");
        assert_eq!(
            ["", "\u{200b}", " \n", "\u{3164}"].map(code),
            ["\"\"", "\"\\u{200b}\"", "\" \\n\"", "\"\""]
        );
    }
}
