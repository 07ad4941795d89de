//! Doc comments: the description's prose, made safe for rustdoc, and what the generator adds to it.
//!
//! Prose of a description was not written for rustdoc. Code in it must not become a doctest, brackets no
//! link and angle brackets no HTML; control characters that change what a reader sees are dropped.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Field, Operation, TypeDef, UnionVariant};

/// Width of a doc comment's text.
const WIDTH: usize = 96;

/// Doc attributes, one for each line.
pub(super) fn attributes(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote!(#(#[doc = #lines])*)
}

pub(super) fn type_docs(def: &TypeDef) -> String {
    let prose =
        sentence(&def.docs, &format!("`{}` of the description.", def.pointer.last().unwrap_or_default()));
    format!("{prose}\n\nSource: `{}`", code(&def.pointer.to_string()))
}

pub(super) fn field_docs(field: &Field) -> String {
    let mut text = sentence(&field.docs, &format!("The field `{}`.", code(field.wire.as_str())));
    if let Some(default) = &field.default {
        text.push_str(&format!("\n\nDefault: `{}`.", code(&default.to_string())));
    }
    if field.deprecated {
        text.push_str("\n\nDeprecated by the description.");
    }
    text
}

pub(super) fn value_docs(value: &str) -> String {
    if value.is_empty() { "The empty text.".to_owned() } else { format!("`{}`", code(value)) }
}

pub(super) fn union_variant_docs(tag: Option<&str>, variant: &UnionVariant) -> String {
    match (tag, &variant.tag) {
        (Some(property), Some(tag)) => format!("`{}`: `{}`", code(property), code(tag.as_str())),
        _ => format!("`{}`", variant.ty),
    }
}

pub(super) fn operation_docs(operation: &Operation) -> String {
    let mut text = sentence(&operation.docs, &format!("The operation `{}`.", code(&operation.id)));
    let roles = match operation.allowed_for.as_slice() {
        [] => String::new(),
        roles => format!("; allowed for {}", prose(&roles.join(" and "))),
    };
    text.push_str(&format!("\n\n`{} {}`{roles}.", operation.method.as_str(), code(&operation.path)));
    if let Some(limit) = &operation.rate_limit {
        text.push_str(&format!(
            "\nLimit: {} requests in {} seconds (bucket `{}`).",
            limit.requests,
            limit.seconds,
            code(&limit.bucket)
        ));
    }
    for group in &operation.exactly_one_of {
        text.push_str(&format!("\n\nTakes exactly one of {}.", list(group)));
    }
    for group in &operation.at_most_one_of {
        text.push_str(&format!("\n\nTakes at most one of {}.", list(group)));
    }
    let required: Vec<_> = operation.required().filter(|parameter| !parameter.docs.is_empty()).collect();
    if !required.is_empty() {
        text.push_str("\n\n# Arguments\n");
        for parameter in required {
            let docs = prose(&parameter.docs).replace('\n', "\n  ");
            text.push_str(&format!("\n- `{}`: {docs}", parameter.name.plain()));
        }
    }
    format!("{text}\n\nSource: `{}`", code(&operation.pointer.to_string()))
}

fn list(names: &[String]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{}`", code(name))).collect();
    quoted.join(" and ")
}

/// Prose, or a stand-in where the description is silent.
pub(super) fn sentence(text: &str, stand_in: &str) -> String {
    let text = prose(text);
    if text.is_empty() { stand_in.to_owned() } else { text }
}

/// Text for a code span: no backtick may end it.
fn code(text: &str) -> String {
    visible(text).replace('`', "'").replace('\n', " ")
}

/// Without characters that a reader can't see or that turn text around.
fn visible(text: &str) -> String {
    let hidden = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    text.replace("\r\n", "\n").chars().filter(|c| !hidden(*c)).collect()
}

/// Prose as rustdoc should read it, wrapped.
fn prose(text: &str) -> String {
    let text = visible(text.trim());
    let mut out: Vec<String> = Vec::new();
    let mut fence: Option<String> = None;
    let mut paragraph = String::new();
    let mut indented = false;
    for line in text.lines() {
        let line = line.trim_end();
        let bare = line.trim_start();
        if let Some(marker) = &fence {
            let closes = bare.starts_with(marker.as_str());
            out.push(line.to_owned());
            if closes {
                fence = None;
            }
            continue;
        }
        let code_line = line.starts_with("    ") || line.starts_with('\t');
        if indented && !code_line && !bare.is_empty() {
            close_block(&mut out);
            indented = false;
        }
        if let Some(marker) = fence_marker(bare) {
            flush(&mut paragraph, &mut out);
            // An unnamed block would be taken for Rust and run as a test.
            out.push(format!("{marker}text"));
            fence = Some(marker);
        } else if code_line && paragraph.is_empty() && (indented || !in_list(&out)) {
            if !indented {
                out.push("```text".to_owned());
                indented = true;
            }
            out.push(
                line.strip_prefix("    ").or_else(|| line.strip_prefix('\t')).unwrap_or(line).to_owned(),
            );
        } else if bare.is_empty() {
            flush(&mut paragraph, &mut out);
            out.push(String::new());
        } else if is_block(bare) || line != bare {
            flush(&mut paragraph, &mut out);
            let indent = &line[..line.len() - bare.len()];
            out.push(format!("{}{}", indent.replace('\t', "  "), escape(bare)));
        } else {
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(bare);
        }
    }
    flush(&mut paragraph, &mut out);
    if indented {
        close_block(&mut out);
    }
    out.extend(fence);
    out.dedup_by(|a, b| a.is_empty() && b.is_empty());
    out.join("\n").trim_end().to_owned()
}

/// Ends a block of code, blank lines of the prose behind it.
fn close_block(out: &mut Vec<String>) {
    let content = out.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
    let blank = out.split_off(content);
    out.push("```".to_owned());
    out.extend(blank);
}

fn fence_marker(line: &str) -> Option<String> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.chars().take_while(|c| *c == mark).count();
    let info = &line[length..];
    (length >= 3 && !(mark == '`' && info.contains('`'))).then(|| mark.to_string().repeat(length))
}

