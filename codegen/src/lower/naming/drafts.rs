//! Drafts of all function names, which rules change one after the other.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::words::words;
use crate::base::name::RustName;
use crate::ir::request::Method;

/// Words that a name can't begin with: `by_id` of `pets_by_id` needs the word before it.
const DEPENDENT: [&str; 10] = ["and", "as", "by", "for", "from", "in", "of", "on", "to", "with"];

/// The maximum length of an id that is part of a pattern, in bytes. The rules compare all ranges of the words of an id.
const MAX_ID: usize = 250;

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
        let name = |entry: &Entry<'a>| entry.id.map_or_else(|| derived(entry), str::to_owned);
        let names = entries.iter().map(name).collect();
        Self { entries, names }
    }

    /// Replaces names by those given by hand. An equal name of another operation gets a number. No rule follows.
    pub(super) fn finish(&mut self) {
        let given = |entry: &Entry<'a>| Some((entry.module.clone(), RustName::snake(entry.fixed.as_ref()?)));
        let given: HashSet<(String, RustName)> = self.entries.iter().filter_map(given).collect();
        if given.is_empty() {
            return;
        }
        for (entry, name) in self.entries.iter().zip(&mut self.names) {
            match &entry.fixed {
                Some(fixed) => name.clone_from(fixed),
                None if given.contains(&(entry.module.clone(), RustName::snake(name))) => name.push('2'),
                None => {}
            }
        }
    }

    /// The operations with an id. Those with a name given by hand are part of a pattern, too, so that one such name doesn't
    /// change the others.
    pub(super) fn open(&self) -> impl Iterator<Item = usize> {
        let is_open = |entry: &Entry<'_>| entry.id.is_some_and(|id| id.len() <= MAX_ID);
        self.entries.iter().enumerate().filter(move |(_, entry)| is_open(entry)).map(|(index, _)| index)
    }

    /// The operations with an id, by module.
    pub(super) fn by_module(&self) -> BTreeMap<&str, Vec<usize>> {
        let mut modules: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for index in self.open() {
            modules.entry(&self.entries[index].module).or_default().push(index);
        }
        modules
    }

    /// Applies new names, and returns the operations that were renamed. If operations of a module would get the same name,
    /// all of them keep their names. A new name that isn't usable is ignored. Names given by hand don't change.
    pub(super) fn apply(&mut self, wished: impl IntoIterator<Item = (usize, String)>) -> Vec<usize> {
        let wished =
            wished.into_iter().filter(|(index, name)| is_usable(name) && *name != self.names[*index]);
        let (fixed, mut wished): (BTreeMap<usize, String>, BTreeMap<usize, String>) =
            wished.partition(|(index, _)| self.entries[*index].fixed.is_some());
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
        for (index, name) in wished.into_iter().chain(fixed) {
            self.names[index] = name;
        }
        changed
    }

    /// The operations whose new name clashes with a name of the same module.
    fn clashing(&self, wished: &BTreeMap<usize, String>) -> Vec<usize> {
        let mut taken: HashMap<(&str, RustName), Vec<usize>> = HashMap::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let name = entry.fixed.as_ref().or(wished.get(&index)).unwrap_or(&self.names[index]);
            let name = RustName::snake(name);
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
    fn a_name_given_by_hand_changes_no_other_name() {
        let mut drafts = drafts(&["GET /a pets x_list", "GET /b pets x_get", "GET /c pets x_add"]);
        drafts.entries[1].fixed = Some("add".to_owned());
        assert_eq!(drafts.open().count(), 3);
        let rests = [(0, "list".to_owned()), (1, "get".to_owned()), (2, "add".to_owned())];
        assert_eq!(drafts.apply(rests), [0]);
        drafts.finish();
        assert_eq!(drafts.names, ["list", "add", "x_add"]);
    }

    #[test]
    fn a_name_given_by_hand_comes_before_an_equal_one() {
        let mut drafts = drafts(&["GET /a pets list", "GET /b pets x", "GET /c toys list"]);
        drafts.entries[1].fixed = Some("list".to_owned());
        drafts.finish();
        assert_eq!(drafts.names, ["list2", "list", "list"]);
    }

    #[test]
    fn what_is_no_name_is_not_taken() {
        let mut drafts = drafts(&["GET /a pets pets_move", "GET /b pets pets_2fa", "GET /c pets pets_by_id"]);
        for rest in ["", "move", "2fa", "by_id", "_"] {
            assert!(drafts.apply([(0, rest.to_owned())]).is_empty(), "{rest}");
        }
    }
}
