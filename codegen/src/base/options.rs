//! What a caller may ask of a run.

use std::fmt;

/// What becomes of a description's own mistakes: a reference that leads nowhere, a type that doesn't exist, a
/// key of the wrong kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Each is an error, and nothing is generated.
    #[default]
    Strict,
    /// Each is a warning; the spot gets the most sensible reading, an open type where there is none.
    Lenient,
}

/// Reads the files that a description refers to.
pub trait Siblings: Sync {
    /// The content of a file. The path is relative to the description's folder, `/` between its parts, and
    /// begins with `..` or `/` where it leads out of it.
    ///
    /// # Errors
    ///
    /// Why the file can't be read, as a clause: "there is no such file".
    fn read(&self, path: &str) -> Result<Vec<u8>, String>;
}

/// A closure reads them, too.
impl<F: Fn(&str) -> Result<Vec<u8>, String> + Sync> Siblings for F {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        self(path)
    }
}

/// How emitted code is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// As the sources of a crate: a file for each module of endpoints and each model, with a feature of the crate for
    /// each module of endpoints.
    #[default]
    Crate,
    /// As one file without features, to be included as a module of another crate, from a build script.
    Module,
}

/// A description that stands alone.
struct Alone;

impl Siblings for Alone {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("no other file is read in this run".to_owned())
    }
}

/// Options of [`generate_with`](crate::generate_with).
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Options<'a> {
    /// What becomes of the description's own mistakes.
    pub mode: Mode,
    /// How the files that the description refers to are read.
    pub siblings: &'a dyn Siblings,
    /// The tags whose operations are emitted, with what these need; all if empty.
    pub tags: &'a [String],
    /// Whether files are emitted, or only what they would be made from.
    pub files: bool,
    /// How emitted code is laid out.
    pub layout: Layout,
}

impl<'a> Options<'a> {
    /// The given mode, for a description that stands alone.
    #[must_use]
    pub fn new(mode: Mode) -> Self {
        Self { mode, siblings: &Alone, tags: &[], files: true, layout: Layout::Crate }
    }

    /// The same, with a way to read the files that the description refers to.
    #[must_use]
    pub fn with_siblings(self, siblings: &'a dyn Siblings) -> Self {
        Self { siblings, ..self }
    }

    /// The same, for the operations of some tags only.
    #[must_use]
    pub fn with_tags(self, tags: &'a [String]) -> Self {
        Self { tags, ..self }
    }

    /// The same, as one file that another crate includes as a module.
    #[must_use]
    pub fn as_module(self) -> Self {
        Self { layout: Layout::Module, ..self }
    }

    /// The same, for those who only look at [`Output::api`](crate::Output::api).
    #[must_use]
    pub fn without_files(self) -> Self {
        Self { files: false, ..self }
    }
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self::new(Mode::default())
    }
}

impl fmt::Debug for Options<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("mode", &self.mode)
            .field("tags", &self.tags)
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}
