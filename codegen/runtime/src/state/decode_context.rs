//! The context of the decoder: the depth, the match score, and what went wrong where.

use std::any::TypeId;

use serde_json::Value;

use super::field_set::FieldSet;
use super::kept::{Kept, KeptParts};
use super::match_score::MatchScore;
use super::order::FieldOrders;
use super::outcome::{Failure, Outcome, Outcomes, UnionKey};
use super::problem::{DecodeProblem, FoundProblem, MAX_DEPTH};
use super::tag::Tag;
use crate::json::pointer::{Segment, pointer};
use crate::json::raw::RawJson;
use crate::json::reader::{InvalidJson, Reader};

/// The maximum number of unions that contain each other directly. Without a limit, a union that contains itself would
/// never end.
pub(crate) const MAX_UNION_DEPTH: u8 = 8;

/// The state of the decoder while it reads a value.
#[derive(Default)]
pub struct DecodeContext {
    /// The path of the value that could not be read, innermost segment first, collected while unwinding.
    pub(crate) path: Vec<Segment>,
    /// The problem; `None` if the text is not JSON.
    pub(crate) problem: Option<DecodeProblem>,
    /// The byte offset of the problem in the text.
    pub(crate) at: usize,
    /// Whether the enclosing model can keep nulls inside its arrays and maps.
    pub(crate) keeps_nulls: bool,
    /// The parts that the values read so far can't hold, up to the model that keeps them.
    pub(crate) kept: KeptParts,
    /// The only fields of the next model that are read; `None` for all properties.
    pub(crate) selected: Option<FieldSet>,
    /// The discriminator of the next object.
    pub(crate) tag: Option<Tag>,
    /// Whether an enclosing model can keep the JSON of a value that its type can't represent exactly.
    pub(crate) keeps_originals: bool,
    /// Whether there was such a value since the enclosing model began its field.
    pub(crate) is_inexact: bool,
    /// How well the value matches its declared type.
    pub(crate) score: MatchScore,
    /// Whether a trial didn't fill a union: because its outcome was known, or there were too many.
    pub(crate) skipped_union: bool,
    /// What trials found out about the unions inside the outermost one.
    outcomes: Outcomes,
    /// Whether a union contains the value.
    pub(crate) is_in_union: bool,
    /// Whether only the outcome is needed: what is filled will be filled again.
    is_discarded: bool,
    /// The order of the fields of models; not remembered in the trials of a union.
    pub(crate) orders: FieldOrders,
    /// The number of unions that directly contain each other around the value.
    pub(crate) union_depth: u8,
    /// Whether an array or object matches no type of a union: in lenient mode, it may match one.
    pub(crate) has_unmatched: bool,
    /// Whether values that can't be read are left out.
    pub(crate) is_lenient: bool,
    /// The problems of the values that were left out.
    pub(crate) found: Vec<FoundProblem>,
    /// Whether the problem of a failure is already in `found`.
    is_noted: bool,
    /// In a trial: how many more values it may read before outcomes are remembered.
    budget: Option<u32>,
    depth: u8,
}

/// The state of a context before the trial of a string, a number or a boolean.
pub(crate) struct ScalarTrial {
    score: MatchScore,
    is_inexact: bool,
    problem: Option<DecodeProblem>,
    at: usize,
}

/// Reading failed; the context contains the problem.
#[derive(Debug)]
pub struct Failed;

/// `serde_json` finds the problem of invalid JSON at the end.
impl From<InvalidJson> for Failed {
    fn from(_: InvalidJson) -> Self {
        Self
    }
}

impl DecodeContext {
    /// Creates the context for a complete value.
    pub(crate) fn new(orders: FieldOrders, selected: Option<FieldSet>) -> Self {
        Self { selected, orders, ..Self::default() }
    }

    /// Creates a context for the content of a variant. It takes over the known outcomes.
    pub(crate) fn inside(&mut self) -> Self {
        Self {
            depth: self.depth,
            union_depth: self.union_depth + 1,
            tag: self.tag,
            keeps_originals: self.keeps_originals,
            is_lenient: self.is_lenient,
            outcomes: std::mem::take(&mut self.outcomes),
            is_in_union: true,
            is_discarded: self.is_discarded,
            ..Self::default()
        }
    }

    /// Returns whether outcomes are remembered already.
    pub(crate) fn has_outcomes(&self) -> bool {
        self.outcomes.are_used()
    }

