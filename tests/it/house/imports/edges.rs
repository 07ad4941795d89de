//! Which file uses which items of which other file.

use std::collections::{BTreeMap, BTreeSet};

use super::names::Target;
use super::source::Source;

/// The names that a module uses of another module: by the using and the defining module.
pub(super) type Edges = BTreeMap<(usize, usize), BTreeSet<String>>;

/// Returns all uses of items of another file.
pub(super) fn edges(source: &Source) -> Edges {
    let mut edges = Edges::new();
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
            // A re-export of a module's own children is not a use.
            if !import.public || !found.iter().all(below) {
                targets.extend(found);
            }
        }
        for target in targets {
            // A module alone only leads to an item, which is found separately.
            let Target::Item(from, name) = target else { continue };
            if source.modules[from].file != module.file {
                edges.entry((index, from)).or_default().insert(name);
            }
        }
    }
    edges
}
