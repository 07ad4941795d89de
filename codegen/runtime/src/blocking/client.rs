//! The client itself.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::api::Api;
use crate::client::ClientBuilder;
use crate::error::{BlockingError, Error};
use crate::request::IntoRequest;

/// A connection to the API, with the credentials of one account, whose calls return when they are done.
///
/// It is made of a [`crate::Client`] and does all that this one does. Cloning it is cheap, clones share all there
/// is to share, and several threads can call it at once.
///
/// It does not belong into async code, where it would hold up other tasks: there, and on the threads of
/// `spawn_blocking`, each call is an error of the kind [`Error::Blocking`].
///
/// ```no_run
/// use clientwright_runtime::{Api, Auth, Client};
///
/// static API: Api = Api::new("example/1.0.0");
///
/// # fn main() -> Result<(), clientwright_runtime::Error> {
/// let client = Client::builder(&API)
///     .base_url("https://api.example.com")
///     .auth(Auth::bearer("token"))
///     .build_blocking()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    pub(super) client: crate::Client,
    runtime: Arc<OwnRuntime>,
}

/// Empty only while it is dropped.
struct OwnRuntime(Option<Runtime>);

impl Client {
    /// Starts to set up a client of an API; [`ClientBuilder::build_blocking`] completes it.
    pub fn builder(api: &'static Api) -> ClientBuilder {
        ClientBuilder::new(api)
    }

    /// Makes a blocking client of an async one, on a runtime of its own.
    ///
    /// # Errors
    ///
    /// If the system does not let it make a runtime.
    pub fn new(client: crate::Client) -> Result<Self, Error> {
        let runtime = Builder::new_current_thread().enable_all().build().map_err(BlockingError::runtime)?;
        Ok(Self { client, runtime: Arc::new(OwnRuntime(Some(runtime))) })
    }

    /// Sends a request and reads its answer, see [`crate::Client::send`].
    ///
    /// # Errors
    ///
    /// Those of [`crate::Client::send`], and [`Error::Blocking`] inside an async runtime.
    pub fn send<R: IntoRequest>(&self, request: R) -> Result<R::Output, Error> {
        self.block_on(self.client.send(request))?
    }

    /// The async client that does the work.
    #[must_use]
    pub fn as_async(&self) -> &crate::Client {
        &self.client
    }

    /// Runs a future to its end, unless an async runtime runs this thread already.
    pub(crate) fn block_on<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        match &self.runtime.0 {
            Some(runtime) if Handle::try_current().is_err() => Ok(runtime.block_on(future)),
            _ => Err(BlockingError::inside_async().into()),
        }
    }
}

impl ClientBuilder {
    /// The client, for programs without an async runtime.
    ///
    /// # Errors
    ///
    /// Those of [`build`](Self::build), and if the system does not let it make a runtime.
    pub fn build_blocking(self) -> Result<Client, Error> {
        Client::new(self.build()?)
    }
}

/// Waits for nothing, so that it may happen in async code as well.
impl Drop for OwnRuntime {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// Shows where the client leads and nothing of its credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("blocking::Client").field(&self.client).finish()
    }
}
