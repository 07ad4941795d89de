//! The arguments of `update`.

use std::path::PathBuf;

use clap::Args;
use toml_edit::Datetime;

/// Replace the description with a newer version of the vendor's document, and update the overlays
///
/// Applies the overlays to the description and to FILE, and compares the results. An action is applied (works as
/// before), stale (its target doesn't exist), satisfied (FILE already contains the change) or conflicting (FILE changed
/// the value that it patches). All but applied actions need a decision: by a flag, or by editing the overlay. ACTION is
/// the file and line as listed, such as `20-corrections.yaml:41`, or `all` for all undecided ones.
///
/// If all actions are decided and the result generates without errors, FILE becomes the description. Otherwise nothing
/// is written.
#[derive(Args, Clone, Debug, Default)]
#[command(after_help = EXAMPLES)]
pub struct UpdateArguments {
    /// Newer version of the vendor's document
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Show what would be done, and write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Edit the overlays automatically where the result is clear: delete satisfied actions, remove parts that FILE
    /// already contains, and update targets of nodes that moved
    #[arg(long)]
    pub fix: bool,

    /// Delete a stale or satisfied action. Can be repeated
    #[arg(long, value_name = "ACTION")]
    pub delete: Vec<String>,

    /// Keep a conflicting action. Can be repeated
    #[arg(long, value_name = "ACTION")]
    pub ours: Vec<String>,

    /// Delete a conflicting action, and use the value in FILE. Can be repeated
    #[arg(long, value_name = "ACTION")]
    pub theirs: Vec<String>,

    /// Discard manual edits of the description
    #[arg(long)]
    pub discard_edits: bool,

    /// Source of FILE, for the file that `upstream` in clientwright.toml names [default: unchanged]
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,

    /// Date of the update, for the same file, as YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<String>,

    /// List applied actions, too, and show everything in full
    #[arg(long)]
    pub verbose: bool,

    /// Write a JSON report to PATH
    #[arg(long, value_name = "PATH")]
    pub json: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  clientwright update new.yaml                        show the status of overlay actions
  clientwright update new.yaml --fix --delete all --ours 20-corrections.yaml:41

Exit codes: 0 success; 1 error or undecided actions, nothing was written; 2 invalid command line.";

/// Parses a date.
fn date(text: &str) -> Result<String, String> {
    match text.parse::<Datetime>() {
        Ok(Datetime { date: Some(date), time: None, offset: None }) => Ok(date.to_string()),
        _ => Err("expected a date such as 2026-01-31".to_owned()),
    }
}
