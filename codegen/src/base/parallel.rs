//! Runs work on several threads, with stacks that are large enough for the recursive stages.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The stack size of a thread, in bytes. Some stages and serde recurse, and a document of the maximum depth needs more
/// than the default. Pages that are never used cost nothing.
const STACK: usize = 256 << 20;
/// The maximum number of threads. More don't make a run faster.
const MAX_THREADS: usize = 8;

/// Calls a function with each item, on several threads. The results are in the order of the items.
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
        // This thread works too. If no other thread can be spawned, it does everything.
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

/// Calls two functions at the same time: the first one on another thread, the second one on this thread.
pub fn join<A: Send, B>(other: impl Fn() -> A + Sync, here: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let spawned = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &other).ok();
        let here = here();
        // If no thread can be spawned, this thread does both. Its stack is large enough for most documents.
        let other = spawned.map_or_else(&other, |spawned| {
            spawned.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        (other, here)
    })
}

/// Calls a function on a thread with a large stack.
pub(crate) fn with_large_stack<T: Send>(work: impl Fn() -> T + Sync) -> T {
    join(work, || ()).0
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        assert_eq!(map(&items, |item| item * 2), (0..1000).map(|item| item * 2).collect::<Vec<_>>());
        assert!(map(&items[..0], |item| *item).is_empty());
    }
}
