//! `slice`: the part of a large document that the project's description covers.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::Source;

use crate::outcome::Failure;
use crate::project::{FileError, SPEC};

/// What is cut, and where it goes.
#[derive(Clone, Debug)]
pub struct Job {
    /// The whole document.
    pub file: PathBuf,
    /// The document whose paths are kept; the project's own if not given.
    pub like: Option<PathBuf>,
    /// The file that gets the part.
    pub out: PathBuf,
}

/// Cuts a document and writes the part; gives its lines and those of the whole.
///
/// # Errors
///
/// See [`Failure`]; whatever it is, nothing has been written.
pub fn run(root: &Path, job: &Job) -> Result<(usize, usize), Failure> {
    let read = |path: &Path| {
        let bytes = fs::read(path).map_err(|error| FileError::new("read", path, error))?;
        Ok::<_, FileError>(Source::new(path.display().to_string().replace('\\', "/"), bytes))
    };
    let document = read(&job.file)?;
    let like = read(&job.like.clone().unwrap_or_else(|| root.join(SPEC)))?;
    let part = codegen::slice(&document, &like).map_err(Failure::Description)?;
    fs::write(&job.out, &part).map_err(|error| FileError::new("write", &job.out, error))?;
    let lines = |bytes: &[u8]| bytes.split_inclusive(|byte| *byte == b'\n').count();
    Ok((lines(&part), lines(&document.bytes)))
}
