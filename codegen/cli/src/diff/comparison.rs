//! The changes between two descriptions, and the next version.

use codegen::Output;
use codegen::diff::{Bump, Change, ChangeKind, Effect};
use semver::Version;

/// The changes between two descriptions.
#[derive(Debug)]
pub struct Comparison {
    /// The name of the old description, as shown.
    pub old: String,
    /// The name of the new description, as shown.
    pub new: String,
    /// The changes, most severe first.
    pub changes: Vec<Change>,
    /// The current version of the crate, if the comparison is for the project's crate.
    pub version: Option<Version>,
}

impl Comparison {
    /// Compares two named outputs.
    #[must_use]
    pub fn new((old, before): (String, &Output), (new, after): (String, &Output)) -> Self {
        Self { old, new, changes: codegen::diff::diff(before, after), version: None }
    }

    /// Sets the version of the crate.
    #[must_use]
    pub fn with_version(self, version: Option<Version>) -> Self {
        Self { version, ..self }
    }

    /// Returns the most severe effect.
    #[must_use]
    pub fn worst(&self) -> Option<Effect> {
        self.changes.first().map(|change| change.kind.effect())
    }

    /// Returns the part of the version that must be incremented for the changes.
    #[must_use]
    pub fn bump(&self) -> Bump {
        codegen::diff::bump(&self.changes)
    }

    /// Returns the next version, if the current one is known.
    #[must_use]
    pub fn next_version(&self) -> Option<Version> {
        self.version.as_ref().map(|version| next(version, self.bump()))
    }

    pub(crate) fn count(&self, matches: impl Fn(Effect) -> bool) -> usize {
        self.changes.iter().filter(|change| matches(change.kind.effect())).count()
    }

    /// Returns a summary such as `2 breaking, 5 compatible, 1 in docs only: major, 0.1.0 → 0.2.0`.
    #[must_use]
    pub fn summary(&self) -> String {
        if self.changes.is_empty() {
            return "nothing changes for users".to_owned();
        }
        let counts = [
            (self.count(Effect::is_breaking), "breaking"),
            (self.count(|effect| matches!(effect, Effect::Behavior | Effect::Addition)), "compatible"),
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

    /// Groups the changes by effect, in order.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (Effect, &[Change])> {
        let by_effect = self.changes.chunk_by(|a, b| a.kind.effect() == b.kind.effect());
        by_effect.map(|changes| (changes[0].kind.effect(), changes))
    }
}

/// Groups changes by kind, in order.
pub(crate) fn by_kind(changes: &[Change]) -> impl Iterator<Item = (ChangeKind, &[Change])> {
    changes.chunk_by(|a, b| a.kind == b.kind).map(|same| (same[0].kind, same))
}

/// Returns the next version by cargo's rules: before 1.0, breaking changes increment the minor version, and others the
/// patch version.
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
