//! Resolves a path to an item and the module that defines it.

use std::collections::BTreeSet;

use super::source::Source;

/// The target of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Module(usize),
    /// An item and the module that defines it.
    Item(usize, String),
}

/// The names that are being looked up, so that cyclic imports end.
type Seen = BTreeSet<(usize, String)>;

impl Source {
    /// Returns the targets of a path: a name can be a module and a function. A path out of the crate has none.
    pub(super) fn resolve(&self, module: usize, path: &[String]) -> BTreeSet<Target> {
        self.follow(module, path, &mut Seen::new())
    }

    /// Returns the targets of a name in a module.
    pub(super) fn lookup(&self, module: usize, name: &str) -> BTreeSet<Target> {
        self.find(module, name, &mut Seen::new()).unwrap_or_default()
    }

    /// Returns the macro of this name, which callers need not import.
    pub(super) fn find_macro(&self, name: &str) -> Option<Target> {
        let mut found = self.modules.iter().enumerate().filter(|(_, module)| module.macros.contains(name));
        found.next().map(|(index, _)| Target::Item(index, name.to_owned()))
    }

    fn follow(&self, module: usize, path: &[String], seen: &mut Seen) -> BTreeSet<Target> {
        let mut at = module;
        let mut rest = path;
        // Only a path that starts with one of these is certainly in this crate.
        let mut rooted = false;
        while let Some((first, others)) = rest.split_first() {
            at = match first.as_str() {
                "crate" => 0,
                "self" => at,
                "super" => self.modules[at].parent.unwrap_or_default(),
                _ => break,
            };
            rooted = true;
            rest = others;
        }
        let mut found = BTreeSet::from([Target::Module(at)]);
        for (index, name) in rest.iter().enumerate() {
            let mut next = BTreeSet::new();
            for target in &found {
                match target {
                    Target::Module(module) => match self.find(*module, name, seen) {
                        Some(targets) => next.extend(targets),
                        // A macro may have made it.
                        None if rooted || index > 0 => {
                            next.insert(Target::Item(*module, name.clone()));
                        }
                        None => {}
                    },
                    // A variant or an associated function of a type, unless a module has that name.
                    Target::Item(..) => {}
                }
            }
            if next.is_empty() && found.iter().any(|target| matches!(target, Target::Item(..))) {
                break;
            }
            found = next;
        }
        found
    }

    /// Returns the targets of a name; `None` if the module doesn't have the name.
    fn find(&self, index: usize, name: &str, seen: &mut Seen) -> Option<BTreeSet<Target>> {
        let module = &self.modules[index];
        let mut found = BTreeSet::new();
        if module.items.contains(name) {
            found.insert(Target::Item(index, name.to_owned()));
        }
        if let Some(child) = module.children.get(name) {
            found.insert(Target::Module(*child));
        }
        // While an import of this name is resolved, as in `pub use a::a`, that import doesn't count.
        let here = (index, name.to_owned());
        if !seen.insert(here.clone()) {
            return Some(found);
        }
        let imported = self.find_imported(index, name, found.is_empty(), seen);
        seen.remove(&here);
        if found.is_empty() && imported.is_none() {
            return None;
        }
        found.extend(imported.into_iter().flatten());
        Some(found)
    }

    /// Returns the targets of an imported name, also by glob imports if the module doesn't define the name.
    fn find_imported(
        &self,
        index: usize,
        name: &str,
        undefined: bool,
        seen: &mut Seen,
    ) -> Option<BTreeSet<Target>> {
        let module = &self.modules[index];
        let named: Vec<_> =
            module.mentions.imports.iter().filter(|import| import.name.as_deref() == Some(name)).collect();
        if !named.is_empty() || !undefined {
            return Some(named.iter().flat_map(|import| self.follow(index, &import.path, seen)).collect());
        }
        // Exported macros are at the root.
        if index == 0
            && let Some(exported) = self.find_macro(name)
        {
            return Some(BTreeSet::from([exported]));
        }
        for import in module.mentions.imports.iter().filter(|import| import.name.is_none()) {
            for target in self.follow(index, &import.path, seen) {
                if let Target::Module(from) = target
                    && let Some(targets) = self.find(from, name, seen)
                {
                    return Some(targets);
                }
            }
        }
        None
    }
}
