//! Rate limits on the side of the client: requests wait before the server rejects them.
//!
//! Each request counts in the bucket of its operation and in the general bucket of the account. All clones of a client
//! share the buckets. Requests wait in a queue for each bucket, first in, first out.
//!
//! The guarantee: the server never gets more than N requests of this client within any S seconds, with fixed or
//! sliding windows. A request therefore occupies a slot from when it is sent until S seconds after its response,
//! since the server may count it at any time in between. The headers of responses correct the buckets: another
//! capacity, or slots that other clients have used.
//!
//! No rate limiting crate gives this guarantee. They use leaky buckets (GCRA: `governor`, `leaky-bucket`,
//! `ratelimit`, `async-rate-limiter`): after a burst of N requests they allow one in each S/N seconds, which makes
//! 2N-1 in the first S seconds. They count a request when it is sent, although the server counts it later. And the
//! server's headers can't correct them.

mod bucket;
mod buckets;
mod headers;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;
use std::time::Duration;

use tokio::sync::{Mutex as Queue, Notify};

use super::clock::Clock;
use crate::operation::RateLimit;
use bucket::{Blocked, RequestOutcome};
use buckets::Buckets;
pub(super) use headers::ReportedLimits;

/// Allows requests one after the other. Clones share their state.
#[derive(Clone)]
pub(super) struct Limiter(Arc<LimiterState>);

struct LimiterState {
    clock: Arc<dyn Clock>,
    buckets: Mutex<Buckets>,
    /// Notified when a slot may have become free.
    changed: Notify,
    queues: Mutex<HashMap<&'static str, Arc<Queue<()>>>>,
    general_queue: Queue<()>,
}

/// The slot of a request in its buckets. If it is dropped before the request is sent, the slot is free at once.
pub(super) struct Permit {
    shared: Arc<LimiterState>,
    limit: Option<RateLimit>,
    started: Duration,
    state: PermitState,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PermitState {
    Unsent,
    Sent,
    Settled,
}

impl Limiter {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(LimiterState {
            clock,
            buckets: Mutex::default(),
            changed: Notify::new(),
            queues: Mutex::default(),
            general_queue: Queue::new(()),
        }))
    }

    /// Waits until a request is allowed. Calls `waiting` before each wait whose duration is known.
    pub(super) async fn acquire(
        &self,
        limit: Option<&RateLimit>,
        waiting: &mut (dyn FnMut(Duration) + Send),
    ) -> Permit {
        let shared = &self.0;
        let queue = limit.map(|limit| shared.queue(limit.bucket()));
        let _turn = match &queue {
            Some(queue) => Some(queue.lock().await),
            None => None,
        };
        loop {
            shared.until(&|buckets, now| buckets.check_own(limit, now), waiting).await;
            let _turn = shared.general_queue.lock().await;
            shared.until(&|buckets, now| buckets.check_general(now), waiting).await;
            // The bucket of the operation may have been paused in the meantime.
            if let Some(started) = shared.start(limit) {
                let (shared, limit) = (Arc::clone(shared), limit.copied());
                return Permit { shared, limit, started, state: PermitState::Unsent };
            }
        }
    }
}

impl LimiterState {
    fn buckets(&self) -> MutexGuard<'_, Buckets> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn queue(&self, bucket: &'static str) -> Arc<Queue<()>> {
        let mut queues = self.queues.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(queues.entry(bucket).or_default())
    }

    fn start(&self, limit: Option<&RateLimit>) -> Option<Duration> {
        let mut buckets = self.buckets();
        let now = self.clock.monotonic();
        buckets.start(limit, now).ok().map(|()| now)
    }

    /// Waits until a check succeeds.
    async fn until(
        &self,
        check: &(dyn Fn(&mut Buckets, Duration) -> Result<(), Blocked> + Sync),
        waiting: &mut (dyn FnMut(Duration) + Send),
    ) {
        let mut reported = None;
        loop {
            // Created before the check, so that no change between the two is missed.
            let changed = self.changed.notified();
            let now = self.clock.monotonic();
            let blocked = check(&mut self.buckets(), now);
            match blocked {
                Ok(()) => return,
                Err(Blocked::UntilResponse) => changed.await,
                Err(Blocked::Until(time)) => {
                    let wait = time.saturating_sub(now);
                    if reported.replace(time) != Some(time) {
                        waiting(wait);
                    }
                    first_of(self.clock.sleep(wait), pin!(changed)).await;
                }
            }
        }
    }
}

impl Permit {
    /// Marks the request as sent: from now on, the server may count it.
    pub(super) fn sending(&mut self) {
        self.state = PermitState::Sent;
    }

    /// Marks the request as not sent: it did not reach the server, so its slot is free again.
    pub(super) fn not_sent(mut self) {
        self.state = PermitState::Unsent;
    }

    /// Marks the request as completed. If the server rejected it because of a limit, its bucket pauses for `pause`.
    pub(super) fn responded(mut self, limits: ReportedLimits, pause: Option<Duration>) {
        self.settle(limits, pause.map_or(RequestOutcome::Accepted, RequestOutcome::RateLimited));
    }

    fn settle(&mut self, limits: ReportedLimits, outcome: RequestOutcome) {
        self.state = PermitState::Settled;
        let mut buckets = self.shared.buckets();
        let now = self.shared.clock.monotonic();
        buckets.settle(self.limit.as_ref(), self.started, now, limits, outcome);
        drop(buckets);
        self.shared.changed.notify_waiters();
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        match self.state {
            PermitState::Settled => {}
            // The response is unknown. The server may have counted the request until now.
            PermitState::Sent => self.settle(ReportedLimits::default(), RequestOutcome::Unknown),
            PermitState::Unsent => {
                self.shared.buckets().release(self.limit.as_ref());
                self.shared.changed.notify_waiters();
            }
        }
    }
}

impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Limiter").field(&*self.0.buckets()).finish()
    }
}

/// Waits until one of two futures is ready.
async fn first_of(
    mut one: Pin<Box<dyn Future<Output = ()> + Send>>,
    mut other: Pin<&mut (dyn Future<Output = ()> + Send)>,
) {
    poll_fn(|context| match (one.as_mut().poll(context), other.as_mut().poll(context)) {
        (Poll::Pending, Poll::Pending) => Poll::Pending,
        _ => Poll::Ready(()),
    })
    .await;
}
