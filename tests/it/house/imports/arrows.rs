//! Which file uses what of which other file.

use std::collections::{BTreeMap, BTreeSet};

use super::names::Target;
use super::source::Source;

/// The names that are used, by the modules that use and define them.
pub(super) type Arrows = BTreeMap<(usize, usize), BTreeSet<String>>;

/// All uses that cross from a file to another.
pub(super) fn arrows(source: &Source) -> Arrows {
    let mut arrows = Arrows::new();
    for (index, module) in source.modules.iter().enumerate() {
        let mut targets = BTreeSet::new();
        for path in &module.mentions.paths {
            targets.extend(source.resolve(index, path));
        }
        for word in &module.mentions.words {
            targets.extend(source.lookup(index, word));
        }
        for call in &module.mentions.calls {
            if source.lookup(index, call).is_empty() {
                targets.extend(source.find_macro(call));
            }
        }
        for import in module.mentions.imports.iter().filter(|import| import.name.is_some()) {
            let found = source.resolve(index, &import.path);
            let below = |target: &Target| match target {
                Target::Module(_) => true,
                Target::Item(from, _) => source.modules[*from].path.starts_with(&module.path),
            };
            // What a module lets others have of what is in it, it need not use itself.
            if !import.public || !found.iter().all(below) {
                targets.extend(found);
            }
        }
        for target in targets {
            // A module alone is a way to something, which is found by itself.
            let Target::Item(from, name) = target else { continue };
            if source.modules[from].file != module.file {
                arrows.entry((index, from)).or_default().insert(name);
            }
        }
    }
    arrows
}
