//! Limits: how many requests fit into a window, and the headers that tell of it.

use std::collections::BTreeMap;

use crate::config::{Limits, Spelling};
use crate::http::Answer;
use crate::time::seconds;

/// A limit that several operations may share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bucket {
    /// Exports of tickets, ticket events, organizations, and of users by time.
    IncrementalExports,
    /// The export of users by cursor.
    IncrementalExportsCursor,
    /// The export of metric events, which no header tells of.
    MetricEvents,
    /// All samples.
    Samples,
    /// The chat exports.
    Chat,
    /// Everything else; all but the chat exports count here, too.
    General,
}

impl Bucket {
    /// The bucket of an operation.
    pub(crate) fn of(operation: &str) -> Self {
        match operation {
            "IncrementalTicketExportCursor"
            | "IncrementalTicketExportTime"
            | "IncrementalTicketEvents"
            | "IncrementalUserExportTime"
            | "IncrementalOrganizationExport" => Self::IncrementalExports,
            "IncrementalUserExportCursor" => Self::IncrementalExportsCursor,
            "ListTicketMetricEvents" => Self::MetricEvents,
            "SampleTickets" | "SampleTicketEvents" | "SampleUsers" | "SampleOrganizations" => Self::Samples,
            "IncrementalAgentTimelineExport"
            | "IncrementalChatExport"
            | "IncrementalConversionsExport"
            | "IncrementalDepartmentEventsExport" => Self::Chat,
            _ => Self::General,
        }
    }

    /// How many requests fit into a window, and how long that is in seconds.
    fn size(self, add_on: bool) -> (u32, i64) {
        let factor = if add_on { 3 } else { 1 };
        match self {
            Self::IncrementalExports => (10 * factor, 60),
            Self::IncrementalExportsCursor => (20 * factor, 60),
            Self::MetricEvents => (10, 60),
            Self::Samples => (10, 1_200),
            Self::Chat => (200, 60),
            Self::General => (700, 60),
        }
    }
}

/// Where a bucket stands.
#[derive(Clone, Copy)]
struct Level {
    total: u32,
    remaining: u32,
    resets: i64,
    refused: bool,
}

/// What has been used up.
pub(crate) struct Buckets {
    limits: Limits,
    /// Window and requests in it.
    used: BTreeMap<Bucket, (i64, u32)>,
}

/// Headers to add to an answer.
pub(crate) type Headers = Vec<(&'static str, String)>;

impl Buckets {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, used: BTreeMap::new() }
    }

    /// Counts a request: the headers that tell where the buckets stand, or a refusal with them.
    pub(crate) fn take(&mut self, bucket: Bucket, now: i64) -> Result<Headers, Answer> {
        let Limits::On { add_on, other_client, spelling } = self.limits else { return Ok(Vec::new()) };
        let own = self.level(bucket, add_on, other_client, now);
        let general = match bucket {
            Bucket::Chat | Bucket::General => own,
            _ => self.level(Bucket::General, add_on, other_client, now),
        };
        let mut headers = general_headers(spelling, general);
        let name = match bucket {
            Bucket::IncrementalExports => Some("zendesk-ratelimit-incremental-exports"),
            Bucket::IncrementalExportsCursor => Some("zendesk-ratelimit-incremental-exports-cursor"),
            _ => None,
        };
        if let Some(name) = name {
            let Level { total, remaining, resets, .. } = own;
            headers.push((name, format!("total={total}; remaining={remaining}; resets={resets}")));
        }
        let full = [own, general].into_iter().filter(|level| level.refused).map(|level| level.resets).max();
        let Some(wait) = full else { return Ok(headers) };
        let mut refusal = Answer::exceeded().with("retry-after", wait.to_string());
        refusal.headers.extend(headers);
        Err(refusal)
    }

    /// Takes one from a bucket, if there is one left.
    fn level(&mut self, bucket: Bucket, add_on: bool, other_client: f64, now: i64) -> Level {
        let (total, length) = bucket.size(add_on);
        let second = seconds(now);
        let (window, elapsed) = (second.div_euclid(length), second.rem_euclid(length));
        let used = self.used.entry(bucket).or_insert((window, 0));
        if used.0 != window {
            *used = (window, 0);
        }
        let taken = others(total, other_client, elapsed, length);
        let refused = used.1 + taken >= total;
        if !refused {
            used.1 += 1;
        }
        // A fraction of a second is left of the current one: rounded up, it is whole.
        let resets = length - elapsed;
        Level { total, remaining: total.saturating_sub(used.1 + taken), resets, refused }
    }
}

