//! `update`: replaces the description with a newer version and updates the overlays.
//!
//! Files are written only if all actions are decided and the new document generates with the edited overlays.

mod arguments;
mod decide;
mod json;
mod overlays;
mod result;
mod show;
mod upstream;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::update::{ActionEdit, ActionId, ActionOutcome, ActionStatus, OverlayUpdate};
use codegen::{Options, Source};
use time::OffsetDateTime;

pub use self::arguments::UpdateArguments;
pub use self::decide::ActionDecision;
pub use self::json::to_json;
pub use self::overlays::OverlayEdit;
pub use self::result::{UpdateResult, UpdateReview};
pub use self::show::{errors, text};
use self::upstream::{RecordEntry, UpstreamRecord};
pub use crate::command_error::CommandError;
use crate::diff::{self, Comparison, DescriptionFiles};
use crate::files::FileError;
use crate::project::Project;
use crate::sync;

/// Compares a newer document with a project's description, and replaces the description if all actions are decided.
///
/// # Errors
///
/// Returns a [`CommandError`]. Unless renaming or removing a file failed, nothing was written.
pub fn run(project: &Project, arguments: &UpdateArguments) -> Result<UpdateResult, CommandError> {
    let (old, sources) = project.read()?;
    let bytes = fs::read(&arguments.file).map_err(|error| FileError::new("read", &arguments.file, error))?;
    let shown = arguments.file.display().to_string().replace('\\', "/");
    if bytes == old.bytes {
        return Ok(UpdateResult::Same { spec: old.name, file: shown });
    }
    let new = Source::new(shown, bytes);
    let record =
        project.upstream().map(|path| UpstreamRecord::read(&path, project.shown(&path))).transpose()?;
    if let Some(record) = record.as_ref().filter(|_| !arguments.discard_edits)
        && !record.matches(&old.bytes)?
    {
        return Err(CommandError::Edited { path: old.name, record: record.shown.clone() });
    }
    let mut update = OverlayUpdate::read(&old, &new, &sources).map_err(CommandError::Description)?;
    let mut statuses = settled_statuses(&mut update, arguments);
    overlays::keep_uneditable_parts(&sources, &mut statuses);
    let decisions = decide::decide(&statuses, arguments);
    let overlay_edits = overlays::apply_decisions(&sources, &statuses, &decisions);
    let flag_errors = decide::flag_errors(&statuses, arguments);
    let upstream = upstream(&project.description(), &old, &arguments.file, &new)?;
    let mut review = UpdateReview {
        upstream,
        users: None,
        statuses,
        decisions,
        overlay_edits,
        flag_errors,
        report: None,
        written: None,
    };
    if review.is_decided() {
        let edited = overlays::edited(&sources, &review.overlay_edits);
        let config = &project.config;
        let options = Options::default()
            .with_names(&config.names)
            .keep_names(config.keep_names)
            .with_customizations(&config.customizations);
        match codegen::generate_with(&new, &edited, &options) {
            Ok(after) => {
                // Errors in the old description don't prevent replacing it.
                let before = DescriptionFiles::new(old.clone(), sources.clone(), project.description())
                    .with_names_of(&project.config)
                    .generate(false);
                let version = diff::version(project)?;
                review.users = before.ok().map(|before| {
                    let users = Comparison::new((old.name.clone(), &before), (new.name.clone(), &after));
                    users.with_version(version)
                });
            }
            Err(report) => review.report = Some(report),
        }
    }
    if review.is_ready() && !arguments.dry_run {
        review.written = Some(write(project, record, &new, &update, &review.overlay_edits, arguments)?);
    }
    Ok(UpdateResult::Review(Box::new(review)))
}

/// Compares two documents without overlays.
fn upstream(spec: &Path, old: &Source, file: &Path, new: &Source) -> Result<Comparison, CommandError> {
    let old = DescriptionFiles::new(old.clone(), Vec::new(), spec.to_owned());
    let new = DescriptionFiles::new(new.clone(), Vec::new(), file.to_owned());
    let (before, after) = diff::generate_both(&old, &new, false)?;
    Ok(Comparison::new((old.name, &before), (new.name, &after)))
}

/// Returns the status of each action after the flags deleted actions. A deleted action keeps the status that it was
/// deleted for.
fn settled_statuses(update: &mut OverlayUpdate<'_>, arguments: &UpdateArguments) -> Vec<ActionStatus> {
    let mut dropped = BTreeSet::new();
    let mut statuses = update.statuses(&dropped);
    loop {
        let decisions = decide::decide(&statuses, arguments);
        let deleted = statuses.iter().zip(&decisions).filter(|(status, decision)| {
            // Other actions wouldn't be applied anyway.
            let applies =
                matches!(status.outcome, ActionOutcome::Conflicting(_)) || status.retarget.is_some();
            applies && **decision == ActionDecision::Edit(ActionEdit::Delete)
        });
        let deleted: BTreeSet<ActionId> = deleted.map(|(status, _)| status.id).collect();
        if deleted.is_subset(&dropped) {
            return statuses;
        }
        dropped.extend(deleted);
        for (status, again) in statuses.iter_mut().zip(update.statuses(&dropped)) {
            if !dropped.contains(&status.id) {
                *status = again;
            }
        }
    }
}

/// Writes the document, its record and the edited overlays. If staging fails, nothing is written.
fn write(
    project: &Project,
    record: Option<UpstreamRecord>,
    new: &Source,
    update: &OverlayUpdate<'_>,
    overlay_edits: &[OverlayEdit],
    arguments: &UpdateArguments,
) -> Result<(Vec<String>, Vec<String>), CommandError> {
    let today = OffsetDateTime::now_utc().date().to_string();
    let file = arguments.file.file_name().unwrap_or_default().to_string_lossy();
    let record = record.map(|record| {
        let entry = RecordEntry {
            source: arguments.source.as_deref(),
            file: &file,
            openapi: update.openapi().1,
            date: arguments.date.as_deref().unwrap_or(&today),
            bytes: &new.bytes,
        };
        Ok::<_, CommandError>((record.path.clone(), record.updated(&entry)?))
    });
    let record = record.transpose()?;
    let overlays = project.overlays()?;
    let path = |overlay_edit: &OverlayEdit| overlays.get(overlay_edit.overlay).cloned();
    let mut files: Vec<(PathBuf, &[u8])> = vec![(project.description(), &new.bytes)];
    files.extend(record.iter().map(|(path, text)| (path.clone(), text.as_bytes())));
    files.extend(
        overlay_edits
            .iter()
            .filter_map(|overlay_edit| Some((path(overlay_edit)?, overlay_edit.text()?.as_bytes()))),
    );
    let removed: Vec<_> =
        overlay_edits.iter().filter(|overlay_edit| overlay_edit.is_empty()).filter_map(path).collect();
    sync::replace(&project.base, &files, &removed)?;
    let shown = |path: &PathBuf| project.shown(path);
    Ok((files.iter().map(|(path, _)| shown(path)).collect(), removed.iter().map(shown).collect()))
}
