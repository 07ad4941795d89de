//! The options of a run.

use std::fmt;

use super::customizations::Customizations;
use super::mode::Mode;
use super::name_overrides::NameOverrides;

/// Loads the files that a description refers to.
///
/// Implemented for closures: `|path: &str| std::fs::read(path).map_err(|error| error.to_string())`.
pub trait FileLoader: Sync {
    /// Returns the content of a file.
    ///
    /// The path has `/` as separator. It is relative to the folder of the description, and begins with `..` or `/` if
    /// the file is outside of it.
    ///
    /// # Errors
    ///
    /// Returns the reason why the file can't be read, as a clause for a diagnostic, such as "there is no such file".
    fn load(&self, path: &str) -> Result<Vec<u8>, String>;
}

impl<F: Fn(&str) -> Result<Vec<u8>, String> + Sync> FileLoader for F {
    fn load(&self, path: &str) -> Result<Vec<u8>, String> {
        self(path)
    }
}

/// How emitted code is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// As the sources of a crate: a file for each tag and each model, and a cargo feature for each tag.
    #[default]
    Crate,
    /// As a single file without features, which a build script includes as a module.
    Module,
}

/// No name overrides.
static NO_NAMES: NameOverrides = NameOverrides::new();

/// No customizations.
static NO_CUSTOMIZATIONS: Customizations = Customizations::new();

/// A loader that rejects all references to other files.
struct NoFiles;

impl FileLoader for NoFiles {
    fn load(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("no file loader is set".to_owned())
    }
}

/// Options for [`generate_with`](crate::generate_with).
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Options<'a> {
    /// How problems in the description are treated.
    pub mode: Mode,
    /// Loads the files that the description refers to.
    pub file_loader: &'a dyn FileLoader,
    /// The tags whose operations are emitted, with the types that they use. Empty for all operations.
    pub tags: &'a [String],
    /// The name overrides.
    pub names: &'a NameOverrides,
    /// Whether names keep the patterns of the description's names, and operations without a tag share one module.
    pub keep_names: bool,
    /// What the caller changes about types.
    pub customizations: &'a Customizations,
    /// Whether files are emitted.
    pub files: bool,
    /// How emitted code is laid out.
    pub layout: Layout,
}

impl<'a> Options<'a> {
    /// Creates options with the given mode. The description must not refer to other files.
    #[must_use]
    pub fn new(mode: Mode) -> Self {
        Self {
            mode,
            file_loader: &NoFiles,
            tags: &[],
            names: &NO_NAMES,
            keep_names: false,
            customizations: &NO_CUSTOMIZATIONS,
            files: true,
            layout: Layout::Crate,
        }
    }

    /// Sets the loader of the files that the description refers to.
    #[must_use]
    pub fn with_file_loader(self, file_loader: &'a dyn FileLoader) -> Self {
        Self { file_loader, ..self }
    }

    /// Emits only operations with one of these tags, and the types that they use.
    #[must_use]
    pub fn with_tags(self, tags: &'a [String]) -> Self {
        Self { tags, ..self }
    }

    /// Sets name overrides.
    #[must_use]
    pub fn with_names(self, names: &'a NameOverrides) -> Self {
        Self { names, ..self }
    }

    /// Sets whether names keep the patterns of the description's names.
    #[must_use]
    pub fn keep_names(self, keep_names: bool) -> Self {
        Self { keep_names, ..self }
    }

    /// Sets what the caller changes about types.
    #[must_use]
    pub fn with_customizations(self, customizations: &'a Customizations) -> Self {
        Self { customizations, ..self }
    }

    /// Emits a single file, which another crate includes as a module.
    #[must_use]
    pub fn as_module(self) -> Self {
        Self { layout: Layout::Module, ..self }
    }

    /// Emits no files, for callers that only need [`Output::api`](crate::Output::api).
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
            .field("names", &self.names)
            .field("keep_names", &self.keep_names)
            .field("customizations", &self.customizations)
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}
