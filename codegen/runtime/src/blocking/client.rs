//! The blocking client.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::api::Api;
use crate::client::{ClientBuilder, Response};
use crate::error::{Error, RuntimeFailure};
use crate::nodes::lenient::Lenient;
use crate::request::IntoRequest;

/// A blocking client for an API: each call blocks the thread until it completes.
///
/// It wraps a [`crate::Client`]. Cloning it is cheap. Several threads can use it at once.
///
/// In async code, and on the threads of `spawn_blocking`, each call returns an error of the kind
/// [`Runtime`](crate::ErrorKind::Runtime).
///
/// ```no_run
/// use clientwright_runtime::{Api, Auth, blocking};
///
/// static API: Api = Api::new("example/1.0.0");
///
/// # fn main() -> Result<(), clientwright_runtime::Error> {
/// let client = blocking::Client::builder(&API)
///     .base_url("https://api.example.com")
///     .auth(Auth::bearer("token"))
///     .build()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    pub(super) client: crate::Client,
    runtime: Arc<OwnRuntime>,
}

/// The runtime of a client. It is `None` while it is dropped.
struct OwnRuntime(Option<Runtime>);

impl Client {
    /// Creates a builder for a blocking client.
    pub fn builder(api: &'static Api) -> ClientBuilder<Self> {
        ClientBuilder::new(api).for_client()
    }

    /// Creates a blocking client from an async one. It starts its own tokio runtime.
    ///
    /// # Errors
    ///
    /// Returns an error of the kind [`Runtime`](crate::ErrorKind::Runtime) if the tokio runtime can't be started.
    pub fn new(client: crate::Client) -> Result<Self, Error> {
        let runtime = Builder::new_current_thread().enable_all().build().map_err(RuntimeFailure::Start)?;
        Ok(Self { client, runtime: Arc::new(OwnRuntime(Some(runtime))) })
    }

    /// Sends a request and decodes the response. See [`crate::Client::send`].
    ///
    /// # Errors
    ///
    /// Returns the errors of [`crate::Client::send`], and an error of the kind [`Runtime`](crate::ErrorKind::Runtime)
    /// in async code.
    pub fn send<R: IntoRequest>(&self, request: R) -> Result<R::Output, Error> {
        self.block_on(self.client.send(request))?
    }

    /// Sends a request, and returns the status code and the headers beside the value. See [`crate::Client::send_whole`].
    ///
    /// # Errors
    ///
    /// Returns the errors of [`send`](Self::send).
    pub fn send_whole<R: IntoRequest>(&self, request: R) -> Result<Response<R::Output>, Error> {
        self.block_on(self.client.send_whole(request))?
    }

    /// Sends a request, and leaves out of the value what doesn't match its declared type. See
    /// [`crate::Client::send_lenient`].
    ///
    /// # Errors
    ///
    /// Returns the errors of [`crate::Client::send_lenient`], and an error of the kind
    /// [`Runtime`](crate::ErrorKind::Runtime) in async code.
    pub fn send_lenient<R: IntoRequest>(&self, request: R) -> Result<Lenient<R::Output>, Error> {
        self.block_on(self.client.send_lenient(request))?
    }

    /// Sends a request, and returns `None` for a successful response without content that needs some. See
    /// [`crate::Client::send_optional`].
    ///
    /// # Errors
    ///
    /// Returns the other errors of [`send`](Self::send).
    pub fn send_optional<R: IntoRequest>(&self, request: R) -> Result<Option<R::Output>, Error> {
        self.block_on(self.client.send_optional(request))?
    }

    /// Returns the async client that sends the requests.
    #[must_use]
    pub fn as_async(&self) -> &crate::Client {
        &self.client
    }

    /// Runs a future to completion. In async code this is an error.
    pub(crate) fn block_on<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        match &self.runtime.0 {
            Some(runtime) if Handle::try_current().is_err() => Ok(runtime.block_on(future)),
            _ => Err(RuntimeFailure::InsideAsync.into()),
        }
    }
}

impl ClientBuilder<Client> {
    /// Builds the blocking client.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`build_blocking`](Self::build_blocking).
    pub fn build(self) -> Result<Client, Error> {
        self.build_blocking()
    }
}

impl<C> ClientBuilder<C> {
    /// Builds a blocking client, for programs without an async runtime.
    ///
    /// # Errors
    ///
    /// Returns an error of the kind [`Config`](crate::ErrorKind::Config) if the server or the credentials are missing or
    /// not valid, or if TLS can't be set up, and one of the kind [`Runtime`](crate::ErrorKind::Runtime) if the tokio
    /// runtime can't be started.
    pub fn build_blocking(self) -> Result<Client, Error> {
        Client::new(self.for_client::<crate::Client>().build()?)
    }
}

/// Doesn't wait for tasks, so that a client can be dropped in async code.
impl Drop for OwnRuntime {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// Shows the base URL, and no credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("blocking::Client").field(&self.client).finish()
    }
}
