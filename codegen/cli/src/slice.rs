//! `slice`: extracts the part of a large document that the project's description covers.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use codegen::Source;

use crate::command_error::CommandError;
use crate::files::FileError;
use crate::project::Project;
use crate::sync;

const EXAMPLES: &str = "\
Examples:
  clientwright slice whole.yaml --out new.yaml        then run: clientwright update new.yaml

Exit codes: 0 success; 1 error, nothing was written; 2 invalid command line.";

/// Extract a part of a large OpenAPI document: the paths that another document has, and what they refer to
///
/// Removes lines and changes no other text: comments, order and spelling are kept. JSON is formatted again. Use the
/// result with `update` if the project covers only a part of the vendor's document.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct SliceArguments {
    /// Large document
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Write the extracted part to FILE
    #[arg(long, value_name = "FILE")]
    out: PathBuf,

    /// Document whose paths are extracted [default: as in clientwright.toml]
    #[arg(long, value_name = "FILE")]
    like: Option<PathBuf>,
}

impl SliceArguments {
    /// Writes the part, and returns a message with its number of lines.
    ///
    /// # Errors
    ///
    /// Returns a [`CommandError`] if a document can't be read or sliced, or if the part can't be written.
    pub fn run(&self, project: Option<&Project>) -> Result<String, CommandError> {
        let read = |path: &Path| {
            let bytes = fs::read(path).map_err(|error| FileError::new("read", path, error))?;
            Ok::<_, FileError>(Source::new(path.display().to_string().replace('\\', "/"), bytes))
        };
        let document = read(&self.file)?;
        let like = match (&self.like, project) {
            (Some(like), _) => like.clone(),
            (None, Some(project)) => project.description(),
            (None, None) => return Err(CommandError::NoConfig),
        };
        let like = read(&like)?;
        let part = codegen::slice(&document, &like).map_err(CommandError::Description)?;
        sync::write_file(&self.out, &part)?;
        let lines = |bytes: &[u8]| bytes.split_inclusive(|byte| *byte == b'\n').count();
        let (lines, of) = (lines(&part), lines(&document.bytes));
        Ok(format!("{}: {lines} of {of} lines", self.out.display()))
    }
}
