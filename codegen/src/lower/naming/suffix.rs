//! Redundant endings of ids: `getBookUsingGET_1`, `listBooks_v1`, `ApiBooksGet`.

use std::collections::{BTreeMap, BTreeSet};

use super::drafts::Drafts;
use super::words::{is_generic, is_role, is_verb, is_version, throughout, words};
use crate::base::name::RustName;

/// The minimum number of ids for an ending of the whole document.
const MIN_SHARED: usize = 5;

/// The minimum number of ids for an ending of a module.
const MIN_OF_MODULE: usize = 3;

/// Removes `Using` and the method. Returns the operations.
pub(super) fn take_off_using(drafts: &mut Drafts<'_>) -> Vec<usize> {
    let stem = |drafts: &Drafts<'_>, index: usize| {
        let method = drafts.entries[index].method.as_str();
        let (id, number) = numbered(&drafts.names[index]);
        let stem = id.strip_suffix(method)?.strip_suffix("Using")?;
        Some((index, number.map_or(stem.to_owned(), |number| format!("{stem}_{number}"))))
    };
    take_off_if_throughout(drafts, stem, 2)
}

/// Removes the method, or `all`, from the end. It is moved to the beginning if the rest begins with no verb. Returns the
/// operations.
pub(super) fn take_off_method(drafts: &mut Drafts<'_>) -> Vec<usize> {
    let stem = |drafts: &Drafts<'_>, index: usize| {
        let method = drafts.entries[index].method.as_str().to_lowercase();
        let mut words = words(&drafts.names[index]);
        let last = words.pop()?;
        let is_named = words.first().is_some_and(|word| is_verb(word));
        if last == "all" && method == "get" && !words.is_empty() && !is_named {
            return Some((index, format!("get_all_{}", words.join("_"))));
        }
        let number = last.strip_prefix(&method)?;
        if words.is_empty() || !number.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        if !words.first().is_some_and(|word| is_verb(word)) {
            words.insert(0, method);
        }
        words.extend((!number.is_empty()).then(|| number.to_owned()));
        Some((index, words.join("_")))
    };
    let ends_so = |index: &usize| {
        let method = drafts.entries[*index].method.as_str().to_lowercase();
        words(&drafts.names[*index]).last().is_some_and(|word| word.starts_with(&method))
    };
    if drafts.open().filter(ends_so).count() * 2 < drafts.open().count() {
        return Vec::new();
    }
    take_off_if_throughout(drafts, stem, MIN_SHARED)
}

/// Removes a version or role that nearly all ids end with. Returns the operations.
pub(super) fn take_off_shared(drafts: &mut Drafts<'_>) -> Vec<usize> {
    let mut changed = BTreeSet::new();
    loop {
        let mut stems: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
        let open: Vec<usize> = drafts.open().collect();
        for index in &open {
            if let Some((stem, ending)) = last_part(&drafts.names[*index]) {
                stems.entry(ending).or_default().push((*index, stem));
            }
        }
        let most = stems.into_values().max_by_key(Vec::len).unwrap_or_default();
        if open.len() < MIN_SHARED || !throughout(most.len(), open.len()) {
            break;
        }
        let now = drafts.apply(most);
        if now.is_empty() {
            break;
        }
        changed.extend(now);
    }
    changed.into_iter().collect()
}

/// Removes a version that nearly all ids of a module end with. Returns the operations.
pub(super) fn take_off_versions(drafts: &mut Drafts<'_>) -> Vec<usize> {
    let mut wished = Vec::new();
    for members in drafts.by_module().into_values() {
        let mut stems: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
        for index in &members {
            if let Some((stem, ending)) =
                last_part(&drafts.names[*index]).filter(|(_, word)| word.starts_with('v') && is_version(word))
            {
                stems.entry(ending).or_default().push((*index, stem));
            }
        }
        let most = stems.into_values().max_by_key(Vec::len).unwrap_or_default();
        let is_pattern = members.len() >= MIN_OF_MODULE && throughout(most.len(), members.len());
        wished.extend(most.into_iter().filter(|_| is_pattern));
    }
    drafts.apply(wished)
}

/// Removes numbers that distinguish ids of different modules. Returns the operations.
pub(super) fn take_off_numbers(drafts: &mut Drafts<'_>) -> Vec<usize> {
    let stems: BTreeMap<usize, String> = drafts
        .open()
        .filter_map(|index| match numbered(&drafts.names[index]) {
            (stem, Some(_)) => Some((index, stem.to_owned())),
            _ => None,
        })
        .collect();
    // The number distinguishes ids only if another id is equal without it, or has another number.
    let plain: BTreeSet<&str> = drafts.names.iter().map(String::as_str).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for stem in stems.values() {
        *counts.entry(stem).or_default() += 1;
    }
    let is_number = |stem: &String| plain.contains(stem.as_str()) || counts.get(stem.as_str()) > Some(&1);
    let wished: Vec<_> = stems.iter().filter(|(_, stem)| is_number(stem)).collect();
    let wished: Vec<_> = wished.into_iter().map(|(index, stem)| (*index, stem.clone())).collect();
    drafts.apply(wished)
}

