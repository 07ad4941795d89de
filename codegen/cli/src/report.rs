//! Reports of runs as JSON.

use std::path::Path;

use codegen::ir::TypeKind;
use codegen::{Diagnostic, Severity};
use serde_json::{Value, json};

use crate::command_error::CommandError;
use crate::files::FileError;
use crate::summary::Summary;
use crate::sync;

/// Returns the report of a successful run.
#[must_use]
pub fn of_summary(summary: &Summary) -> Value {
    let api = &summary.output.api;
    let count = |wanted: fn(&TypeKind) -> bool| api.types.iter().filter(|def| wanted(&def.kind)).count();
    let emitted = &summary.output.files;
    let skipped = summary.output.skipped();
    json!({
        "operations": api.operations().count(),
        "models": count(|shape| matches!(shape, TypeKind::Model(_))),
        "enums": count(|shape| matches!(shape, TypeKind::OpenEnum { .. })),
        "unions": count(|shape| matches!(shape, TypeKind::Union { .. } | TypeKind::ByStatus(_))),
        "aliases": count(|shape| matches!(shape, TypeKind::Alias(_))),
        "files": emitted.len(),
        "lines": emitted.iter().map(|file| file.text.lines().count()).sum::<usize>(),
        "names": api.patterns.iter().map(|pattern| json!({
            "kind": pattern.kind.as_str(),
            "count": pattern.count,
            "message": pattern.to_string(),
        })).collect::<Vec<_>>(),
        "skipped": skipped.iter().map(|skipped| json!({
            "pointer": skipped.pointer.to_string(),
            "reason": skipped.reason,
        })).collect::<Vec<_>>(),
        "warnings": summary.output.warnings.iter().map(of_diagnostic).collect::<Vec<_>>(),
        "unaccounted": codegen::unaccounted(&summary.output).iter().map(|part| json!({
            "pointer": part.pointer.to_string(),
            "what": part.what,
        })).collect::<Vec<_>>(),
        "errors": [],
        "milliseconds": milliseconds(summary.milliseconds()),
        "stages": summary.timings.stages().iter().map(|(stage, time)| json!({
            "name": stage,
            "milliseconds": time.as_secs_f64() * 1000.0,
        })).collect::<Vec<_>>(),
    })
}

/// Returns the report of a failed run.
#[must_use]
pub fn of_error(error: &CommandError) -> Value {
    let CommandError::Description(report) = error else {
        return json!({ "errors": [{ "message": error.to_string() }] });
    };
    let of = |severity| {
        let found = report.0.iter().filter(move |diagnostic| diagnostic.severity == severity);
        found.map(of_diagnostic).collect::<Vec<_>>()
    };
    json!({ "errors": of(Severity::Error), "warnings": of(Severity::Warning) })
}

/// Writes a report as indented JSON.
///
/// # Errors
///
/// Returns an error if the file can't be written.
pub fn write(path: &Path, report: &Value) -> Result<(), FileError> {
    sync::write_file(path, format!("{report:#}\n").as_bytes())
}

pub(crate) fn of_diagnostic(diagnostic: &Diagnostic) -> Value {
    json!({
        "message": diagnostic.message,
        "file": diagnostic.location.file,
        "line": diagnostic.location.line,
        "column": diagnostic.location.column,
        "pointer": diagnostic.pointer.to_string(),
        "help": diagnostic.help,
    })
}

/// Converts milliseconds to an integer that JSON can represent.
#[must_use]
pub fn milliseconds(time: u128) -> u64 {
    u64::try_from(time).unwrap_or(u64::MAX)
}
