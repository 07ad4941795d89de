//! The emitted files.

/// An emitted file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Path relative to the output folder, with `/` as separator.
    pub path: String,
    /// The content.
    pub text: String,
}

/// The files of a run, sorted by path.
pub(crate) type GeneratedFiles = Vec<GeneratedFile>;
