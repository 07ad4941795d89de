//! Full exports from a server that misbehaves like the real one.
//!
//! Only the client's waits advance the simulator's clock. So minutes of waiting take no time, and every run of a seed
//! is the same.

mod behavior;
mod bounds;
mod export_kinds;
mod faults;
mod follow;
mod limits;
#[cfg(target_os = "linux")]
mod memory;
mod program_files;
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

use export_kinds::ExportKind;

/// A simulator, and clients that share its clock.
pub(crate) struct TestServer {
    pub(crate) simulator: Arc<Simulator>,
    clock: Arc<SimulatedClock>,
}

/// The simulator's time, which advances only when a client waits.
struct SimulatedClock {
    simulator: Arc<Simulator>,
    waited: AtomicU64,
}

impl std::fmt::Debug for SimulatedClock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SimulatedClock({})", self.simulator.now())
    }
}

impl Clock for SimulatedClock {
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

impl TestServer {
    pub(crate) async fn start(config: Config) -> Self {
        let simulator = Arc::new(Simulator::start(config.time_scale(0.0)).await);
        let clock = Arc::new(SimulatedClock { simulator: Arc::clone(&simulator), waited: AtomicU64::new(0) });
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

    /// Returns the number of requests that the server has received.
    pub(crate) fn requests(&self) -> usize {
        self.simulator.requests().len()
    }
}

/// The results of an export and its resumptions.
#[derive(Default)]
pub(crate) struct ExportResult {
    pub(crate) versions: Vec<Version>,
    pub(crate) errors: Vec<Error>,
    pub(crate) checkpoint: Option<Checkpoint>,
    pub(crate) largest_checkpoint: usize,
}

impl ExportResult {
    /// Runs an export from the last checkpoint until it has caught up or fails.
    async fn run(&mut self, kind: &ExportKind, client: &Client, size: i64) -> bool {
        let resumed = self.checkpoint.clone();
        let mut pages = kind.export(client, size).resume(resumed).pages();
        while let Some(page) = pages.next().await {
            match page {
                Ok(page) => {
                    self.versions.extend(page.records.iter().map(|record| kind.version(record)));
                    // The checkpoint goes through its string, as if another process resumed the export.
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

    /// Runs an export until it has caught up, and resumes it after each error.
    pub(crate) async fn run_to_end(&mut self, kind: &ExportKind, client: &Client, size: i64) {
        for _ in 0..40 {
            if self.run(kind, client, size).await {
                return;
            }
        }
        panic!("{} does not end: {:?}", kind.name, self.errors);
    }

    /// Checks that each version was received exactly once, and that each received version existed.
    pub(crate) fn check(&self, kind: &ExportKind, simulator: &Simulator, seed: u64) {
        let received: BTreeSet<&Version> = self.versions.iter().collect();
        let context = || format!("{}, seed {seed}, errors {:?}", kind.name, self.errors);
        assert_eq!(received.len(), self.versions.len(), "records were repeated: {}", context());
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
        let all_versions = simulator.all_versions(kind.resource);
        let unknown: Vec<_> = received.iter().filter(|version| !all_versions.contains(**version)).collect();
        assert!(unknown.is_empty(), "versions that never existed {unknown:?}: {}", context());
        assert!(!received.is_empty(), "no records to export: {}", context());
    }
}

fn string(record: &Value, key: &str) -> String {
    record[key].as_str().map_or_else(|| record[key].to_string(), ToOwned::to_owned)
}

fn read(record: &RawRecord) -> Value {
    serde_json::from_str(record.as_str()).unwrap()
}
