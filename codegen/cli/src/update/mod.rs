//! `update`: from the vendor's document to a newer one, with the overlays kept, mended or deleted.
//!
//! Everything is worked out in memory first. Files are written only when each action is decided and the new
//! document generates with the mended overlays.

mod arguments;
mod decide;
mod json;
mod outcomes;
mod overlays;
mod show;
mod upstream;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::Source;
use codegen::update::{ActionId, Edit, Fate, Outcome, Update};
use time::OffsetDateTime;

pub use self::arguments::Arguments;
pub use self::decide::Decision;
pub use self::json::to_json;
pub use self::outcomes::{Outcomes, Review};
pub use self::overlays::Mending;
pub use self::show::{complaint, text};
use self::upstream::{Entry, Record};
use crate::diff::{self, Comparison, Description};
use crate::files::FileError;
pub use crate::outcome::Failure;
use crate::project::Project;
use crate::sync;

/// Reviews a newer document for a project, and takes it over if all is decided.
///
/// # Errors
///
/// See [`Failure`]; whatever it is, nothing has been written.
pub fn run(project: &Project, arguments: &Arguments) -> Result<Outcomes, Failure> {
    let (old, sources) = project.read()?;
    let bytes = fs::read(&arguments.file).map_err(|error| FileError::new("read", &arguments.file, error))?;
    let shown = arguments.file.display().to_string().replace('\\', "/");
    if bytes == old.bytes {
        return Ok(Outcomes::Same { spec: old.name, file: shown });
    }
    let new = Source::new(shown, bytes);
    let record = project.upstream().map(|path| Record::read(&path, project.shown(&path))).transpose()?;
    if let Some(record) = record.as_ref().filter(|_| !arguments.discard_edits)
        && !record.speaks_of(&old.bytes)?
    {
        return Err(Failure::Edited { path: old.name, record: record.shown.clone() });
    }
    let mut update = Update::read(&old, &new, &sources).map_err(Failure::Description)?;
    let mut fates = settle(&mut update, arguments);
    overlays::forget_uncut(&sources, &mut fates);
    let decisions = decide::decide(&fates, arguments);
    let mendings = overlays::mend(&sources, &fates, &decisions);
    let wrong = decide::wrong(&fates, arguments);
    let upstream = upstream(&project.description(), &old, &arguments.file, &new)?;
    let mut review =
        Review { upstream, users: None, fates, decisions, mendings, wrong, report: None, written: None };
    if review.is_decided() {
        let mended = overlays::mended(&sources, &review.mendings);
        match codegen::generate(&new, &mended) {
            Ok(after) => {
                // What is there now may have mistakes, which are no hindrance to get rid of it.
                let before =
                    Description::new(old.clone(), sources.clone(), project.description()).generate(false);
                let version = diff::version(project)?;
                review.users = before.ok().map(|before| {
                    let users = Comparison::new((old.name.clone(), &before), (new.name.clone(), &after));
                    users.with_version(version)
                });
            }
            Err(report) => review.report = Some(report),
        }
    }
    if review.is_good() && !arguments.dry_run {
        review.written = Some(write(project, record, &new, &update, &review.mendings, arguments)?);
    }
    Ok(Outcomes::Review(Box::new(review)))
}

/// What changed between two documents by themselves, without overlays.
fn upstream(spec: &Path, old: &Source, file: &Path, new: &Source) -> Result<Comparison, Failure> {
    let old = Description::new(old.clone(), Vec::new(), spec.to_owned());
    let new = Description::new(new.clone(), Vec::new(), file.to_owned());
    let (before, after) = diff::both(&old, &new, false)?;
    Ok(Comparison::new((old.name, &before), (new.name, &after)))
}

/// What becomes of the actions once those are gone that the flags delete. A deleted action keeps the fate for
/// which it was.
fn settle(update: &mut Update<'_>, arguments: &Arguments) -> Vec<Fate> {
    let mut dropped = BTreeSet::new();
    let mut fates = update.fates(&dropped);
    loop {
        let decisions = decide::decide(&fates, arguments);
        let deleted = fates.iter().zip(&decisions).filter(|(fate, decision)| {
            // Only these would otherwise have been applied.
            let applies = matches!(fate.outcome, Outcome::Conflicting(_)) || fate.retarget.is_some();
            applies && **decision == Decision::Edit(Edit::Delete)
        });
        let deleted: BTreeSet<ActionId> = deleted.map(|(fate, _)| fate.id).collect();
        if deleted.is_subset(&dropped) {
            return fates;
        }
        dropped.extend(deleted);
        for (fate, again) in fates.iter_mut().zip(update.fates(&dropped)) {
            if !dropped.contains(&fate.id) {
                *fate = again;
            }
        }
    }
}

/// Writes the document, its record and the mended overlays: all or, as far as staging can tell, none.
fn write(
    project: &Project,
    record: Option<Record>,
    new: &Source,
    update: &Update<'_>,
    mendings: &[Mending],
    arguments: &Arguments,
) -> Result<(Vec<String>, Vec<String>), Failure> {
    let today = OffsetDateTime::now_utc().date().to_string();
    let file = arguments.file.file_name().unwrap_or_default().to_string_lossy();
    let record = record.map(|record| {
        let entry = Entry {
            source: arguments.source.as_deref(),
            file: &file,
            openapi: update.openapi().1,
            date: arguments.date.as_deref().unwrap_or(&today),
            bytes: &new.bytes,
        };
        Ok::<_, Failure>((record.path.clone(), record.renewed(&entry)?))
    });
    let record = record.transpose()?;
    let overlays = project.overlays()?;
    let path = |mending: &Mending| overlays.get(mending.overlay).cloned();
    let mut files: Vec<(PathBuf, &[u8])> = vec![(project.description(), &new.bytes)];
    files.extend(record.iter().map(|(path, text)| (path.clone(), text.as_bytes())));
    files.extend(mendings.iter().filter_map(|mending| Some((path(mending)?, mending.text()?.as_bytes()))));
    let gone: Vec<_> = mendings.iter().filter(|mending| mending.is_gone()).filter_map(path).collect();
    sync::replace(&project.base, &files, &gone)?;
    let shown = |path: &PathBuf| project.shown(path);
    Ok((files.iter().map(|(path, _)| shown(path)).collect(), gone.iter().map(shown).collect()))
}
