//! A comparison: what changed from one description to another, and what that asks of the next version.

use codegen::Output;
use codegen::diff::{Bump, Change, Effect, Kind};
use semver::Version;

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
