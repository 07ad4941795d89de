//! Types that a feature of the crate no longer brings.

use std::collections::BTreeSet;

use super::change::{Change, Item};
use super::compare::Comparison;
use super::kind::Kind;
use super::types::{Types, subject};
use crate::render::features;
use crate::render::features::Features;

impl Comparison<'_> {
    /// Comes last: where something else that the feature brings breaks its users, that is why.
    pub(super) fn features(&mut self) {
        let breaking = self.changes.iter().filter(|change| change.kind.effect().is_breaking());
        let broken: BTreeSet<String> = breaking.flat_map(|change| self.features_of(change)).collect();
        for def in &self.old.output.api.types {
            let Some(now) = self.new.types.get(self.now(def.name.as_str())).copied() else { continue };
            let mut lost = Features::lost(&self.old.features, &def.file, &self.new.features, &now.file);
            lost.retain(|name| !broken.contains(*name));
            if !lost.is_empty() {
                let lost = lost.into_iter().collect::<Vec<_>>().join(", ");
                let items = Types { old: def, new: now }.items();
                self.changed(Kind::TypeWithoutFeature, &subject(def), &items, (&def.pointer, &now.pointer))
                    .before(lost);
            }
        }
    }

    /// The features of the old crate that bring what changed.
    fn features_of(&self, change: &Change) -> Vec<String> {
        match &change.old_item {
            Some(Item::Operation(id)) => {
                let api = &self.old.output.api;
                let modules = api.operations().filter(|(_, operation)| operation.id == *id);
                modules.map(|(module, _)| features::name(module)).collect()
            }
            Some(Item::Type(name)) => {
                let def = self.old.types.get(name.as_str());
                let features = def.map(|def| self.old.features.bringing(&def.file)).unwrap_or_default();
                features.into_iter().map(str::to_owned).collect()
            }
            _ => Vec::new(),
        }
    }
}
