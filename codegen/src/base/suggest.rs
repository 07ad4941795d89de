//! Which known name a misspelt one most likely means.

use std::cell::Cell;

use strsim::{normalized_levenshtein, osa_distance};

/// Longer names are no slip of the pen.
const MAX_LENGTH: usize = 100;
/// Comparisons that a run may make, so that thousands of wrong names among thousands of known ones don't hold it up.
const BUDGET: usize = 1_000_000;

/// Names of which so much is alike may be one that was changed.
const ALIKE: f64 = 0.6;

/// Whether one name may have become the other. It decides nothing by itself: what they are names of has to be the same.
pub(crate) fn are_alike(one: &str, other: &str) -> bool {
    normalized_levenshtein(one, other) >= ALIKE
}

/// Compares names, up to a limit for a whole run.
#[derive(Debug)]
pub(crate) struct Suggestions(Cell<usize>);

impl Default for Suggestions {
    fn default() -> Self {
        Self(Cell::new(BUDGET))
    }
}

impl Suggestions {
    /// The known name that is nearest, if few enough characters are wrong, missing or swapped. Case doesn't count.
    pub(crate) fn nearest<'n>(&self, name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
        let name = name.to_lowercase();
        let length = name.chars().count();
        if length > MAX_LENGTH {
            return None;
        }
        let limit = length / 3;
        let near = known.take(self.0.get()).filter_map(|other| {
            self.0.set(self.0.get().saturating_sub(1));
            // Bytes are at least as many as characters, and at most four times.
            if other.len() > 4 * (length + limit) || other.chars().count().abs_diff(length) > limit {
                return None;
            }
            Some((osa_distance(&name, &other.to_lowercase()), other)).filter(|(steps, _)| *steps <= limit)
        });
        near.min().map(|(_, other)| other)
    }
}

#[cfg(test)]
mod tests {
    use super::{BUDGET, Suggestions};

    #[test]
    fn a_slip_of_the_pen_is_understood() {
        let known = ["properties", "requestBody", "summary", "Task", "id"];
        let nearest = |name| Suggestions::default().nearest(name, known.into_iter());
        let meant = ["propertys", "requestbody", "sumary", "Taks", "ID", "ids"].map(nearest);
        assert_eq!(meant, [0, 1, 2, 3, 4, 4].map(|index: usize| Some(known[index])));
        assert_eq!(["owner", "x", "", &"properties".repeat(11)].map(nearest), [None; 4]);
    }

    #[test]
    fn what_is_spent_is_spent() {
        let suggestions = Suggestions::default();
        let known = || (0..BUDGET).map(|_| "x");
        assert_eq!(suggestions.nearest("X", known()), Some("x"));
        assert_eq!(suggestions.nearest("X", known()), None);
    }
}