    /// Takes back the outcomes, and in a trial its remaining budget, from the content of a variant.
    pub(crate) fn leave_inside(&mut self, inside: &mut Self) {
        self.outcomes = std::mem::take(&mut inside.outcomes);
        if self.in_trial() {
            self.budget = inside.budget;
        }
    }

    /// Creates a context for an additional property, which may not match its declared type. It takes over the budget of a
    /// trial, the known orders of fields and the known outcomes. It is strict, as such a property is kept as an undeclared
    /// field.
    pub(crate) fn attempt(&mut self) -> Self {
        Self {
            budget: self.budget,
            depth: self.depth,
            orders: std::mem::take(&mut self.orders),
            outcomes: std::mem::take(&mut self.outcomes),
            keeps_originals: self.keeps_originals,
            is_in_union: self.is_in_union,
            is_discarded: self.is_discarded,
            ..Self::default()
        }
    }

    /// Takes over from an attempt what it changed. If it failed, also its problem, unless the value is kept otherwise.
    pub(crate) fn end_attempt(&mut self, key: &str, mut attempt: Self, fits: bool) {
        self.orders = std::mem::take(&mut attempt.orders);
        self.outcomes = std::mem::take(&mut attempt.outcomes);
        self.budget = attempt.budget;
        if fits {
            self.score.add(attempt.score);
            self.skipped_union |= attempt.skipped_union;
            self.found.append(&mut attempt.found);
            if !attempt.kept.is_empty() {
                let first = self.kept.len();
                self.kept.append(&mut attempt.kept);
                self.wrap_kept(first, Segment::Key(key.to_owned()));
            }
        } else {
            (self.path, self.problem, self.at) = (attempt.path, attempt.problem, attempt.at);
        }
    }

    /// Creates a context for a trial that may read up to `limit` values before it remembers outcomes. A trial inside
    /// another one shares its budget.
    pub(crate) fn trial(&mut self, limit: u32) -> Self {
        Self { budget: Some(self.budget.unwrap_or(limit)), ..self.inside() }
    }

    /// Begins the trial of a string, a number or a boolean in this context. Returns what the trial changes.
    pub(crate) fn begin_scalar(&mut self) -> ScalarTrial {
        ScalarTrial {
            score: std::mem::take(&mut self.score),
            is_inexact: std::mem::take(&mut self.is_inexact),
            problem: self.problem.take(),
            at: self.at,
        }
    }

    /// Ends such a trial. Returns its score, and whether the type can't represent the value exactly.
    pub(crate) fn end_scalar(&mut self, before: ScalarTrial) -> (MatchScore, bool) {
        let ScalarTrial { score, is_inexact, problem, at } = before;
        (self.problem, self.at) = (problem, at);
        (std::mem::replace(&mut self.score, score), std::mem::replace(&mut self.is_inexact, is_inexact))
    }

    /// Returns the key of the outcome of a union. There is none in a union or with a discriminator, as the outcome also
    /// depends on these.
    pub(crate) fn outcome_key(&self, union: TypeId, offset: usize) -> Option<UnionKey> {
        let Self { keeps_nulls, keeps_originals, is_lenient, .. } = *self;
        let is_remembered = self.union_depth == 0 && self.tag.is_none();
        is_remembered.then_some(UnionKey { offset, union, keeps_nulls, keeps_originals, is_lenient })
    }

    /// Returns an outcome, if the budget of the trial is spent and the outcome is known.
    pub(crate) fn known_outcome(&self, key: &UnionKey) -> Option<Outcome> {
        if self.is_spent() { self.outcomes.get(key).cloned() } else { None }
    }

    /// Returns whether this is a trial whose budget is spent.
    pub(crate) fn is_spent(&self) -> bool {
        self.budget == Some(0)
    }

    /// Returns whether no more outcomes can be remembered. The union is then read after the choice.
    pub(crate) fn skips_union(&mut self) -> bool {
        self.skipped_union |= self.outcomes.are_full();
        self.outcomes.are_full()
    }

    /// Forgets all outcomes, after the outermost union.
    pub(crate) fn forget_outcomes(&mut self) {
        self.outcomes = Outcomes::default();
    }

    /// Creates a context for a union inside a trial whose outcome is remembered.
    pub(crate) fn part(&mut self) -> Self {
        Self {
            budget: self.budget,
            union_depth: 0,
            keeps_nulls: self.keeps_nulls,
            is_discarded: true,
            ..self.inside()
        }
    }

