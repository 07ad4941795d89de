//! The handle on a running simulator.

use std::collections::BTreeSet;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::auth::Credentials;
use crate::config::Config;
use crate::description::Description;
use crate::endpoints::walk;
use crate::lock::lock;
use crate::log::{ForeignRequest, Seen};
use crate::resource::Resource;
use crate::serve::serve;
use crate::server::Server;
use crate::time::seconds;
use crate::world::Version;

/// A running simulator. It runs on a thread of its own, so it needs nothing of the caller's runtime, and
/// stops when it is dropped.
pub struct Simulator {
    server: Arc<Server>,
    url: String,
    /// Dropped with the simulator, which stops the thread.
    _stop: oneshot::Sender<()>,
}

/// Why a simulator could not start.
#[derive(Debug)]
pub enum StartError {
    /// The description can't be read; the text says why.
    Description(String),
    /// A port can't be had.
    Io(io::Error),
}

impl std::fmt::Display for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Description(report) => write!(f, "the description can't be read:\n{report}"),
            Self::Io(error) => write!(f, "the simulator can't listen: {error}"),
        }
    }
}

impl std::error::Error for StartError {}

impl From<io::Error> for StartError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Simulator {
    /// Starts a simulator, for tests.
    ///
    /// # Panics
    ///
    /// Where [`Simulator::try_start`] would fail.
    #[expect(clippy::panic, reason = "a test without its server has failed")]
    pub async fn start(config: Config) -> Self {
        match Self::try_start(config).await {
            Ok(simulator) => simulator,
            Err(error) => panic!("{error}"),
        }
    }

    /// Starts a simulator.
    ///
    /// # Errors
    ///
    /// Where the description can't be read or no port can be had.
    pub async fn try_start(config: Config) -> Result<Self, StartError> {
        let (ready, started) = oneshot::channel();
        let (stop, stopped) = oneshot::channel();
        std::thread::Builder::new()
            .name("simulator".to_owned())
            .spawn(move || run(config, ready, stopped))?;
        let gone = || StartError::Io(io::Error::other("its thread ended at once"));
        let (server, url) = started.await.map_err(|_| gone())??;
        Ok(Self { server, url, _stop: stop })
    }

    /// Where it listens, such as `http://127.0.0.1:40121`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Simulated time in Unix seconds.
    pub fn now(&self) -> i64 {
        seconds(self.server.clock.now())
    }

    /// Moves simulated time on, on top of its own pace. Ten minutes make everything visible that has changed
    /// so far.
    pub fn advance(&self, by: Duration) {
        self.server.clock.advance(by);
    }

    /// What a client may sign in with now. Tokens change when they are refreshed.
    pub fn credentials(&self) -> Credentials {
        self.server.auth().good()
    }

    /// How often tokens were refreshed.
    pub fn refreshes(&self) -> u32 {
        self.server.auth().refreshes()
    }

    /// The versions of a resource's records that there are now: key and change, as spelled in the records.
    /// Keys are ids as text; for the agent timeline they are agents' ids, and the change is the start.
    pub fn versions(&self, resource: Resource) -> BTreeSet<Version> {
        self.server.world().versions(resource)
    }

    /// All versions of a resource's records that there have been so far.
    pub fn ever(&self, resource: Resource) -> BTreeSet<Version> {
        self.server.world().ever(resource)
    }

    /// Whether the world has stopped changing: as many changes have been made as were configured.
    pub fn is_quiet(&self) -> bool {
        self.server.world().progress.is_quiet()
    }

    /// All requests so far, oldest first.
    pub fn requests(&self) -> Vec<Seen> {
        self.server.seen().clone()
    }

    /// How many requests were answered with 429, by a limit or as a fault.
    pub fn refusals(&self) -> usize {
        self.server.refusals()
    }

    /// Requests that arrived at the other host, to which faults lead.
    pub fn foreign_requests(&self) -> Vec<ForeignRequest> {
        lock(&self.server.foreign.requests).clone()
    }

    /// What is wrong with the requests so far, or with the simulator's own answers, measured by the
    /// description.
    pub fn problems(&self) -> Vec<String> {
        self.server.checks.problems()
    }

    /// How many requests an ideal client needs for all of an export, if nothing changes and nothing fails.
    ///
    /// `operation` is an id of the description, `start` in Unix seconds, `per_page` as it would be sent.
    /// Gives `None` for operations that are no exports.
    pub fn minimum_requests(&self, operation: &str, start: i64, per_page: usize) -> Option<usize> {
        walk::requests(&self.server, operation, start, per_page)
    }
}

type Started = Result<(Arc<Server>, String), StartError>;

/// The simulator's thread.
fn run(config: Config, ready: oneshot::Sender<Started>, stop: oneshot::Receiver<()>) {
    let prepared = prepare(config);
    let (server, own, foreign, runtime) = match prepared {
        Ok(parts) => parts,
        Err(error) => {
            // Nobody may be waiting any more.
            let _ = ready.send(Err(error));
            return;
        }
    };
    let url = own.local_addr().map(|address| format!("http://{address}")).map_err(StartError::from);
    if ready.send(url.map(|url| (Arc::clone(&server), url))).is_ok() {
        let _ = runtime.block_on(serve(server, own, foreign, stop));
    }
}

type Parts = (Arc<Server>, TcpListener, TcpListener, tokio::runtime::Runtime);

fn prepare(config: Config) -> Result<Parts, StartError> {
    let description = Description::of_project().map_err(StartError::Description)?;
    let own = TcpListener::bind(("127.0.0.1", config.port))?;
    // Another address of the same machine; not every system has it.
    let foreign = TcpListener::bind("127.0.0.2:0").or_else(|_| TcpListener::bind("127.0.0.1:0"))?;
    let foreign_url = format!("http://{}", foreign.local_addr()?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok((Arc::new(Server::new(config, description, foreign_url)), own, foreign, runtime))
}