fn take_off_if_throughout(
    drafts: &mut Drafts<'_>,
    stem: impl Fn(&Drafts<'_>, usize) -> Option<(usize, String)>,
    min: usize,
) -> Vec<usize> {
    let open: Vec<usize> = drafts.open().collect();
    let stems: Vec<_> = open.iter().filter_map(|index| stem(drafts, *index)).collect();
    if open.len() >= min && throughout(stems.len(), open.len()) { drafts.apply(stems) } else { Vec::new() }
}

/// Splits off the number after the last `_`.
fn numbered(id: &str) -> (&str, Option<&str>) {
    let is_number = |number: &str| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    match id.rsplit_once('_') {
        Some((stem, number)) if is_number(number) && !stem.is_empty() => (stem, Some(number)),
        _ => (id, None),
    }
}

/// Splits off a last word that is a version or a role.
fn last_part(name: &str) -> Option<(String, String)> {
    if let Some((stem, ending)) = name.rsplit_once(['_', '-', '.', '/']) {
        let ending = ending.to_lowercase();
        let is_silent = is_version(&ending) || is_role(&ending) || is_generic(&ending);
        return (!stem.is_empty() && is_silent).then(|| (stem.to_owned(), ending));
    }
    let mut words = words(name);
    let ending = words.pop().filter(|word| word.starts_with('v') && is_version(word))?;
    let stem = name.get(..name.len() - ending.len()).filter(|stem| !stem.is_empty())?;
    let snake = RustName::snake(stem);
    (words.join("_") == snake.plain()).then(|| (stem.to_owned(), ending))
}

#[cfg(test)]
mod tests {
    use super::super::drafts::tests::drafts;
    use super::{take_off_method, take_off_numbers, take_off_shared, take_off_using};

    #[test]
    fn the_method_behind_using_is_taken_off() {
        let mut drafts = drafts(&[
            "GET /a books listUsingGET",
            "POST /a books addUsingPOST",
            "GET /b loans listUsingGET_1",
            "PUT /b loans putUsingPUT_2",
        ]);
        take_off_using(&mut drafts);
        assert_eq!(drafts.names, ["list", "add", "list_1", "put_2"]);
        take_off_numbers(&mut drafts);
        assert_eq!(drafts.names, ["list", "add", "list", "put_2"]);
    }

    #[test]
    fn numbers_stay_where_a_module_has_both() {
        let mut drafts =
            drafts(&["GET /a books list", "GET /b books list_1", "GET /c loans list_2", "GET /d loans is_9"]);
        take_off_numbers(&mut drafts);
        assert_eq!(drafts.names, ["list", "list_1", "list", "is_9"]);
    }

    #[test]
    fn the_method_at_the_end_goes_to_the_beginning() {
        let mut drafts = drafts(&[
            "GET /a x BooksGet",
            "POST /a x BooksPost",
            "GET /b x BooksByIdGet",
            "DELETE /b x BooksByIdDelete",
            "GET /c x ListLoansGET",
            "GET /d x LoansAll",
        ]);
        take_off_method(&mut drafts);
        assert_eq!(
            drafts.names,
            [
                "get_books",
                "post_books",
                "get_books_by_id",
                "delete_books_by_id",
                "list_loans",
                "get_all_loans"
            ]
        );
    }

    #[test]
    fn a_version_or_role_at_the_end_of_all_ids_is_taken_off() {
        let ids = |ending: &str| -> Vec<String> {
            ["a", "b", "c", "d", "e"].iter().map(|name| format!("GET /{name} x get{name}{ending}")).collect()
        };
        for ending in ["_v1", "V1", "-v2", "_handler"] {
            let lines = ids(ending);
            let mut drafts = drafts(&lines.iter().map(String::as_str).collect::<Vec<_>>());
            take_off_shared(&mut drafts);
            assert_eq!(drafts.names[0], "geta", "{ending}");
        }
        for ending in ["Book", "_book"] {
            let lines = ids(ending);
            let mut drafts = drafts(&lines.iter().map(String::as_str).collect::<Vec<_>>());
            assert!(take_off_shared(&mut drafts).is_empty(), "{ending}");
        }
    }
}
