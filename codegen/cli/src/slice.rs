//! `slice`: the part of a large document that the project's description covers.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use codegen::Source;

use crate::files::FileError;
use crate::outcome::Failure;
use crate::project::Project;

const EXAMPLES: &str = "\
Examples:
  clientwright slice whole.yaml --out new.yaml        then: clientwright update new.yaml

Exit codes: 0 done; 1 something is wrong, and nothing was written; 2 the command line can't be read.";

/// Cut a large OpenAPI document down to the paths that another one has, and what they need.
///
/// Lines are cut and nothing else is touched: comments, order and spelling stay as they are; JSON is laid out anew. The
/// part is what `update` takes where the project covers a part of the vendor's document only.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The whole document
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Where the part goes
    #[arg(long, value_name = "FILE")]
    out: PathBuf,

    /// The document whose paths are kept [default: the one of clientwright.toml]
    #[arg(long, value_name = "FILE")]
    like: Option<PathBuf>,
}

impl Arguments {
    /// Cuts the document and writes the part; tells how much of it that is.
    ///
    /// # Errors
    ///
    /// See [`Failure`]; whatever it is, nothing has been written.
    pub fn run(&self, project: Option<&Project>) -> Result<String, Failure> {
        let read = |path: &Path| {
            let bytes = fs::read(path).map_err(|error| FileError::new("read", path, error))?;
            Ok::<_, FileError>(Source::new(path.display().to_string().replace('\\', "/"), bytes))
        };
        let document = read(&self.file)?;
        let like = match (&self.like, project) {
            (Some(like), _) => like.clone(),
            (None, Some(project)) => project.description(),
            (None, None) => return Err(Failure::NoConfig),
        };
        let like = read(&like)?;
        let part = codegen::slice(&document, &like).map_err(Failure::Description)?;
        fs::write(&self.out, &part).map_err(|error| FileError::new("write", &self.out, error))?;
        let lines = |bytes: &[u8]| bytes.split_inclusive(|byte| *byte == b'\n').count();
        let (lines, of) = (lines(&part), lines(&document.bytes));
        Ok(format!("{}: {lines} of {of} lines", self.out.display()))
    }
}