/// Lines that stand for themselves: headings, list items, quotes, table rows.
fn is_block(line: &str) -> bool {
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with(['#', '|', '>', '-', '*', '+'])
        || (numbered.len() < line.len() && numbered.starts_with(['.', ')']))
}

fn in_list(out: &[String]) -> bool {
    out.iter()
        .rev()
        .find(|line| !line.is_empty())
        .is_some_and(|line| is_block(line.trim_start()) || line.starts_with(' '))
}

fn flush(paragraph: &mut String, out: &mut Vec<String>) {
    if paragraph.is_empty() {
        return;
    }
    let text = escape(&std::mem::take(paragraph));
    let options =
        textwrap::Options::new(WIDTH).break_words(false).word_splitter(textwrap::WordSplitter::NoHyphenation);
    for line in textwrap::wrap(&text, options) {
        match out.last_mut() {
            // A wrapped word must not begin a list, a heading or a quote.
            Some(last) if is_block(&line) => {
                last.push(' ');
                last.push_str(&line);
            }
            _ => out.push(line.into_owned()),
        }
    }
}

/// Escapes what Markdown or rustdoc would act upon, outside code spans.
fn escape(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if c == '`' {
            let length = rest.len() - rest.trim_start_matches('`').len();
            let (marks, behind) = rest.split_at(length);
            if let Some(end) = behind.find(marks) {
                out.push_str(&rest[..length + end + length]);
                rest = &behind[end + length..];
            } else {
                marks.chars().for_each(|_| out.push_str("\\`"));
                rest = behind;
            }
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

#[cfg(test)]
mod tests {
    use super::prose;

    #[test]
    fn makes_no_doctests_links_or_html() {
        let text = "See [Pagination](#pagination) and <b>this</b>, `[a]<b>` or https://example.com/a[b].\n\n    curl -u x\n\n    more\n\nEnd.\n\n```js\nlet x;\n```\n```\nopen";
        let expected = "See \\[Pagination\\](#pagination) and \\<b>this\\</b>, `[a]<b>` or <https://example.com/a[b>\\].\n\n```text\ncurl -u x\n\nmore\n```\n\nEnd.\n\n```text\nlet x;\n```\n```text\nopen\n```";
        assert_eq!(prose(text), expected);
    }

    #[test]
    fn drops_what_readers_cannot_see() {
        assert_eq!(prose("a\u{202e}b\u{0007}c\u{feff}"), "abc");
    }

    #[test]
    fn wraps_without_making_lists() {
        let text = format!("{} - 1. # end", "word ".repeat(30));
        assert!(prose(&text).lines().all(|line| !line.starts_with(['-', '1', '#'])), "{}", prose(&text));
    }
}
