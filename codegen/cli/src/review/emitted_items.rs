//! Splits emitted files into items.
//!
//! The generator writes a blank line before each item. Inside an item, blank lines occur only between indented
//! functions of an `impl`. So items are found without parsing Rust.

use std::collections::BTreeMap;

use codegen::GeneratedFile;

/// The text between the docs and attributes of an item and its name.
const KEYWORDS: [&str; 12] = [
    "pub fn ",
    "pub struct ",
    "pub enum ",
    "pub type ",
    "impl ",
    "static ",
    "clientwright_runtime::request_builder!(",
    "clientwright_runtime::paged!(",
    "clientwright_runtime::model! {",
    "clientwright_runtime::open_enum! {",
    "clientwright_runtime::tagged_union! {",
    "clientwright_runtime::union! {",
];

/// All emitted files, by path.
pub(super) struct EmittedItems<'a> {
    files: BTreeMap<&'a str, &'a str>,
}

impl<'a> EmittedItems<'a> {
    pub(super) fn new(files: &'a [GeneratedFile]) -> Self {
        Self { files: files.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect() }
    }

    /// Returns the items of a file with the given names.
    pub(super) fn of(&self, path: &str, names: &[&str]) -> Option<String> {
        let items = items(self.files.get(path)?);
        let wanted = |item: &&str| name(item).is_some_and(|name| names.contains(&name));
        let text = items.into_iter().filter(wanted).collect::<Vec<_>>().join("\n\n");
        (!text.is_empty()).then_some(text)
    }

    /// Returns the docs at the start of a file.
    pub(super) fn head(&self, path: &str) -> Option<String> {
        let docs = items(self.files.get(path)?).into_iter().find(|item| item.starts_with("//!"))?;
        Some(docs.to_owned())
    }
}

fn items(file: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let mut rest = file;
    let mut from = 0;
    while let Some(blank) = rest[from..].find("\n\n") {
        let end = from + blank;
        let next = &rest[end + 2..];
        if next.starts_with([' ', '}']) {
            from = end + 2;
            continue;
        }
        items.push(&rest[..end]);
        (rest, from) = (next, 0);
    }
    items.push(rest.trim_end());
    items
}

/// Returns the name that an item declares or implements.
fn name(item: &str) -> Option<&str> {
    let mut rest = item;
    while rest.starts_with("///") || rest.starts_with("#[") {
        rest = rest.split_once('\n')?.1;
    }
    let behind = KEYWORDS.iter().find_map(|keyword| rest.strip_prefix(keyword))?.trim_start();
    let end = behind.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '#')));
    Some(&behind[..end.unwrap_or(behind.len())])
}

#[cfg(test)]
mod tests {
    use super::{items, name};

    #[test]
    fn items_are_split_at_blank_lines() {
        let file = "\
//! Docs.

use a::b;

/// A.
///
/// pub fn c()
#[inline]
pub fn r#type(
    a: A,
) -> B {
    B(a)
}

impl B {
    /// C.
    pub fn c(self) -> Self {
        self
    }

    pub fn d(self) -> Self {
        self
    }
}

static R#TYPE: Operation =
    Operation::get(\"\", \"\");

clientwright_runtime::model! {
    D: open,
}
";
        let found: Vec<_> = items(file).into_iter().map(name).collect();
        let expected = [None, None, Some("r#type"), Some("B"), Some("R#TYPE"), Some("D")];
        assert_eq!(found, expected);
    }
}
