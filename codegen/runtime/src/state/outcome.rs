//! What the trials of a union found out about the unions inside the value.
//!
//! Each variant of a union reads the unions inside it, whose variants read those inside them: without what is remembered
//! here, the number of reads would double from level to level.

use std::any::TypeId;
use std::collections::HashMap;

use super::match_score::MatchScore;
use super::problem::DecodeProblem;

/// The maximum number of outcomes. It bounds their memory.
const MAX_OUTCOMES: usize = 4096;

/// A union at an offset, and all else that its outcome depends on.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct UnionKey {
    pub(crate) offset: usize,
    pub(crate) union: TypeId,
    pub(crate) keeps_nulls: bool,
    pub(crate) keeps_originals: bool,
    pub(crate) is_lenient: bool,
}

/// How a union read a value.
#[derive(Clone)]
pub(crate) struct Outcome {
    /// The byte offset of the end of the value.
    pub(crate) end: usize,
    pub(crate) score: MatchScore,
    pub(crate) is_inexact: bool,
    /// How many values were left out, if there were problems.
    pub(crate) left_out: Option<u32>,
    /// Why it could not read the value.
    pub(crate) failure: Option<Box<Failure>>,
}

/// Why a union could not read a value.
#[derive(Clone)]
pub(crate) struct Failure {
    pub(crate) problem: Option<DecodeProblem>,
    pub(crate) at: usize,
    /// Whether the problem is that of a property inside the value.
    pub(crate) is_inside: bool,
    /// Whether the problem was noted before.
    pub(crate) is_noted: bool,
}

/// The outcomes that are known. There are none until a trial has read many values, so that most documents need none.
#[derive(Default)]
pub(crate) struct Outcomes(Option<Box<Known>>);

#[derive(Default)]
struct Known {
    outcomes: HashMap<UnionKey, Outcome>,
    /// The largest offset of a union.
    last: usize,
}

impl Outcomes {
    /// Returns whether outcomes are remembered.
    pub(crate) fn are_used(&self) -> bool {
        self.0.is_some()
    }

    pub(crate) fn get(&self, key: &UnionKey) -> Option<&Outcome> {
        self.0.as_ref().filter(|known| key.offset <= known.last)?.outcomes.get(key)
    }

    /// Returns whether no outcome can be added.
    pub(crate) fn are_full(&self) -> bool {
        self.0.as_ref().is_some_and(|known| known.outcomes.len() >= MAX_OUTCOMES)
    }

    pub(crate) fn insert(&mut self, key: UnionKey, outcome: Outcome) {
        let known = self.0.get_or_insert_default();
        known.last = known.last.max(key.offset);
        known.outcomes.insert(key, outcome);
    }
}
