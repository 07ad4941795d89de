//! The record of the description's source and checksum, in the file that `upstream` in clientwright.toml names.

use std::path::{Path, PathBuf};

use toml_edit::{Array, DocumentMut, Item, Table, Value};

use crate::command_error::CommandError;
use crate::fetch;
use crate::files::{self, FileError};

/// The record.
pub(super) struct UpstreamRecord {
    pub(super) path: PathBuf,
    /// The path, as shown.
    pub(super) shown: String,
    document: DocumentMut,
}

/// The new entries of the record.
pub(super) struct RecordEntry<'a> {
    /// The source of the document; unchanged if not given.
    pub(super) source: Option<&'a str>,
    pub(super) file: &'a str,
    pub(super) openapi: Option<&'a str>,
    pub(super) date: &'a str,
    pub(super) bytes: &'a [u8],
}

impl UpstreamRecord {
    pub(super) fn read(path: &Path, shown: String) -> Result<Self, CommandError> {
        let text = files::read_text(path).map_err(|error| FileError::new("read", path, error))?;
        let document: DocumentMut =
            text.parse().map_err(|error| invalid(&shown, format!("it isn't valid TOML: {error}")))?;
        let record = Self { path: path.to_owned(), shown, document };
        record.checksum()?;
        Ok(record)
    }

    /// Returns whether these bytes have the recorded checksum.
    pub(super) fn matches(&self, bytes: &[u8]) -> Result<bool, CommandError> {
        Ok(self.checksum()?.eq_ignore_ascii_case(&fetch::checksum(bytes)))
    }

    fn checksum(&self) -> Result<&str, CommandError> {
        let recorded = self.document.get("upstream").and_then(|upstream| upstream.get("sha256"));
        recorded
            .and_then(Item::as_str)
            .ok_or_else(|| invalid(&self.shown, "it has no string `sha256` in `[upstream]`"))
    }

    /// Returns the text of the record with new entries. Comments and order are kept.
    pub(super) fn updated(mut self, entry: &RecordEntry<'_>) -> Result<String, CommandError> {
        let upstream = self.document.get_mut("upstream").and_then(Item::as_table_mut);
        let upstream = upstream.ok_or_else(|| invalid(&self.shown, "`upstream` isn't a table"))?;
        let is_new = !upstream.contains_key("file");
        if let Some(source) = entry.source {
            set(upstream, "source", source);
        }
        if let Some(openapi) = entry.openapi {
            set(upstream, "openapi", openapi);
        }
        set(upstream, "date", entry.date);
        set(upstream, "sha256", fetch::checksum(entry.bytes));
        set(upstream, "changed", Array::new());
        set(upstream, "file", entry.file);
        if is_new && let Some(mut key) = upstream.key_mut("file") {
            key.leaf_decor_mut().set_prefix("# Name of the file that the description was copied from.\n");
        }
        Ok(self.document.to_string())
    }
}

/// Sets a value and keeps the comments around it.
fn set(table: &mut Table, key: &str, value: impl Into<Value>) {
    let mut value = value.into();
    if let Some(before) = table.get(key).and_then(Item::as_value) {
        value.decor_mut().clone_from(before.decor());
    }
    match table.get_mut(key) {
        Some(item) => *item = Item::Value(value),
        None => drop(table.insert(key, Item::Value(value))),
    }
}

fn invalid(shown: &str, problem: impl Into<String>) -> CommandError {
    CommandError::Record { path: shown.to_owned(), problem: problem.into() }
}
