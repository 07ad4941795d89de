//! The slots of one bucket. The caller passes the time.

use std::collections::VecDeque;
use std::time::Duration;

use super::headers::ReportedLimit;

/// Added to a window, since the clocks of client and server differ a little.
pub(super) const MARGIN: Duration = Duration::from_millis(100);
/// Added to the reset time of the server, which is in full seconds.
pub(super) const ROUNDING: Duration = Duration::from_secs(1);

/// A number of requests that are allowed within a window of time.
#[derive(Debug)]
pub(super) struct Bucket {
    /// `None` until the server reports it: no limit.
    capacity: Option<u32>,
    window: Duration,
    /// The number of requests without a response.
    in_flight: u32,
    /// The times at which the responses of the last window arrived, in order.
    responses: VecDeque<Duration>,
    /// The requests that other clients leave.
    ceiling: Option<Ceiling>,
    pause: Option<Pause>,
}

/// A number of remaining requests that the server reported, lower than the number of free slots.
#[derive(Clone, Copy, Debug)]
struct Ceiling {
    remaining: u32,
    /// The time at which it was reported. Requests that started before may report older numbers.
    since: Duration,
    until: Duration,
}

/// The time after a 429 response. After it, one request is sent at a time until the server accepts one.
#[derive(Clone, Copy, Debug)]
struct Pause {
    until: Duration,
}

/// The reason why a request must wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blocked {
    /// Until a time.
    Until(Duration),
    /// Until a response arrives.
    UntilResponse,
}

/// The outcome of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RequestOutcome {
    /// The limit allowed the request.
    Accepted,
    /// The server rejected the request because of the limit, and requests a pause.
    RateLimited(Duration),
    /// No response arrived.
    Unknown,
}

impl Bucket {
    pub(super) fn new(capacity: Option<u32>, window: Duration) -> Self {
        let capacity = capacity.map(|capacity| capacity.max(1));
        Self { capacity, window, in_flight: 0, responses: VecDeque::new(), ceiling: None, pause: None }
    }

    /// Checks whether a request can be sent.
    pub(super) fn check(&mut self, now: Duration) -> Result<(), Blocked> {
        self.expire(now);
        match self.pause {
            Some(pause) if now < pause.until => return Err(Blocked::Until(pause.until)),
            Some(_) if self.in_flight > 0 => return Err(Blocked::UntilResponse),
            _ => {}
        }
        if let Some(Ceiling { remaining: 0, until, .. }) = self.ceiling {
            return Err(Blocked::Until(until));
        }
        let Some(excess) = self.capacity.and_then(|capacity| self.used().checked_sub(capacity)) else {
            return Ok(());
        };
        // A slot is free when the excess and one more response have left the window.
        let leaving = self.responses.get(excess as usize);
        Err(leaving.map_or(Blocked::UntilResponse, |time| Blocked::Until(*time + self.window + MARGIN)))
    }

    /// Occupies a slot for a request.
    pub(super) fn start(&mut self) {
        self.in_flight += 1;
        if let Some(ceiling) = &mut self.ceiling {
            ceiling.remaining = ceiling.remaining.saturating_sub(1);
        }
    }

    /// Frees the slot of a request that was not sent.
    pub(super) fn release(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
        if let Some(ceiling) = &mut self.ceiling {
            ceiling.remaining = ceiling.remaining.saturating_add(1);
        }
    }

    /// Records the end of a request that was started at `started`.
    pub(super) fn settle(
        &mut self,
        started: Duration,
        now: Duration,
        reported: Option<ReportedLimit>,
        outcome: RequestOutcome,
    ) {
        self.expire(now);
        self.in_flight = self.in_flight.saturating_sub(1);
        let later_responses = self.responses.iter().rev().take_while(|time| **time > started).count();
        self.responses.push_back(now);
        match (outcome, self.pause) {
            (RequestOutcome::RateLimited(pause), before) => {
                let until = now.saturating_add(pause);
                self.pause = Some(Pause { until: before.map_or(until, |before| before.until.max(until)) });
            }
            (RequestOutcome::Accepted, Some(pause)) if started >= pause.until => self.pause = None,
            _ => {}
        }
        if let Some(reported) = reported {
            // The server may not have counted these requests in its report.
            let uncounted = self.in_flight.saturating_add(count(later_responses));
            self.correct(started, now, reported, uncounted);
        }
    }

    /// Takes over the reported capacity, and what other clients have used.
    fn correct(&mut self, started: Duration, now: Duration, reported: ReportedLimit, uncounted: u32) {
        let capacity = reported.total.or(self.capacity).map(|capacity| capacity.max(1));
        self.capacity = capacity;
        let (Some(capacity), Some(remaining)) = (capacity, reported.remaining) else { return };
        let ceiling = (remaining < capacity.saturating_sub(self.used())).then(|| Ceiling {
            remaining: remaining.saturating_sub(uncounted),
            since: now,
            until: now + reported.reset.unwrap_or(self.window).min(self.window) + ROUNDING,
        });
        self.ceiling = match (self.ceiling, ceiling) {
            (Some(before), Some(ceiling)) if started <= before.since => Some(Ceiling {
                remaining: before.remaining.min(ceiling.remaining),
                since: now,
                until: before.until.max(ceiling.until),
            }),
            // Requests that the server has not counted can hide those of other clients.
            (Some(before), None) if started <= before.since || uncounted > 0 => Some(before),
            _ => ceiling,
        };
    }

    fn used(&self) -> u32 {
        self.in_flight.saturating_add(count(self.responses.len()))
    }

    /// Removes the responses and the ceiling that have left the window.
    fn expire(&mut self, now: Duration) {
        let is_expired = |time: &Duration| *time + self.window + MARGIN <= now;
        let expired = self.responses.partition_point(is_expired);
        self.responses.drain(..expired);
        self.ceiling = self.ceiling.filter(|ceiling| now < ceiling.until);
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
