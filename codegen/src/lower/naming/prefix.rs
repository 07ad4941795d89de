//! Prefixes of ids that name the tag or controller: `PetsController_findOne`, `pets/list`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::drafts::Drafts;
use super::words::{has_role, is_generic, is_verb, is_version, subject, throughout, words};

/// Separators of namespaces.
const STRONG: [&str; 5] = ["::", ".", "/", "#", ":"];

/// Separators of words, which may also separate a namespace.
const WEAK: [char; 2] = ['_', '-'];

/// The minimum number of ids for a prefix of the whole document.
const MIN_SHARED: usize = 5;

/// The minimum number of modules, and of ids in each, for modules with a prefix of their own.
const MIN_OWN: usize = 3;

/// Removes a prefix that nearly all ids of the document share, unless it is a verb. Returns the operations.
pub(super) fn take_off_shared(drafts: &mut Drafts<'_>) -> Vec<usize> {
    let mut changed = BTreeSet::new();
    loop {
        let open: Vec<usize> = drafts.open().collect();
        let mut counts: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
        for index in &open {
            if let Some((prefix, rest)) = first_part(&drafts.names[*index]) {
                counts.entry(prefix.to_lowercase()).or_default().push((*index, rest.to_owned()));
            }
        }
        let Some((prefix, rests)) = counts.into_iter().max_by_key(|(_, rests)| rests.len()) else { break };
        let is_pattern = open.len() >= MIN_SHARED && throughout(rests.len(), open.len());
        if !is_pattern || is_verb(&prefix) {
            break;
        }
        let now = drafts.apply(rests);
        if now.is_empty() {
            break;
        }
        changed.extend(now);
    }
    changed.into_iter().collect()
}

/// Removes prefixes that name the tag or the controller of the operation. Returns the operations.
pub(super) fn take_off_tags(drafts: &mut Drafts<'_>) -> Vec<usize> {
    let mut wished = HashMap::new();
    for (module, members) in drafts.by_module() {
        let names = || members.iter().map(|index| (*index, drafts.names[*index].as_str()));
        let namespaced: Vec<_> =
            names().filter_map(|(index, name)| Some((index, below_tag(module, name)?))).collect();
        let shared = shared_namespace(&names().collect::<Vec<_>>());
        let marked: Vec<_> =
            names().filter_map(|(index, name)| Some((index, below_word(module, name)?))).collect();
        let inner: Vec<_> =
            names().filter_map(|(index, name)| Some((index, around_tag(module, name)?))).collect();
        let modules = shared_modules(&names().collect::<Vec<_>>());
        // One operation is not a pattern, but a namespace that equals the tag is enough.
        let is_pattern = |found: usize| throughout(found, members.len());
        if is_pattern(namespaced.len()) || (members.len() == 1 && !namespaced.is_empty()) {
            wished.extend(namespaced);
        } else if is_pattern(shared.len()) {
            wished.extend(shared);
        } else if is_pattern(modules.len()) {
            wished.extend(modules);
        } else if is_pattern(marked.len()) {
            wished.extend(marked);
        } else if is_pattern(inner.len()) {
            wished.extend(inner);
        }
    }
    add_lone(drafts, &mut wished);
    if wished.is_empty() {
        wished.extend(own_prefixes(drafts));
    }
    drafts.apply(wished)
}

/// Adds operations that are alone in their module, if nearly all other ids begin with their tag.
fn add_lone(drafts: &Drafts<'_>, wished: &mut HashMap<usize, String>) {
    let mut lone = Vec::new();
    let mut others = 0;
    for (module, members) in drafts.by_module() {
        match members.as_slice() {
            [index] if !wished.contains_key(index) => {
                lone.extend(below_word(module, &drafts.names[*index]).map(|rest| (*index, rest)));
            }
            _ => others += members.len(),
        }
    }
    if throughout(wished.len(), others) {
        wished.extend(lone);
    }
}

/// The names of a tag in ids: all of it, or its last part: `Library / Books`.
fn subjects(module: &str) -> Vec<String> {
    let last = module.rsplit(['.', '/', ':', '|', '>', '\\']).next().unwrap_or_default();
    let mut subjects = vec![subject(module), subject(last)];
    subjects.retain(|subject| !subject.is_empty());
    subjects
}

/// The name after a namespace that equals the tag.
fn below_tag(module: &str, name: &str) -> Option<String> {
    let segments = segments(name);
    let (_, leading) = segments.split_last()?;
    let tags = subjects(module);
    let own = leading.iter().rposition(|segment| tags.contains(&subject(segment)))?;
    Some(segments[own + 1..].join("_"))
}

