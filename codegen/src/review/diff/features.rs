//! Finds types that a feature of the crate no longer includes.

use std::collections::BTreeSet;

use super::change::{Change, Item};
use super::compare::ApiComparison;
use super::kind::ChangeKind;
use super::types::{TypePair, subject};
use crate::render::features;
use crate::render::features::Features;

impl ApiComparison<'_> {
    /// Compares the types of each feature. Must run last: a feature with another breaking change isn't reported again.
    pub(super) fn features(&mut self) {
        let breaking = self.changes.iter().filter(|change| change.kind.effect().is_breaking());
        let broken: BTreeSet<String> = breaking.flat_map(|change| self.features_of(change)).collect();
        for def in &self.old.output.api.types {
            let Some(now) = self.new.types.get(self.new_name(def.name.as_str())).copied() else { continue };
            let mut missing = Features::dropped(&self.old.features, &def.file, &self.new.features, &now.file);
            missing.retain(|name| !broken.contains(*name));
            if !missing.is_empty() {
                let missing = missing.into_iter().collect::<Vec<_>>().join(", ");
                let items = TypePair { old: def, new: now }.items();
                self.changed(
                    ChangeKind::TypeWithoutFeature,
                    &subject(def),
                    &items,
                    (&def.pointer, &now.pointer),
                )
                .before(missing);
            }
        }
    }

    /// Returns the features of the old crate that include the changed item.
    fn features_of(&self, change: &Change) -> Vec<String> {
        match &change.old_item {
            Some(Item::Operation(id)) => {
                let api = &self.old.output.api;
                let modules = api.operations().filter(|(_, operation)| operation.id == *id);
                modules.map(|(module, _)| features::name(module, api)).collect()
            }
            Some(Item::Type(name)) => {
                let def = self.old.types.get(name.as_str());
                let features = def.map(|def| self.old.features.enabling(&def.file)).unwrap_or_default();
                features.into_iter().map(str::to_owned).collect()
            }
            _ => Vec::new(),
        }
    }
}
