//! The handle to a running simulator.

use std::collections::BTreeSet;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::account::Version;
use crate::auth::Credentials;
use crate::config::Config;
use crate::description::Description;
use crate::endpoints::minimum_requests;
use crate::lock::lock;
use crate::request_log::{LoggedRequest, OtherHostRequest};
use crate::resource::Resource;
use crate::serve::serve;
use crate::server::Server;
use crate::time::seconds;

/// A running simulator. It runs on its own thread, needs no async runtime of the caller, and stops when it is dropped.
pub struct Simulator {
    server: Arc<Server>,
    url: String,
    /// Stops the thread when it is dropped.
    _stop: oneshot::Sender<()>,
}

/// An error that occurs when a simulator starts.
#[derive(Debug)]
pub enum StartError {
    /// The description can't be read. The string contains the diagnostics.
    Description(String),
    /// The simulator can't listen on a port.
    Io(io::Error),
}

impl std::fmt::Display for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Description(report) => write!(f, "the description can't be read:\n{report}"),
            Self::Io(error) => write!(f, "can't listen: {error}"),
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
    /// Panics if [`Simulator::try_start`] fails.
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
    /// Returns an error if the description can't be read or no port is available.
    pub async fn try_start(config: Config) -> Result<Self, StartError> {
        let (ready, started) = oneshot::channel();
        let (stop, stopped) = oneshot::channel();
        std::thread::Builder::new()
            .name("simulator".to_owned())
            .spawn(move || run(config, ready, stopped))?;
        let ended = || StartError::Io(io::Error::other("the simulator's thread ended"));
        let (server, url) = started.await.map_err(|_| ended())??;
        Ok(Self { server, url, _stop: stop })
    }

    /// Returns the base URL, such as `http://127.0.0.1:40121`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the simulated time in Unix seconds.
    pub fn now(&self) -> i64 {
        seconds(self.server.clock.now())
    }

    /// Advances simulated time. After ten minutes, exports show all changes so far.
    pub fn advance(&self, by: Duration) {
        self.server.clock.advance(by);
    }

    /// Returns the credentials that are valid now. A refresh replaces the tokens.
    pub fn credentials(&self) -> Credentials {
        self.server.auth().current()
    }

    /// Returns the number of token refreshes.
    pub fn refreshes(&self) -> u32 {
        self.server.auth().refreshes()
    }

    /// Returns the current versions of a resource's records: key and change, as in the records. Keys are ids. For the
    /// agent timeline, the key is the agent's id, and the change is the start time.
    pub fn versions(&self, resource: Resource) -> BTreeSet<Version> {
        self.server.account().versions(resource)
    }

    /// Returns all versions of a resource's records that have existed so far.
    pub fn all_versions(&self, resource: Resource) -> BTreeSet<Version> {
        self.server.account().all_versions(resource)
    }

    /// Returns whether all configured changes have been applied.
    pub fn is_quiet(&self) -> bool {
        self.server.account().progress.is_quiet()
    }

    /// Returns all requests so far, oldest first.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.server.requests().clone()
    }

    /// Returns the number of requests that got a 429 response, from a rate limit or a fault.
    pub fn rate_limited_requests(&self) -> usize {
        self.server.rate_limited_requests()
    }

    /// Returns the requests that arrived at the other host. Some faults send clients there.
    pub fn other_host_requests(&self) -> Vec<OtherHostRequest> {
        lock(&self.server.other_host.requests).clone()
    }

    /// Returns the problems found so far: requests and responses that don't match the description.
    pub fn problems(&self) -> Vec<String> {
        self.server.checks.problems()
    }

    /// Returns the minimum number of requests for an entire export, if nothing changes or fails.
    ///
    /// `operation` is an operationId of the description, `start` is in Unix seconds, `per_page` is the value of the
    /// parameter. Returns `None` if the operation is not an export.
    pub fn minimum_requests(&self, operation: &str, start: i64, per_page: usize) -> Option<usize> {
        minimum_requests::requests(&self.server, operation, start, per_page)
    }
}

type Started = Result<(Arc<Server>, String), StartError>;

/// Runs the simulator's thread.
fn run(config: Config, ready: oneshot::Sender<Started>, stop: oneshot::Receiver<()>) {
    let prepared = prepare(config);
    let (server, own, other_host, runtime) = match prepared {
        Ok(parts) => parts,
        Err(error) => {
            // The caller may have stopped waiting.
            let _ = ready.send(Err(error));
            return;
        }
    };
    let url = own.local_addr().map(|address| format!("http://{address}")).map_err(StartError::from);
    if ready.send(url.map(|url| (Arc::clone(&server), url))).is_ok() {
        let _ = runtime.block_on(serve(server, own, other_host, stop));
    }
}

type Parts = (Arc<Server>, TcpListener, TcpListener, tokio::runtime::Runtime);

fn prepare(config: Config) -> Result<Parts, StartError> {
    let description = Description::of_project().map_err(StartError::Description)?;
    let own = TcpListener::bind(("127.0.0.1", config.port))?;
    // Another address of the same machine. Not every system has 127.0.0.2.
    let other_host = TcpListener::bind("127.0.0.2:0").or_else(|_| TcpListener::bind("127.0.0.1:0"))?;
    let other_host_url = format!("http://{}", other_host.local_addr()?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok((Arc::new(Server::new(config, description, other_host_url)), own, other_host, runtime))
}
