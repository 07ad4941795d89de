//! One side of a comparison: the project's description in the working tree or at a commit, or a document.

use std::path::{Path, PathBuf};

use codegen::{Customizations, Mode, NameOverrides, Options, Output, Source};

use crate::command_error::CommandError;
use crate::config::{self, Config};
use crate::files;
use crate::git;
use crate::input::{self, BoundedLoader};
use crate::project::Project;

/// One side of a comparison.
#[derive(Clone, Debug)]
pub enum Revision {
    /// The project's description in the working tree.
    WorkingTree,
    /// The project's description at a commit.
    Commit {
        /// The hash.
        hash: String,
        /// The name of the commit, as shown.
        name: String,
    },
    /// A document.
    Document(PathBuf),
}

/// The files of one side.
#[derive(Debug)]
pub struct DescriptionFiles {
    /// The name of the side, as shown.
    pub name: String,
    spec: Source,
    overlays: Vec<Source>,
    /// The path of the description; referenced files are read from its folder.
    path: Option<PathBuf>,
    /// The name overrides.
    names: NameOverrides,
    /// Whether names keep the patterns of the description's names.
    keep_names: bool,
    /// What is changed about types.
    customizations: Customizations,
}

impl Revision {
    /// Resolves an argument: a file if it exists, otherwise a revision.
    ///
    /// # Errors
    ///
    /// Returns an error if it is neither.
    pub fn of(project: Option<&Project>, text: &str) -> Result<Self, CommandError> {
        let path = PathBuf::from(text);
        if path.is_file() { Ok(Self::Document(path)) } else { Self::commit(required(project)?, text) }
    }

    /// Resolves a revision of the repository.
    ///
    /// # Errors
    ///
    /// Returns an error if it doesn't exist.
    pub fn commit(project: &Project, text: &str) -> Result<Self, CommandError> {
        let hash = git::commit(&project.folder, text).map_err(CommandError::Revision)?;
        Ok(Self::Commit { hash, name: text.to_owned() })
    }

    /// Resolves the arguments of a command: `OLD NEW`, `OLD..NEW`, or `OLD...NEW` from the merge base. NEW defaults to
    /// the working tree, OLD to the last commit.
    ///
    /// # Errors
    ///
    /// Returns an error if an argument is neither a file nor a revision.
    pub fn pair(
        project: Option<&Project>,
        old: Option<&str>,
        new: Option<&str>,
    ) -> Result<(Self, Self), CommandError> {
        let old = old.unwrap_or("HEAD");
        if let Some(new) = new {
            return Ok((Self::of(project, old)?, Self::of(project, new)?));
        }
        if !Path::new(old).is_file() {
            if let Some((old, new)) = old.split_once("...") {
                let (old, new) = (or_head(old), or_head(new));
                let hash =
                    git::merge_base(&required(project)?.folder, old, new).map_err(CommandError::Revision)?;
                let name = hash.chars().take(10).collect();
                return Ok((Self::Commit { hash, name }, Self::commit(required(project)?, new)?));
            }
            if let Some((old, new)) = old.split_once("..") {
                return Ok((Self::of(project, or_head(old))?, Self::of(project, or_head(new))?));
            }
        }
        required(project)?;
        Ok((Self::of(project, old)?, Self::WorkingTree))
    }

    /// Reads the files. The overlays are applied to documents only.
    ///
    /// # Errors
    ///
    /// Returns an error for each file that can't be read.
    pub fn read(
        &self,
        project: Option<&Project>,
        overlays: &[PathBuf],
    ) -> Result<DescriptionFiles, CommandError> {
        match self {
            Self::WorkingTree => {
                let project = required(project)?;
                let (spec, overlays) = project.read()?;
                Ok(DescriptionFiles {
                    name: "the working tree".to_owned(),
                    spec,
                    overlays,
                    path: Some(project.description()),
                    names: project.config.names.clone(),
                    keep_names: project.config.keep_names,
                    customizations: project.config.customizations.clone(),
                })
            }
            Self::Commit { hash, name } => at_commit(required(project)?, hash, name),
            Self::Document(path) => {
                let shown = |path: &Path| path.display().to_string().replace('\\', "/");
                let (spec, overlays) =
                    input::read((path, None), overlays, shown).map_err(CommandError::Files)?;
                Ok(DescriptionFiles::new(spec, overlays, path.clone()))
            }
        }
    }
}

