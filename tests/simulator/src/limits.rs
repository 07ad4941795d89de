//! Rate limits: the number of requests in a time window, and the headers that report it.

use std::collections::BTreeMap;

use crate::config::{Limits, RateLimitHeaders};
use crate::http::Response;
use crate::time::seconds;

/// A rate limit, which several operations may share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bucket {
    /// Exports of tickets, ticket events, organizations, and of users by time.
    IncrementalExports,
    /// The export of users by cursor.
    IncrementalExportsCursor,
    /// The export of metric events. No header reports this limit.
    MetricEvents,
    /// All samples.
    Samples,
    /// The chat exports.
    Chat,
    /// All other operations. All but the chat exports count towards this limit, too.
    General,
}

impl Bucket {
    /// Returns the limit of an operation.
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

    /// Returns the number of requests in a window, and the length of a window in seconds.
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

/// The state of a limit after a request.
#[derive(Clone, Copy)]
struct BucketState {
    total: u32,
    remaining: u32,
    resets: i64,
    exceeded: bool,
}

/// The usage of all limits.
pub(crate) struct Buckets {
    limits: Limits,
    /// The current window, and the number of requests in it.
    used: BTreeMap<Bucket, (i64, u32)>,
}

/// Headers to add to a response.
pub(crate) type Headers = Vec<(&'static str, String)>;

impl Buckets {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, used: BTreeMap::new() }
    }

    /// Counts a request. Returns the headers that report the limits, or an error response with these headers.
    pub(crate) fn take(&mut self, bucket: Bucket, now: i64) -> Result<Headers, Response> {
        let Limits::On { add_on, other_client, headers: names } = self.limits else { return Ok(Vec::new()) };
        let own = self.count_request(bucket, add_on, other_client, now);
        let general = match bucket {
            Bucket::Chat | Bucket::General => own,
            _ => self.count_request(Bucket::General, add_on, other_client, now),
        };
        let mut headers = general_headers(names, general);
        let name = match bucket {
            Bucket::IncrementalExports => Some("zendesk-ratelimit-incremental-exports"),
            Bucket::IncrementalExportsCursor => Some("zendesk-ratelimit-incremental-exports-cursor"),
            _ => None,
        };
        if let Some(name) = name {
            let BucketState { total, remaining, resets, .. } = own;
            headers.push((name, format!("total={total}; remaining={remaining}; resets={resets}")));
        }
        let full = [own, general].into_iter().filter(|state| state.exceeded).map(|state| state.resets).max();
        let Some(wait) = full else { return Ok(headers) };
        let mut response = Response::too_many_requests().with("retry-after", wait.to_string());
        response.headers.extend(headers);
        Err(response)
    }

    /// Counts a request towards one limit, if it is not exceeded.
    fn count_request(&mut self, bucket: Bucket, add_on: bool, other_client: f64, now: i64) -> BucketState {
        let (total, length) = bucket.size(add_on);
        let second = seconds(now);
        let (window, elapsed) = (second.div_euclid(length), second.rem_euclid(length));
        let used = self.used.entry(bucket).or_insert((window, 0));
        if used.0 != window {
            *used = (window, 0);
        }
        let taken = used_by_other_client(total, other_client, elapsed, length);
        let exceeded = used.1 + taken >= total;
        if !exceeded {
            used.1 += 1;
        }
        // The rest of the current second counts as a full one: the value is rounded up.
        let resets = length - elapsed;
        BucketState { total, remaining: total.saturating_sub(used.1 + taken), resets, exceeded }
    }
}

/// Returns how many requests the other client has sent so far: its share of the limit, spread evenly over the window.
fn used_by_other_client(total: u32, share: f64, elapsed: i64, length: i64) -> u32 {
    let (elapsed, length) = (u32::try_from(elapsed + 1).unwrap_or(1), u32::try_from(length).unwrap_or(1));
    let used = f64::from(total) * share.clamp(0.0, 1.0) * f64::from(elapsed) / f64::from(length);
    (0..total).take_while(|count| f64::from(count + 1) <= used).count().try_into().unwrap_or(total)
}

fn general_headers(names: RateLimitHeaders, state: BucketState) -> Headers {
    let (total, remaining, resets) =
        (state.total.to_string(), state.remaining.to_string(), state.resets.to_string());
    let mut headers = Vec::new();
    if matches!(names, RateLimitHeaders::All | RateLimitHeaders::XRateLimit) {
        headers.extend([("x-rate-limit", total.clone()), ("x-rate-limit-remaining", remaining.clone())]);
    }
    if matches!(names, RateLimitHeaders::All | RateLimitHeaders::RateLimit) {
        headers.extend([
            ("rate-limit-limit", total.clone()),
            ("rate-limit-remaining", remaining.clone()),
            ("rate-limit-reset", resets.clone()),
        ]);
    }
    if matches!(names, RateLimitHeaders::All | RateLimitHeaders::Ratelimit) {
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
    fn the_eleventh_export_request_of_a_minute_is_rejected_until_the_next() {
        let mut buckets = Buckets::new(Limits::on());
        for _ in 0..10 {
            assert!(buckets.take(Bucket::IncrementalExports, 20 * SECOND).is_ok());
        }
        let response = buckets.take(Bucket::IncrementalExports, 20 * SECOND + 1).err().unwrap();
        assert_eq!(response.status, 429);
        assert!(response.headers.contains(&("retry-after", "40".to_owned())));
        let headers = buckets.take(Bucket::IncrementalExports, MINUTE).ok().unwrap();
        let own = headers.iter().find(|(name, _)| *name == "zendesk-ratelimit-incremental-exports");
        assert_eq!(own.unwrap().1, "total=10; remaining=9; resets=60");
    }

    #[test]
    fn another_client_uses_a_share_of_each_window() {
        let limits = Limits::On { add_on: true, other_client: 0.5, headers: RateLimitHeaders::XRateLimit };
        let mut buckets = Buckets::new(limits);
        let taken = (0..40).filter(|_| buckets.take(Bucket::IncrementalExports, 59 * SECOND).is_ok()).count();
        assert_eq!(taken, 15);
    }

    #[test]
    fn metric_events_have_a_limit_that_no_header_reports() {
        let mut buckets = Buckets::new(Limits::on());
        let headers = buckets.take(Bucket::MetricEvents, 0).ok().unwrap();
        assert!(headers.iter().all(|(name, _)| !name.starts_with("zendesk-")));
        let taken = (0..40).filter(|_| buckets.take(Bucket::MetricEvents, 1).is_ok()).count();
        assert_eq!(taken, 9);
    }
}
