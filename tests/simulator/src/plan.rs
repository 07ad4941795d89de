//! What goes wrong, and when.

use std::collections::BTreeMap;

use crate::dice::Dice;
use crate::fault::Fault;

/// What goes wrong, how often, and how often in a row.
///
/// A fault that does not fit a request does not happen to it: there is no cursor to repeat in an export by
/// time.
#[derive(Clone, Debug)]
pub struct FaultPlan {
    /// Each with its probability.
    faults: Vec<(Fault, f64)>,
    consecutive: u32,
    decisions: u32,
    pub(crate) large_page: u64,
    pub(crate) drip_milliseconds: u64,
}

impl FaultPlan {
    /// Nothing goes wrong.
    #[must_use]
    pub fn none() -> Self {
        Self::of(Vec::new())
    }

    /// Only this goes wrong, in three of ten requests.
    #[must_use]
    pub fn only(fault: Fault) -> Self {
        Self::of(vec![fault])
    }

    /// Everything goes wrong, one thing at a time, in three of ten requests.
    #[must_use]
    pub fn all() -> Self {
        Self::of(Fault::ALL.to_vec())
    }

    /// These go wrong, one at a time, in three of ten requests; all are equally likely.
    #[must_use]
    pub fn of(faults: Vec<Fault>) -> Self {
        let faults = faults.into_iter().map(|fault| (fault, 0.0)).collect();
        let plan = Self { faults, consecutive: 2, decisions: 2, large_page: 100, drip_milliseconds: 5 };
        plan.probability(0.3)
    }

    /// This, too, with a probability of its own, from 0 to 1.
    #[must_use]
    pub fn with(mut self, fault: Fault, probability: f64) -> Self {
        self.faults.retain(|(known, _)| *known != fault);
        self.faults.push((fault, probability));
        self
    }

    /// Without this one.
    #[must_use]
    pub fn without(mut self, fault: Fault) -> Self {
        self.faults.retain(|(known, _)| *known != fault);
        self
    }

    /// The probability, from 0 to 1, that something goes wrong with a request, shared evenly by all faults.
    #[must_use]
    pub fn probability(mut self, probability: f64) -> Self {
        let drawn = self.faults.iter().filter(|(fault, _)| *fault != Fault::ClockSkew).count();
        let share = probability / f64::from(u32::try_from(drawn).unwrap_or(u32::MAX).max(1));
        for (_, own) in &mut self.faults {
            *own = share;
        }
        self
    }

    /// How many requests to an operation fail in a row at most; 2 by default.
    #[must_use]
    pub fn consecutive(self, consecutive: u32) -> Self {
        Self { consecutive, ..self }
    }

    /// How many times each fault happens that needs the caller's decision; 2 by default. With [`u32::MAX`], a
    /// stall is for ever, if [`FaultPlan::probability`] and [`FaultPlan::consecutive`] let it.
    #[must_use]
    pub fn decisions(self, decisions: u32) -> Self {
        Self { decisions, ..self }
    }

    /// The page size above which a gateway can time out; 100 by default.
    #[must_use]
    pub fn large_page(self, records: u64) -> Self {
        Self { large_page: records, ..self }
    }

    /// Real milliseconds between the ten drips of a slow body; 5 by default.
    #[must_use]
    pub fn drip_milliseconds(self, milliseconds: u64) -> Self {
        Self { drip_milliseconds: milliseconds, ..self }
    }

    /// Whether the plan holds a fault.
    pub(crate) fn has(&self, fault: Fault) -> bool {
        self.faults.iter().any(|(known, _)| *known == fault)
    }
}

/// Draws from a plan.
pub(crate) struct Draws {
    plan: FaultPlan,
    dice: Dice,
    in_a_row: BTreeMap<String, u32>,
    decided: BTreeMap<Fault, u32>,
}

impl Draws {
    pub(crate) fn new(plan: FaultPlan, seed: u64) -> Self {
        Self { plan, dice: Dice::new(seed, &[5]), in_a_row: BTreeMap::new(), decided: BTreeMap::new() }
    }

    /// What goes wrong with the next request to an operation, among what fits it.
    pub(crate) fn draw(&mut self, operation: &str, fits: impl Fn(Fault) -> bool) -> Option<Fault> {
        let drawn = self.roll();
        let in_a_row = self.in_a_row.get(operation).copied().unwrap_or(0);
        let fault = drawn.filter(|fault| {
            let decided = self.decided.get(fault).copied().unwrap_or(0);
            in_a_row < self.plan.consecutive
                && (!fault.needs_decision() || decided < self.plan.decisions)
                && fits(*fault)
        });
        if let Some(fault) = fault.filter(|fault| fault.needs_decision()) {
            *self.decided.entry(fault).or_insert(0) += 1;
        }
        self.in_a_row.insert(operation.to_owned(), if fault.is_some() { in_a_row + 1 } else { 0 });
        fault
    }

    /// Takes back a draw that turned out not to fit.
    pub(crate) fn undo(&mut self, operation: &str, fault: Fault) {
        self.in_a_row.insert(operation.to_owned(), 0);
        if let Some(count) = self.decided.get_mut(&fault) {
            *count = count.saturating_sub(1);
        }
    }

    /// One fault or none, by their probabilities. A skewed clock is no event, so it is never drawn.
    fn roll(&mut self) -> Option<Fault> {
        let mut roll = self.dice.fraction();
        for (fault, probability) in self.plan.faults.iter().filter(|(fault, _)| *fault != Fault::ClockSkew) {
            if roll < *probability {
                return Some(*fault);
            }
            roll -= probability;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(plan: FaultPlan, requests: usize) -> Vec<Option<Fault>> {
        let mut draws = Draws::new(plan, 1);
        (0..requests).map(|_| draws.draw("Any", |_| true)).collect()
    }

    #[test]
    fn no_more_fail_in_a_row_than_planned() {
        let plan = FaultPlan::only(Fault::BadGateway).probability(1.0).consecutive(3);
        let failed: Vec<bool> = drawn(plan, 8).iter().map(Option::is_some).collect();
        assert_eq!(failed, [true, true, true, false, true, true, true, false]);
    }

    #[test]
    fn what_needs_a_decision_happens_so_many_times() {
        let plan = FaultPlan::only(Fault::Stall).probability(1.0).decisions(3);
        assert_eq!(drawn(plan, 50).into_iter().flatten().count(), 3);
    }

    #[test]
    fn each_fault_has_its_probability() {
        let plan =
            FaultPlan::none().with(Fault::CutJson, 0.1).with(Fault::SlowBody, 0.4).consecutive(u32::MAX);
        let drawn = drawn(plan, 10_000);
        let count = |fault| drawn.iter().filter(|drawn| **drawn == Some(fault)).count();
        assert!((900..1_100).contains(&count(Fault::CutJson)));
        assert!((3_800..4_200).contains(&count(Fault::SlowBody)));
    }

    #[test]
    fn a_draw_that_is_taken_back_does_not_count() {
        let mut draws = Draws::new(FaultPlan::only(Fault::Stall).probability(1.0).decisions(1), 1);
        for _ in 0..5 {
            assert_eq!(draws.draw("Any", |_| true), Some(Fault::Stall));
            draws.undo("Any", Fault::Stall);
        }
        assert_eq!(draws.draw("Any", |_| false), None);
    }
}
