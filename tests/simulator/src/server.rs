//! The server's state.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, MutexGuard};

use crate::auth::Auth;
use crate::check::Checks;
use crate::config::Config;
use crate::description::Description;
use crate::dice::Dice;
use crate::fault::Fault;
use crate::http::Request;
use crate::limits::Buckets;
use crate::lock::lock;
use crate::log::{ForeignRequest, Seen};
use crate::plan::Draws;
use crate::time::{Clock, MINUTE, SECOND, micros};
use crate::world::{Maker, World};

/// The other host, to which nobody should go.
#[derive(Default)]
pub(crate) struct Foreign {
    pub(crate) url: String,
    pub(crate) requests: Mutex<Vec<ForeignRequest>>,
}

/// All state.
pub(crate) struct Server {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) foreign: Foreign,
    pub(crate) checks: Checks,
    pub(crate) description: &'static Description,
    pub(crate) buckets: Mutex<Buckets>,
    pub(crate) draws: Mutex<Draws>,
    maker: Maker,
    world: Mutex<World>,
    auth: Mutex<Auth>,
    seen: Mutex<Vec<Seen>>,
    /// Addresses that answers have named, as hashes.
    issued: Mutex<HashSet<u64>>,
}

impl Server {
    pub(crate) fn new(config: Config, description: &'static Description, foreign_url: String) -> Self {
        let maker = Maker::new(&config);
        let skew = if config.faults.has(Fault::ClockSkew) { skew(config.seed) } else { 0 };
        let clock = Clock::new(config.epoch * SECOND + skew, config.time_scale);
        Self {
            world: Mutex::new(World::new(&config, maker.clone())),
            maker,
            auth: Mutex::new(Auth::new(config.seed, config.token_lifetime.map(micros), clock.now())),
            buckets: Mutex::new(Buckets::new(config.limits)),
            draws: Mutex::new(Draws::new(config.faults.clone(), config.seed)),
            checks: Checks::default(),
            seen: Mutex::default(),
            issued: Mutex::default(),
            foreign: Foreign { url: foreign_url, requests: Mutex::default() },
            clock,
            description,
            config,
        }
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        lock(&self.world)
    }

    pub(crate) fn auth(&self) -> MutexGuard<'_, Auth> {
        lock(&self.auth)
    }

    pub(crate) fn seen(&self) -> MutexGuard<'_, Vec<Seen>> {
        lock(&self.seen)
    }

    pub(crate) fn maker(&self) -> &Maker {
        &self.maker
    }

    /// Remembers an address that an answer names.
    pub(crate) fn issued(&self, path: &str, query: &str) {
        lock(&self.issued).insert(address(path, query));
    }

    /// Whether an answer has named the address of a request.
    pub(crate) fn was_issued(&self, request: &Request) -> bool {
        lock(&self.issued).contains(&address(&request.path, &request.raw_query))
    }

    /// The page size of metric events, and a seed if pages may be short.
    pub(crate) fn metric_page(&self) -> (usize, Option<u64>) {
        (self.config.metric_page_size, self.config.short_pages.then_some(self.config.seed))
    }

    /// How many requests were refused as too many.
    pub(crate) fn refusals(&self) -> usize {
        self.seen().iter().filter(|seen| seen.status == Some(429)).count()
    }
}

/// From two to ten minutes, fast or slow.
fn skew(seed: u64) -> i64 {
    let mut dice = Dice::new(seed, &[12]);
    let amount = dice.between(2, 11) * MINUTE;
    if dice.percent(50) { amount } else { -amount }
}

/// An address as a hash. How much of it is wanted at once is the client's affair.
fn address(path: &str, query: &str) -> u64 {
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
    fn a_skewed_clock_is_minutes_off() {
        for seed in 0..20 {
            assert!((2 * MINUTE..=10 * MINUTE).contains(&skew(seed).abs()));
        }
    }
}
