//! The server's state.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, MutexGuard};

use serde_json::Value;

use crate::account::{Account, RecordWriter, Row};
use crate::auth::Auth;
use crate::check::Checks;
use crate::config::Config;
use crate::description::Description;
use crate::fault::Fault;
use crate::fault_plan::FaultPicker;
use crate::http::Request;
use crate::limits::Buckets;
use crate::lock::lock;
use crate::random::Random;
use crate::request_log::{LoggedRequest, OtherHostRequest};
use crate::time::{Clock, MINUTE, SECOND, micros};

/// The other host, to which no client should send requests.
#[derive(Default)]
pub(crate) struct OtherHost {
    pub(crate) url: String,
    pub(crate) requests: Mutex<Vec<OtherHostRequest>>,
}

/// The server's state.
pub(crate) struct Server {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) other_host: OtherHost,
    pub(crate) checks: Checks,
    pub(crate) description: &'static Description,
    pub(crate) buckets: Mutex<Buckets>,
    pub(crate) fault_picker: Mutex<FaultPicker>,
    writer: RecordWriter,
    account: Mutex<Account>,
    auth: Mutex<Auth>,
    requests: Mutex<Vec<LoggedRequest>>,
    /// Hashes of the URLs that were sent in responses.
    sent_urls: Mutex<HashSet<u64>>,
    /// The records of the last page of each path: rows of the account, or JSON.
    pub(crate) last_rows: Mutex<BTreeMap<String, Vec<Row>>>,
    pub(crate) last_values: Mutex<BTreeMap<String, Vec<Value>>>,
}

impl Server {
    pub(crate) fn new(config: Config, description: &'static Description, other_host_url: String) -> Self {
        let writer = RecordWriter::new(&config);
        let skew = if config.faults.has(Fault::ClockSkew) { skew(config.seed) } else { 0 };
        let clock = Clock::new(config.epoch * SECOND + skew, config.time_scale);
        Self {
            account: Mutex::new(Account::new(&config, writer.clone())),
            writer,
            auth: Mutex::new(Auth::new(config.seed, config.token_lifetime.map(micros), clock.now())),
            buckets: Mutex::new(Buckets::new(config.limits)),
            fault_picker: Mutex::new(FaultPicker::new(config.faults.clone(), config.seed)),
            checks: Checks::default(),
            requests: Mutex::default(),
            sent_urls: Mutex::default(),
            last_rows: Mutex::default(),
            last_values: Mutex::default(),
            other_host: OtherHost { url: other_host_url, requests: Mutex::default() },
            clock,
            description,
            config,
        }
    }

    pub(crate) fn account(&self) -> MutexGuard<'_, Account> {
        lock(&self.account)
    }

    pub(crate) fn auth(&self) -> MutexGuard<'_, Auth> {
        lock(&self.auth)
    }

    pub(crate) fn requests(&self) -> MutexGuard<'_, Vec<LoggedRequest>> {
        lock(&self.requests)
    }

    pub(crate) fn writer(&self) -> &RecordWriter {
        &self.writer
    }

    /// Stores a URL that is sent in a response.
    pub(crate) fn note_url(&self, path: &str, query: &str) {
        lock(&self.sent_urls).insert(url_hash(path, query));
    }

    /// Returns whether the URL of a request was sent in a response.
    pub(crate) fn was_sent(&self, request: &Request) -> bool {
        lock(&self.sent_urls).contains(&url_hash(&request.path, &request.raw_query))
    }

    /// Returns the page size of metric events, and the seed if pages may be short.
    pub(crate) fn metric_page(&self) -> (usize, Option<u64>) {
        (self.config.metric_page_size, self.config.short_pages.then_some(self.config.seed))
    }

    /// Returns the number of requests that got a 429 response.
    pub(crate) fn rate_limited_requests(&self) -> usize {
        self.requests().iter().filter(|request| request.status == Some(429)).count()
    }
}

/// Returns from two to ten minutes, positive or negative.
fn skew(seed: u64) -> i64 {
    let mut random = Random::new(seed, &[12]);
    let amount = random.between(2, 11) * MINUTE;
    if random.percent(50) { amount } else { -amount }
}

/// Returns the hash of a URL. It ignores `limit`, which a client may change.
fn url_hash(path: &str, query: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    for pair in query.split('&').filter(|pair| !pair.starts_with("limit=")) {
        pair.hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skewed_clock_is_two_to_ten_minutes_off() {
        for seed in 0..20 {
            assert!((2 * MINUTE..=10 * MINUTE).contains(&skew(seed).abs()));
        }
    }
}
