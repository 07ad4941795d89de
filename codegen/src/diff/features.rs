//! Types that a feature of the crate no longer brings.

use std::collections::BTreeSet;

use super::Kind;
use super::compare::Comparison;
use super::types::{Types, subject};
use crate::features::{self, Features};

impl Comparison<'_> {
    /// Comes last: where an operation of the feature's module breaks its users anyway, that is why.
    pub(super) fn features(&mut self) {
        let breaking = self.changes.iter().filter(|change| change.kind.effect().is_breaking());
        let told: BTreeSet<&str> =
            breaking.filter_map(|change| Some(change.subject.split_once("::")?.0)).collect();
        let modules = self.old.output.api.modules.iter();
        let broken = modules.filter(|module| told.contains(module.name.as_str()));
        let broken: BTreeSet<String> = broken.map(features::name).collect();
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
}
