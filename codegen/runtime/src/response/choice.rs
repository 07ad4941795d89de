//! Chooses the variant of a union by the status code of the response.

use crate::decode::error::DecodeError;
use crate::state::match_score::MatchScore;

/// Which variants of a union may hold a response, and why those that were tried don't.
///
/// The variants with the status code of the response are tried, else those with its range, else those of `default`. With
/// a status code that is not declared, all variants are tried, and the one that matches best is chosen; of equal matches,
/// the first.
pub struct Choice {
    statuses: &'static [&'static [&'static str]],
    /// The number of the next variant.
    next: usize,
    rank: Option<u8>,
    status: u16,
    error: Option<DecodeError>,
    /// How well the variant that is tried matches.
    score: MatchScore,
    best: Option<MatchScore>,
}

impl Choice {
    /// Creates the choice between variants with these status codes.
    pub(super) fn new(status: u16, statuses: &'static [&'static [&'static str]]) -> Self {
        let ranks = statuses.iter().flat_map(|own| own.iter()).filter_map(|own| rank(own, status));
        Self {
            statuses,
            next: 0,
            rank: ranks.min(),
            status,
            error: None,
            score: MatchScore::default(),
            best: None,
        }
    }

    /// Returns whether the next variant may hold the response.
    pub fn tries_next(&mut self) -> bool {
        let own = self.statuses.get(self.next).copied().unwrap_or_default();
        self.next += 1;
        self.score = MatchScore::default();
        match self.rank {
            None => true,
            rank => self.best.is_none() && own.iter().any(|own| self::rank(own, self.status) == rank),
        }
    }

    /// Returns whether the variant that holds the response matches better than those before.
    pub fn is_best(&mut self) -> bool {
        let is_best = self.best.is_none_or(|best| self.score < best);
        if is_best {
            self.best = Some(self.score);
        }
        is_best
    }

    /// Sets how well the variant matches that is tried.
    pub(super) fn set_score(&mut self, score: MatchScore) {
        self.score = score;
    }

    /// Returns whether the response has a status code that is not declared.
    pub(super) fn is_undeclared(&self) -> bool {
        self.rank.is_none()
    }

    /// Returns whether the variant that is tried has a status code of the same class: a 304 says nothing about a 204.
    pub(super) fn is_of_class(&self) -> bool {
        let own = self.next.checked_sub(1).and_then(|index| self.statuses.get(index));
        let class = self.status / 100;
        let mut own = own.copied().unwrap_or_default().iter().map(|status| status.get(..1));
        class == 0
            || own.any(|digit| {
                digit.is_none_or(|digit| digit.parse::<u16>().map_or(true, |digit| digit == class))
            })
    }

    /// Records why a variant doesn't hold the response. The first reason is reported.
    pub fn failed(&mut self, error: DecodeError) {
        self.error.get_or_insert(error);
    }

    /// Returns the reason why no variant holds the response, if one was tried.
    pub(super) fn into_error(self) -> Option<DecodeError> {
        self.error
    }
}

/// Returns how exactly a declared status code matches one; the lowest is the most exact. `None` if it doesn't.
fn rank(declared: &str, status: u16) -> Option<u8> {
    if declared.eq_ignore_ascii_case("default") {
        return (status > 0).then_some(2);
    }
    if declared.parse() == Ok(status) {
        return Some(0);
    }
    let range = declared.strip_suffix(['X', 'x']).and_then(|range| range.strip_suffix(['X', 'x']));
    (range?.parse() == Ok(status / 100)).then_some(1)
}