    /// Ends a part, remembers its outcome, and returns it.
    pub(crate) fn end_part(&mut self, key: UnionKey, part: Self, has_failed: bool, end: usize) -> Outcome {
        let is_inside = part.path.iter().any(|segment| !matches!(segment, Segment::Index(_)));
        let left_out = part.found.iter().map(|found| found.size).reduce(u32::saturating_add);
        let failure = Failure { problem: part.problem, at: part.at, is_inside, is_noted: part.is_noted };
        let outcome = Outcome {
            end,
            score: part.score,
            is_inexact: part.is_inexact,
            left_out,
            failure: has_failed.then(|| Box::new(failure)),
        };
        self.outcomes = part.outcomes;
        self.outcomes.insert(key, outcome.clone());
        outcome
    }

    /// Takes over the outcome of a union that starts at an offset. The union is read after the choice.
    pub(crate) fn take_outcome(&mut self, start: usize, outcome: Outcome) -> Result<(), Failed> {
        self.skipped_union = true;
        self.score.add(outcome.score);
        self.is_inexact |= outcome.is_inexact;
        if let Some(size) = outcome.left_out {
            // Only its size counts: what a trial with known outcomes finds is found again.
            let problem = DecodeProblem::Depth;
            self.found.push(FoundProblem { start, at: start, problem, left_out: start, size });
        }
        let Some(failure) = outcome.failure else { return Ok(()) };
        (self.problem, self.at, self.is_noted) = (failure.problem, failure.at, failure.is_noted);
        self.path = if failure.is_inside { vec![Segment::Field("")] } else { Vec::new() };
        Err(Failed)
    }

    /// Creates the context for a complete value in lenient mode.
    pub(crate) fn lenient(selected: Option<FieldSet>) -> Self {
        Self { selected, is_lenient: true, ..Self::default() }
    }

    /// Returns whether this is the context of a trial.
    pub(crate) fn in_trial(&self) -> bool {
        self.budget.is_some()
    }

    /// Counts a value that is read.
    #[inline]
    pub(crate) fn note_read(&mut self) {
        self.spend(1);
        #[cfg(test)]
        crate::json::work::read();
    }

    /// Counts values that were read in a trial.
    #[inline]
    pub(crate) fn spend(&mut self, values: u32) {
        if let Some(budget) = &mut self.budget {
            *budget = budget.saturating_sub(values);
        }
    }

    /// Counts undeclared values in a trial.
    #[inline]
    pub(crate) fn note_undeclared(&mut self, values: u32) {
        if self.in_trial() {
            self.score.undeclared = self.score.undeclared.saturating_add(values);
        }
    }

    /// Records whether an enum lists a value; `None` if the type is not an enum.
    #[inline]
    pub(crate) fn note_listed(&mut self, is_listed: Option<bool>) {
        match is_listed {
            Some(true) => self.score.known.0 += 1,
            Some(false) => self.score.unknown += 1,
            None => {}
        }
    }

    /// Records a value that its type can't represent exactly. `penalty` says how bad that is for the variant of a union.
    #[cold]
    pub(crate) fn note_inexact(&mut self, penalty: u32) {
        self.is_inexact = true;
        self.score.unknown = self.score.unknown.saturating_add(penalty);
    }

    /// Checks that no type is certain to fail because a value is nested too deep: neither the declared types nor a
    /// free-form value inside them, which has the same limit.
    pub(crate) fn check_depth(&mut self, raw: RawJson<'_>) -> Result<(), Failed> {
        if raw.is_deep() && raw.depth() + usize::from(self.depth) >= 2 * usize::from(MAX_DEPTH) {
            return Err(self.fail(DecodeProblem::Depth, raw.offset()));
        }
        Ok(())
    }

    /// Enters an array or object.
    #[inline]
    pub(crate) fn enter(&mut self, at: usize) -> Result<(), Failed> {
        if self.depth >= MAX_DEPTH {
            return Err(self.fail(DecodeProblem::Depth, at));
        }
        self.depth += 1;
        self.union_depth = 0;
        Ok(())
    }

    /// Leaves an array or object.
    #[inline]
    pub(crate) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Records a problem and its byte offset.
    #[cold]
    pub(crate) fn fail(&mut self, problem: DecodeProblem, at: usize) -> Failed {
        self.problem = Some(problem);
        self.at = at;
        Failed
    }

    /// Adds a segment to the path of a failure.
    #[cold]
    pub(crate) fn fail_inside(&mut self, segment: Segment, failed: Failed) -> Failed {
        self.path.push(segment);
        failed
    }

