//! Checks that docs contain no markup of a description, as rustdoc reads them.

use std::cell::RefCell;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag};

/// The Markdown options of rustdoc: `main_body_opts` and `summary_opts` in `librustdoc/html/markdown.rs`.
fn rustdoc() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
}

/// Checks the doc comments of a source file.
pub(crate) fn check(source: &str) -> Result<(), String> {
    let mut comment = Vec::new();
    for line in source.lines().chain([""]) {
        let line = line.trim_start();
        if let Some(text) = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) {
            comment.push(text);
        } else if !comment.is_empty() {
            let markdown = unindented(&comment);
            let rust = check_markdown(&markdown).map_err(|problem| format!("{problem} in\n{markdown}"))?;
            if rust > 0 {
                return Err(format!("a doctest in\n{markdown}"));
            }
            comment.clear();
        }
    }
    check_attributes(source)
}

/// Checks docs in attributes with a condition.
fn check_attributes(source: &str) -> Result<(), String> {
    let attributes = source.lines().filter(|line| line.starts_with("#![cfg_attr("));
    for (_, docs) in attributes.filter_map(|line| line.split_once("doc = \"")) {
        let docs: syn::LitStr = docs
            .rsplit_once('"')
            .and_then(|(docs, _)| syn::parse_str(&format!("\"{docs}\"")).ok())
            .ok_or_else(|| format!("docs that are no literal: {docs}"))?;
        check_markdown(&docs.value()).map_err(|problem| format!("{problem} in\n{}", docs.value()))?;
    }
    Ok(())
}

/// Removes the indentation that all lines share, as rustdoc does.
fn unindented(lines: &[&str]) -> String {
    let indentation = |line: &&str| line.len() - line.trim_start().len();
    let shared = lines.iter().filter(|line| !line.trim().is_empty()).map(indentation).min();
    let lines = lines.iter().map(|line| line.get(shared.unwrap_or_default()..).unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// Checks that there is no HTML, no image, no footnote, no code of another language, and only links to the web and to
/// items. Returns the number of Rust code blocks.
pub(crate) fn check_markdown(text: &str) -> Result<usize, String> {
    let mut rust = 0;
    let items = RefCell::new(Vec::new());
    let item = |link: BrokenLink<'_>| {
        items.borrow_mut().push(link.reference.to_string());
        None::<(CowStr<'_>, CowStr<'_>)>
    };
    for event in Parser::new_with_broken_link_callback(text, rustdoc(), Some(item)) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => return Err(format!("HTML: {html}")),
            Event::FootnoteReference(name) | Event::Start(Tag::FootnoteDefinition(name)) => {
                return Err(format!("a footnote {name:?}"));
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                return Err("an indented code block".to_owned());
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language == "rust" => {
                rust += 1
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language != "text" => {
                return Err(format!("a code block in {language:?}"));
            }
            Event::Start(Tag::Image { dest_url, .. }) => return Err(format!("an image of {dest_url}")),
            Event::Start(Tag::Link { dest_url, .. }) if !is_web(&dest_url) && !is_item(&dest_url) => {
                return Err(format!("a link to {dest_url}"));
            }
            _ => {}
        }
    }
    let items = items.into_inner();
    items.iter().find(|name| !is_item(name)).map_or(Ok(rust), |name| Err(format!("a link to [{name}]")))
}

fn is_web(url: &str) -> bool {
    url.starts_with("http://") || url.starts_with("https://")
}

/// Returns whether a link is one to a Rust item: a path, or a function.
fn is_item(target: &str) -> bool {
    let path = target.trim_matches('`');
    let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || c == '_');
    (path.contains("::") || path.ends_with("()")) && path.trim_end_matches("()").split("::").all(is_name)
}
