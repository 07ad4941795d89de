//! The arguments of `diff`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use codegen::diff::Effect;

use super::changelog::changelog;
use super::compare::compare;
use super::json::json;
use super::markdown::markdown;
use super::policy::policy;
use super::revision::Revision;
use super::terminal::{SHOWN, terminal};
use crate::command_error::CommandError;
use crate::project::Project;

/// The arguments that name the two sides of a comparison.
#[derive(Args, Clone, Debug, Default)]
pub struct RevisionArguments {
    /// Commit, branch, tag, or file. OLD..NEW and OLD...NEW work as in git
    #[arg(value_name = "OLD")]
    old: Option<String>,

    /// Commit, branch, tag, or file
    #[arg(value_name = "NEW")]
    new: Option<String>,

    /// Apply an OpenAPI Overlay to OLD and NEW if they are files. Can be repeated; overlays apply in order
    #[arg(long = "overlay", value_name = "FILE")]
    pub overlays: Vec<PathBuf>,
}

impl RevisionArguments {
    /// Resolves the arguments.
    ///
    /// # Errors
    ///
    /// Returns an error if an argument is neither a file nor a revision.
    pub fn revisions(&self, project: Option<&Project>) -> Result<(Revision, Revision), CommandError> {
        Revision::pair(project, self.old.as_deref(), self.new.as_deref())
    }
}

/// Show what changed between two descriptions for users of the crate
///
/// OLD and NEW are OpenAPI documents, or revisions of the repository. Of a revision, the description and the overlays
/// that clientwright.toml names are compared. NEW defaults to the working tree, OLD to the last commit.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct DiffArguments {
    #[command(flatten)]
    sides: RevisionArguments,

    /// Output format
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: DiffFormat,

    /// Exit with 1 if there is a change of this kind
    #[arg(long, value_name = "WHAT", value_enum)]
    fail_on: Option<FailOn>,

    /// List all changes instead of summarizing many of the same kind
    #[arg(long)]
    verbose: bool,

    /// Print the rules that classify changes as breaking or compatible, and exit
    #[arg(long, exclusive = true)]
    policy: bool,
}

/// The output format of a comparison.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum DiffFormat {
    /// Colored text
    #[default]
    Terminal,
    /// Text for a pull request, with a changelog draft
    Markdown,
    /// For programs
    Json,
    /// Only the changelog draft
    Changelog,
}

/// The changes that make the command fail.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    /// A breaking change
    Breaking,
    /// Any change except in docs
    Compatible,
    /// Any change
    Any,
}

const EXAMPLES: &str = "\
Examples:
  clientwright diff                                   changes since the last commit
  clientwright diff main...HEAD --format markdown     for a pull request
  clientwright diff v0.1.0 --fail-on breaking         in CI
  clientwright diff old.yaml new.yaml --format json

Exit codes: 0 success; 1 error, or a change that --fail-on names; 2 invalid command line.";

impl DiffArguments {
    /// Returns the text to print, and whether there is a change that `--fail-on` names.
    ///
    /// # Errors
    ///
    /// Returns an error if a side can't be read or generated.
    pub fn run(&self, project: Option<&Project>) -> Result<(String, bool), CommandError> {
        if self.policy {
            return Ok((policy(), false));
        }
        let (old, new) = self.sides.revisions(project)?;
        let comparison = compare(project, (&old, &new), &self.sides.overlays)?;
        let text = match self.format {
            DiffFormat::Terminal => terminal(&comparison, (!self.verbose).then_some(SHOWN)),
            DiffFormat::Markdown => markdown(&comparison),
            DiffFormat::Json => format!("{:#}\n", json(&comparison)),
            DiffFormat::Changelog => changelog(&comparison).unwrap_or_default(),
        };
        let limit = self.fail_on.map(|what| match what {
            FailOn::Breaking => Effect::Silent,
            FailOn::Compatible => Effect::Addition,
            FailOn::Any => Effect::Docs,
        });
        let worst = comparison.worst();
        Ok((text, limit.zip(worst).is_some_and(|(limit, worst)| worst <= limit)))
    }
}
