//! Ids that a framework makes of the function, the path and the method: `read_item_items__item_id__get`.

use std::collections::{BTreeSet, HashMap};

use super::drafts::Drafts;
use super::paths::Paths;
use super::words::{is_version, throughout};
use crate::base::name::RustName;
use crate::ir::request::Method;

/// The maximum number of leading segments that all ids lack: a prefix that was added to the paths later.
const MAX_MOUNTED: usize = 3;

/// The methods in ids. All ids of a function with several methods end with one of them.
const METHODS: [Method; 8] = [
    Method::Get,
    Method::Put,
    Method::Post,
    Method::Patch,
    Method::Delete,
    Method::Head,
    Method::Options,
    Method::Trace,
];

/// Removes path and method from ids, if most ids of the document or of a module have them. Returns the operations.
pub(super) fn take_off(drafts: &mut Drafts<'_>, paths: &Paths) -> Vec<usize> {
    let open: Vec<usize> = drafts.open().collect();
    let functions = |mounted: usize| -> Vec<(usize, String)> {
        let function = |index: usize| {
            let path = drafts.entries[index].path;
            let below = below(path, mounted)?;
            let name = function(&drafts.names[index], below)?;
            // The beginning of the path is no function: `api_v1` before `_books_get`.
            let is_path = slug(path.strip_suffix(below)?).strip_prefix('_') == Some(name);
            (!is_path).then(|| (index, name.to_owned()))
        };
        open.iter().filter_map(|index| function(*index)).collect()
    };
    // Of equally good readings, the one with the longest paths wins.
    let (mounted, mut best) = (0..=MAX_MOUNTED)
        .map(|mounted| (mounted, functions(mounted)))
        .rev()
        .max_by_key(|(_, functions)| functions.len())
        .unwrap_or_default();
    if !is_pattern(best.len(), open.len(), mounted) {
        let members = patterned(drafts, &best, mounted);
        best.retain(|(index, _)| members.contains(index));
    }
    let best = with_methods(drafts, best);
    drafts.apply(unique(drafts, paths, best))
}

/// Returns whether so many of the ids are a pattern. The whole path in an id is no coincidence, so a few ids are enough,
/// and one is enough if it is the only one.
fn is_pattern(count: usize, of: usize, mounted: usize) -> bool {
    let is_whole = mounted == 0 && (count == of || count > 2 || count * 2 > of && count > 1);
    is_whole || throughout(count, of)
}

/// The operations of modules in which the ids are a pattern.
fn patterned(drafts: &Drafts<'_>, functions: &[(usize, String)], mounted: usize) -> BTreeSet<usize> {
    let found: BTreeSet<usize> = functions.iter().map(|(index, _)| *index).collect();
    let is_made_so = |members: &Vec<usize>| {
        let count = members.iter().filter(|index| found.contains(index)).count();
        members.len() > 1 && is_pattern(count, members.len(), mounted)
    };
    let (whole, others): (Vec<_>, Vec<_>) = drafts.by_module().into_values().partition(is_made_so);
    // One operation is not a pattern by itself.
    let lone = others.into_iter().filter(|members| members.len() == 1 && !whole.is_empty());
    whole.iter().cloned().chain(lone).flatten().collect()
}

/// Adds the method to a keyword, and the version or the path to names that functions of a module share.
fn unique(drafts: &Drafts<'_>, paths: &Paths, names: Vec<(usize, String)>) -> Vec<(usize, String)> {
    let path = |index: usize| drafts.entries[index].path;
    let version =
        |index: usize| path(index).split('/').find(|segment| is_version(segment)).map(str::to_owned);
    let resource = |index: usize| Some(paths.resource(path(index))).filter(|resource| !resource.is_empty());
    let both = |index: usize| Some(format!("{}_{}", resource(index)?, version(index)?));
    let suffixes: [&dyn Fn(usize) -> Option<String>; 3] = [&version, &resource, &both];
    let functions: Vec<_> =
        names.into_iter().map(|(index, name)| (index, without_keyword(drafts, index, name))).collect();
    let mut named = functions.clone();
    for suffix in suffixes {
        let shared = shared(drafts, &named);
        let function_of = functions.iter().map(|(index, function)| (*index, function));
        for ((index, function), (_, name)) in
            function_of.zip(&mut named).filter(|((index, _), _)| shared.contains(index))
        {
            if let Some(suffix) = suffix(index) {
                *name = format!("{function}_{suffix}");
            }
        }
    }
    named
}

