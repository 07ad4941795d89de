//! Locks that a failed thread doesn't spoil.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What is in the lock; what a panicking thread left there is as good as any.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
