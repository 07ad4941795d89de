//! All buckets of a client. The caller passes the time.

use std::collections::HashMap;
use std::time::Duration;

use super::bucket::{Blocked, Bucket, RequestOutcome};
use super::headers::{ReportedLimit, ReportedLimits};
use crate::operation::RateLimit;

/// The window of the general bucket.
const MINUTE: Duration = Duration::from_secs(60);

/// The buckets by their names, and the general one of the account.
#[derive(Debug)]
pub(super) struct Buckets {
    named: HashMap<&'static str, Bucket>,
    general: Bucket,
}

impl Default for Buckets {
    fn default() -> Self {
        Self { named: HashMap::new(), general: Bucket::new(None, MINUTE) }
    }
}

impl Buckets {
    fn own(&mut self, limit: Option<&RateLimit>) -> Option<&mut Bucket> {
        let limit = limit?;
        let window = Duration::from_secs(limit.seconds().into());
        let new = || Bucket::new(Some(limit.requests()), window);
        Some(self.named.entry(limit.bucket()).or_insert_with(new))
    }

    /// Checks whether the operation's own bucket has a free slot.
    pub(super) fn check_own(&mut self, limit: Option<&RateLimit>, now: Duration) -> Result<(), Blocked> {
        self.own(limit).map_or(Ok(()), |own| own.check(now))
    }

    /// Checks whether the general bucket has a free slot.
    pub(super) fn check_general(&mut self, now: Duration) -> Result<(), Blocked> {
        self.general.check(now)
    }

    /// Occupies a slot in both buckets, or in neither.
    pub(super) fn start(&mut self, limit: Option<&RateLimit>, now: Duration) -> Result<(), Blocked> {
        self.check_general(now)?;
        self.check_own(limit, now)?;
        self.general.start();
        if let Some(own) = self.own(limit) {
            own.start();
        }
        Ok(())
    }

    /// Frees the slots of a request that was not sent.
    pub(super) fn release(&mut self, limit: Option<&RateLimit>) {
        self.general.release();
        if let Some(own) = self.own(limit) {
            own.release();
        }
    }

    /// Records the end of a request that was started at `started`.
    pub(super) fn settle(
        &mut self,
        limit: Option<&RateLimit>,
        started: Duration,
        now: Duration,
        limits: ReportedLimits,
        outcome: RequestOutcome,
    ) {
        let (mut own_outcome, mut general_outcome) = (outcome, outcome);
        if matches!(outcome, RequestOutcome::RateLimited(_)) {
            // One of the two limits was exceeded. About the other one nothing is known.
            let other = if own_is_exceeded(limit, limits) { &mut general_outcome } else { &mut own_outcome };
            *other = RequestOutcome::Unknown;
        }
        self.general.settle(started, now, limits.general, general_outcome);
        if let Some(own) = self.own(limit) {
            own.settle(started, now, limits.own, own_outcome);
        }
    }
}

/// Returns true if the operation's own limit was exceeded: it is reported as used up, or the general one isn't.
fn own_is_exceeded(limit: Option<&RateLimit>, limits: ReportedLimits) -> bool {
    let is_used_up = |limit: Option<ReportedLimit>| limit.is_some_and(|limit| limit.remaining == Some(0));
    limit.is_some() && (is_used_up(limits.own) || !is_used_up(limits.general))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Blocked, Buckets, ReportedLimit, ReportedLimits, RequestOutcome};
    use crate::operation::RateLimit;

    static OWN: RateLimit = RateLimit::new("own", 3, 20);
    static OTHER: RateLimit = RateLimit::new("other", 3, 20);

    const USED_UP: Option<ReportedLimit> =
        Some(ReportedLimit { total: Some(100), remaining: Some(0), reset: None });
    const FREE: Option<ReportedLimit> =
        Some(ReportedLimit { total: Some(100), remaining: Some(50), reset: None });

    /// Returns whether requests are allowed after a 429 response with these limits: those of the same bucket, of
    /// another bucket, and without a bucket.
    fn allowed_after_429(
        limit: Option<&RateLimit>,
        own: Option<ReportedLimit>,
        general: Option<ReportedLimit>,
    ) -> [bool; 3] {
        [Some(&OWN), Some(&OTHER), None].map(|next| {
            let mut buckets = Buckets::default();
            buckets.start(limit, Duration::ZERO).unwrap();
            let outcome = RequestOutcome::RateLimited(Duration::from_secs(30));
            buckets.settle(limit, Duration::ZERO, Duration::ZERO, ReportedLimits { own, general }, outcome);
            buckets.start(next, Duration::from_secs(1)).is_ok()
        })
    }

    #[test]
    fn a_429_response_pauses_one_bucket() {
        assert_eq!(allowed_after_429(None, None, None), [false, false, false]);
        assert_eq!(allowed_after_429(Some(&OWN), None, None), [false, true, true]);
        assert_eq!(allowed_after_429(Some(&OWN), USED_UP, FREE), [false, true, true]);
        assert_eq!(allowed_after_429(Some(&OWN), FREE, USED_UP), [false, false, false]);
        assert_eq!(allowed_after_429(Some(&OWN), None, USED_UP), [false, false, false]);
    }

    #[test]
    fn a_request_starts_in_both_buckets_or_in_neither() {
        let mut buckets = Buckets::default();
        let zero = Duration::ZERO;
        assert!((0..3).all(|_| buckets.start(Some(&OWN), zero).is_ok()));
        assert_eq!(buckets.start(Some(&OWN), zero), Err(Blocked::UntilResponse));
        let total = |total| ReportedLimits {
            general: Some(ReportedLimit { total: Some(total), remaining: None, reset: None }),
            own: None,
        };
        buckets.settle(Some(&OWN), zero, zero, total(4), RequestOutcome::Accepted);
        assert!(buckets.start(Some(&OTHER), zero).is_ok());
        assert_eq!(buckets.start(None, zero), Err(Blocked::Until(Duration::from_millis(60_100))));
        buckets.release(Some(&OTHER));
        assert!(buckets.start(None, zero).is_ok());
    }
}