impl DescriptionFiles {
    /// Creates a side from a document and its overlays. Referenced files are read from the folder of `path`.
    #[must_use]
    pub fn new(spec: Source, overlays: Vec<Source>, path: PathBuf) -> Self {
        let (names, keep_names) = (NameOverrides::new(), false);
        let customizations = Customizations::new();
        Self { name: spec.name.clone(), spec, overlays, path: Some(path), names, keep_names, customizations }
    }

    /// Sets the name overrides, `keep_names` and customizations of a configuration.
    #[must_use]
    pub fn with_names_of(self, config: &Config) -> Self {
        let customizations = config.customizations.clone();
        Self { names: config.names.clone(), keep_names: config.keep_names, customizations, ..self }
    }

    /// Generates the output, with files if `files` is set. Problems in the description are warnings.
    ///
    /// # Errors
    ///
    /// Returns an error if the description can't be read, or if an overlay doesn't apply.
    pub fn generate(&self, files: bool) -> Result<Output, CommandError> {
        let loader = self.path.as_deref().map(BoundedLoader::of);
        let options = Options::new(Mode::Lenient)
            .with_names(&self.names)
            .keep_names(self.keep_names)
            .with_customizations(&self.customizations);
        let options = if files { options } else { options.without_files() };
        let options = match &loader {
            Some(loader) => options.with_file_loader(loader),
            None => options,
        };
        codegen::generate_with(&self.spec, &self.overlays, &options).map_err(CommandError::Description)
    }
}

fn required(project: Option<&Project>) -> Result<&Project, CommandError> {
    project.ok_or(CommandError::NoConfig)
}

/// Reads the project's description and overlays at a commit, by the configuration of that commit.
fn at_commit(project: &Project, hash: &str, name: &str) -> Result<DescriptionFiles, CommandError> {
    let folder = &project.folder;
    let bytes = |path: &Path| git::file(folder, hash, name, &files::shown(path, Path::new("")));
    // A commit without a configuration is read by the current one.
    let config = match bytes(Path::new(config::FILE)) {
        Ok(text) => Config::parse(&String::from_utf8_lossy(&text), &format!("{name}:{}", config::FILE))
            .map_err(CommandError::Config)?,
        Err(_) => project.config.clone(),
    };
    let read = |path: &Path| {
        let shown = project.shown(&folder.join(path));
        let bytes = bytes(path).map_err(|error| CommandError::Revision(error.with_path(&shown)))?;
        Ok::<_, CommandError>(Source::new(format!("{name}:{shown}"), bytes))
    };
    let mut overlays = Vec::new();
    for path in &config.overlays {
        let paths =
            git::files(folder, hash, &files::shown(path, Path::new(""))).map_err(CommandError::Revision)?;
        let is_folder = paths.iter().any(|found| Path::new(found) != path.as_path());
        if is_folder {
            let in_folder = paths.iter().map(Path::new).filter(|path| input::is_overlay(path));
            overlays.extend(in_folder.map(read).collect::<Result<Vec<_>, CommandError>>()?);
        } else {
            overlays.push(read(path)?);
        }
    }
    Ok(DescriptionFiles {
        name: name.to_owned(),
        spec: read(&config.description)?,
        overlays,
        path: None,
        names: config.names,
        keep_names: config.keep_names,
        customizations: config.customizations,
    })
}

fn or_head(text: &str) -> &str {
    if text.is_empty() { "HEAD" } else { text }
}
