//! One side of a comparison: the project's description now, at a revision, or a document by itself.

use std::path::{Path, PathBuf};

use codegen::{Mode, Options, Output, Source};

use crate::git;
use crate::outcome::Failure;
use crate::project::{self, Job, OVERLAYS, SPEC};
use crate::siblings::Folder;

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
    pub fn of(root: &Path, text: &str) -> Result<Self, Failure> {
        let path = PathBuf::from(text);
        if path.is_file() { Ok(Self::Document(path)) } else { Self::commit(root, text) }
    }

    /// A revision of the repository.
    ///
    /// # Errors
    ///
    /// If there is no such one.
    pub fn commit(root: &Path, text: &str) -> Result<Self, Failure> {
        let hash = git::commit(root, text).map_err(Failure::Revision)?;
        Ok(Self::Commit { hash, name: text.to_owned() })
    }

    /// Both sides of what a person typed: `OLD NEW`, `OLD..NEW`, `OLD...NEW` from where the two parted, `OLD` against
    /// what is here, or nothing for the last commit against what is here.
    ///
    /// # Errors
    ///
    /// If one of them is neither a file nor a revision.
    pub fn pair(root: &Path, old: Option<&str>, new: Option<&str>) -> Result<(Self, Self), Failure> {
        let old = old.unwrap_or("HEAD");
        if let Some(new) = new {
            return Ok((Self::of(root, old)?, Self::of(root, new)?));
        }
        if !Path::new(old).is_file() {
            if let Some((old, new)) = old.split_once("...") {
                let (old, new) = (or_head(old), or_head(new));
                let hash = git::merge_base(root, old, new).map_err(Failure::Revision)?;
                let name = hash.chars().take(10).collect();
                return Ok((Self::Commit { hash, name }, Self::commit(root, new)?));
            }
            if let Some((old, new)) = old.split_once("..") {
                return Ok((Self::of(root, or_head(old))?, Self::of(root, or_head(new))?));
            }
        }
        Ok((Self::of(root, old)?, Self::Here))
    }

    /// Reads its files; documents get the given overlays.
    ///
    /// # Errors
    ///
    /// All files that can't be read.
    pub fn read(&self, root: &Path, overlays: &[PathBuf]) -> Result<Description, Failure> {
        match self {
            Self::Here => {
                let (spec, overlays) = Job::of_project(root)?.read().map_err(Failure::Files)?;
                Ok(Description { name: "the working tree".to_owned(), spec, overlays, folder: None })
            }
            Self::Commit { hash, name } => {
                let read = |path: &str| {
                    let bytes = git::file(root, hash, name, path).map_err(Failure::Revision)?;
                    Ok(Source::new(format!("{name}:{path}"), bytes))
                };
                let paths = git::files(root, hash, OVERLAYS).map_err(Failure::Revision)?;
                let overlays = paths.iter().filter(|path| project::is_overlay(Path::new(path)));
                let overlays = overlays.map(|path| read(path)).collect::<Result<_, Failure>>()?;
                Ok(Description { name: name.clone(), spec: read(SPEC)?, overlays, folder: None })
            }
            Self::Document(path) => {
                let shown = |path: &Path| path.display().to_string().replace('\\', "/");
                let (spec, overlays) = project::read(path, overlays, shown).map_err(Failure::Files)?;
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

fn or_head(text: &str) -> &str {
    if text.is_empty() { "HEAD" } else { text }
}
