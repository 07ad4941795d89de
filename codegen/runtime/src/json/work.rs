//! Counts the work of the decoder, and varies it, for tests.

use std::cell::Cell;

thread_local! {
    static WORK: Cell<usize> = const { Cell::new(0) };
    static TRIAL_BUDGET: Cell<Option<u32>> = const { Cell::new(None) };
}

/// How many bytes are skipped in the time in which a value is read, roughly.
const BYTES_PER_VALUE: usize = 32;

/// Adds bytes that were skipped.
pub(crate) fn skipped(bytes: usize) {
    WORK.set(WORK.get() + bytes);
}

/// Adds a value that was read.
pub(crate) fn read() {
    skipped(BYTES_PER_VALUE);
}

/// Returns the result of a function, and the number of bytes that it skipped, where each value that it read counts as
/// several.
pub(crate) fn counted<T>(work: impl FnOnce() -> T) -> (T, usize) {
    let before = WORK.get();
    (work(), WORK.get() - before)
}

/// Returns the result of a function in which each trial has this budget.
pub(crate) fn with_trial_budget<T>(budget: u32, work: impl FnOnce() -> T) -> T {
    let before = TRIAL_BUDGET.replace(Some(budget));
    let result = work();
    TRIAL_BUDGET.set(before);
    result
}

/// Returns the budget of each trial, if it is set.
pub(crate) fn trial_budget() -> Option<u32> {
    TRIAL_BUDGET.get()
}
