//! A crate with its `clientwright.toml`: where its description, overlays and emitted code are.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::{Mode, Source};

use crate::config::{self, Config};
use crate::fetch;
use crate::files::{self, FileError};
use crate::generate::Job;
use crate::input::{self, is_overlay};
use crate::outcome::Failure;

/// A crate with its configuration.
#[derive(Clone, Debug)]
pub struct Project {
    /// The folder of the configuration, which its paths start from.
    pub folder: PathBuf,
    /// What paths are shown relative to.
    pub base: PathBuf,
    /// What it says.
    pub config: Config,
}

impl Project {
    /// Reads a configuration; paths are shown relative to `base`.
    ///
    /// # Errors
    ///
    /// If it can't be read, or all that is wrong with it.
    pub fn load(path: &Path, base: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(path).map_err(|error| FileError::new("read", path, error))?;
        let config = Config::parse(&text, &files::shown(path, base)).map_err(Failure::Config)?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(Self { folder, base: base.to_owned(), config })
    }

    /// The one whose configuration is named, or else the nearest to a folder.
    ///
    /// # Errors
    ///
    /// If there is none, or as for [`load`](Self::load).
    pub fn find(named: Option<&Path>, folder: &Path) -> Result<Self, Failure> {
        if let Some(path) = named {
            return Self::load(path, Path::new(""));
        }
        let path = config::find(folder)?.ok_or(Failure::NoConfig)?;
        let base = std::path::absolute(folder).map_err(|error| FileError::new("find", folder, error))?;
        Self::load(&path, &base)
    }

    /// A path of the configuration.
    #[must_use]
    pub fn path(&self, path: &Path) -> PathBuf {
        files::clean(&self.folder.join(path))
    }

    /// A path as a person would type it.
    #[must_use]
    pub fn shown(&self, path: &Path) -> String {
        files::shown(path, &self.base)
    }

    /// The description.
    #[must_use]
    pub fn description(&self) -> PathBuf {
        self.path(&self.config.description)
    }

    /// The crate's folder.
    #[must_use]
    pub fn out(&self) -> PathBuf {
        match &self.config.out {
            Some(out) => self.path(out),
            None if self.folder.as_os_str().is_empty() => PathBuf::from("."),
            None => self.folder.clone(),
        }
    }

    /// The record of where the description comes from, if there is one.
    #[must_use]
    pub fn upstream(&self) -> Option<PathBuf> {
        self.config.upstream.as_ref().map(|path| self.path(path))
    }

    /// The overlays, in the order in which they apply; of folders, all files in them by name.
    ///
    /// # Errors
    ///
    /// Where a folder can't be listed.
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

    /// What is generated; `cure` is the command that does it.
    ///
    /// # Errors
    ///
    /// Where a folder of overlays can't be listed.
    pub fn job(&self, cure: &str) -> Result<Job, Failure> {
        Ok(Job {
            description: self.description(),
            overlays: self.overlays()?,
            out: self.out(),
            name: self.config.name.clone(),
            tags: self.config.tags.clone(),
            within: self.config.within.as_ref().map(|path| self.path(path)),
            mode: if self.config.strict { Mode::Strict } else { Mode::Lenient },
            runtime: self.runtime(),
            fetched: None,
            sha256: self.config.sha256.clone(),
            base: self.base.clone(),
            cure: cure.to_owned(),
            is_own: true,
        })
    }

    fn runtime(&self) -> config::RuntimeSource {
        use config::RuntimeSource::{Copy, Path, Version};
        match &self.config.runtime {
            Copy(folder) => Copy(folder.as_ref().map(|folder| self.path(folder))),
            Path(folder) => Path(self.path(folder)),
            Version(version) => Version(version.clone()),
        }
    }

    /// Fetches the description anew, and keeps it if it has the recorded checksum.
    ///
    /// # Errors
    ///
    /// If no URL is configured, it can't be fetched, or is another document than the recorded one.
    pub fn fetch(&self) -> Result<(), Failure> {
        let Some(url) = &self.config.url else {
            return Err(Failure::Usage {
                problem: "clientwright.toml names no `url` to fetch the description from".to_owned(),
                help: "write url = \"https://…\" into it".to_owned(),
            });
        };
        let bytes = fetch::fetch(url)?;
        let found = fetch::checksum(&bytes);
        if let Some(expected) =
            self.config.sha256.as_ref().filter(|known| !known.eq_ignore_ascii_case(&found))
        {
            return Err(Failure::Checksum { what: url.clone(), expected: expected.clone(), found });
        }
        let path = self.description();
        fs::write(&path, bytes).map_err(|error| FileError::new("write", &path, error))?;
        Ok(())
    }

    /// Reads the description and its overlays.
    ///
    /// # Errors
    ///
    /// One error for each file that can't be read.
    pub fn read(&self) -> Result<(Source, Vec<Source>), Failure> {
        let shown = |path: &Path| self.shown(path);
        input::read((&self.description(), None), &self.overlays()?, shown).map_err(Failure::Files)
    }
}

/// All overlays of a folder, in the order of their names.
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
