//! Which item a path leads to, and where it is defined.

use std::collections::BTreeSet;

use super::source::Source;

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Module(usize),
    /// An item, by the module that defines it.
    Item(usize, String),
}

/// The names that are being looked up, so that imports which lead back to themselves end.
type Seen = BTreeSet<(usize, String)>;

impl Source {
    /// All that a path leads to, as a name can be a module and a function; nothing if it leads out of the crate.
    pub(super) fn resolve(&self, module: usize, path: &[String]) -> BTreeSet<Target> {
        self.follow(module, path, &mut Seen::new())
    }

    /// What a name is in a module.
    pub(super) fn lookup(&self, module: usize, name: &str) -> BTreeSet<Target> {
        self.find(module, name, &mut Seen::new()).unwrap_or_default()
    }

    /// The macro of this name, which its callers need not import.
    pub(super) fn find_macro(&self, name: &str) -> Option<Target> {
        let mut found = self.modules.iter().enumerate().filter(|(_, module)| module.macros.contains(name));
        found.next().map(|(index, _)| Target::Item(index, name.to_owned()))
    }

    fn follow(&self, module: usize, path: &[String], seen: &mut Seen) -> BTreeSet<Target> {
        let mut at = module;
        let mut rest = path;
        // Only what is named from one of these is surely in this crate.
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
                    // A variant or a function of a type; if there is a module of that name it is meant.
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

    /// What a name is; `None` if the module has none of that name.
    fn find(&self, index: usize, name: &str, seen: &mut Seen) -> Option<BTreeSet<Target>> {
        let module = &self.modules[index];
        let mut found = BTreeSet::new();
        if module.items.contains(name) {
            found.insert(Target::Item(index, name.to_owned()));
        }
        if let Some(child) = module.children.get(name) {
            found.insert(Target::Module(*child));
        }
        // On the way of an import of this name, as in `pub use a::a`, it is what is here without that import.
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

    /// What a module imports by a name; if it defines none, what it may have of others.
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
