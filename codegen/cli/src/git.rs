//! Reads files of a revision with git, without changing the working tree.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::{Command, Output};

/// An error from reading a revision.
#[derive(Debug)]
pub enum GitError {
    /// Git can't be started.
    Start(io::Error),
    /// There is no such revision.
    Unknown {
        /// The requested revision.
        revision: String,
        /// The error message of git.
        message: String,
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
    /// Sets the path that is shown for a missing file.
    #[must_use]
    pub(crate) fn with_path(self, shown: &str) -> Self {
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
                write!(f, "error: can't start git: {error}\n  help: install git, or pass two documents")
            }
            Self::Unknown { revision, message } => {
                let message = if message.is_empty() { String::new() } else { format!(" ({message})") };
                write!(
                    f,
                    "error: {revision} is neither a file nor a revision of this repository{message}\n  \
                     help: pass an OpenAPI document, a commit, a branch or a tag"
                )
            }
            Self::Missing { revision, path } => write!(
                f,
                "error: revision {revision} doesn't contain {path}\n  help: choose a revision that contains the description"
            ),
        }
    }
}

impl std::error::Error for GitError {}

/// Returns the hash of the commit that a revision names.
///
/// # Errors
///
/// Returns an error if there is no such commit or no repository.
pub fn commit(root: &Path, revision: &str) -> Result<String, GitError> {
    let object = format!("{revision}^{{commit}}");
    let output = git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &object])?;
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(unknown(revision, &output)) }
}

/// Returns the hash of the merge base of two revisions.
///
/// # Errors
///
/// Returns an error if one of them is unknown, or if they have no common ancestor.
pub fn merge_base(root: &Path, old: &str, new: &str) -> Result<String, GitError> {
    let (old, new) = (commit(root, old)?, commit(root, new)?);
    let output = git(root, &["merge-base", &old, &new])?;
    if output.status.success() {
        Ok(text(&output.stdout))
    } else {
        Err(unknown(&format!("{old}...{new}"), &output))
    }
}

/// Returns the content of a file at a commit. The path is relative to `root`; `shown` names the commit in errors.
///
/// # Errors
///
/// Returns an error if the commit doesn't have the file.
pub fn file(root: &Path, commit: &str, shown: &str, path: &str) -> Result<Vec<u8>, GitError> {
    let output = git(root, &["show", "--end-of-options", &format!("{commit}:./{path}")])?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(GitError::Missing { revision: shown.to_owned(), path: path.to_owned() })
}

/// Returns the files in a folder at a commit, as sorted paths relative to `root`.
///
/// # Errors
///
/// Returns an error if git can't be started.
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
    let message = text(&output.stderr);
    let message = message.trim_start_matches("fatal: ").to_owned();
    GitError::Unknown { revision: revision.to_owned(), message }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}
