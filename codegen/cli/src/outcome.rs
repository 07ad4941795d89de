//! How a run ended: what it has to tell, or why it failed.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use codegen::ir::TypeShape;
use codegen::package::{InvalidName, ManifestError};
use codegen::{Output, Report, Severity, Timings};

use crate::config::ConfigError;
use crate::files::{self, FileError};
use crate::git::GitError;
use crate::sync::Difference;

/// Why a run failed.
#[derive(Debug)]
pub enum Failure {
    /// Files that can't be read or written.
    Files(Vec<FileError>),
    /// What is wrong with the description or an overlay.
    Description(Report),
    /// The emitted files are not those that the description gives.
    Stale {
        /// In what they differ.
        difference: Box<Difference>,
        /// The output folder, as shown.
        out: String,
        /// The command that makes them so.
        cure: String,
    },
    /// Files in a folder of the generator that it did not write.
    Foreign {
        /// Their paths.
        paths: Vec<String>,
        /// The output folder, as shown.
        out: String,
    },
    /// The folder for a new crate holds something else.
    Occupied {
        /// The output folder, as shown.
        out: String,
        /// One of its entries.
        entry: String,
    },
    /// There is no configuration, and no description was named.
    NoConfig,
    /// What is wrong with the configuration.
    Config(ConfigError),
    /// A description that can't be fetched.
    Fetch {
        /// Where it should be.
        url: String,
        /// What is wrong, as a clause.
        problem: String,
    },
    /// The description is not the one that was recorded.
    Checksum {
        /// What it is called.
        what: String,
        /// The checksum that was recorded.
        expected: String,
        /// Its own.
        found: String,
    },
    /// What was asked for contradicts itself, or lacks something.
    Usage {
        /// What is wrong.
        problem: String,
        /// What to do.
        help: String,
    },
    /// The name for a new crate is none.
    Name(InvalidName),
    /// A revision that git can't give.
    Revision(GitError),
    /// The crate's manifest can't be added to.
    Manifest(ManifestError),
    /// The record of where the description comes from is not as it should be.
    Record {
        /// The file, as shown.
        path: String,
        /// What is wrong with it, as a clause.
        problem: String,
    },
    /// The description was edited since it was taken over.
    Edited {
        /// The description, as shown.
        path: String,
        /// The file with its checksum, as shown.
        record: String,
    },
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        Self::Files(vec![error])
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Files(errors) => {
                let texts: Vec<_> = errors.iter().map(ToString::to_string).collect();
                f.write_str(&texts.join("\n\n"))
            }
            Self::Description(report) => {
                write!(f, "{report}\n\n{}", conclusion(report))
            }
            Self::Stale { difference, out, cure } => {
                writeln!(f, "error: {out} is not what the description gives")?;
                for (label, paths) in labelled(difference) {
                    let shown = |path: &str| files::shown(&Path::new(out).join(path), Path::new(""));
                    paths.iter().try_for_each(|path| writeln!(f, "  {label:<9}  {}", shown(path)))?;
                }
                write!(f, "  help: run `{cure}` and commit what it changes")
            }
            Self::Foreign { paths, out } => {
                writeln!(
                    f,
                    "error: these files were not written by this command, but stand in a folder that it owns"
                )?;
                let shown = |path: &str| files::shown(&Path::new(out).join(path), Path::new(""));
                paths.iter().try_for_each(|path| writeln!(f, "  {}", shown(path)))?;
                write!(f, "  help: move them elsewhere, or delete them; nothing was written")
            }
            Self::Occupied { out, entry } => write!(
                f,
                "error: {out} is no crate that this command made: it holds {entry}\n  \
                 help: name a new or empty folder, or write a clientwright.toml into it; nothing was written"
            ),
            Self::NoConfig => f.write_str(
                "error: there is no clientwright.toml in this folder or above it\n  \
                 help: write one with `clientwright init api.yaml`, or name the description: \
                 `clientwright generate api.yaml --out DIR`",
            ),
            Self::Config(error) => error.fmt(f),
            Self::Fetch { url, problem } => write!(
                f,
                "error: can't fetch {url}: {problem}\n  help: check the URL, or fetch the document by other means"
            ),
            Self::Checksum { what, expected, found } => write!(
                f,
                "error: {what} is not the document that was recorded\n  expected  sha256 {expected}\n  found     sha256 \
                 {found}\n  help: if the new one is meant, write its checksum; nothing was written"
            ),
            Self::Usage { problem, help } => write!(f, "error: {problem}\n  help: {help}"),
            Self::Name(error) => {
                write!(f, "error: {error}\n  help: name another with --name; nothing was written")
            }
            Self::Revision(error) => error.fmt(f),
            Self::Manifest(error) => {
                write!(f, "error: {error}\n  help: mend the file by hand; nothing was written")
            }
            Self::Record { path, problem } => write!(
                f,
                "error: {path}: {problem}\n  \
                 help: restore it from the last commit, or mend it by hand; nothing was written"
            ),
            Self::Edited { path, record } => write!(
                f,
                "error: {path} was edited by hand: its checksum is not the one in {record}\n  \
                 help: move the edits to an overlay, or lose them with `--discard-edits`; nothing was written"
            ),
        }
    }
}

