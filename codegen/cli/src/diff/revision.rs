//! One side of a comparison: the project's description now, at a revision, or a document by itself.

use std::path::{Path, PathBuf};

use codegen::{Mode, Options, Output, Source};

use crate::config::{self, Config};
use crate::files;
use crate::git;
use crate::input::{self, Folder};
use crate::outcome::Failure;
use crate::project::Project;

/// What can be compared.
#[derive(Clone, Debug)]
pub enum Revision {
    /// The project's description as it is on disk.
    Here,
    /// The project's description at a commit.
    Commit {
        /// Its hash.
        hash: String,
        /// What a person calls it.
        name: String,
    },
    /// A document by itself.
    Document(PathBuf),
}

/// The files of one side.
#[derive(Debug)]
pub struct Description {
    /// What a person calls it.
    pub name: String,
    spec: Source,
    overlays: Vec<Source>,
    /// The folder that files which a document refers to are read from.
    folder: Option<PathBuf>,
}

impl Revision {
    /// What a person means: a file if there is one of that name, else a revision.
    ///
    /// # Errors
    ///
    /// If it is neither.
    pub fn of(project: Option<&Project>, text: &str) -> Result<Self, Failure> {
        let path = PathBuf::from(text);
        if path.is_file() { Ok(Self::Document(path)) } else { Self::commit(needed(project)?, text) }
    }

    /// A revision of the repository.
    ///
    /// # Errors
    ///
    /// If there is no such one.
    pub fn commit(project: &Project, text: &str) -> Result<Self, Failure> {
        let hash = git::commit(&project.folder, text).map_err(Failure::Revision)?;
        Ok(Self::Commit { hash, name: text.to_owned() })
    }

    /// Both sides of what a person typed: `OLD NEW`, `OLD..NEW`, `OLD...NEW` from where the two parted, `OLD` against
    /// what is here, or nothing for the last commit against what is here.
    ///
    /// # Errors
    ///
    /// If one of them is neither a file nor a revision.
    pub fn pair(
        project: Option<&Project>,
        old: Option<&str>,
        new: Option<&str>,
    ) -> Result<(Self, Self), Failure> {
        let old = old.unwrap_or("HEAD");
        if let Some(new) = new {
            return Ok((Self::of(project, old)?, Self::of(project, new)?));
        }
        if !Path::new(old).is_file() {
            if let Some((old, new)) = old.split_once("...") {
                let (old, new) = (or_head(old), or_head(new));
                let hash = git::merge_base(&needed(project)?.folder, old, new).map_err(Failure::Revision)?;
                let name = hash.chars().take(10).collect();
                return Ok((Self::Commit { hash, name }, Self::commit(needed(project)?, new)?));
            }
            if let Some((old, new)) = old.split_once("..") {
                return Ok((Self::of(project, or_head(old))?, Self::of(project, or_head(new))?));
            }
        }
        needed(project)?;
        Ok((Self::of(project, old)?, Self::Here))
    }

    /// Reads its files; documents get the given overlays.
    ///
    /// # Errors
    ///
    /// All files that can't be read.
    pub fn read(&self, project: Option<&Project>, overlays: &[PathBuf]) -> Result<Description, Failure> {
        match self {
            Self::Here => {
                let project = needed(project)?;
                let (spec, overlays) = project.read()?;
                Ok(Description {
                    name: "the working tree".to_owned(),
                    spec,
                    overlays,
                    folder: Some(project.description()),
                })
            }
            Self::Commit { hash, name } => at_commit(needed(project)?, hash, name),
            Self::Document(path) => {
                let shown = |path: &Path| path.display().to_string().replace('\\', "/");
                let (spec, overlays) = input::read((path, None), overlays, shown).map_err(Failure::Files)?;
                Ok(Description::new(spec, overlays, path.clone()))
            }
        }
    }
}

impl Description {
    /// A document and its overlays; files that it refers to are read from beside `path`.
    #[must_use]
    pub fn new(spec: Source, overlays: Vec<Source>, path: PathBuf) -> Self {
        Self { name: spec.name.clone(), spec, overlays, folder: Some(path) }
    }

    /// What would be emitted, and the files themselves if they are wanted. Mistakes of the description don't hinder.
    ///
    /// # Errors
    ///
    /// If it leaves nothing to read, or an overlay no longer applies.
    pub fn generate(&self, files: bool) -> Result<Output, Failure> {
        let folder = self.folder.as_deref().map(Folder::of);
        let options = Options::new(Mode::Lenient);
        let options = if files { options } else { options.without_files() };
        let options = match &folder {
            Some(folder) => options.with_siblings(folder),
            None => options,
        };
        codegen::generate_with(&self.spec, &self.overlays, &options).map_err(Failure::Description)
    }
}

fn needed(project: Option<&Project>) -> Result<&Project, Failure> {
    project.ok_or(Failure::NoConfig)
}

/// The project's description and overlays as a commit has them, by its configuration there.
fn at_commit(project: &Project, hash: &str, name: &str) -> Result<Description, Failure> {
    let folder = &project.folder;
    let bytes = |path: &Path| git::file(folder, hash, name, &files::shown(path, Path::new("")));
    // Commits from before there was a configuration have the files where it says they are now.
    let config = match bytes(Path::new(config::FILE)) {
        Ok(text) => Config::parse(&String::from_utf8_lossy(&text), &format!("{name}:{}", config::FILE))
            .map_err(Failure::Config)?,
        Err(_) => project.config.clone(),
    };
    let read = |path: &Path| {
        let shown = project.shown(&folder.join(path));
        let bytes = bytes(path).map_err(|error| Failure::Revision(error.about(&shown)))?;
        Ok::<_, Failure>(Source::new(format!("{name}:{shown}"), bytes))
    };
    let mut overlays = Vec::new();
    for path in &config.overlays {
        let paths =
            git::files(folder, hash, &files::shown(path, Path::new(""))).map_err(Failure::Revision)?;
        let is_folder = paths.iter().any(|found| Path::new(found) != path.as_path());
        if is_folder {
            let in_folder = paths.iter().map(Path::new).filter(|path| input::is_overlay(path));
            overlays.extend(in_folder.map(read).collect::<Result<Vec<_>, Failure>>()?);
        } else {
            overlays.push(read(path)?);
        }
    }
    Ok(Description { name: name.to_owned(), spec: read(&config.description)?, overlays, folder: None })
}

fn or_head(text: &str) -> &str {
    if text.is_empty() { "HEAD" } else { text }
}
