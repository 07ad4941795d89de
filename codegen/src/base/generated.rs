//! Files that the generator made.

/// A file of the emitted crate, with its path below the crate's `src` folder, `/` between parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Path below the output folder.
    pub path: String,
    /// Its whole text.
    pub text: String,
}

/// All files of a run, sorted by path.
pub(crate) type Files = Vec<GeneratedFile>;
