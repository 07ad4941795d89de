//! The arguments of `review`.

use std::path::PathBuf;

use clap::Args;

use super::write::{DEFAULT_OUT, run};
use crate::command_error::CommandError;
use crate::diff::RevisionArguments;
use crate::project::Project;

const EXAMPLES: &str = "\
Examples:
  clientwright review                          compare the last commit with the working tree
  clientwright review main...                  compare with the merge base of main
  clientwright review old.yaml new.yaml --overlay fix.yaml --out review.html

Exit codes: 0 success; 1 error, nothing was written; 2 invalid command line.";

/// Write an HTML page with the changes between two descriptions
///
/// OLD and NEW are as in `diff`. For each change, the page shows whether it is breaking, and both sides: lines of the
/// description, overlay actions, emitted code, and the request. It is a single file and needs no network.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct ReviewArguments {
    #[command(flatten)]
    sides: RevisionArguments,

    /// Write the page to FILE [default: target/review.html]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl ReviewArguments {
    /// Writes the page, and returns its path and a summary of the changes.
    ///
    /// # Errors
    ///
    /// Returns an error if a side can't be read or generated, or if the page can't be written.
    pub fn run(&self, project: Option<&Project>) -> Result<String, CommandError> {
        let (old, new) = self.sides.revisions(project)?;
        let out = self.out.clone().unwrap_or_else(|| PathBuf::from(DEFAULT_OUT));
        let comparison = run(project, (&old, &new), &self.sides.overlays, &out)?;
        let (out, summary) = (out.display(), comparison.summary());
        Ok(format!("{out}\n{} → {}: {summary}", comparison.old, comparison.new))
    }
}
