//! What `review` is told on the command line, and what it says.

use std::path::PathBuf;

use clap::Args;

use super::write::{OUT, run};
use crate::diff::Sides;
use crate::outcome::Failure;
use crate::project::Project;

const EXAMPLES: &str = "\
Examples:
  clientwright review                          the last commit → what is here
  clientwright review main...                  since this branch parted from main
  clientwright review old.yaml new.yaml --overlay fix.yaml --out review.html

Exit codes: 0 done; 1 something is wrong, and nothing was written; 2 the command line can't be read.";

/// Write a page that shows what a new description means: its lines, overlays, emitted code and requests.
///
/// OLD and NEW are as in `diff`. The page is one file for a browser and needs no network: each change with its verdict,
/// and both sides of it.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    sides: Sides,

    /// Write the page here [default: target/review.html]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Arguments {
    /// Writes the page; what comes back is its path, and the changes in one line.
    ///
    /// # Errors
    ///
    /// If a side can't be read or leaves nothing to compare, or the page can't be written.
    pub fn run(&self, project: Option<&Project>) -> Result<String, Failure> {
        let (old, new) = self.sides.revisions(project)?;
        let out = self.out.clone().unwrap_or_else(|| PathBuf::from(OUT));
        let comparison = run(project, (&old, &new), &self.sides.overlays, &out)?;
        let (out, summary) = (out.display(), comparison.summary());
        Ok(format!("{out}\n{} → {}: {summary}", comparison.old, comparison.new))
    }
}
