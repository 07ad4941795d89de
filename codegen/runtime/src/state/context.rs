//! What the driver carries along while it reads: the depth, and once something went wrong, what and where.

use serde_json::Value;

use super::fit::Fit;
use super::order::Orders;
use super::problem::{DEPTH, Problem};
use crate::json::fault::without_place;
use crate::json::pointer::{Segment, pointer};
use crate::json::raw::Raw;
use crate::json::reader::Broken;

/// How often a union may stand for a union: one that holds itself never ends otherwise.
pub(crate) const CHAIN: u8 = 8;

/// What the driver carries along while it reads.
#[derive(Default)]
pub struct Context {
    /// The way from the failure back to the root, collected while unwinding.
    pub(crate) trail: Vec<Segment>,
    /// What went wrong; nothing where the text is not JSON.
    pub(crate) problem: Option<Problem>,
    /// How much of the text lay before that.
    pub(crate) at: usize,
    /// Whether the model around has a place to note nulls inside of its lists and maps.
    pub(crate) has_room: bool,
    /// The ways to such nulls, innermost step first, up to that model.
    pub(crate) nulls: Vec<Vec<Segment>>,
    /// How what was read fits what is declared.
    pub(crate) fit: Fit,
    /// Whether a union was left out that a trial had no time for.
    pub(crate) cut: bool,
    /// In which order the fields of models come; not kept for the little that is tried in a union.
    pub(crate) orders: Orders,
    /// How many unions stand for each other around the value, with nothing between.
    pub(crate) chain: u8,
    /// In a trial: how many values it may look at yet.
    left: Option<u32>,
    depth: u8,
}

/// Reading failed; the context says why.
#[derive(Debug)]
pub struct Failed;

/// What is wrong with the text is looked for once all is over.
impl From<Broken> for Failed {
    fn from(_: Broken) -> Self {
        Self
    }
}

impl Context {
    /// The context of a whole value.
    pub(crate) fn new(orders: Orders) -> Self {
        Self { orders, ..Self::default() }
    }

    /// A context for a variant's content.
    pub(crate) fn inside(&self) -> Self {
        Self { depth: self.depth, chain: self.chain + 1, ..Self::default() }
    }

    /// The same for a try that may look at so many values; trials inside of it share what it has left.
    pub(crate) fn trial(&self, limit: u32) -> Self {
        Self { left: Some(self.left.unwrap_or(limit)), ..self.inside() }
    }

    /// Takes account of a trial that is over.
    pub(crate) fn leave_trial(&mut self, trial: &Self) {
        if self.in_trial() {
            self.left = trial.left;
        }
    }

    /// Whether what is read now is only compared.
    pub(crate) fn in_trial(&self) -> bool {
        self.left.is_some()
    }

    /// Counts values that a trial looks at.
    #[inline]
    pub(crate) fn look(&mut self, values: u32) {
        if let Some(left) = &mut self.left {
            *left = left.saturating_sub(values);
        }
    }

    /// In a trial, counts undeclared values.
    #[inline]
    pub(crate) fn note_undeclared(&mut self, values: u32) {
        if self.in_trial() {
            self.fit.undeclared = self.fit.undeclared.saturating_add(values);
        }
    }

    /// Whether a trial has no time for a union; it is then read later.
    pub(crate) fn leaves_out(&mut self) -> bool {
        let is_over = self.left == Some(0);
        self.cut |= is_over;
        is_over
    }

    /// Goes one level down.
    #[inline]
    pub(crate) fn enter(&mut self, at: usize) -> Result<(), Failed> {
        if self.depth >= DEPTH {
            return Err(self.fail(Problem::Depth, at));
        }
        self.depth += 1;
        self.chain = 0;
        Ok(())
    }

    /// Comes back up.
    #[inline]
    pub(crate) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Remembers what went wrong, and where.
    #[cold]
    pub(crate) fn fail(&mut self, problem: Problem, at: usize) -> Failed {
        self.problem = Some(problem);
        self.at = at;
        Failed
    }

    /// Notes the step that led to a failure.
    #[cold]
    pub(crate) fn step(&mut self, segment: Segment, failed: Failed) -> Failed {
        self.trail.push(segment);
        failed
    }

    /// The way from the root to the failure, as a JSON pointer.
    pub(crate) fn pointer(&self) -> String {
        pointer(self.trail.iter().rev())
    }

    /// A value as a tree.
    ///
    /// # Errors
    ///
    /// If `serde_json` refuses to read it: it is nested too deep, for example.
    pub fn value(&mut self, raw: Raw<'_>) -> Result<Value, Failed> {
        raw.parse().map_err(|error| self.unreadable(raw, &error))
    }

    /// Sees that a value can be had as a tree later.
    pub(crate) fn check(&mut self, raw: Raw<'_>) -> Result<(), Failed> {
        raw.check().map_err(|error| self.unreadable(raw, &error))
    }

    /// The failure of a value that is JSON, but that `serde_json` refuses to read.
    #[cold]
    fn unreadable(&mut self, raw: Raw<'_>, error: &serde_json::Error) -> Failed {
        self.fail(Problem::Format(without_place(error)), raw.place_of(error))
    }
}