/// What someone else has used of a bucket by now: its share, evenly over the window.
fn others(total: u32, share: f64, elapsed: i64, length: i64) -> u32 {
    let (elapsed, length) = (u32::try_from(elapsed + 1).unwrap_or(1), u32::try_from(length).unwrap_or(1));
    let used = f64::from(total) * share.clamp(0.0, 1.0) * f64::from(elapsed) / f64::from(length);
    (0..total).take_while(|count| f64::from(count + 1) <= used).count().try_into().unwrap_or(total)
}

fn general_headers(spelling: Spelling, level: Level) -> Headers {
    let (total, remaining, resets) =
        (level.total.to_string(), level.remaining.to_string(), level.resets.to_string());
    let mut headers = Vec::new();
    if matches!(spelling, Spelling::All | Spelling::XRateLimit) {
        headers.extend([("x-rate-limit", total.clone()), ("x-rate-limit-remaining", remaining.clone())]);
    }
    if matches!(spelling, Spelling::All | Spelling::RateLimit) {
        headers.extend([
            ("rate-limit-limit", total.clone()),
            ("rate-limit-remaining", remaining.clone()),
            ("rate-limit-reset", resets.clone()),
        ]);
    }
    if matches!(spelling, Spelling::All | Spelling::Ratelimit) {
        headers.extend([
            ("ratelimit-limit", total),
            ("ratelimit-remaining", remaining),
            ("ratelimit-reset", resets),
        ]);
    }
    headers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{MINUTE, SECOND};

    #[test]
    fn the_eleventh_export_of_a_minute_is_refused_until_the_next() {
        let mut buckets = Buckets::new(Limits::on());
        for _ in 0..10 {
            assert!(buckets.take(Bucket::IncrementalExports, 20 * SECOND).is_ok());
        }
        let refusal = buckets.take(Bucket::IncrementalExports, 20 * SECOND + 1).err().unwrap();
        assert_eq!(refusal.status, 429);
        assert!(refusal.headers.contains(&("retry-after", "40".to_owned())));
        let headers = buckets.take(Bucket::IncrementalExports, MINUTE).ok().unwrap();
        let own = headers.iter().find(|(name, _)| *name == "zendesk-ratelimit-incremental-exports");
        assert_eq!(own.unwrap().1, "total=10; remaining=9; resets=60");
    }

    #[test]
    fn someone_else_takes_a_share_of_each_window() {
        let limits = Limits::On { add_on: true, other_client: 0.5, spelling: Spelling::XRateLimit };
        let mut buckets = Buckets::new(limits);
        let taken = (0..40).filter(|_| buckets.take(Bucket::IncrementalExports, 59 * SECOND).is_ok()).count();
        assert_eq!(taken, 15);
    }

    #[test]
    fn metric_events_have_a_limit_that_no_header_tells_of() {
        let mut buckets = Buckets::new(Limits::on());
        let headers = buckets.take(Bucket::MetricEvents, 0).ok().unwrap();
        assert!(headers.iter().all(|(name, _)| !name.starts_with("zendesk-")));
        let taken = (0..40).filter(|_| buckets.take(Bucket::MetricEvents, 1).is_ok()).count();
        assert_eq!(taken, 9);
    }
}
