//! The overlays as they are to be.

use std::collections::BTreeMap;

use codegen::Source;
use codegen::update::{self, ByHand, Edit, Fate, Mended};

use super::decide::{self, Decision};

/// An overlay that is edited, or would be by `--mend`.
#[derive(Debug)]
pub struct Mending {
    /// Its number.
    pub overlay: usize,
    /// Its name, as shown.
    pub name: String,
    /// Its text before.
    pub before: String,
    /// What comes out, or why it has to be edited by hand.
    pub result: Result<Mended, ByHand>,
    /// The numbers of its actions that are edited.
    pub edits: BTreeMap<usize, Edit>,
}

impl Mending {
    /// Its text afterwards, if there is one.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.result {
            Ok(Mended::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Whether no action of it is left.
    pub(super) fn is_gone(&self) -> bool {
        self.result == Ok(Mended::Empty)
    }
}

/// Edits each overlay as decided; what is open is mended where a rule can do it.
pub(super) fn mend(overlays: &[Source], fates: &[Fate], decisions: &[Decision]) -> Vec<Mending> {
    let mut edits: BTreeMap<usize, BTreeMap<usize, Edit>> = BTreeMap::new();
    for (fate, decision) in fates.iter().zip(decisions) {
        let edit = match decision {
            Decision::Edit(edit) => Some(edit.clone()),
            Decision::Open => decide::mechanical(fate),
            Decision::Applies | Decision::Keep => None,
        };
        if let Some(edit) = edit {
            edits.entry(fate.id.overlay).or_default().insert(fate.id.action, edit);
        }
    }
    let mending = |(overlay, edits): (usize, BTreeMap<usize, Edit>)| {
        let source = overlays.get(overlay)?;
        let before = String::from_utf8_lossy(&source.bytes).into_owned();
        let result = update::mend(source, &edits);
        Some(Mending { overlay, name: source.name.clone(), before, result, edits })
    };
    edits.into_iter().filter_map(mending).collect()
}

/// Forgets the needless parts that can't be cut out of their overlay's text: they do no harm.
pub(super) fn forget_uncut(overlays: &[Source], fates: &mut [Fate]) {
    for (number, overlay) in overlays.iter().enumerate() {
        let trim = |fate: &Fate| (fate.id.action, Edit::Trim(fate.parts.needless.clone()));
        let is_of = |fate: &Fate| fate.id.overlay == number && !fate.parts.needless.is_empty();
        let all: BTreeMap<_, _> = fates.iter().filter(|fate| is_of(fate)).map(trim).collect();
        // Mostly all can be, and the overlay is read but once.
        if all.is_empty() || update::mend(overlay, &all).is_ok() {
            continue;
        }
        for fate in fates.iter_mut().filter(|fate| is_of(fate)) {
            if update::mend(overlay, &[trim(fate)].into()).is_err() {
                fate.parts.needless.clear();
            }
        }
    }
}

/// All overlays as they are to be.
pub(super) fn mended(overlays: &[Source], mendings: &[Mending]) -> Vec<Source> {
    let mended =
        |(number, overlay): (usize, &Source)| match mendings.iter().find(|mending| mending.overlay == number)
        {
            Some(mending) => Some(Source::new(&mending.name, mending.text()?)),
            None => Some(overlay.clone()),
        };
    overlays.iter().enumerate().filter_map(mended).collect()
}