impl std::error::Error for Failure {}

/// What a report comes to.
pub(crate) fn conclusion(report: &Report) -> String {
    let count = |severity| report.0.iter().filter(|found| found.severity == severity).count();
    let errors = match count(Severity::Error) {
        1 => "1 error".to_owned(),
        many => format!("{many} errors"),
    };
    format!("{errors}{}; nothing was written", warnings(count(Severity::Warning)))
}

/// `, 2 warnings`, for the end of a count of other things.
fn warnings(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => ", 1 warning".to_owned(),
        many => format!(", {many} warnings"),
    }
}

fn labelled(difference: &Difference) -> [(&'static str, &[String]); 3] {
    [("missing", &difference.missing), ("different", &difference.different), ("extra", &difference.extra)]
}

/// What a successful run has to tell.
#[derive(Debug)]
pub struct Summary {
    /// What was generated.
    pub output: Output,
    /// What was written; empty where nothing was.
    pub difference: Difference,
    /// Whether all files are new, so that they need no list.
    pub new: bool,
    /// What the user should know of the crate's folder.
    pub notes: Vec<String>,
    /// How long each stage took, reading and writing included.
    pub timings: Timings,
    /// The output folder, as shown.
    pub out: String,
}

impl Summary {
    /// Milliseconds of the whole run.
    #[must_use]
    pub fn milliseconds(&self) -> u128 {
        self.timings.stages().iter().map(|(_, time)| *time).sum::<Duration>().as_millis()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let api = &self.output.api;
        let count =
            |wanted: fn(&TypeShape) -> bool| api.types.iter().filter(|def| wanted(&def.shape)).count();
        let warnings = warnings(self.output.warnings.len());
        let made = format!(
            "{} operations, {} models, {} enums, {} unions, {} aliases, {} skipped{warnings}",
            api.operations().count(),
            count(|shape| matches!(shape, TypeShape::Model(_))),
            count(|shape| matches!(shape, TypeShape::OpenEnum(_))),
            count(|shape| matches!(shape, TypeShape::Union { .. })),
            count(|shape| matches!(shape, TypeShape::Alias(_))),
            api.skipped.len(),
        );
        let difference = &self.difference;
        if difference.is_empty() {
            let (files, time) = (difference.unchanged, self.milliseconds());
            return write!(f, "{}: {files} files are fresh ({made}), in {time} ms", self.out);
        }
        writeln!(f, "{made}")?;
        let listed = if self.new { &Difference::default() } else { difference };
        for (label, paths) in
            [("new", &listed.missing), ("changed", &listed.different), ("removed", &listed.extra)]
        {
            paths.iter().try_for_each(|path| writeln!(f, "  {label:<7}  {path}"))?;
        }
        write!(
            f,
            "{}: {} files written, {} unchanged, {} removed, in {} ms",
            self.out,
            difference.missing.len() + difference.different.len(),
            difference.unchanged,
            difference.extra.len(),
            self.milliseconds(),
        )
    }
}
