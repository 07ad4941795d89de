//! The full document, as it is published and mended.

use std::cell::OnceCell;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use codegen::{Mode, Options, Source};

use super::repair::repair;

/// The two copies of a document.
#[derive(Debug)]
pub(super) struct Documents {
    published: PathBuf,
    folder: PathBuf,
    mended: OnceCell<PathBuf>,
}

impl Documents {
    /// A document; the other copy goes to this folder.
    pub(super) fn new(published: &Path, folder: &Path) -> Self {
        Self { published: published.to_owned(), folder: folder.to_owned(), mended: OnceCell::new() }
    }

    /// As it is.
    pub(super) fn published(&self) -> &Path {
        &self.published
    }

    /// Without what stops other generators, as JSON; made when it is first wanted.
    pub(super) fn mended(&self) -> io::Result<&Path> {
        if let Some(path) = self.mended.get() {
            return Ok(path);
        }
        let source = Source::new("document", fs::read(&self.published)?);
        let output = codegen::generate_with(&source, &[], &Options::new(Mode::Lenient))
            .map_err(|report| io::Error::other(report.to_string()))?;
        let mut document = output.patched;
        repair(&mut document);
        let path = self.folder.join("mended.json");
        fs::write(&path, document.to_string())?;
        Ok(self.mended.get_or_init(|| path))
    }
}
