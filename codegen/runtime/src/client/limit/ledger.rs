//! All buckets of a client: pure, the time is told.

use std::collections::HashMap;
use std::time::Duration;

use super::bucket::{Blocked, Bucket, Outcome};
use super::headers::{Report, Reports};
use crate::operation::RateLimit;

/// The window of the account's general limit.
const MINUTE: Duration = Duration::from_secs(60);

/// The buckets by their names, and the account's general one.
#[derive(Debug)]
pub(super) struct Ledger {
    named: HashMap<&'static str, Bucket>,
    general: Bucket,
}

impl Default for Ledger {
    fn default() -> Self {
        Self { named: HashMap::new(), general: Bucket::new(None, MINUTE) }
    }
}

impl Ledger {
    fn own(&mut self, limit: Option<&RateLimit>) -> Option<&mut Bucket> {
        let limit = limit?;
        let window = Duration::from_secs(limit.seconds().into());
        let new = || Bucket::new(Some(limit.requests()), window);
        Some(self.named.entry(limit.bucket()).or_insert_with(new))
    }

    /// Whether the operation's own bucket has room.
    pub(super) fn check_own(&mut self, limit: Option<&RateLimit>, now: Duration) -> Result<(), Blocked> {
        self.own(limit).map_or(Ok(()), |own| own.check(now))
    }

    /// Whether the account's bucket has room.
    pub(super) fn check_general(&mut self, now: Duration) -> Result<(), Blocked> {
        self.general.check(now)
    }

    /// A request goes out, if both buckets have room.
    pub(super) fn start(&mut self, limit: Option<&RateLimit>, now: Duration) -> Result<(), Blocked> {
        self.check_general(now)?;
        self.check_own(limit, now)?;
        self.general.start();
        if let Some(own) = self.own(limit) {
            own.start();
        }
        Ok(())
    }

    /// A request did not go out after all.
    pub(super) fn release(&mut self, limit: Option<&RateLimit>) {
        self.general.release();
        if let Some(own) = self.own(limit) {
            own.release();
        }
    }

    /// A request that started then came to its end now.
    pub(super) fn settle(
        &mut self,
        limit: Option<&RateLimit>,
        started: Duration,
        now: Duration,
        reports: Reports,
        outcome: Outcome,
    ) {
        let (mut own_outcome, mut general_outcome) = (outcome, outcome);
        if matches!(outcome, Outcome::Refused(_)) {
            // It was one of the two, and the other one let the request through as far as is known.
            let other = if refused_by_own(limit, reports) { &mut general_outcome } else { &mut own_outcome };
            *other = Outcome::Unknown;
        }
        self.general.settle(started, now, reports.general, general_outcome);
        if let Some(own) = self.own(limit) {
            own.settle(started, now, reports.own, own_outcome);
        }
    }
}

/// Which bucket a refusal came from: the one that says it is used up, else the operation's own.
fn refused_by_own(limit: Option<&RateLimit>, reports: Reports) -> bool {
    let used_up = |report: Option<Report>| report.is_some_and(|report| report.remaining == Some(0));
    limit.is_some() && (used_up(reports.own) || !used_up(reports.general))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Blocked, Ledger, Outcome, Report, Reports};
    use crate::operation::RateLimit;

    static OWN: RateLimit = RateLimit::new("own", 3, 20);
    static OTHER: RateLimit = RateLimit::new("other", 3, 20);

    const USED_UP: Option<Report> = Some(Report { total: Some(100), remaining: Some(0), resets: None });
    const FREE: Option<Report> = Some(Report { total: Some(100), remaining: Some(50), resets: None });

    /// After a refusal with these reports: whether operations of the same bucket, of another one, and of none
    /// may go on.
    fn refused(limit: Option<&RateLimit>, own: Option<Report>, general: Option<Report>) -> [bool; 3] {
        [Some(&OWN), Some(&OTHER), None].map(|next| {
            let mut ledger = Ledger::default();
            ledger.start(limit, Duration::ZERO).unwrap();
            let outcome = Outcome::Refused(Duration::from_secs(30));
            ledger.settle(limit, Duration::ZERO, Duration::ZERO, Reports { own, general }, outcome);
            ledger.start(next, Duration::from_secs(1)).is_ok()
        })
    }

    #[test]
    fn a_refusal_is_put_down_to_one_bucket() {
        assert_eq!(refused(None, None, None), [false, false, false]);
        assert_eq!(refused(Some(&OWN), None, None), [false, true, true]);
        assert_eq!(refused(Some(&OWN), USED_UP, FREE), [false, true, true]);
        assert_eq!(refused(Some(&OWN), FREE, USED_UP), [false, false, false]);
        assert_eq!(refused(Some(&OWN), None, USED_UP), [false, false, false]);
    }

    #[test]
    fn requests_start_in_both_buckets_or_in_none() {
        let mut ledger = Ledger::default();
        let zero = Duration::ZERO;
        assert!((0..3).all(|_| ledger.start(Some(&OWN), zero).is_ok()));
        assert_eq!(ledger.start(Some(&OWN), zero), Err(Blocked::UntilAnswer));
        let total = |total| Reports {
            general: Some(Report { total: Some(total), remaining: None, resets: None }),
            own: None,
        };
        ledger.settle(Some(&OWN), zero, zero, total(4), Outcome::Answered);
        assert!(ledger.start(Some(&OTHER), zero).is_ok());
        assert_eq!(ledger.start(None, zero), Err(Blocked::Until(Duration::from_millis(60_100))));
        ledger.release(Some(&OTHER));
        assert!(ledger.start(None, zero).is_ok());
    }
}
