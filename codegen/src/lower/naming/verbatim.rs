//! Ids that are only method and path: `getApiV1BooksBookId`.

use super::drafts::Drafts;
use super::paths::Paths;
use super::words::{is_generic, singular, throughout, words};

/// The minimum number of such ids.
const MIN: usize = 5;

/// Names operations as if they had no id, if nearly all ids are only method and path. Returns the operations.
pub(super) fn take_off(drafts: &mut Drafts<'_>, paths: &Paths) -> Vec<usize> {
    let open: Vec<usize> = drafts.open().collect();
    let made: Vec<usize> =
        open.iter().copied().filter(|index| is_made_of_path(drafts, paths, *index)).collect();
    if made.len() < MIN || !throughout(made.len(), open.len()) {
        return Vec::new();
    }
    let name = |index: usize| {
        let entry = &drafts.entries[index];
        (index, paths.operation(&entry.method, entry.path))
    };
    let names: Vec<_> = made.into_iter().map(name).collect();
    drafts.apply(names)
}

fn is_made_of_path(drafts: &Drafts<'_>, paths: &Paths, index: usize) -> bool {
    let entry = &drafts.entries[index];
    let method = entry.method.as_str().to_lowercase();
    let id = plain(&words(&drafts.names[index]));
    let rest = if id.first() == Some(&method) {
        &id[1..]
    } else if id.last() == Some(&method) {
        &id[..id.len() - 1]
    } else {
        return false;
    };
    let whole: Vec<&str> = entry.path.split('/').collect();
    let without_noise = whole.iter().copied().filter(|segment| !is_generic(segment)).collect();
    [whole, without_noise, paths.segments(entry.path)].into_iter().any(|segments: Vec<&str>| {
        let path: Vec<String> = segments.into_iter().flat_map(words).collect();
        plain(&path) == rest
    })
}

/// Words for comparisons: singular, without `by`, `with` and `and`.
fn plain(words: &[String]) -> Vec<String> {
    let is_said = |word: &&String| !matches!(word.as_str(), "by" | "with" | "and");
    words.iter().filter(is_said).map(|word| singular(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::drafts::tests::drafts;
    use super::super::paths::Paths;
    use super::take_off;

    #[test]
    fn ids_of_method_and_path_say_no_more_than_these() {
        let mut drafts = drafts(&[
            "GET /api/v1/books a getApiV1Books",
            "POST /api/v1/books a postApiV1Books",
            "GET /api/v1/books/{bookId} a getApiV1BooksBookId",
            "PUT /api/v1/books/{bookId} a putApiV1BooksByBookId",
            "GET /api/v1/loans a get-api-v1-loans",
        ]);
        let paths = Paths::new(["/api/v1/books", "/api/v1/loans"].into_iter());
        take_off(&mut drafts, &paths);
        assert_eq!(
            drafts.names,
            ["get_books", "post_books", "get_books_by_id", "put_books_by_id", "get_loans"]
        );
    }

    #[test]
    fn ids_of_an_authors_own_stay() {
        let ids = ["getBooks", "addBook", "findBook", "borrowBook", "getLoans"];
        let lines: Vec<String> = ids.iter().map(|id| format!("GET /books a {id}")).collect();
        let mut drafts = drafts(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        take_off(&mut drafts, &Paths::new(["/books"].into_iter()));
        assert_eq!(drafts.names, ids);
    }
}
