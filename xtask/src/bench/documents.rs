//! Published documents: each as it is, and as a repaired copy for other generators.

use std::cell::OnceCell;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use codegen::{Mode, Options, Source};

use super::repair::repair;

/// A published document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PublishedDocument {
    /// The name of its tables and folders: that of the file without extension.
    pub(super) name: String,
    pub(super) path: PathBuf,
}

impl PublishedDocument {
    /// Names documents by their files. If another one has the same name, a number follows.
    pub(super) fn of_paths(paths: Vec<PathBuf>) -> Vec<Self> {
        let mut documents: Vec<Self> = Vec::new();
        for path in paths {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let is_free = |name: &String| documents.iter().all(|document| document.name != *name);
            let mut names = (2..).map(|number| format!("{stem}-{number}"));
            let name = Some(stem.clone()).filter(is_free).or_else(|| names.find(is_free));
            documents.push(Self { name: name.unwrap_or(stem), path });
        }
        documents
    }
}

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

#[cfg(test)]
mod tests {
    use super::PublishedDocument;

    #[test]
    fn documents_have_distinct_names() {
        let paths = ["a/v1.yaml", "b/v1.json", "v1.yml", "other.yaml"].map(Into::into);
        let names: Vec<_> =
            PublishedDocument::of_paths(paths.into()).into_iter().map(|document| document.name).collect();
        assert_eq!(names, ["v1", "v1-2", "v1-3", "other"]);
    }
}
