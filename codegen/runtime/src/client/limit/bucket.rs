//! The places of one bucket: pure, the time is told.

use std::collections::VecDeque;
use std::time::Duration;

use super::headers::Report;

/// Added to a window, for clocks that are not quite alike.
pub(super) const MARGIN: Duration = Duration::from_millis(100);
/// Added to what the server says in whole seconds.
pub(super) const ROUNDING: Duration = Duration::from_secs(1);

/// So many requests within so much time.
#[derive(Debug)]
pub(super) struct Bucket {
    /// Unknown until the server says it, which means no limit.
    capacity: Option<u32>,
    window: Duration,
    /// Requests that are on their way.
    in_flight: u32,
    /// When the answers of the last window came, the oldest first.
    answered: VecDeque<Duration>,
    /// What another client leaves.
    ceiling: Option<Ceiling>,
    pause: Option<Pause>,
}

#[derive(Clone, Copy, Debug)]
struct Ceiling {
    left: u32,
    /// When it was told. What is told to requests that went out before may be older.
    since: Duration,
    until: Duration,
}

/// The server refused. Afterwards requests go one by one until one of them is let through.
#[derive(Clone, Copy, Debug)]
struct Pause {
    until: Duration,
}

/// Why a request may not go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blocked {
    /// Not before then.
    Until(Duration),
    /// Not before an answer came.
    UntilAnswer,
}

/// What became of a request that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The server took it.
    Answered,
    /// The server refused it because of a limit, and asks to wait.
    Refused(Duration),
    /// No answer came.
    Unknown,
}

impl Bucket {
    pub(super) fn new(capacity: Option<u32>, window: Duration) -> Self {
        let capacity = capacity.map(|capacity| capacity.max(1));
        Self { capacity, window, in_flight: 0, answered: VecDeque::new(), ceiling: None, pause: None }
    }

    /// Whether a request may go out.
    pub(super) fn check(&mut self, now: Duration) -> Result<(), Blocked> {
        self.forget(now);
        match self.pause {
            Some(pause) if now < pause.until => return Err(Blocked::Until(pause.until)),
            Some(_) if self.in_flight > 0 => return Err(Blocked::UntilAnswer),
            _ => {}
        }
        if let Some(Ceiling { left: 0, until, .. }) = self.ceiling {
            return Err(Blocked::Until(until));
        }
        let Some(over) = self.capacity.and_then(|capacity| self.used().checked_sub(capacity)) else {
            return Ok(());
        };
        // So many and one more have to leave the window first.
        let leaving = self.answered.get(over as usize);
        Err(leaving.map_or(Blocked::UntilAnswer, |time| Blocked::Until(*time + self.window + MARGIN)))
    }

    /// A request goes out.
    pub(super) fn start(&mut self) {
        self.in_flight += 1;
        if let Some(ceiling) = &mut self.ceiling {
            ceiling.left = ceiling.left.saturating_sub(1);
        }
    }

    /// A request did not go out after all.
    pub(super) fn release(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
        if let Some(ceiling) = &mut self.ceiling {
            ceiling.left = ceiling.left.saturating_add(1);
        }
    }

    /// A request that started then came to its end now.
    pub(super) fn settle(
        &mut self,
        started: Duration,
        now: Duration,
        report: Option<Report>,
        outcome: Outcome,
    ) {
        self.forget(now);
        self.in_flight = self.in_flight.saturating_sub(1);
        let answered_since = self.answered.iter().rev().take_while(|time| **time > started).count();
        self.answered.push_back(now);
        match (outcome, self.pause) {
            (Outcome::Refused(pause), before) => {
                let until = now.saturating_add(pause);
                self.pause = Some(Pause { until: before.map_or(until, |before| before.until.max(until)) });
            }
            (Outcome::Answered, Some(pause)) if started >= pause.until => self.pause = None,
            _ => {}
        }
        if let Some(report) = report {
            // The server may not have counted these when it wrote the report.
            let uncounted = self.in_flight.saturating_add(count(answered_since));
            self.correct(started, now, report, uncounted);
        }
    }

    /// Takes what the server says for the capacity, and for what other clients have taken.
    fn correct(&mut self, started: Duration, now: Duration, report: Report, uncounted: u32) {
        let capacity = report.total.or(self.capacity).map(|capacity| capacity.max(1));
        self.capacity = capacity;
        let (Some(capacity), Some(remaining)) = (capacity, report.remaining) else { return };
        let told = (remaining < capacity.saturating_sub(self.used())).then(|| Ceiling {
            left: remaining.saturating_sub(uncounted),
            since: now,
            until: now + report.resets.unwrap_or(self.window).min(self.window) + ROUNDING,
        });
        self.ceiling = match (self.ceiling, told) {
            (Some(before), Some(told)) if started <= before.since => Some(Ceiling {
                left: before.left.min(told.left),
                since: now,
                until: before.until.max(told.until),
            }),
            // Requests that the server had not counted hide those of others.
            (Some(before), None) if started <= before.since || uncounted > 0 => Some(before),
            _ => told,
        };
    }

    fn used(&self) -> u32 {
        self.in_flight.saturating_add(count(self.answered.len()))
    }

    fn forget(&mut self, now: Duration) {
        let gone = |time: &Duration| *time + self.window + MARGIN <= now;
        let kept = self.answered.partition_point(gone);
        self.answered.drain(..kept);
        self.ceiling = self.ceiling.filter(|ceiling| now < ceiling.until);
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
