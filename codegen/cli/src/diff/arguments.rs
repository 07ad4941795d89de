//! What the command line asks for.

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
use crate::outcome::Failure;
use crate::project::Project;

/// The two sides of a comparison.
#[derive(Args, Clone, Debug, Default)]
pub struct Sides {
    /// A commit, branch, tag, or file; OLD..NEW and OLD...NEW work as in git
    #[arg(value_name = "OLD")]
    old: Option<String>,

    /// The same
    #[arg(value_name = "NEW")]
    new: Option<String>,

    /// Apply this OpenAPI Overlay to documents; may be given several times, applied in order
    #[arg(long = "overlay", value_name = "FILE")]
    pub overlays: Vec<PathBuf>,
}

impl Sides {
    /// What a person means by them.
    ///
    /// # Errors
    ///
    /// If one of them is neither a file nor a revision.
    pub fn revisions(&self, project: Option<&Project>) -> Result<(Revision, Revision), Failure> {
        Revision::pair(project, self.old.as_deref(), self.new.as_deref())
    }
}

/// Tell what changed between two descriptions for users of the crate: what breaks, what is new.
///
/// OLD and NEW are revisions of the repository, whose description is taken with its overlays, as clientwright.toml names
/// them, or OpenAPI documents.
/// Without NEW it is what is here now; without both it is the last commit against what is here now.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    sides: Sides,

    /// How it is told
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: Format,

    /// Exit with 1 if there is such a change
    #[arg(long, value_name = "WHAT", value_enum)]
    fail_on: Option<FailOn>,

    /// List each change, however many are of a kind
    #[arg(long)]
    verbose: bool,

    /// Print by which rules changes are judged, and nothing else
    #[arg(long, exclusive = true)]
    policy: bool,
}

/// How a comparison is told.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// For reading here
    #[default]
    Terminal,
    /// For a pull request, with a draft for the changelog
    Markdown,
    /// For programs
    Json,
    /// Only the draft for the changelog
    Changelog,
}

/// What a comparison must not hold.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    /// A breaking change
    Breaking,
    /// Any change but of docs
    Compatible,
    /// Any change
    Any,
}

const EXAMPLES: &str = "\
Examples:
  clientwright diff                                   since the last commit
  clientwright diff main...HEAD --format markdown     for a pull request
  clientwright diff v0.1.0 --fail-on breaking         in CI
  clientwright diff old.yaml new.yaml --format json

Exit codes: 0 done; 1 there is a change that --fail-on names, or something is wrong; 2 the command line can't be
read.";

impl Arguments {
    /// What is to be told, and whether there is a change that must not be.
    ///
    /// # Errors
    ///
    /// If a side can't be read or leaves nothing to compare.
    pub fn run(&self, project: Option<&Project>) -> Result<(String, bool), Failure> {
        if self.policy {
            return Ok((policy(), false));
        }
        let (old, new) = self.sides.revisions(project)?;
        let comparison = compare(project, (&old, &new), &self.sides.overlays)?;
        let text = match self.format {
            Format::Terminal => terminal(&comparison, (!self.verbose).then_some(SHOWN)),
            Format::Markdown => markdown(&comparison),
            Format::Json => format!("{:#}\n", json(&comparison)),
            Format::Changelog => changelog(&comparison).unwrap_or_default(),
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
