//! The plan of faults: which faults are injected, and when.

use std::collections::BTreeMap;

use crate::fault::Fault;
use crate::random::Random;

/// Which faults are injected, with which probability, and how often in a row.
///
/// A fault is only injected into requests that it applies to: an export by time, for example, has no cursor to repeat.
#[derive(Clone, Debug)]
pub struct FaultPlan {
    /// The faults and their probabilities.
    faults: Vec<(Fault, f64)>,
    consecutive: u32,
    decisions: u32,
    pub(crate) large_page: u64,
    pub(crate) drip_milliseconds: u64,
}

impl FaultPlan {
    /// Returns a plan without faults.
    #[must_use]
    pub fn none() -> Self {
        Self::of(Vec::new())
    }

    /// Returns a plan that injects one fault into three of ten requests.
    #[must_use]
    pub fn only(fault: Fault) -> Self {
        Self::of(vec![fault])
    }

    /// Returns a plan that injects all faults into three of ten requests, one fault per request.
    #[must_use]
    pub fn all() -> Self {
        Self::of(Fault::ALL.to_vec())
    }

    /// Returns a plan that injects these faults into three of ten requests, one fault per request, with equal
    /// probability.
    #[must_use]
    pub fn of(faults: Vec<Fault>) -> Self {
        let faults = faults.into_iter().map(|fault| (fault, 0.0)).collect();
        let plan = Self { faults, consecutive: 2, decisions: 2, large_page: 100, drip_milliseconds: 5 };
        plan.probability(0.3)
    }

    /// Adds a fault with its own probability, from 0 to 1.
    #[must_use]
    pub fn with(mut self, fault: Fault, probability: f64) -> Self {
        self.faults.retain(|(known, _)| *known != fault);
        self.faults.push((fault, probability));
        self
    }

    /// Removes a fault.
    #[must_use]
    pub fn without(mut self, fault: Fault) -> Self {
        self.faults.retain(|(known, _)| *known != fault);
        self
    }

    /// Sets the probability, from 0 to 1, of a fault in a request. All faults get an equal share.
    #[must_use]
    pub fn probability(mut self, probability: f64) -> Self {
        let drawn = self.faults.iter().filter(|(fault, _)| *fault != Fault::ClockSkew).count();
        let share = probability / f64::from(u32::try_from(drawn).unwrap_or(u32::MAX).max(1));
        for (_, own) in &mut self.faults {
            *own = share;
        }
        self
    }

    /// Sets the maximum number of consecutive requests to an operation that get a fault; 2 by default.
    #[must_use]
    pub fn consecutive(self, consecutive: u32) -> Self {
        Self { consecutive, ..self }
    }

    /// Sets how many times each fault is injected that needs the caller's decision; 2 by default. With [`u32::MAX`], a
    /// stall can last forever if [`FaultPlan::probability`] and [`FaultPlan::consecutive`] allow it.
    #[must_use]
    pub fn decisions(self, decisions: u32) -> Self {
        Self { decisions, ..self }
    }

    /// Sets the page size above which a gateway can time out; 100 by default.
    #[must_use]
    pub fn large_page(self, records: u64) -> Self {
        Self { large_page: records, ..self }
    }

    /// Sets the real milliseconds between the ten pieces of a slow body; 5 by default.
    #[must_use]
    pub fn drip_milliseconds(self, milliseconds: u64) -> Self {
        Self { drip_milliseconds: milliseconds, ..self }
    }

    /// Returns whether the plan contains a fault.
    pub(crate) fn has(&self, fault: Fault) -> bool {
        self.faults.iter().any(|(known, _)| *known == fault)
    }
}

/// Picks faults according to a plan.
pub(crate) struct FaultPicker {
    plan: FaultPlan,
    random: Random,
    in_a_row: BTreeMap<String, u32>,
    decided: BTreeMap<Fault, u32>,
}

impl FaultPicker {
    pub(crate) fn new(plan: FaultPlan, seed: u64) -> Self {
        Self { plan, random: Random::new(seed, &[5]), in_a_row: BTreeMap::new(), decided: BTreeMap::new() }
    }

    /// Picks the fault of the next request to an operation, among the faults that apply to it.
    pub(crate) fn pick(&mut self, operation: &str, applies: impl Fn(Fault) -> bool) -> Option<Fault> {
        let drawn = self.random_fault();
        let in_a_row = self.in_a_row.get(operation).copied().unwrap_or(0);
        let fault = drawn.filter(|fault| {
            let decided = self.decided.get(fault).copied().unwrap_or(0);
            in_a_row < self.plan.consecutive
                && (!fault.needs_decision() || decided < self.plan.decisions)
                && applies(*fault)
        });
        if let Some(fault) = fault.filter(|fault| fault.needs_decision()) {
            *self.decided.entry(fault).or_insert(0) += 1;
        }
        self.in_a_row.insert(operation.to_owned(), if fault.is_some() { in_a_row + 1 } else { 0 });
        fault
    }

    /// Undoes a pick that did not apply to the page.
    pub(crate) fn undo(&mut self, operation: &str, fault: Fault) {
        self.in_a_row.insert(operation.to_owned(), 0);
        if let Some(count) = self.decided.get_mut(&fault) {
            *count = count.saturating_sub(1);
        }
    }

    /// Returns a random fault or none, by their probabilities. Never returns a skewed clock, which affects all
    /// requests.
    fn random_fault(&mut self) -> Option<Fault> {
        let mut rest = self.random.fraction();
        for (fault, probability) in self.plan.faults.iter().filter(|(fault, _)| *fault != Fault::ClockSkew) {
            if rest < *probability {
                return Some(*fault);
            }
            rest -= probability;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(plan: FaultPlan, requests: usize) -> Vec<Option<Fault>> {
        let mut picker = FaultPicker::new(plan, 1);
        (0..requests).map(|_| picker.pick("Any", |_| true)).collect()
    }

    #[test]
    fn no_more_requests_than_planned_fail_in_a_row() {
        let plan = FaultPlan::only(Fault::BadGateway).probability(1.0).consecutive(3);
        let failed: Vec<bool> = drawn(plan, 8).iter().map(Option::is_some).collect();
        assert_eq!(failed, [true, true, true, false, true, true, true, false]);
    }

    #[test]
    fn a_fault_that_needs_a_decision_is_picked_as_often_as_planned() {
        let plan = FaultPlan::only(Fault::Stall).probability(1.0).decisions(3);
        assert_eq!(drawn(plan, 50).into_iter().flatten().count(), 3);
    }

    #[test]
    fn each_fault_has_its_probability() {
        let plan = FaultPlan::none()
            .with(Fault::TruncatedJson, 0.1)
            .with(Fault::SlowBody, 0.4)
            .consecutive(u32::MAX);
        let drawn = drawn(plan, 10_000);
        let count = |fault| drawn.iter().filter(|drawn| **drawn == Some(fault)).count();
        assert!((900..1_100).contains(&count(Fault::TruncatedJson)));
        assert!((3_800..4_200).contains(&count(Fault::SlowBody)));
    }

    #[test]
    fn a_pick_that_is_undone_does_not_count() {
        let mut picker = FaultPicker::new(FaultPlan::only(Fault::Stall).probability(1.0).decisions(1), 1);
        for _ in 0..5 {
            assert_eq!(picker.pick("Any", |_| true), Some(Fault::Stall));
            picker.undo("Any", Fault::Stall);
        }
        assert_eq!(picker.pick("Any", |_| false), None);
    }
}
