//! `regen`: from the description to the emitted part of the crate.

use std::fmt;
use std::time::Instant;

use codegen::ir::TypeShape;
use codegen::{Output, Report};

use crate::project::{FileError, Job};
use crate::sync::{self, Difference};

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
                let count =
                    report.0.iter().filter(|found| found.severity == codegen::Severity::Error).count();
                let errors = if count == 1 { "1 error".to_owned() } else { format!("{count} errors") };
                write!(f, "{report}\n\n{errors}; nothing was written")
            }
            Self::Stale { difference, out, cure } => {
                writeln!(f, "error: {out} is not what the description gives")?;
                for (label, paths) in labelled(difference) {
                    paths.iter().try_for_each(|path| writeln!(f, "  {label:<9}  {out}/{path}"))?;
                }
                write!(f, "  help: run `{cure}` and commit what it changes")
            }
            Self::Foreign { paths, out } => {
                writeln!(
                    f,
                    "error: these files were not written by regen, but stand in a folder that it owns"
                )?;
                paths.iter().try_for_each(|path| writeln!(f, "  {out}/{path}"))?;
                write!(f, "  help: move them elsewhere, or delete them; nothing was written")
            }
        }
    }
}

impl std::error::Error for Failure {}

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
    /// Whether it only looked.
    pub check: bool,
    /// Milliseconds, reading and writing included.
    pub milliseconds: u128,
    out: String,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let api = &self.output.api;
        let count =
            |wanted: fn(&TypeShape) -> bool| api.types.iter().filter(|def| wanted(&def.shape)).count();
        for skipped in &api.skipped {
            writeln!(f, "skipped {}: {}", skipped.pointer, skipped.reason)?;
        }
        writeln!(
            f,
            "{} operations, {} models, {} enums, {} unions, {} aliases, {} skipped",
            api.operations().count(),
            count(|shape| matches!(shape, TypeShape::Model(_))),
            count(|shape| matches!(shape, TypeShape::OpenEnum(_))),
            count(|shape| matches!(shape, TypeShape::Union { .. })),
            count(|shape| matches!(shape, TypeShape::Alias(_))),
            api.skipped.len(),
        )?;
        let difference = &self.difference;
        if self.check {
            return write!(
                f,
                "{}: {} files are fresh, in {} ms",
                self.out, difference.unchanged, self.milliseconds
            );
        }
        for (label, paths) in
            [("new", &difference.missing), ("changed", &difference.different), ("removed", &difference.extra)]
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
            self.milliseconds,
        )
    }
}

/// Generates, and then writes or, with `check`, compares.
///
/// # Errors
///
/// See [`Failure`]; whatever it is, nothing has been written.
pub fn run(job: &Job, check: bool, cure: &str) -> Result<Summary, Failure> {
    let start = Instant::now();
    let (spec, overlays) = job.read().map_err(Failure::Files)?;
    let output = codegen::generate(&spec, &overlays).map_err(Failure::Description)?;
    let difference = sync::compare(&job.out, &output.files)?;
    let out = job.shown(&job.out);
    if check && !difference.is_empty() {
        return Err(Failure::Stale { difference: Box::new(difference), out, cure: cure.to_owned() });
    }
    if !check {
        let paths = sync::foreign(&job.out, &difference)?;
        if !paths.is_empty() {
            return Err(Failure::Foreign { paths, out });
        }
        sync::write(&job.out, &output.files, &difference)?;
    }
    Ok(Summary { output, difference, check, milliseconds: start.elapsed().as_millis(), out })
}