    /// Skips a value that could not be read, and notes its problem. Returns the value; `None` if it can't be left out, or
    /// is not JSON.
    ///
    /// In strict mode, only a value that is beyond the range of its type is left out, and only if a model keeps it: the
    /// description may allow it.
    #[cold]
    pub(crate) fn skip_failed<'j>(
        &mut self,
        start: Reader<'j>,
        reader: &mut Reader<'j>,
    ) -> Option<RawJson<'j>> {
        if !self.is_lenient && !self.is_out_of_range() {
            return None;
        }
        let mut after = start;
        let value = after.skip().ok()?;
        *reader = after;
        self.note_failure(value);
        Some(value)
    }

    /// Returns whether the value that could not be read is itself beyond the range of its type, and a model can keep it. So
    /// is a tuple with such an item: its items have fixed positions.
    pub(crate) fn is_out_of_range(&self) -> bool {
        self.keeps_originals
            && self.path.iter().all(|segment| matches!(segment, Segment::Index(_)))
            && self.problem.as_ref().is_some_and(DecodeProblem::is_out_of_range)
    }

    /// Notes the problem of a value that is left out. The problems of values inside it are then due to it, too.
    #[cold]
    pub(crate) fn note_failure(&mut self, value: RawJson<'_>) {
        let (start, problem) = (value.offset(), self.problem.take());
        if !std::mem::take(&mut self.is_noted) {
            let (problem, at) = problem.map_or_else(|| unreadable(value), |problem| (problem, self.at));
            self.found.push(FoundProblem { start, at, problem, left_out: start, size: 0 });
        }
        self.path.clear();
        let mut inside = self.found.iter_mut().rev().take_while(|found| found.start >= start).peekable();
        let mut size = value.size();
        while let Some(found) = inside.next() {
            self.score.left_out = self.score.left_out.saturating_sub(std::mem::take(&mut found.size));
            found.left_out = start;
            if inside.peek().is_none() {
                found.size = std::mem::take(&mut size);
                self.score.left_out = self.score.left_out.saturating_add(found.size);
            }
        }
    }

    /// Fails because of problems that were noted before.
    #[cold]
    pub(crate) fn fail_noted(&mut self) -> Failed {
        self.is_noted = true;
        Failed
    }

    /// Keeps the text of a value that was left out.
    #[cold]
    pub(crate) fn keep(&mut self, segment: Segment, kept: Kept) {
        self.kept.push((segment, kept));
    }

    /// Moves the parts after the first ones into one part at a location.
    #[cold]
    pub(crate) fn wrap_kept(&mut self, first: usize, segment: Segment) {
        let mut parts = self.kept.split_off(first);
        parts.sort_by(|left, right| left.0.cmp(&right.0));
        self.kept.push((segment, Kept::Inside(parts)));
    }

    /// Returns the path of the failure, as a JSON pointer.
    pub(crate) fn pointer(&self) -> String {
        pointer(self.path.iter().rev())
    }

    /// Parses a value into a tree.
    ///
    /// # Errors
    ///
    /// Returns an error if `serde_json` rejects the value, for example because it is nested too deep.
    pub fn value(&mut self, raw: RawJson<'_>) -> Result<Value, Failed> {
        self.is_inexact |= raw.changes();
        if self.is_discarded && !raw.may_reject() {
            return Ok(Value::Null);
        }
        let value = if self.keeps_originals { raw.parse_nearest() } else { raw.parse() };
        value.map_err(|error| self.unreadable(raw, &error))
    }

    /// Checks that a value can be parsed into a tree later.
    pub(crate) fn check(&mut self, raw: RawJson<'_>) -> Result<(), Failed> {
        raw.check().map_err(|error| self.unreadable(raw, &error))
    }

    /// Records the failure of a value that is JSON but that `serde_json` rejects.
    #[cold]
    fn unreadable(&mut self, raw: RawJson<'_>, error: &serde_json::Error) -> Failed {
        self.fail(DecodeProblem::unreadable(error), raw.error_offset(error))
    }
}

/// Returns the problem and its byte offset of a value that is JSON but can't be read as a string.
fn unreadable(value: RawJson<'_>) -> (DecodeProblem, usize) {
    match value.parse() {
        Err(error) => (DecodeProblem::unreadable(&error), value.error_offset(&error)),
        Ok(_) => (DecodeProblem::Format(String::from("invalid value")), value.offset()),
    }
}
