//! Suggestions for misspelled names.

use std::cell::Cell;

use strsim::{normalized_levenshtein, osa_distance};

/// Maximum length of a name for which there are suggestions, in characters.
const MAX_LENGTH: usize = 100;
/// Maximum number of steps of all comparisons in a run, so that a document with thousands of wrong names doesn't take long. A
/// comparison of two names takes as many steps as the product of their lengths.
const BUDGET: usize = 20_000_000;

/// Minimum similarity of an old and a new name of the same thing, from 0 to 1.
const MIN_SIMILARITY: f64 = 0.6;

/// Returns whether a thing may have been renamed from one name to the other. The caller has to compare the named things.
pub(crate) fn are_similar(one: &str, other: &str) -> bool {
    normalized_levenshtein(one, other) >= MIN_SIMILARITY
}

/// Compares names, up to a limit for the entire run.
#[derive(Debug)]
pub(crate) struct Suggestions(Cell<usize>);

impl Default for Suggestions {
    fn default() -> Self {
        Self(Cell::new(BUDGET))
    }
}

impl Suggestions {
    /// Returns the closest known name, if at most a third of the characters are wrong, missing or swapped. Ignores
    /// case.
    pub(crate) fn nearest<'n>(&self, name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
        let name = name.to_lowercase();
        let length = name.chars().count();
        if length > MAX_LENGTH {
            return None;
        }
        let limit = length / 3;
        let near = known.map_while(|other| self.0.get().checked_sub(1).map(|left| (other, left)));
        let near = near.filter_map(|(other, left)| {
            self.0.set(left);
            // A character has at most four bytes.
            if other.len() > 4 * (length + limit) || other.chars().count().abs_diff(length) > limit {
                return None;
            }
            self.0.set(left.saturating_sub(length * other.len()));
            Some((osa_distance(&name, &other.to_lowercase()), other)).filter(|(steps, _)| *steps <= limit)
        });
        near.min().map(|(_, other)| other)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::{BUDGET, Suggestions};

    #[test]
    fn a_small_spelling_error_has_a_suggestion() {
        let known = ["properties", "requestBody", "summary", "Task", "id"];
        let nearest = |name| Suggestions::default().nearest(name, known.into_iter());
        let meant = ["propertys", "requestbody", "sumary", "Taks", "ID", "ids"].map(nearest);
        assert_eq!(meant, [0, 1, 2, 3, 4, 4].map(|index: usize| Some(known[index])));
        assert_eq!(["owner", "x", "", &"properties".repeat(11)].map(nearest), [None; 4]);
    }

    #[test]
    fn there_are_no_suggestions_after_the_budget_is_used_up() {
        let suggestions = Suggestions::default();
        let known = || (0..BUDGET).map(|_| "x");
        assert_eq!(suggestions.nearest("X", known()), Some("x"));
        assert_eq!(suggestions.nearest("X", known()), None);
    }

    /// Many wrong names in a document with many similar ones.
    #[test]
    fn the_budget_counts_the_lengths_of_names() {
        let suggestions = Suggestions::default();
        let names: Vec<_> =
            (0..1_000).map(|number| format!("a_schema_with_a_long_name_{number:04}")).collect();
        let compared = Cell::new(0);
        for number in 0..1_000 {
            let known = names.iter().map(|name| {
                compared.set(compared.get() + 1);
                name.as_str()
            });
            suggestions.nearest(&format!("a_schema_with_a_long_nam_{number:04}"), known);
        }
        let all = compared.get() - names.len();
        assert!(all * 29 * 30 <= BUDGET + 29 * 30, "{all} comparisons");
        assert!(all > 20 * names.len(), "{all} comparisons");
    }
}