/// The name of a function with the method before it, if it is a keyword.
fn without_keyword(drafts: &Drafts<'_>, index: usize, name: String) -> String {
    let word = RustName::snake(&name);
    if word.plain() == word.as_str() && !word.plain().ends_with('_') {
        return name;
    }
    let method = drafts.entries[index].method.as_str().to_lowercase();
    format!("{method}_{}", word.plain().trim_end_matches('_'))
}

/// The operations whose name is that of another one of their module.
fn shared(drafts: &Drafts<'_>, names: &[(usize, String)]) -> BTreeSet<usize> {
    let mut uses: HashMap<(&str, RustName), Vec<usize>> = HashMap::new();
    for (index, name) in names {
        uses.entry((&drafts.entries[*index].module, RustName::snake(name))).or_default().push(*index);
    }
    uses.into_values().filter(|indexes| indexes.len() > 1).flatten().collect()
}

/// Adds the method to the name of a function that serves a path by several methods.
fn with_methods(drafts: &Drafts<'_>, names: Vec<(usize, String)>) -> Vec<(usize, String)> {
    let mut uses: HashMap<(&str, String), usize> = HashMap::new();
    for (index, name) in &names {
        *uses.entry((drafts.entries[*index].path, name.clone())).or_default() += 1;
    }
    let named = names.into_iter().map(|(index, name)| {
        let entry = &drafts.entries[index];
        let uses = uses.get(&(entry.path, name.clone())).copied().unwrap_or_default();
        let method = entry.method.as_str().to_lowercase();
        (index, if uses > 1 { format!("{name}_{method}") } else { name })
    });
    named.collect()
}

/// A path without its first segments; `None` if it has no more.
fn below(path: &str, segments: usize) -> Option<&str> {
    let mut rest = path;
    for _ in 0..segments {
        let (at, _) = rest.get(1..)?.match_indices('/').next()?;
        rest = &rest[at + 1..];
    }
    Some(rest)
}

/// A path as it is written in ids.
fn slug(path: &str) -> String {
    path.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' }).collect()
}

/// The name of the function at the start of an id.
fn function<'i>(id: &'i str, path: &str) -> Option<&'i str> {
    let with_path = METHODS.iter().find_map(|method| {
        let rest = id.strip_suffix(&method.as_str().to_lowercase())?;
        rest.strip_suffix('_')
    })?;
    with_path
        .strip_suffix(&slug(path))
        .filter(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '_'))
}

#[cfg(test)]
mod tests {
    use super::super::drafts::tests::drafts;
    use super::super::paths::Paths;
    use super::take_off;

    fn names(lines: &[&str]) -> Vec<String> {
        let mut drafts = drafts(lines);
        let paths = Paths::new(lines.iter().filter_map(|line| line.split(' ').nth(1)));
        take_off(&mut drafts, &paths);
        drafts.names
    }

    #[test]
    fn path_and_method_are_taken_off() {
        assert_eq!(
            names(&[
                "GET /books/{book_id} books read_book_books__book_id__get",
                "POST /books/bulk books add_books_books_bulk_post",
                "GET / - root__get",
                "GET /health-check - health_health_check_get",
            ]),
            ["read_book", "add_books", "root", "health"]
        );
    }

    #[test]
    fn functions_of_several_methods_have_one_of_them_in_each_id() {
        assert_eq!(
            names(&["GET /x a handle_x_post", "POST /x a handle_x_post", "GET /y a read_y_get"]),
            ["handle_get", "handle_post", "read"]
        );
        assert_eq!(names(&["GET /x a handle_x_post", "GET /y a read_y_get"]), ["handle", "read"]);
    }

