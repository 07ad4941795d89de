//! Drafts of all function names, which rules change one after the other.

use std::collections::{BTreeMap, HashMap};

use super::words::words;
use crate::base::name::RustName;
use crate::ir::request::Method;

/// Words that a name can't begin with: `by_id` of `pets_by_id` needs the word before it.
const DEPENDENT: [&str; 10] = ["and", "as", "by", "for", "from", "in", "of", "on", "to", "with"];

/// What the name of an operation depends on.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    /// The `operationId`.
    pub(super) id: Option<&'a str>,
    pub(super) method: Method,
    pub(super) path: &'a str,
    /// The tag, or the segment of the path that replaces it.
    pub(super) module: String,
    /// The name that was given by hand. Rules don't change it.
    pub(super) fixed: Option<String>,
}

/// The operations with their names so far.
pub(super) struct Drafts<'a> {
    pub(super) entries: Vec<Entry<'a>>,
    pub(super) names: Vec<String>,
}

impl<'a> Drafts<'a> {
    /// Starts with the ids as names; `derived` gives the names of operations without an id.
    pub(super) fn new(entries: Vec<Entry<'a>>, derived: impl Fn(&Entry<'a>) -> String) -> Self {
        let name = |entry: &Entry<'a>| {
            let written = entry.fixed.as_deref().or(entry.id).map(str::to_owned);
            written.unwrap_or_else(|| derived(entry))
        };
        let names = entries.iter().map(name).collect();
        Self { entries, names }
    }

    /// The operations that rules may rename: those with an id and without a name given by hand.
    pub(super) fn open(&self) -> impl Iterator<Item = usize> {
        let is_open = |entry: &Entry<'_>| entry.id.is_some() && entry.fixed.is_none();
        self.entries.iter().enumerate().filter(move |(_, entry)| is_open(entry)).map(|(index, _)| index)
    }

    /// The operations that rules may rename, by module.
    pub(super) fn by_module(&self) -> BTreeMap<&str, Vec<usize>> {
        let mut modules: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for index in self.open() {
            modules.entry(&self.entries[index].module).or_default().push(index);
        }
        modules
    }

    /// Applies new names, and returns the operations that were renamed. If operations of a module would get the same name,
    /// all of them keep their names. A new name that isn't usable is ignored.
    pub(super) fn apply(&mut self, wished: impl IntoIterator<Item = (usize, String)>) -> Vec<usize> {
        let mut wished: BTreeMap<usize, String> = wished
            .into_iter()
            .filter(|(index, name)| is_usable(name) && *name != self.names[*index])
            .collect();
        loop {
            let clashing = self.clashing(&wished);
            if clashing.is_empty() {
                break;
            }
            for index in clashing {
                wished.remove(&index);
            }
        }
        let changed = wished.keys().copied().collect();
        for (index, name) in wished {
            self.names[index] = name;
        }
        changed
    }

    /// The operations whose new name clashes with a name of the same module.
    fn clashing(&self, wished: &BTreeMap<usize, String>) -> Vec<usize> {
        let mut taken: HashMap<(&str, RustName), Vec<usize>> = HashMap::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let name = RustName::snake(wished.get(&index).unwrap_or(&self.names[index]));
            taken.entry((&entry.module, name)).or_default().push(index);
        }
        let shared = taken.into_values().filter(|indexes| indexes.len() > 1).flatten();
        shared.filter(|index| wished.contains_key(index)).collect()
    }
}

/// Whether a shortened id is usable as a name: it begins with a letter, is not a keyword, and needs no word before it.
fn is_usable(name: &str) -> bool {
    let snake = RustName::snake(name);
    let first = words(name).into_iter().next().unwrap_or_default();
    name.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_alphabetic)
        && snake.plain() == snake.as_str()
        && !snake.plain().ends_with('_')
        && !DEPENDENT.contains(&first.as_str())
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Drafts, Entry};
    use crate::ir::request::Method;

    /// Operations of the form `GET /path tag id`; `-` means no id.
    pub(in super::super) fn drafts<'a>(lines: &[&'a str]) -> Drafts<'a> {
        let entries = lines.iter().map(|line| {
            let parts: Vec<&str> = line.split(' ').collect();
            let method = match parts[0] {
                "GET" => Method::Get,
                "PUT" => Method::Put,
                "PATCH" => Method::Patch,
                "DELETE" => Method::Delete,
                _ => Method::Post,
            };
            let id = Some(parts[3]).filter(|id| *id != "-");
            Entry { id, method, path: parts[1], module: parts[2].to_owned(), fixed: None }
        });
        Drafts::new(entries.collect(), |entry| format!("{} {}", entry.method.as_str(), entry.path))
    }

    #[test]
    fn names_that_would_clash_stay() {
        let mut drafts =
            drafts(&["GET /a pets x_list", "GET /b pets y_list", "GET /c pets x_get", "GET /d toys list"]);
        let changed = drafts.apply([(0, "list".to_owned()), (1, "list".to_owned()), (2, "get".to_owned())]);
        assert_eq!(changed, [2]);
        assert_eq!(drafts.names, ["x_list", "y_list", "get", "list"]);
    }

    #[test]
    fn a_name_that_stays_may_keep_another_from_changing() {
        let mut drafts = drafts(&["GET /a pets list", "GET /b pets x_list", "GET /c pets y_x_list"]);
        let changed = drafts.apply([(1, "list".to_owned()), (2, "x_list".to_owned())]);
        assert!(changed.is_empty());
    }

    #[test]
    fn what_is_no_name_is_not_taken() {
        let mut drafts = drafts(&["GET /a pets pets_move", "GET /b pets pets_2fa", "GET /c pets pets_by_id"]);
        for rest in ["", "move", "2fa", "by_id", "_"] {
            assert!(drafts.apply([(0, rest.to_owned())]).is_empty(), "{rest}");
        }
    }
}