/// The names after a namespace that nearly all names of a module share.
fn shared_namespace(names: &[(usize, &str)]) -> Vec<(usize, String)> {
    let split: Vec<_> = names.iter().map(|(index, name)| (*index, segments(name))).collect();
    let mut counts: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    for (_, segments) in &split {
        for depth in 1..segments.len() {
            *counts.entry(segments[..depth].to_vec()).or_default() += 1;
        }
    }
    let common = counts.into_iter().filter(|(_, count)| throughout(*count, names.len()));
    let Some((namespace, _)) = common.max_by_key(|(namespace, _)| namespace.len()) else { return Vec::new() };
    let below = split.into_iter().filter(|(_, segments)| segments.starts_with(&namespace));
    let below = below.filter(|(_, segments)| segments.len() > namespace.len());
    below.map(|(index, segments)| (index, segments[namespace.len()..].join("_"))).collect()
}

/// The names after words that nearly all names of a module share, if these are the modules in which the function is
/// defined: `lib_api_v1_books_`.
fn shared_modules(names: &[(usize, &str)]) -> Vec<(usize, String)> {
    let split: Vec<_> =
        names.iter().map(|(index, name)| (*index, name.split(WEAK).collect::<Vec<_>>())).collect();
    let mut counts: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    for (_, parts) in &split {
        for depth in 1..parts.len() {
            *counts.entry(parts[..depth].to_vec()).or_default() += 1;
        }
    }
    let is_module =
        |part: &&str| is_generic(part) || matches!(*part, "routes" | "routers" | "views" | "endpoints");
    let common = counts.into_iter().filter(|(parts, count)| {
        throughout(*count, names.len())
            && parts.iter().any(is_module)
            && !parts.iter().any(|part| is_verb(part))
    });
    let Some((parts, _)) = common.max_by_key(|(parts, _)| parts.len()) else { return Vec::new() };
    let below = split.into_iter().filter(|(_, own)| own.starts_with(&parts));
    below.map(|(index, own)| (index, own[parts.len()..].join("_"))).collect()
}

/// A name without the tag after its first word, if the tag has a version: `readLibV1Books`.
fn around_tag(module: &str, name: &str) -> Option<String> {
    let tag = words(module);
    if tag.len() < 2 || !tag.iter().any(|word| is_version(word)) {
        return None;
    }
    let name = words(name);
    let rest = name.get(1..)?.strip_prefix(tag.as_slice()).filter(|rest| !rest.is_empty())?;
    Some([&name[..1], rest].concat().join("_"))
}

/// The name after words that equal the tag or name a controller, and a separator.
fn below_word(module: &str, name: &str) -> Option<String> {
    let tags = subjects(module);
    let mut cuts = name.match_indices(WEAK).filter(|(at, _)| {
        let prefix = &name[..*at];
        tags.contains(&subject(prefix))
            || (has_role(prefix) && !is_verb(words(prefix).first().map_or("", String::as_str)))
    });
    let (at, sign) = cuts.next_back()?;
    Some(name[at + sign.len()..].to_owned())
}

/// The names after their first part, if each module has its own first part, which is not a verb.
fn own_prefixes(drafts: &Drafts<'_>) -> Vec<(usize, String)> {
    let mut wished = Vec::new();
    let mut prefixes = BTreeSet::new();
    let modules = drafts.by_module();
    for members in modules.values() {
        let parts = members.iter().filter_map(|index| Some((*index, first_part(&drafts.names[*index])?)));
        let parts: Vec<_> = parts.collect();
        let own: BTreeSet<String> = parts.iter().map(|(_, (prefix, _))| prefix.to_lowercase()).collect();
        let whole = parts.len() == members.len() && members.len() >= MIN_OWN;
        let Some(prefix) = own.first().filter(|_| own.len() == 1 && whole) else { return Vec::new() };
        if is_verb(prefix) || !prefixes.insert(prefix.clone()) {
            return Vec::new();
        }
        wished.extend(parts.into_iter().map(|(index, (_, rest))| (index, rest.to_owned())));
    }
    if modules.len() >= MIN_OWN { wished } else { Vec::new() }
}

/// Splits a name at its first separator.
fn first_part(name: &str) -> Option<(&str, &str)> {
    let strong = STRONG.iter().filter_map(|sign| name.find(sign).map(|at| (at, sign.len())));
    let weak = name.find(WEAK).map(|at| (at, 1));
    // `::` comes before `:`.
    let (at, length) = strong.chain(weak).min_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)))?;
    let (prefix, rest) = (&name[..at], &name[at + length..]);
    let is_named = |text: &str| text.chars().any(char::is_alphabetic);
    (is_named(prefix) || is_generic(prefix)).then_some((prefix, rest)).filter(|(_, rest)| is_named(rest))
}

