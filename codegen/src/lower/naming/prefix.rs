//! Prefixes of ids that name the tag or controller: `PetsController_findOne`, `pets/list`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::drafts::Drafts;
use super::separators::{WEAK, first_part, segments};
use super::words::{
    has_role, is_generic, is_verb, is_version, singular, subject, throughout, without_role, words,
};
use crate::base::name::RustName;

/// The minimum number of modules, and of ids in each, for modules with a prefix of their own.
const MIN_OWN: usize = 3;

/// Removes prefixes that name the tag or the controller of the operation. Returns the operations.
pub(super) fn take_off_tags(drafts: &mut Drafts<'_>) -> Vec<usize> {
    let mut wished = HashMap::new();
    for (module, members) in drafts.by_module() {
        let names: Vec<_> = members.iter().map(|index| (*index, drafts.names[*index].as_str())).collect();
        wished.extend(below_prefix(module, &names));
    }
    add_lone(drafts, &mut wished);
    if wished.is_empty() {
        wished.extend(own_prefixes(drafts));
    }
    drafts.apply(wished)
}

/// The names of a module after the first kind of prefix that nearly all of them have.
fn below_prefix(module: &str, names: &[(usize, &str)]) -> Vec<(usize, String)> {
    let each = |rest: &dyn Fn(&str) -> Option<String>| -> Vec<(usize, String)> {
        names.iter().filter_map(|(index, name)| Some((*index, rest(name)?))).collect()
    };
    let namespaced = each(&|name| below_tag(module, name));
    // One operation is not a pattern, but a namespace that equals the tag is enough.
    if names.len() == 1 && !namespaced.is_empty() {
        return namespaced;
    }
    let kinds = [
        namespaced,
        shared_namespace(names),
        shared_modules(names),
        below_words(module, names),
        shared_class(names),
        each(&|name| around_tag(module, name)),
        below_camel(module, names),
    ];
    kinds.into_iter().find(|rests| throughout(rests.len(), names.len())).unwrap_or_else(|| {
        // A controller before most ids is no coincidence, either.
        let rests = each(&below_role);
        if rests.len() > 1 && rests.len() * 2 > names.len() { rests } else { Vec::new() }
    })
}

/// The name after a controller: `ShelvesController_find`, `shelvesControllerFind`.
fn below_role(name: &str) -> Option<String> {
    let words = words(name);
    let (first, others) = words.split_first()?;
    let at = others.iter().position(|word| matches!(word.as_str(), "controller" | "viewset" | "resource"))?;
    let rest = &others[at + 1..];
    (!is_verb(first) && !rest.is_empty()).then(|| rest.join("_"))
}

/// Adds operations that are alone in their module, if nearly all other ids begin with their tag or controller.
fn add_lone(drafts: &Drafts<'_>, wished: &mut HashMap<usize, String>) {
    let mut lone = Vec::new();
    let mut others = 0;
    for (module, members) in drafts.by_module() {
        match members.as_slice() {
            [index] if !wished.contains_key(index) => {
                let name = &drafts.names[*index];
                let rest = below_word(module, name).map(|(_, rest)| rest.to_owned());
                lone.extend(rest.or_else(|| below_role(name)).map(|rest| (*index, rest)));
            }
            _ => others += members.len(),
        }
    }
    if throughout(wished.len(), others) {
        wished.extend(lone);
    }
}

