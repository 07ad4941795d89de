//! Exports from beginning to end, against a server that misbehaves like the real one.
//!
//! The simulator's clock stands still but for the waits of the client, so that minutes of waiting take no time
//! and every run of a seed is the same.

mod behaviour;
mod bounds;
mod faults;
mod follow;
mod kinds;
mod limits;
#[cfg(target_os = "linux")]
mod memory;
mod programs;

use std::collections::BTreeSet;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;
use simulator::{Config, Simulator, Version};
use zendesk_client::{Auth, Checkpoint, Client, ClientBuilder, Clock, Error, RawRecord};

use kinds::Kind;

/// A server, and clients that share its clock.
pub(crate) struct World {
    pub(crate) simulator: Arc<Simulator>,
    clock: Arc<Time>,
}

/// The simulator's time, which moves on only when a client waits.
struct Time {
    simulator: Arc<Simulator>,
    waited: AtomicU64,
}

impl std::fmt::Debug for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Time({})", self.simulator.now())
    }
}

impl Clock for Time {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.simulator.now().unsigned_abs())
    }

    fn monotonic(&self) -> Duration {
        Duration::from_nanos(self.waited.load(Ordering::SeqCst))
    }

    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.simulator.advance(duration);
        self.waited.fetch_add(u64::try_from(duration.as_nanos()).unwrap(), Ordering::SeqCst);
        Box::pin(ready(()))
    }
}

impl World {
    pub(crate) async fn start(config: Config) -> Self {
        let simulator = Arc::new(Simulator::start(config.time_scale(0.0)).await);
        let clock = Arc::new(Time { simulator: Arc::clone(&simulator), waited: AtomicU64::new(0) });
        Self { simulator, clock }
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder()
            .base_url(self.simulator.url())
            .auth(Auth::bearer(self.simulator.credentials().access_token))
            .clock(Arc::clone(&self.clock) as Arc<dyn Clock>)
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// How many requests the server has got.
    pub(crate) fn requests(&self) -> usize {
        self.simulator.requests().len()
    }
}

/// What an export gave, over all its resumptions.
#[derive(Default)]
pub(crate) struct Received {
    pub(crate) versions: Vec<Version>,
    pub(crate) errors: Vec<Error>,
    pub(crate) checkpoint: Option<Checkpoint>,
    pub(crate) largest_checkpoint: usize,
}

impl Received {
    /// Runs an export until it has caught up or fails, from where it stands.
    async fn run(&mut self, kind: &Kind, client: &Client, size: i64) -> bool {
        let resumed = self.checkpoint.clone();
        let mut pages = kind.export(client, size).resume(resumed).pages();
        while let Some(page) = pages.next().await {
            match page {
                Ok(page) => {
                    self.versions.extend(page.records.iter().map(|record| kind.version(record)));
                    // As another process would find it.
                    let text = page.checkpoint.to_string();
                    self.largest_checkpoint = self.largest_checkpoint.max(text.len());
                    self.checkpoint = Some(text.parse().unwrap());
                }
                Err(error) => {
                    self.errors.push(error);
                    return false;
                }
            }
        }
        true
    }

    /// Runs an export until it has caught up, taking it up again where it failed.
    pub(crate) async fn run_on(&mut self, kind: &Kind, client: &Client, size: i64) {
        for _ in 0..40 {
            if self.run(kind, client, size).await {
                return;
            }
        }
        panic!("{} does not come to an end: {:?}", kind.name, self.errors);
    }

    /// Everything once, and nothing that never was.
    pub(crate) fn check(&self, kind: &Kind, simulator: &Simulator, seed: u64) {
        let received: BTreeSet<&Version> = self.versions.iter().collect();
        let context = || format!("{}, seed {seed}, errors {:?}", kind.name, self.errors);
        assert_eq!(received.len(), self.versions.len(), "records came twice: {}", context());
        let final_state = simulator.versions(kind.resource);
        let lost: Vec<_> = final_state.iter().filter(|version| !received.contains(version)).collect();
        assert!(
            lost.is_empty(),
            "{} of {} lost, such as {:?}: {}",
            lost.len(),
            final_state.len(),
            lost[0],
            context()
        );
        let ever = simulator.ever(kind.resource);
        let invented: Vec<_> = received.iter().filter(|version| !ever.contains(**version)).collect();
        assert!(invented.is_empty(), "made up {invented:?}: {}", context());
        assert!(!received.is_empty(), "nothing to export: {}", context());
    }
}

fn text(record: &Value, key: &str) -> String {
    record[key].as_str().map_or_else(|| record[key].to_string(), ToOwned::to_owned)
}

fn read(record: &RawRecord) -> Value {
    serde_json::from_str(record.as_str()).unwrap()
}
