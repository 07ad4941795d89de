//! A project: a crate with its `clientwright.toml`, and the paths of its description, overlays and emitted code.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::{Mode, Source};

use crate::command_error::CommandError;
use crate::config::{self, Config};
use crate::fetch;
use crate::files::{self, FileError};
use crate::generate::Job;
use crate::input::{self, is_overlay};
use crate::runtime_source::RuntimeSource;
use crate::sync;

/// A crate and its configuration.
#[derive(Clone, Debug)]
pub struct Project {
    /// The folder of the configuration. Its paths are relative to this folder.
    pub folder: PathBuf,
    /// The folder that shown paths are relative to.
    pub base: PathBuf,
    /// The configuration.
    pub config: Config,
}

impl Project {
    /// Reads a configuration. Paths are shown relative to `base`.
    ///
    /// # Errors
    ///
    /// Returns an error if the file can't be read, or all problems in it.
    pub fn load(path: &Path, base: &Path) -> Result<Self, CommandError> {
        let text = files::read_text(path).map_err(|error| FileError::new("read", path, error))?;
        let config = Config::parse(&text, &files::shown(path, base)).map_err(CommandError::Config)?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Self { folder, base: base.to_owned(), config })
    }

    /// Reads the given configuration, or the one in a folder or its nearest parent.
    ///
    /// # Errors
    ///
    /// Returns an error if there is no configuration, or as [`load`](Self::load) does.
    pub fn find(named: Option<&Path>, folder: &Path) -> Result<Self, CommandError> {
        if let Some(path) = named {
            return Self::load(path, Path::new(""));
        }
        let path = config::find(folder)?.ok_or(CommandError::NoConfig)?;
        let base = std::path::absolute(folder).map_err(|error| FileError::new("resolve", folder, error))?;
        Self::load(&path, &base)
    }

    /// Resolves a path of the configuration.
    #[must_use]
    pub fn path(&self, path: &Path) -> PathBuf {
        files::clean(&self.folder.join(path))
    }

    /// Returns a path as messages show it.
    #[must_use]
    pub fn shown(&self, path: &Path) -> String {
        files::shown(path, &self.base)
    }

    /// Returns the path of the description.
    #[must_use]
    pub fn description(&self) -> PathBuf {
        self.path(&self.config.description)
    }

    /// Returns the crate's folder.
    #[must_use]
    pub fn out(&self) -> PathBuf {
        match &self.config.out {
            Some(out) => self.path(out),
            None if self.folder.as_os_str().is_empty() => PathBuf::from("."),
            None => self.folder.clone(),
        }
    }

    /// Returns the path of the record of the description's source, if there is one.
    #[must_use]
    pub fn upstream(&self) -> Option<PathBuf> {
        self.config.upstream.as_ref().map(|path| self.path(path))
    }

    /// Returns the paths of the overlays in the order of application. Files of a folder are sorted by name.
    ///
    /// # Errors
    ///
    /// Returns an error if a folder can't be listed.
    pub fn overlays(&self) -> Result<Vec<PathBuf>, FileError> {
        let mut all = Vec::new();
        for path in &self.config.overlays {
            let path = self.path(path);
            if path.is_dir() {
                all.extend(overlays_in(&path)?);
            } else {
                all.push(path);
            }
        }
        Ok(all)
    }

    /// Returns the job that generates the crate. `fix_command` is the command that a failed check shows.
    ///
    /// # Errors
    ///
    /// Returns an error if a folder of overlays can't be listed.
    pub fn job(&self, fix_command: &str) -> Result<Job, CommandError> {
        Ok(Job {
            description: self.description(),
            overlays: self.overlays()?,
            out: self.out(),
            name: self.config.name.clone(),
            tags: self.config.tags.clone(),
            within: self.config.within.as_ref().map(|path| self.path(path)),
            mode: if self.config.strict { Mode::Strict } else { Mode::Lenient },
            names: self.config.names.clone(),
            keep_names: self.config.keep_names,
            customizations: self.config.customizations.clone(),
            runtime: self.runtime(),
            fetched: None,
            sha256: self.config.sha256.clone(),
            base: self.base.clone(),
            fix_command: fix_command.to_owned(),
            has_config: true,
        })
    }

    fn runtime(&self) -> RuntimeSource {
        use RuntimeSource::{Copy, Path, Version};
        match &self.config.runtime {
            Copy(folder) => Copy(folder.as_ref().map(|folder| self.path(folder))),
            Path(folder) => Path(self.path(folder)),
            Version(version) => Version(version.clone()),
        }
    }

    /// Fetches the description again, and writes it if it has the recorded checksum.
    ///
    /// # Errors
    ///
    /// Returns an error if no URL is configured, if it can't be fetched, or if the checksum differs.
    pub fn fetch(&self) -> Result<(), CommandError> {
        let Some(url) = &self.config.url else {
            return Err(CommandError::Usage {
                problem: "clientwright.toml has no `url` to fetch the description from".to_owned(),
                help: "add url = \"https://…\" to it".to_owned(),
            });
        };
        let bytes = fetch::fetch(url)?;
        let found = fetch::checksum(&bytes);
        if let Some(expected) =
            self.config.sha256.as_ref().filter(|known| !known.eq_ignore_ascii_case(&found))
        {
            return Err(CommandError::Checksum { what: url.clone(), expected: expected.clone(), found });
        }
        Ok(sync::write_file(&self.description(), &bytes)?)
    }

    /// Reads the description and its overlays.
    ///
    /// # Errors
    ///
    /// Returns an error for each file that can't be read.
    pub fn read(&self) -> Result<(Source, Vec<Source>), CommandError> {
        let shown = |path: &Path| self.shown(path);
        input::read((&self.description(), None), &self.overlays()?, shown).map_err(CommandError::Files)
    }
}

/// Returns all overlays of a folder, sorted by name.
fn overlays_in(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    let error = |source| FileError::new("list", folder, source);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(error)? {
        let path = entry.map_err(error)?.path();
        if is_overlay(&path) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