/// Returns the names of a tag in ids: all of it, or its last parts, as in `Library / Books`.
fn subjects(module: &str) -> Vec<String> {
    let separators = ['.', '/', ':', '|', '>', '\\'];
    let tails = module.match_indices(separators).map(|(at, _)| &module[at..]);
    let mut subjects: Vec<_> = std::iter::once(module).chain(tails).map(subject).collect();
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

/// Returns the longest beginning that nearly all names of a module share, of those that are accepted. A
/// complete name is not a beginning.
fn shared_beginning<T: Ord>(
    split: &[(usize, Vec<T>)],
    of: usize,
    accepts: impl Fn(&[T]) -> bool,
) -> Option<&[T]> {
    let mut counts: BTreeMap<&[T], usize> = BTreeMap::new();
    for (_, parts) in split {
        for depth in 1..parts.len() {
            *counts.entry(&parts[..depth]).or_default() += 1;
        }
    }
    let common = counts.into_iter().filter(|(parts, count)| throughout(*count, of) && accepts(parts));
    common.max_by_key(|(parts, _)| parts.len()).map(|(parts, _)| parts)
}

/// Returns the names after a beginning.
fn below_beginning<T: PartialEq + std::borrow::Borrow<str>>(
    split: &[(usize, Vec<T>)],
    beginning: &[T],
) -> Vec<(usize, String)> {
    split
        .iter()
        .filter_map(|(index, parts)| Some((*index, parts.strip_prefix(beginning)?.join("_"))))
        .collect()
}

/// The names after a namespace that nearly all names of a module share.
fn shared_namespace(names: &[(usize, &str)]) -> Vec<(usize, String)> {
    let split: Vec<_> = names.iter().map(|(index, name)| (*index, segments(name))).collect();
    let namespace = shared_beginning(&split, names.len(), |_| true);
    namespace.map_or_else(Vec::new, |namespace| below_beginning(&split, namespace))
}

/// The names after words that nearly all names of a module share, if these are the modules in which the function is
/// defined: `lib_api_v1_books_`.
fn shared_modules(names: &[(usize, &str)]) -> Vec<(usize, String)> {
    let split: Vec<_> =
        names.iter().map(|(index, name)| (*index, name.split(WEAK).collect::<Vec<_>>())).collect();
    let is_module =
        |part: &&str| is_generic(part) || matches!(*part, "routes" | "routers" | "views" | "endpoints");
    let are_modules = |parts: &[&str]| parts.iter().any(is_module) && !parts.iter().any(|part| is_verb(part));
    let modules = shared_beginning(&split, names.len(), are_modules);
    modules.map_or_else(Vec::new, |modules| below_beginning(&split, modules))
}

/// The names after a class that nearly all names of a module share: `Shelf_find`.
fn shared_class(names: &[(usize, &str)]) -> Vec<(usize, String)> {
    let split = names.iter().filter_map(|(index, name)| Some((*index, name.split_once('_')?)));
    let mut classes: BTreeMap<&str, Vec<(usize, String)>> = BTreeMap::new();
    for (index, (class, rest)) in split {
        let is_class = class.starts_with(char::is_uppercase) && class.contains(char::is_lowercase);
        if is_class && !words(class).first().is_some_and(|word| is_verb(word)) {
            classes.entry(class).or_default().push((index, rest.to_owned()));
        }
    }
    classes.into_values().max_by_key(Vec::len).unwrap_or_default()
}

/// A name without the tag after its first word, if the tag has a version: `readLibV1Books`.
fn around_tag(module: &str, name: &str) -> Option<String> {
    let tag = words(module);
    if !tag.iter().any(|word| is_version(word)) {
        return None;
    }
    let first = words(name).into_iter().next()?;
    // The letters are compared, because `V1API` has other words than `V1` and `API`.
    let rest = below_letters(name.get(first.len()..)?, &tag.concat())?;
    rest.starts_with(char::is_uppercase).then(|| format!("{first}_{}", words(rest).join("_")))
}

/// The rest of a name that begins with these letters, with any separators.
fn below_letters<'n>(name: &'n str, letters: &str) -> Option<&'n str> {
    let mut letters = letters.chars();
    for (at, c) in name.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        match letters.next() {
            Some(letter) if c.to_lowercase().eq([letter]) => {}
            Some(_) => return None,
            None => return name.get(at..),
        }
    }
    None
}

/// The names after the tag or a controller in camel case: `shelvesControllerFind`, `shelfList`.
fn below_camel(module: &str, names: &[(usize, &str)]) -> Vec<(usize, String)> {
    let is_separated = |name: &str| name.contains(|c: char| !c.is_alphanumeric());
    let split = names.iter().filter(|(_, name)| !is_separated(name));
    let split: Vec<(usize, Vec<String>)> = split.map(|(index, name)| (*index, words(name))).collect();
    let names_the_tag = |prefix: &[String]| {
        let rests = split.iter().filter_map(|(_, words)| words.strip_prefix(prefix)?.first());
        has_role(&prefix.join("_"))
            || is_short_for(prefix, module)
                && throughout(rests.filter(|word| is_verb(word)).count(), names.len())
    };
    let prefix =
        shared_beginning(&split, names.len(), |prefix| !is_verb(&prefix[0]) && names_the_tag(prefix));
    prefix.map_or_else(Vec::new, |prefix| below_beginning(&split, prefix))
}

/// Whether words are the tag, or its beginning: `repo` of `repository`.
fn is_short_for(prefix: &[String], module: &str) -> bool {
    let prefix = subject(&prefix.join("_"));
    prefix.len() > 2 && subjects(module).iter().any(|tag| tag.starts_with(&prefix))
}

/// The prefix that equals the tag or names a controller, and the name after it.
fn below_word<'n>(module: &str, name: &'n str) -> Option<(&'n str, &'n str)> {
    let tags = subjects(module);
    let mut cuts = name.match_indices(WEAK).filter(|(at, _)| {
        let prefix = &name[..*at];
        tags.contains(&subject(prefix))
            || (has_role(prefix) && !is_verb(words(prefix).first().map_or("", String::as_str)))
    });
    let (at, sign) = cuts.next_back()?;
    Some((&name[..at], &name[at + sign.len()..]))
}

