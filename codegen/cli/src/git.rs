//! What git keeps of the description: files of a revision, without touching the working tree.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::{Command, Output};

/// Why a revision can't be read.
#[derive(Debug)]
pub enum GitError {
    /// The program can't be started.
    Start(io::Error),
    /// There is no such revision.
    Unknown {
        /// What was asked for.
        revision: String,
        /// What git said.
        said: String,
    },
    /// The revision doesn't have the file.
    Missing {
        /// The revision.
        revision: String,
        /// The path in it.
        path: String,
    },
}

impl GitError {
    /// The same, with a file that is missing called as a person would type it.
    #[must_use]
    pub(crate) fn about(self, shown: &str) -> Self {
        match self {
            Self::Missing { revision, .. } => Self::Missing { revision, path: shown.to_owned() },
            other => other,
        }
    }
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start(error) => {
                write!(f, "error: can't start git: {error}\n  help: install it, or name two documents")
            }
            Self::Unknown { revision, said } => {
                let said = if said.is_empty() { String::new() } else { format!(" ({said})") };
                write!(
                    f,
                    "error: {revision} is neither a file nor a revision of this repository{said}\n  \
                     help: name an OpenAPI document, a commit, a branch or a tag"
                )
            }
            Self::Missing { revision, path } => write!(
                f,
                "error: the revision {revision} has no {path}\n  help: name one that has the description"
            ),
        }
    }
}

impl std::error::Error for GitError {}

/// The commit that a revision stands for.
///
/// # Errors
///
/// If there is none, or no repository.
pub fn commit(root: &Path, revision: &str) -> Result<String, GitError> {
    let object = format!("{revision}^{{commit}}");
    let output = git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &object])?;
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(unknown(revision, &output)) }
}

/// Where two revisions parted.
///
/// # Errors
///
/// If one of them is unknown, or they have nothing in common.
pub fn merge_base(root: &Path, one: &str, other: &str) -> Result<String, GitError> {
    let (one, other) = (commit(root, one)?, commit(root, other)?);
    let output = git(root, &["merge-base", &one, &other])?;
    if output.status.success() {
        Ok(text(&output.stdout))
    } else {
        Err(unknown(&format!("{one}...{other}"), &output))
    }
}

/// A file of a commit; the path is relative to `root`, and `shown` is what a person calls the commit.
///
/// # Errors
///
/// If the commit doesn't have it.
pub fn file(root: &Path, commit: &str, shown: &str, path: &str) -> Result<Vec<u8>, GitError> {
    let output = git(root, &["show", "--end-of-options", &format!("{commit}:./{path}")])?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(GitError::Missing { revision: shown.to_owned(), path: path.to_owned() })
}

/// The files of a folder of a commit, as paths relative to `root`, sorted.
///
/// # Errors
///
/// If git can't be started.
pub fn files(root: &Path, commit: &str, folder: &str) -> Result<Vec<String>, GitError> {
    let output = git(root, &["ls-tree", "--name-only", "-z", commit, &format!("{folder}/")])?;
    let names = output.stdout.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    let mut names: Vec<_> = names.map(|name| String::from_utf8_lossy(name).into_owned()).collect();
    names.sort();
    Ok(names)
}

fn git(root: &Path, arguments: &[&str]) -> Result<Output, GitError> {
    let root = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    Command::new("git").arg("-C").arg(root).args(arguments).output().map_err(GitError::Start)
}

fn unknown(revision: &str, output: &Output) -> GitError {
    let said = text(&output.stderr);
    GitError::Unknown { revision: revision.to_owned(), said: said.trim_start_matches("fatal: ").to_owned() }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}
