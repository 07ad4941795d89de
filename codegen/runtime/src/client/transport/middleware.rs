//! Middleware: what sees each attempt on its way to the transport.

use std::error::Error;
use std::future::Future;
use std::sync::Arc;

use super::http_types::{HttpRequest, HttpResponse};
use super::service::{ResponseFuture, Transport};

/// Sees each attempt of a request: it can sign the request, add a header, log, measure, respond itself, or send the request
/// several times. [`ClientBuilder::middleware`](crate::ClientBuilder::middleware) adds it.
///
/// Closures `Fn(HttpRequest, Next) -> Future<Output = Result<HttpResponse, E>>` implement it:
///
/// ```
/// # use clientwright_runtime::{Api, Client, reqwest};
/// use clientwright_runtime::transport::{HttpRequest, Next};
/// use reqwest::header::HeaderValue;
///
/// # static API: Api = Api::new("example/1.0.0");
/// # fn main() -> Result<(), clientwright_runtime::Error> {
/// let client = Client::builder(&API)
///     .base_url("https://api.example.com")
///     .middleware(|mut request: HttpRequest, next: Next| async move {
///         request.headers_mut().insert("x-signature", HeaderValue::from_static("signed"));
///         next.run(request).await
///     })
///     .build()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
///
/// The request contains the credentials; their headers are marked as sensitive. It has an [`Attempt`](super::Attempt) as an
/// extension: the operation, and the number of the attempt. `request.body().as_bytes()` returns the body, unless it is a
/// stream or multipart.
pub trait Middleware: Send + Sync {
    /// Handles a request. [`Next::run`] sends it.
    fn handle(&self, request: HttpRequest, next: Next) -> ResponseFuture<'_>;
}

impl<F, R, E> Middleware for F
where
    F: Fn(HttpRequest, Next) -> R + Send + Sync,
    R: Future<Output = Result<HttpResponse, E>> + Send + 'static,
    E: Into<Box<dyn Error + Send + Sync>> + 'static,
{
    fn handle(&self, request: HttpRequest, next: Next) -> ResponseFuture<'_> {
        let response = self(request, next);
        Box::pin(async move { response.await.map_err(Into::into) })
    }
}

/// The middleware after this one, and the transport.
#[derive(Clone)]
pub struct Next {
    middleware: Arc<[Arc<dyn Middleware>]>,
    /// How many of them the request has passed.
    passed: usize,
    transport: Arc<dyn Transport>,
}

impl Next {
    pub(super) fn new(middleware: Arc<[Arc<dyn Middleware>]>, transport: Arc<dyn Transport>) -> Self {
        Self { middleware, passed: 0, transport }
    }

    /// Sends a request, and returns the response when its head has arrived. It can be called several times: each time, the
    /// request is sent.
    pub fn run(&self, request: HttpRequest) -> ResponseFuture<'static> {
        let mut next = self.clone();
        Box::pin(async move {
            match next.middleware.get(next.passed).cloned() {
                Some(middleware) => {
                    next.passed += 1;
                    middleware.handle(request, next).await
                }
                None => next.transport.send(request).await,
            }
        })
    }
}

impl std::fmt::Debug for Next {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Next")
            .field("remaining", &(self.middleware.len() - self.passed))
            .finish_non_exhaustive()
    }
}
