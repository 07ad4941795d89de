//! The server's state, and the way of a request through it.

use std::cell::Cell;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::auth::{Auth, Scheme};
use crate::check::Checks;
use crate::config::Config;
use crate::description::{Description, Operation, PathParameters};
use crate::dice::Dice;
use crate::endpoints::{self, Call};
use crate::failure;
use crate::fault::Fault;
use crate::http::{Answer, Request};
use crate::limits::{Bucket, Buckets};
use crate::log::{ForeignRequest, Seen};
use crate::plan::Draws;
use crate::time::{Clock, MINUTE, SECOND, http_date, micros};
use crate::world::{Maker, World};

/// Where tokens are refreshed; the description does not hold it.
const TOKENS: &str = "/oauth/tokens";

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
    description: &'static Description,
    maker: Maker,
    world: Mutex<World>,
    auth: Mutex<Auth>,
    buckets: Mutex<Buckets>,
    draws: Mutex<Draws>,
    seen: Mutex<Vec<Seen>>,
    /// Addresses that answers have named, as hashes.
    issued: Mutex<HashSet<u64>>,
}

/// An answer on its way out.
pub(crate) struct Outcome {
    pub(crate) answer: Answer,
    pub(crate) fault: Option<Fault>,
}

/// What is in the lock; what a panicking thread left there is as good as any.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
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

    fn was_issued(&self, request: &Request) -> bool {
        lock(&self.issued).contains(&address(&request.path, &request.raw_query))
    }

    /// Answers a request, or breaks on purpose.
    pub(crate) fn handle(&self, request: &Request) -> Outcome {
        let now = self.clock.now();
        let found = self.description.find(&request.method, &request.path);
        let operation = found.as_ref().map(|(operation, _)| *operation);
        self.check(request, found.as_ref());
        let mut outcome = match self.gate(request, operation, now) {
            Err(refusal) => Outcome { answer: refusal, fault: None },
            Ok(headers) => {
                let mut outcome = match found {
                    Some((operation, path)) => self.operate(request, operation, path, now),
                    None => Outcome { answer: unknown(request), fault: None },
                };
                outcome.answer.headers.extend(headers);
                outcome
            }
        };
        if let Some(operation) = operation.filter(|_| self.config.checked_answers && outcome.fault.is_none())
        {
            self.checks.answer(self.description, operation, &outcome.answer);
        }
        outcome.answer.headers.push(("date", http_date(now)));
        let silent = outcome.fault == Some(Fault::ResetBeforeResponse);
        self.seen().push(Seen {
            method: request.method.clone(),
            path: request.path.clone(),
            query: request.raw_query.clone(),
            status: (!silent).then_some(outcome.answer.status),
            fault: outcome.fault,
            time: now,
            operation: operation.map(|operation| operation.id.clone()),
            bucket: operation.map(|operation| Bucket::of(&operation.id)),
        });
        outcome
    }

    /// Holds a request against the description. An address that an answer has named is the server's own
    /// affair.
    fn check(&self, request: &Request, found: Option<&(&Operation, PathParameters)>) {
        match found {
            Some((operation, path)) if !self.was_issued(request) => {
                self.checks.request(self.description, operation, request, path);
            }
            None if request.path != TOKENS => self.checks.unknown(request),
            _ => {}
        }
    }

    /// Everything before the operation itself: host, sign-in, limits. Gives the headers to add.
    fn gate(
        &self,
        request: &Request,
        operation: Option<&Operation>,
        now: i64,
    ) -> Result<Vec<(&'static str, String)>, Answer> {
        let name = request.host().rsplit_once(':').map_or(request.host(), |(name, _)| name);
        if !matches!(name, "127.0.0.1" | "localhost") {
            let title = format!("No help desk at {name}");
            return Err(Answer::titled(404, &title, "There is no help desk configured at this address."));
        }
        if request.method == "POST" && request.path == TOKENS {
            return Err(self.auth().refresh(request, now));
        }
        let scheme = self.auth().check(request.authorization(), now)?;
        let Some(operation) = operation else { return Ok(Vec::new()) };
        let bucket = Bucket::of(&operation.id);
        if bucket == Bucket::Chat && scheme == Scheme::Basic {
            let text = "Missing the following required scopes: read, chat";
            return Err(Answer::error(403, "Forbidden", text));
        }
        let mut headers = lock(&self.buckets).take(bucket, now)?;
        let undeclared = operation.undeclared(request);
        if !undeclared.is_empty() && !self.was_issued(request) {
            headers.push((
                "x-zendesk-api-warn",
                format!("Removed restricted keys {undeclared:?} from parameters"),
            ));
        }
        Ok(headers)
    }

    fn operate(&self, request: &Request, operation: &Operation, path: PathParameters, now: i64) -> Outcome {
        let large = self.config.faults.large_page;
        let fits = |fault| failure::fits(operation, request, fault, large);
        let fault = lock(&self.draws).draw(&operation.id, fits);
        if let Some(answer) = fault.and_then(|fault| failure::answer(request, fault, &self.foreign.url, now))
        {
            return Outcome { answer, fault };
        }
        let call = Call { server: self, operation, request, path, now, fault, faulty: Cell::new(false) };
        let answer = endpoints::answer(&call).unwrap_or_else(|| unknown(request));
        let fault = fault.filter(|fault| {
            let fitted = !fault.is_of_page() || call.faulty.get();
            if !fitted {
                lock(&self.draws).undo(&operation.id, *fault);
            }
            fitted
        });
        if let Some((resource, end)) = answer.page {
            self.world().go_on(resource, end, now);
        }
        Outcome { answer, fault }
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

fn unknown(request: &Request) -> Answer {
    let description = if request.path.starts_with("/api/v2") { "Not found" } else { "No such page" };
    Answer::error(404, "InvalidEndpoint", description)
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
