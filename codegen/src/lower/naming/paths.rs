//! Paths: the segments that identify a resource, and names made of method and path.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{is_generic, is_verb, singular, words};
use crate::ir::request::Method;

/// The minimum number of paths for a shared first segment.
const MIN_SHARED: usize = 5;

/// What the paths of a document have in common.
pub(super) struct Paths {
    /// The segments that nearly all paths begin with, generic ones aside.
    shared: Vec<String>,
}

impl Paths {
    pub(super) fn new<'p>(paths: impl Iterator<Item = &'p str>) -> Self {
        let paths: BTreeSet<&str> = paths.collect();
        let all: Vec<Vec<&str>> = paths.iter().map(|path| specific(path)).collect();
        let mut shared = Vec::new();
        while let Some(next) = next_shared(&all, &shared) {
            shared.push(next);
        }
        Self { shared }
    }

    /// The segments of a path without generic ones and without those that nearly all paths begin with.
    pub(super) fn segments<'p>(&self, path: &'p str) -> Vec<&'p str> {
        let segments = specific(path);
        let is_below = segments.len() >= self.shared.len()
            && segments.iter().zip(&self.shared).all(|(segment, shared)| segment == shared);
        let rest = if is_below { &segments[self.shared.len()..] } else { &segments[..] };
        // A path that has only shared segments is named by the last of them.
        if rest.iter().any(|segment| !is_template(segment)) || segments.is_empty() {
            return rest.to_vec();
        }
        let last = segments.iter().rposition(|segment| !is_template(segment)).unwrap_or_default();
        segments[last..].to_vec()
    }

    /// The name of an operation without an id: the method, and the segments of its path.
    pub(super) fn operation(&self, method: &Method, path: &str) -> String {
        let mut name = words(method.as_str());
        name.extend(self.resource_words(path));
        name.join("_")
    }

    /// The segments of a path as a name: `books_by_id`.
    pub(super) fn resource(&self, path: &str) -> String {
        self.resource_words(path).join("_")
    }

    fn resource_words(&self, path: &str) -> Vec<String> {
        let mut name = Vec::new();
        let mut before = Vec::new();
        for segment in self.segments(path) {
            // Literals and names in braces alternate.
            for (index, part) in segment.split(['{', '}']).enumerate() {
                let own = words(part);
                if index % 2 == 1 {
                    name.push("by".to_owned());
                    name.extend_from_slice(without_subject(&own, &before));
                } else if !own.is_empty() {
                    name.extend_from_slice(&own);
                    before = own;
                }
            }
        }
        name
    }

    /// The segment that names the module of an operation without a tag.
    pub(super) fn module(&self, path: &str) -> Option<String> {
        let segments = self.segments(path);
        let first = segments.into_iter().find(|segment| !is_template(segment))?;
        let first = outside_braces(first);
        // `/mail.send` begins with a namespace, `/items:batch` with a resource.
        let first =
            first.split(['.', ':', '(', '$', ',', ';', '=', '@']).find(|part| !part.is_empty())?.to_owned();
        first.chars().any(char::is_alphabetic).then_some(first)
    }
}

/// Whether a segment names a procedure: `createBook`.
pub(super) fn is_procedure(segment: &str) -> bool {
    let words = words(segment);
    words.len() > 1 && words.first().is_some_and(|word| is_verb(word))
}

/// The words of a parameter without those that repeat the segment before it: `book_id` after `books` is `id`.
fn without_subject<'w>(own: &'w [String], before: &[String]) -> &'w [String] {
    let before: Vec<String> = before.iter().map(|word| singular(word)).collect();
    let repeated = (1..own.len()).rev().find(|count| {
        let own: Vec<String> = own[..*count].iter().map(|word| singular(word)).collect();
        before.ends_with(&own)
    });
    &own[repeated.unwrap_or_default()..]
}

/// The next segment that nearly all paths share, after those that are known.
fn next_shared(all: &[Vec<&str>], shared: &[String]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let below = |path: &&Vec<&str>| path.iter().zip(shared).filter(|(a, b)| *a == b).count() == shared.len();
    for path in all.iter().filter(below) {
        let Some(next) = path.get(shared.len()) else { continue };
        // A path that ends here needs this segment for its name.
        let goes_on = path.iter().skip(shared.len() + 1).any(|segment| !is_template(segment));
        *counts.entry(next).or_default() += usize::from(goes_on);
    }
    let (next, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (all.len() >= MIN_SHARED && count * 10 >= all.len() * 9).then(|| next.to_owned())
}

/// The segments of a path without generic ones.
fn specific(path: &str) -> Vec<&str> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.split('/').filter(|segment| !segment.is_empty() && !is_generic(segment)).collect()
}

/// Whether a segment has only parameters.
fn is_template(segment: &str) -> bool {
    segment.contains('{') && !outside_braces(segment).chars().any(char::is_alphabetic)
}

/// A segment without the names in braces.
fn outside_braces(segment: &str) -> String {
    let mut text = String::new();
    let mut depth = 0_usize;
    for c in segment.chars() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                text.push(' ');
            }
            _ if depth == 0 => text.push(c),
            _ => {}
        }
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Paths, is_procedure};
    use crate::ir::request::Method;

    fn modules(paths: &[&str]) -> Vec<String> {
        let all = Paths::new(paths.iter().copied());
        paths.iter().map(|path| all.module(path).unwrap_or_else(|| "-".to_owned())).collect()
    }

    #[test]
    fn the_module_is_the_first_segment_that_says_something() {
        assert_eq!(
            modules(&[
                "/api/v1/books/{id}",
                "/{tenant}/loans",
                "/rest/v2.0/shelves",
                "/",
                "/{id}",
                "/mail.send"
            ]),
            ["books", "loans", "shelves", "-", "-", "mail"]
        );
    }

    #[test]
    fn segments_that_all_paths_share_are_passed_over() {
        let paths = ["/lib/books", "/lib/books/{id}", "/lib/loans", "/lib/shelves", "/lib/shelves/{id}"];
        assert_eq!(modules(&paths), ["books", "books", "loans", "shelves", "shelves"]);
        let paths = ["/books", "/books/{id}", "/books/{id}/pages", "/books/{id}/loans", "/books/new"];
        assert_eq!(modules(&paths), ["books"; 5]);
    }

    #[test]
    fn operations_without_an_id_are_called_after_method_and_path() {
        let paths = Paths::new(["/api/books"].into_iter());
        let name = |path| paths.operation(&Method::Get, path);
        assert_eq!(name("/api/v1/books"), "get_books");
        assert_eq!(name("/api/v1/books/{bookId}"), "get_books_by_id");
        assert_eq!(name("/books/{isbn}/pages/{page}"), "get_books_by_isbn_pages_by_page");
        assert_eq!(name("/"), "get");
        assert_eq!(name("/{id}"), "get_by_id");
        assert_eq!(name("/books/{a}.{b}"), "get_books_by_a_by_b");
        assert_eq!(name("/books({bookId})/pages"), "get_books_by_id_pages");
    }

    #[test]
    fn procedures_begin_with_a_verb() {
        assert!(is_procedure("createBook") && is_procedure("get-book"));
        assert!(!is_procedure("list") && !is_procedure("books") && !is_procedure("book_loans"));
    }
}