/// Splits a name at its namespaces.
fn segments(name: &str) -> Vec<&str> {
    let mut segments = vec![name];
    for sign in STRONG {
        segments = segments.into_iter().flat_map(|segment| segment.split(sign)).collect();
    }
    segments.retain(|segment| !segment.is_empty());
    segments
}

#[cfg(test)]
mod tests {
    use super::super::drafts::tests::drafts;
    use super::{take_off_shared, take_off_tags};

    fn names(lines: &[&str]) -> Vec<String> {
        let mut drafts = drafts(lines);
        take_off_shared(&mut drafts);
        take_off_tags(&mut drafts);
        drafts.names
    }

    #[test]
    fn a_controller_is_taken_off() {
        assert_eq!(
            names(&["GET /a books BooksController_findAll", "GET /b books BooksController_findOne"]),
            ["findAll", "findOne"]
        );
        assert_eq!(
            names(&["GET /a Loans LoanService_ListLoans", "GET /b Loans LoanService_GetLoan"]),
            ["ListLoans", "GetLoan"]
        );
        assert_eq!(
            names(&["GET /a shelf BookApi.findOne", "GET /b shelf BookApi.find"]),
            ["findOne", "find"]
        );
    }

    #[test]
    fn a_namespace_that_is_the_tag_is_taken_off() {
        assert_eq!(
            names(&["GET /a books books/list", "GET /b books books/get-by-isbn", "GET /c loans loans/list"]),
            ["list", "get-by-isbn", "list"]
        );
        assert_eq!(names(&["GET /a lib.books books_find", "GET /b lib.books book_list"]), ["find", "list"]);
        assert_eq!(
            names(&["GET /a shelves library.shelves.list", "GET /b shelves library.shelves.books.list"]),
            ["list", "books_list"]
        );
        assert_eq!(names(&["GET /a Books book_list", "GET /b Books book_read"]), ["list", "read"]);
        assert_eq!(names(&["GET /a books books-find", "GET /b books books-add"]), ["find", "add"]);
    }

    #[test]
    fn the_modules_of_a_function_are_taken_off() {
        assert_eq!(
            names(&[
                "GET /a books lib_api_routes_books_find_book",
                "GET /b books lib_api_routes_books_list_books"
            ]),
            ["find_book", "list_books"]
        );
    }

    #[test]
    fn a_group_with_its_version_is_taken_out() {
        assert_eq!(
            names(&[
                "GET /a lib_v1 readLibV1Book",
                "GET /b lib_v1 listLibV1BookPages",
                "GET /c lib getLibBook"
            ]),
            ["read_book", "list_book_pages", "getLibBook"]
        );
    }

    #[test]
    fn a_verb_is_no_namespace() {
        for lines in [
            &["GET /a books get_book", "GET /b books get_author"][..],
            &["GET /a books listBooks", "GET /b books listAuthors"],
            &["GET /a a get_a", "GET /b b get_b", "GET /c c get_c", "GET /d d get_d", "GET /e e get_e"],
        ] {
            let ids: Vec<_> = lines.iter().map(|line| line.rsplit(' ').next().unwrap()).collect();
            assert_eq!(names(lines), ids);
        }
    }

    #[test]
    fn what_needs_the_prefix_keeps_it() {
        assert_eq!(
            names(&["GET /a books books_list", "GET /b books books_by_id", "GET /c books books_move"]),
            ["list", "books_by_id", "books_move"]
        );
        assert_eq!(
            names(&["GET /a books BookController_find", "GET /b books ShelfController_find"]),
            ["BookController_find", "ShelfController_find"]
        );
    }

    #[test]
    fn a_prefix_of_the_whole_document_is_taken_off() {
        assert_eq!(
            names(&[
                "GET /a api api_v1_books_list",
                "POST /a api api_v1_books_create",
                "GET /b api api_v1_loans_list",
                "POST /b api api_v1_loans_create",
                "DELETE /b api api_v1_loans_destroy",
            ]),
            ["books_list", "books_create", "loans_list", "loans_create", "loans_destroy"]
        );
    }

    #[test]
    fn each_tag_may_have_a_prefix_that_is_another_name_for_it() {
        let lines: Vec<String> = [("Books", "bk"), ("Loans", "ln"), ("People", "pp")]
            .iter()
            .flat_map(|(tag, short)| {
                ["list", "get", "add"].map(|verb| format!("GET /{short}/{verb} {tag} {short}_{verb}"))
            })
            .collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        assert_eq!(names(&lines), ["list", "get", "add", "list", "get", "add", "list", "get", "add"]);
    }
}
