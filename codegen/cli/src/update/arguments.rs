//! What the command line asks for.

use std::path::PathBuf;

use clap::Args;
use toml_edit::Datetime;

/// Take over a newer version of the vendor's document, and tell what becomes of each overlay action.
///
/// The overlays are applied to the description and to FILE side by side. An action is applied (does what it
/// did), stale (its target is gone), satisfied (FILE says the same by itself) or conflicting (FILE changed what it
/// patches). Each but the applied ones needs a decision, by a flag or by editing the overlay. ACTION is the file
/// and line as listed, such as `20-corrections.yaml:41`, or `all` for all that are still open. When all is decided,
/// and the result generates without errors, FILE becomes the description; until then nothing is written.
#[derive(Args, Clone, Debug, Default)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// The vendor's newer document
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Write nothing; tell what would be done
    #[arg(long)]
    pub dry_run: bool,

    /// Mend what can be mended by rule: delete satisfied actions, cut out of others what FILE says by itself, and give
    /// stale ones their evident new target
    #[arg(long)]
    pub mend: bool,

    /// Delete this stale or satisfied action; may be given several times
    #[arg(long, value_name = "ACTION")]
    pub delete: Vec<String>,

    /// Keep this conflicting action; may be given several times
    #[arg(long, value_name = "ACTION")]
    pub ours: Vec<String>,

    /// Delete this conflicting action in favour of FILE; may be given several times
    #[arg(long, value_name = "ACTION")]
    pub theirs: Vec<String>,

    /// Lose what was edited by hand in the description
    #[arg(long)]
    pub discard_edits: bool,

    /// Where FILE comes from, for the record [default: as before]
    #[arg(long, value_name = "TEXT")]
    pub source: Option<String>,

    /// The day of the taking over, as YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<String>,

    /// List the applied actions, too, and everything else in full
    #[arg(long)]
    pub verbose: bool,

    /// Write what the run tells into this file, too, as JSON
    #[arg(long, value_name = "JSON")]
    pub json: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  clientwright update new.yaml                        what would become of the overlays?
  clientwright update new.yaml --mend --delete all --ours 20-corrections.yaml:41

Exit codes: 0 done, or all is decided; 1 something is undecided or wrong, and nothing was written; 2 the command
line can't be read.";

/// A day of the calendar.
fn date(text: &str) -> Result<String, String> {
    match text.parse::<Datetime>() {
        Ok(Datetime { date: Some(date), time: None, offset: None }) => Ok(date.to_string()),
        _ => Err("write a day as 2026-01-31".to_owned()),
    }
}
