//! `diff`: what changed between two descriptions for users of the crate.

mod arguments;
mod changelog;
mod json;
mod markdown;
mod policy;
mod revision;
mod terminal;

use std::path::{Path, PathBuf};

use codegen::diff::{Bump, Change, Effect, Kind};
use codegen::{Output, cores};
use semver::Version;

pub use self::arguments::{Arguments, Sides};
pub use self::changelog::changelog;
pub use self::json::json;
pub use self::markdown::markdown;
pub use self::policy::policy;
pub use self::revision::{Description, Revision};
pub use self::terminal::{SHOWN, terminal};
use crate::files::{self, FileError};
use crate::outcome::Failure;
use crate::project::Project;

/// Two descriptions, and what changed from one to the other.
#[derive(Debug)]
pub struct Comparison {
    /// What a person calls the old one.
    pub old: String,
    /// What a person calls the new one.
    pub new: String,
    /// What changed, most severe first.
    pub changes: Vec<Change>,
    /// The crate's version as it is, where the comparison is one of this crate.
    pub version: Option<Version>,
}

/// Compares two sides; `overlays` are applied to those that are documents.
///
/// # Errors
///
/// If one of them can't be read, or leaves nothing to compare.
pub fn compare(
    project: Option<&Project>,
    (old, new): (&Revision, &Revision),
    overlays: &[PathBuf],
) -> Result<Comparison, Failure> {
    Ok(sides(project, (old, new), overlays, false)?.0)
}

/// The same, with what would be emitted on both sides, and the files themselves if they are wanted.
///
/// # Errors
///
/// If one of them can't be read, or leaves nothing to compare.
pub fn sides(
    project: Option<&Project>,
    (old, new): (&Revision, &Revision),
    overlays: &[PathBuf],
    files: bool,
) -> Result<(Comparison, Output, Output), Failure> {
    let of_crate = !matches!((old, new), (Revision::Document(_), _) | (_, Revision::Document(_)));
    let version = match project {
        Some(project) if of_crate => version(project)?,
        _ => None,
    };
    let (old, new) = (old.read(project, overlays)?, new.read(project, overlays)?);
    let (before, after) = both(&old, &new, files)?;
    let comparison = Comparison::new((old.name, &before), (new.name, &after)).with_version(version);
    Ok((comparison, before, after))
}

/// Compares what was emitted just now with the description of the last commit.
///
/// # Errors
///
/// If there is no commit, or its description leaves nothing to compare.
pub fn since_commit(project: &Project, output: &Output) -> Result<Comparison, Failure> {
    let old = Revision::commit(project, "HEAD")?.read(Some(project), &[])?;
    let before = old.generate(false)?;
    let here = "the working tree".to_owned();
    Ok(Comparison::new((old.name, &before), (here, output)).with_version(version(project)?))
}

/// What would be emitted on both sides, worked out side by side.
///
/// # Errors
///
/// If one of them leaves nothing to compare.
pub fn both(old: &Description, new: &Description, files: bool) -> Result<(Output, Output), Failure> {
    let (before, after) = cores::join(|| old.generate(files), || new.generate(files));
    Ok((before?, after?))
}

/// The version of a project's crate, where it is told: by its manifest, or by the workspace that this one inherits from.
///
/// # Errors
///
/// If a manifest is there and can't be read.
pub fn version(project: &Project) -> Result<Option<Version>, FileError> {
    let out = project.out();
    let read = |folder: &Path| {
        let text = files::optional(&folder.join("Cargo.toml"))?.unwrap_or_default();
        Ok::<_, FileError>(text.parse::<toml_edit::DocumentMut>().unwrap_or_default())
    };
    let manifest = read(&out)?;
    let Some(own) = manifest.get("package").and_then(|package| package.get("version")) else {
        return Ok(None);
    };
    if let Some(text) = own.as_str() {
        return Ok(Version::parse(text).ok());
    }
    let out = std::path::absolute(&out).map_err(|error| FileError::new("find", &out, error))?;
    for above in files::clean(&out).ancestors() {
        let manifest = read(above)?;
        let found =
            manifest.get("workspace").and_then(|table| table.get("package")?.get("version")?.as_str());
        if let Some(text) = found {
            return Ok(Version::parse(text).ok());
        }
    }
    Ok(None)
}

impl Comparison {
    /// Compares what would be emitted.
    #[must_use]
    pub fn new((old, before): (String, &Output), (new, after): (String, &Output)) -> Self {
        Self { old, new, changes: codegen::diff::diff(before, after), version: None }
    }

    /// The same, with the version that the crate has.
    #[must_use]
    pub fn with_version(self, version: Option<Version>) -> Self {
        Self { version, ..self }
    }

    /// The most severe effect of a change.
    #[must_use]
    pub fn worst(&self) -> Option<Effect> {
        self.changes.first().map(|change| change.kind.effect())
    }

    /// What the changes ask of the next version.
    #[must_use]
    pub fn bump(&self) -> Bump {
        codegen::diff::bump(&self.changes)
    }

    /// The version that comes next, where the present one is known.
    #[must_use]
    pub fn next_version(&self) -> Option<Version> {
        self.version.as_ref().map(|version| next(version, self.bump()))
    }

    pub(crate) fn count(&self, holds: impl Fn(Effect) -> bool) -> usize {
        self.changes.iter().filter(|change| holds(change.kind.effect())).count()
    }

    /// `2 breaking, 5 compatible, 1 in docs only: major, 0.1.0 → 0.2.0`.
    #[must_use]
    pub fn summary(&self) -> String {
        if self.changes.is_empty() {
            return "nothing changes for users".to_owned();
        }
        let counts = [
            (self.count(Effect::is_breaking), "breaking"),
            (self.count(|effect| matches!(effect, Effect::Behaviour | Effect::Addition)), "compatible"),
            (self.count(|effect| effect == Effect::Docs), "in docs only"),
        ];
        let counts: Vec<_> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        let step = match (&self.version, self.next_version()) {
            (Some(version), Some(next)) => format!(", {version} → {next}"),
            _ => String::new(),
        };
        format!("{}: {}{step}", counts.join(", "), self.bump())
    }

    /// The changes by effect, in their order.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (Effect, &[Change])> {
        let by_effect = self.changes.chunk_by(|a, b| a.kind.effect() == b.kind.effect());
        by_effect.map(|changes| (changes[0].kind.effect(), changes))
    }
}

/// Changes of a group by their kind, in their order.
pub(crate) fn by_kind(changes: &[Change]) -> impl Iterator<Item = (Kind, &[Change])> {
    changes.chunk_by(|a, b| a.kind == b.kind).map(|same| (same[0].kind, same))
}

/// Before 1.0 the second number says what breaks, and the third all else, as cargo reads versions.
fn next(version: &Version, bump: Bump) -> Version {
    let Version { major, minor, patch, .. } = *version;
    match (bump, major) {
        (Bump::None, _) => version.clone(),
        (Bump::Major, 0) => Version::new(0, minor + 1, 0),
        (Bump::Minor | Bump::Patch, 0) => Version::new(0, minor, patch + 1),
        (Bump::Major, _) => Version::new(major + 1, 0, 0),
        (Bump::Minor, _) => Version::new(major, minor + 1, 0),
        (Bump::Patch, _) => Version::new(major, minor, patch + 1),
    }
}
