//! The same work on many things, on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Bytes of stack for a thread of this crate: some stages recurse, and so does the typed reader; a document as
/// deep as the reader lets pass needs more than a thread has by default. Pages that are never touched cost
/// nothing.
const STACK: usize = 256 << 20;
/// More threads than that gain nothing.
const MAX_THREADS: usize = 8;

/// Does some work on each item; the results are in the order of the items.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || {
        let index = next.fetch_add(1, Ordering::Relaxed);
        items.get(index).map(|item| (index, work(item)))
    };
    let worker = || std::iter::from_fn(take).collect::<Vec<_>>();
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MAX_THREADS).min(items.len());
    let mut results = thread::scope(|scope| {
        let spawn = |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker).ok();
        // This thread is one of them; where there can't be more, it does everything.
        let others: Vec<_> = (1..threads).filter_map(spawn).collect();
        let mut results = worker();
        for other in others {
            results.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        results
    });
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Does something here, and something else beside it on another core.
pub fn join<A: Send, B>(beside: impl Fn() -> A + Sync, here: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let other = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &beside).ok();
        let here = here();
        // Where there can't be another thread, this one does it, too; its stack will do for most documents.
        let beside = other.map_or_else(&beside, |other| {
            other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        (beside, here)
    })
}

/// Does something on a thread with the stack that it may need.
pub(crate) fn on_a_deep_stack<T: Send>(work: impl Fn() -> T + Sync) -> T {
    join(work, || ()).0
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_are_in_order() {
        let items: Vec<usize> = (0..1000).collect();
        assert_eq!(map(&items, |item| item * 2), (0..1000).map(|item| item * 2).collect::<Vec<_>>());
        assert!(map(&items[..0], |item| *item).is_empty());
    }
}
