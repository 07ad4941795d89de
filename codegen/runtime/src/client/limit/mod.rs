//! Keeping to the server's limits before it has to say so.
//!
//! Each operation counts in a bucket of its own kind and in the account's general one. All clones of a client
//! share them, and requests wait in line: one line for each bucket, first come, first served.
//!
//! The promise: the server never sees more than N requests of this client within any S seconds, however it
//! cuts them (windows that start at fixed times, or that slide along). A request therefore takes a place from
//! when it goes out until S seconds after its answer came, since the server may count it at any moment between.
//! What the answers' headers say corrects this: another capacity, or places that another client has taken.
//!
//! That is why none of the rate limiting crates is behind it. They count by leaky buckets (GCRA: `governor`,
//! `leaky-bucket`, `ratelimit`, `async-rate-limiter`): after a burst of N they go on to let one through each
//! S/N seconds, which makes 2N-1 in the first S seconds; they count when a request goes out, although the
//! server counts later; and they can't be corrected by what the server says.

mod bucket;
mod headers;
mod ledger;

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

use tokio::sync::{Mutex as Line, Notify};

use super::clock::Clock;
use crate::operation::RateLimit;
use bucket::{Blocked, Outcome};
pub(super) use headers::Reports;
use ledger::Ledger;

/// Lets requests out one after the other; its clones share their state.
#[derive(Clone)]
pub(super) struct Limiter(Arc<Shared>);

struct Shared {
    clock: Arc<dyn Clock>,
    ledger: Mutex<Ledger>,
    /// Told when an answer came, which may make room.
    changed: Notify,
    lines: Mutex<HashMap<&'static str, Arc<Line<()>>>>,
    general_line: Line<()>,
}

/// The place of a request. Dropped before the request was sent, it is free again at once.
pub(super) struct Permit {
    shared: Arc<Shared>,
    limit: Option<RateLimit>,
    started: Duration,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Sent,
    Settled,
}

impl Limiter {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        let (ledger, changed) = (Mutex::default(), Notify::new());
        Self(Arc::new(Shared {
            clock,
            ledger,
            changed,
            lines: Mutex::default(),
            general_line: Line::new(()),
        }))
    }

    /// Waits in line until a request may go out; before each wait for a known time, that time is told.
    pub(super) async fn acquire(
        &self,
        limit: Option<&RateLimit>,
        waiting: &mut (dyn FnMut(Duration) + Send),
    ) -> Permit {
        let shared = &self.0;
        let line = limit.map(|limit| shared.line(limit.bucket()));
        let _turn = match &line {
            Some(line) => Some(line.lock().await),
            None => None,
        };
        loop {
            shared.until(&|ledger, now| ledger.check_own(limit, now), waiting).await;
            let _turn = shared.general_line.lock().await;
            shared.until(&|ledger, now| ledger.check_general(now), waiting).await;
            // The own bucket may have been paused meanwhile.
            if let Some(started) = shared.start(limit) {
                let (shared, limit) = (Arc::clone(shared), limit.copied());
                return Permit { shared, limit, started, state: State::Waiting };
            }
        }
    }
}

impl Shared {
    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn line(&self, bucket: &'static str) -> Arc<Line<()>> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(lines.entry(bucket).or_default())
    }

    fn start(&self, limit: Option<&RateLimit>) -> Option<Duration> {
        let mut ledger = self.ledger();
        let now = self.clock.monotonic();
        ledger.start(limit, now).ok().map(|()| now)
    }

    /// Waits until a check holds.
    async fn until(
        &self,
        check: &(dyn Fn(&mut Ledger, Duration) -> Result<(), Blocked> + Sync),
        waiting: &mut (dyn FnMut(Duration) + Send),
    ) {
        let mut told = None;
        loop {
            // Made before the check, so that no change between the two is missed.
            let changed = self.changed.notified();
            let now = self.clock.monotonic();
            let blocked = check(&mut self.ledger(), now);
            match blocked {
                Ok(()) => return,
                Err(Blocked::UntilAnswer) => changed.await,
                Err(Blocked::Until(time)) => {
                    let wait = time.saturating_sub(now);
                    if told.replace(time) != Some(time) {
                        waiting(wait);
                    }
                    first_of(self.clock.sleep(wait), pin!(changed)).await;
                }
            }
        }
    }
}

impl Permit {
    /// From now on the server may count the request.
    pub(super) fn sending(&mut self) {
        self.state = State::Sent;
    }

    /// The request did not reach the server.
    pub(super) fn not_sent(mut self) {
        self.state = State::Waiting;
    }

    /// An answer came. A refusal pauses the bucket for as long as is given.
    pub(super) fn answered(mut self, reports: Reports, refused: Option<Duration>) {
        self.settle(reports, refused.map_or(Outcome::Answered, Outcome::Refused));
    }

    fn settle(&mut self, reports: Reports, outcome: Outcome) {
        self.state = State::Settled;
        let mut ledger = self.shared.ledger();
        let now = self.shared.clock.monotonic();
        ledger.settle(self.limit.as_ref(), self.started, now, reports, outcome);
        drop(ledger);
        self.shared.changed.notify_waiters();
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        match self.state {
            State::Settled => {}
            // Nobody waits for the answer any longer, so this is the last moment known to matter.
            State::Sent => self.settle(Reports::default(), Outcome::Unknown),
            State::Waiting => {
                self.shared.ledger().release(self.limit.as_ref());
                self.shared.changed.notify_waiters();
            }
        }
    }
}

impl fmt::Debug for Limiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Limiter").field(&*self.0.ledger()).finish()
    }
}

/// Waits for the first of two.
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
