//! Ids that a framework makes of the function, the path and the method: `read_item_items__item_id__get`.

use std::collections::{BTreeSet, HashMap};

use super::drafts::Drafts;
use super::words::throughout;
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

/// Removes path and method from ids, if nearly all ids of the document or of a module have them. Returns the operations.
pub(super) fn take_off(drafts: &mut Drafts<'_>) -> Vec<usize> {
    let open: Vec<usize> = drafts.open().collect();
    let functions = |mounted: usize| -> Vec<(usize, String)> {
        let function = |index: usize| {
            let id = drafts.names[index].as_str();
            Some((index, function(id, below(drafts.entries[index].path, mounted)?)?.to_owned()))
        };
        open.iter().filter_map(|index| function(*index)).collect()
    };
    // Of equally good readings, the one with the longest paths wins.
    let mut best = (0..=MAX_MOUNTED).map(functions).rev().max_by_key(Vec::len).unwrap_or_default();
    if !throughout(best.len(), open.len()) {
        let found: BTreeSet<usize> = best.iter().map(|(index, _)| *index).collect();
        let modules = drafts.by_module().into_values();
        let is_made_so = |members: &Vec<usize>| {
            throughout(members.iter().filter(|index| found.contains(index)).count(), members.len())
        };
        let (whole, others): (Vec<_>, Vec<_>) = modules.partition(is_made_so);
        // One operation is not a pattern by itself.
        let lone = others.into_iter().filter(|members| members.len() == 1 && !whole.is_empty());
        let made_so: BTreeSet<usize> = whole.iter().cloned().chain(lone).flatten().collect();
        best.retain(|(index, _)| made_so.contains(index));
    }
    let best = with_methods(drafts, best);
    drafts.apply(best)
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

/// The name of the function at the start of an id.
fn function<'i>(id: &'i str, path: &str) -> Option<&'i str> {
    let slug: String = path.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '_' }).collect();
    let with_path = METHODS.iter().find_map(|method| {
        let rest = id.strip_suffix(&method.as_str().to_lowercase())?;
        rest.strip_suffix('_')
    })?;
    with_path.strip_suffix(&slug).filter(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '_'))
}

#[cfg(test)]
mod tests {
    use super::super::drafts::tests::drafts;
    use super::take_off;

    fn names(lines: &[&str]) -> Vec<String> {
        let mut drafts = drafts(lines);
        take_off(&mut drafts);
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
    fn one_such_id_is_no_pattern() {
        let lone = ["GET /books a list_books_get"];
        assert_eq!(names(&lone), ["list_books_get"]);
        let few = ["GET /a a list_a_get", "GET /b a list_b_get", "GET /c a listC", "GET /d a listD"];
        assert_eq!(names(&few), ["list_a_get", "list_b_get", "listC", "listD"]);
    }

    #[test]
    fn a_part_of_a_document_may_be_made_so() {
        assert_eq!(
            names(&[
                "GET /a a list_a_get",
                "PUT /a a put_a_put",
                "GET /b b list_b_get",
                "GET /c b listC",
                "GET /d b d",
                "GET /e e read_e_get",
            ]),
            ["list", "put", "list_b_get", "listC", "d", "read"]
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
}