/// The names after the tag or a controller. If controllers of a module have equal functions, the name of the controller
/// that isn't the tag stays, without its role: `admin_find`.
fn below_words(module: &str, names: &[(usize, &str)]) -> Vec<(usize, String)> {
    let split = names.iter().filter_map(|(index, name)| Some((*index, below_word(module, name)?)));
    let split: Vec<_> = split.collect();
    let mut controllers: HashMap<RustName, BTreeSet<&str>> = HashMap::new();
    for (_, (prefix, rest)) in &split {
        controllers.entry(RustName::snake(rest)).or_default().insert(prefix);
    }
    let equal: BTreeSet<&str> =
        controllers.into_values().filter(|prefixes| prefixes.len() > 1).flatten().collect();
    let tags = subjects(module);
    let name = |(index, (prefix, rest)): (usize, (&str, &str))| {
        let stays = equal.contains(prefix) && !tags.contains(&subject(prefix));
        (index, if stays { format!("{}_{rest}", without_tag(prefix, &tags)) } else { rest.to_owned() })
    };
    split.into_iter().map(name).collect()
}

/// The name of a controller without its role and without the tag, if more is left.
fn without_tag(controller: &str, tags: &[String]) -> String {
    let words = words(controller);
    let words = without_role(&words);
    let others: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !tags.contains(&singular(word))).collect();
    if others.is_empty() { words.join("_") } else { others.join("_") }
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

#[cfg(test)]
mod tests {
    use super::super::drafts::tests::drafts;
    use super::super::shared_prefix::{take_off_generic, take_off_shared};
    use super::take_off_tags;

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
    fn the_last_parts_of_a_tag_are_a_prefix_too() {
        assert_eq!(
            names(&["GET /a beta.lib.books lib_books_find", "GET /b beta.lib.books lib_books_add"]),
            ["find", "add"]
        );
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
                "GET /d lib_v1 getLibV1APIPages",
                "GET /c lib getLibBook"
            ]),
            ["read_book", "list_book_pages", "get_api_pages", "getLibBook"]
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
            names(&["GET /a books BookController_find", "GET /b books BooksApi_find"]),
            ["BookController_find", "BooksApi_find"]
        );
    }

    #[test]
    fn controllers_with_equal_functions_stay_in_the_names() {
        assert_eq!(
            names(&[
                "GET /a books BooksController_find",
                "GET /b books AdminBooksController_find",
                "POST /b books AdminBooksController_add",
                "GET /c books ShelfController_find",
                "GET /d books PageController_list",
            ]),
            ["find", "admin_find", "admin_add", "shelf_find", "list"]
        );
    }

    #[test]
    fn a_class_before_all_ids_of_a_tag_is_taken_off() {
        assert_eq!(names(&["GET /a books Volume_find", "GET /b books Volume_add"]), ["find", "add"]);
        let unlike = ["GET /a books Volume_find", "GET /b books Shelf_find"];
        assert_eq!(names(&unlike), ["Volume_find", "Shelf_find"]);
    }

    #[test]
    fn a_controller_in_camel_case_is_taken_off() {
        assert_eq!(
            names(&["GET /a books booksControllerFindAll", "GET /b books booksControllerFindOne"]),
            ["find_all", "find_one"]
        );
        assert_eq!(names(&["GET /a Books bookList", "GET /b Books bookGetById"]), ["list", "get_by_id"]);
        assert_eq!(names(&["GET /a library libList", "GET /b library libGetPage"]), ["list", "get_page"]);
        for lines in [
            &["GET /a admin bookList", "GET /b admin bookAdd"][..],
            &["GET /a user userName", "GET /b user userGroups"],
        ] {
            let ids: Vec<_> = lines.iter().map(|line| line.rsplit(' ').next().unwrap()).collect();
            assert_eq!(names(lines), ids);
        }
    }

    #[test]
    fn one_id_without_the_controller_changes_nothing_for_the_others() {
        assert_eq!(
            names(&[
                "GET /a books BooksController_find",
                "GET /b books BooksController_list",
                "GET /c books countBooks",
                "GET / app appControllerGetHello",
            ]),
            ["find", "list", "countBooks", "appControllerGetHello"]
        );
        assert_eq!(
            names(&["GET /a books BookApi_a", "GET /b books BookApi_b", "GET / x appControllerHello"])[2],
            "hello"
        );
    }

    #[test]
    fn api_and_version_are_taken_off_before_the_tag() {
        let mut drafts = drafts(&[
            "GET /a books api.v1.books.list",
            "GET /b books api.v1.books.find",
            "GET /c loans api.v1.loans.list",
            "GET /d loans api.v1.loans.find",
            "GET /e auth api.v1.login",
        ]);
        take_off_generic(&mut drafts);
        take_off_tags(&mut drafts);
        assert_eq!(drafts.names, ["list", "find", "list", "find", "login"]);
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
