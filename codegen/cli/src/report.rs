//! What a run tells, for programs to read.

use std::fs;
use std::path::Path;

use codegen::ir::TypeShape;
use codegen::{Diagnostic, Severity};
use serde_json::{Value, json};

use crate::files::FileError;
use crate::outcome::{Failure, Summary};

/// A run that made a crate.
#[must_use]
pub fn of_summary(summary: &Summary) -> Value {
    let api = &summary.output.api;
    let count = |wanted: fn(&TypeShape) -> bool| api.types.iter().filter(|def| wanted(&def.shape)).count();
    let emitted = &summary.output.files;
    let skipped = api.skipped.iter();
    json!({
        "operations": api.operations().count(),
        "models": count(|shape| matches!(shape, TypeShape::Model(_))),
        "enums": count(|shape| matches!(shape, TypeShape::OpenEnum(_))),
        "unions": count(|shape| matches!(shape, TypeShape::Union { .. })),
        "aliases": count(|shape| matches!(shape, TypeShape::Alias(_))),
        "files": emitted.len(),
        "lines": emitted.iter().map(|file| file.text.lines().count()).sum::<usize>(),
        "skipped": skipped.map(|skipped| json!({
            "pointer": skipped.pointer.to_string(),
            "reason": skipped.reason,
        })).collect::<Vec<_>>(),
        "warnings": summary.output.warnings.iter().map(of_diagnostic).collect::<Vec<_>>(),
        "unaccounted": codegen::unaccounted(&summary.output).iter().map(|lost| json!({
            "pointer": lost.pointer.to_string(),
            "what": lost.what,
        })).collect::<Vec<_>>(),
        "errors": [],
        "milliseconds": milliseconds(summary.milliseconds()),
        "stages": summary.timings.stages().iter().map(|(stage, time)| json!({
            "name": stage,
            "milliseconds": time.as_secs_f64() * 1000.0,
        })).collect::<Vec<_>>(),
    })
}

/// A run that failed.
#[must_use]
pub fn of_failure(failure: &Failure) -> Value {
    let Failure::Description(report) = failure else {
        return json!({ "errors": [{ "message": failure.to_string() }] });
    };
    let of = |severity| {
        let found = report.0.iter().filter(move |diagnostic| diagnostic.severity == severity);
        found.map(of_diagnostic).collect::<Vec<_>>()
    };
    json!({ "errors": of(Severity::Error), "warnings": of(Severity::Warning) })
}

/// Writes a report, as a text that a person can read.
///
/// # Errors
///
/// Where the file can't be written.
pub fn write(path: &Path, report: &Value) -> Result<(), FileError> {
    fs::write(path, format!("{report:#}\n")).map_err(|error| FileError::new("write", path, error))
}

pub(crate) fn of_diagnostic(diagnostic: &Diagnostic) -> Value {
    json!({
        "message": diagnostic.message,
        "file": diagnostic.place.file,
        "line": diagnostic.place.line,
        "column": diagnostic.place.column,
        "pointer": diagnostic.pointer.to_string(),
        "help": diagnostic.help,
    })
}

/// A time for JSON, which has no integers of 128 bits.
#[must_use]
pub fn milliseconds(time: u128) -> u64 {
    u64::try_from(time).unwrap_or(u64::MAX)
}
