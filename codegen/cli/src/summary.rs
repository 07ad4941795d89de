//! The result of a successful run of `generate` or `check`, and its summary.

use std::fmt;
use std::time::Duration;

use codegen::ir::TypeKind;
use codegen::{Output, Timings};

use crate::command_error::warnings;
use crate::sync::Difference;

/// The result of a successful run.
#[derive(Debug)]
pub struct Summary {
    /// The output of the generator.
    pub output: Output,
    /// The files that were written or removed.
    pub difference: Difference,
    /// Whether all files are new. Then they aren't listed.
    pub new: bool,
    /// Notes for the user about the crate's folder.
    pub notes: Vec<String>,
    /// The duration of each stage, including reading and writing.
    pub timings: Timings,
    /// The output folder, as shown.
    pub out: String,
}

impl Summary {
    /// Returns the duration of the run, in milliseconds.
    #[must_use]
    pub fn milliseconds(&self) -> u128 {
        self.timings.stages().iter().map(|(_, time)| *time).sum::<Duration>().as_millis()
    }

    /// Writes a line for each pattern that was removed from the document's names.
    fn names(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let patterns = &self.output.api.patterns;
        patterns.iter().enumerate().try_for_each(|(index, pattern)| {
            let keep = if index == 0 { " (--keep-names keeps the names)" } else { "" };
            writeln!(f, "names: {pattern}{keep}")
        })
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let api = &self.output.api;
        let count = |wanted: fn(&TypeKind) -> bool| api.types.iter().filter(|def| wanted(&def.kind)).count();
        let warnings = warnings(self.output.warnings.len());
        let counts = format!(
            "{} operations, {} models, {} enums, {} unions, {} aliases, {} skipped{warnings}",
            api.operations().count(),
            count(|shape| matches!(shape, TypeKind::Model(_))),
            count(|shape| matches!(shape, TypeKind::OpenEnum { .. })),
            count(|shape| matches!(shape, TypeKind::Union { .. } | TypeKind::ByStatus(_))),
            count(|shape| matches!(shape, TypeKind::Alias(_))),
            api.skipped.len(),
        );
        let difference = &self.difference;
        if difference.is_empty() {
            let (files, time) = (difference.unchanged, self.milliseconds());
            self.names(f)?;
            return write!(f, "{}: {files} files are up to date ({counts}), in {time} ms", self.out);
        }
        writeln!(f, "{counts}")?;
        self.names(f)?;
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