    #[test]
    fn a_prefix_of_the_paths_may_be_missing_in_the_ids() {
        assert_eq!(
            names(&["GET /api/v1/books a list_books_get", "POST /api/v1/books a add_books_post"]),
            ["list", "add"]
        );
    }

    #[test]
    fn the_beginning_of_a_path_is_no_function() {
        let ids = ["api_v1_books_get", "api_v1_loans_get"];
        let lines = ["GET /api/v1/books a api_v1_books_get", "GET /api/v1/loans a api_v1_loans_get"];
        assert_eq!(names(&lines), ids);
    }

    #[test]
    fn the_only_id_of_a_document_may_be_made_so() {
        assert_eq!(names(&["GET /books a list_books_get"]), ["list"]);
        assert_eq!(names(&["GET /v1/books a list_books_get"]), ["list_books_get"]);
    }

    #[test]
    fn few_such_ids_are_no_pattern() {
        let few = ["GET /a a list_a_get", "GET /b a list_b_get", "GET /c a listC", "GET /d a listD"];
        assert_eq!(names(&few), ["list_a_get", "list_b_get", "listC", "listD"]);
    }

    #[test]
    fn most_ids_of_a_module_are_a_pattern() {
        assert_eq!(
            names(&[
                "GET /a a list_a_get",
                "POST /a a add_a_post",
                "GET /a/b a own",
                "GET /b b auth:login",
                "GET /c b auth:logout",
                "GET /d b register",
            ]),
            ["list", "add", "own", "auth:login", "auth:logout", "register"]
        );
    }

    #[test]
    fn functions_with_the_same_name_get_the_path() {
        assert_eq!(
            names(&[
                "GET /v1/x/ a find_v1_x__get",
                "GET /v1/y/{id} a find_v1_y__id__get",
                "GET /z b find_z_get"
            ]),
            ["find_x", "find_y_by_id", "find"]
        );
        assert_eq!(
            names(&["GET /v1/x a find_v1_x_get", "GET /v2/x a find_v2_x_get", "POST /v1/x a add_v1_x_post"]),
            ["find_v1", "find_v2", "add"]
        );
    }

    #[test]
    fn functions_that_are_keywords_get_the_method() {
        assert_eq!(
            names(&["GET /a a type_a_get", "POST /b a self_b_post", "GET /c a async__c_get"]),
            ["get_type", "post_self", "get_async"]
        );
    }

    #[test]
    fn three_ids_that_end_with_their_path_and_method_are_enough() {
        assert_eq!(
            names(&[
                "GET /a a list_a_get",
                "PUT /a a put_a_put",
                "GET /b b list_b_get",
                "GET /c b listC",
                "GET /d b d",
                "GET /e b e",
                "GET /f b f",
                "GET /g g read_g_get",
            ]),
            ["list", "put", "list", "listC", "d", "e", "f", "read"]
        );
    }

    #[test]
    fn one_id_of_another_kind_changes_nothing_for_the_others() {
        let mut lines: Vec<String> = (0..9).map(|n| format!("GET /p{n} a read{n}_p{n}_get")).collect();
        lines.push("GET /own a own_id".to_owned());
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let names = names(&lines);
        assert_eq!((names[0].as_str(), names[9].as_str()), ("read0", "own_id"));
    }

    #[test]
    fn a_few_ids_with_the_whole_path_are_a_pattern() {
        for (count, of) in [(1, 1), (2, 3), (3, 9)] {
            assert!(super::is_pattern(count, of, 0), "{count} of {of}");
        }
        for (count, of) in [(1, 2), (2, 4), (0, 3)] {
            assert!(!super::is_pattern(count, of, 0), "{count} of {of}");
        }
        // Below a common beginning of the paths, more of them are needed.
        assert!(!super::is_pattern(3, 9, 1) && super::is_pattern(9, 10, 1));
    }
}
