//! The full document: as published, and as a repaired copy for other generators.

use std::cell::OnceCell;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use codegen::{Mode, Options, Source};

use super::repair::repair;

/// A document as published, and its repaired copy.
#[derive(Debug)]
pub(super) struct DocumentCopies {
    published: PathBuf,
    folder: PathBuf,
    repaired: OnceCell<PathBuf>,
}

impl DocumentCopies {
    /// Creates the copies of a document. The repaired one is written to `folder`.
    pub(super) fn new(published: &Path, folder: &Path) -> Self {
        Self { published: published.to_owned(), folder: folder.to_owned(), repaired: OnceCell::new() }
    }

    /// Returns the path of the document as published.
    pub(super) fn published(&self) -> &Path {
        &self.published
    }

    /// Returns the path of the copy that other generators can read, as JSON. The first call writes it.
    pub(super) fn repaired(&self) -> io::Result<&Path> {
        if let Some(path) = self.repaired.get() {
            return Ok(path);
        }
        let source = Source::new("document", fs::read(&self.published)?);
        let output = codegen::generate_with(&source, &[], &Options::new(Mode::Lenient))
            .map_err(|report| io::Error::other(report.to_string()))?;
        let mut document = output.patched;
        repair(&mut document);
        let path = self.folder.join("repaired.json");
        fs::write(&path, document.to_string())?;
        Ok(self.repaired.get_or_init(|| path))
    }
}
