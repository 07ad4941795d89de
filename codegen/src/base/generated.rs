//! A file that the generator made.

/// A file of the emitted crate, with its path below the crate's `src` folder, `/` between parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Path below the output folder.
    pub path: String,
    /// Its whole text.
    pub text: String,
}
