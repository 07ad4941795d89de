//! The emitted files that change, with the number of changed lines.

use std::collections::BTreeMap;

use codegen::{GeneratedFile, Output};
use similar::{ChangeTag, TextDiff};

/// A file that differs between the sides.
#[derive(Debug)]
pub(super) struct ChangedFile<'a> {
    pub(super) path: &'a str,
    /// `new`, `removed` or `changed`.
    pub(super) status: &'static str,
    pub(super) added: usize,
    pub(super) removed: usize,
}

/// Returns all changed files, sorted by path.
pub(super) fn changed<'a>(old: &'a Output, new: &'a Output) -> Vec<ChangedFile<'a>> {
    let by_path = |files: &'a [GeneratedFile]| -> BTreeMap<&'a str, &'a str> {
        files.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect()
    };
    let (before, after) = (by_path(&old.files), by_path(&new.files));
    let mut changed = Vec::new();
    for (path, text) in &before {
        match after.get(path) {
            None => {
                changed.push(ChangedFile { path, status: "removed", added: 0, removed: text.lines().count() })
            }
            Some(now) if now != text => changed.push(compared(path, text, now)),
            Some(_) => {}
        }
    }
    for (path, text) in after.iter().filter(|(path, _)| !before.contains_key(*path)) {
        changed.push(ChangedFile { path, status: "new", added: text.lines().count(), removed: 0 });
    }
    changed.sort_by_key(|file| file.path);
    changed
}

fn compared<'a>(path: &'a str, old: &str, new: &str) -> ChangedFile<'a> {
    let diff = TextDiff::configure().timeout(super::unified::TIMEOUT).diff_lines(old, new);
    let count = |tag| diff.iter_all_changes().filter(|change| change.tag() == tag).count();
    ChangedFile {
        path,
        status: "changed",
        added: count(ChangeTag::Insert),
        removed: count(ChangeTag::Delete),
    }
}
