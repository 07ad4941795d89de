//! What sends an HTTP request: a transport.

use std::error::Error;
use std::future::Future;
use std::pin::Pin;

use super::http_types::{Body, HttpRequest, HttpResponse};

/// The future of a response.
pub type ResponseFuture<'a> =
    Pin<Box<dyn Future<Output = Result<HttpResponse, Box<dyn Error + Send + Sync>>> + Send + 'a>>;

/// Sends HTTP requests instead of the HTTP client of this crate. [`ClientBuilder::transport`](crate::ClientBuilder::transport)
/// sets it.
///
/// Closures `Fn(HttpRequest) -> Future<Output = Result<http::Response<B>, E>>` implement it, for any body. So the client of another crate is a
/// transport in one line:
///
/// ```
/// # use clientwright_runtime::{Api, Client, reqwest};
/// use clientwright_runtime::transport::HttpRequest;
///
/// # static API: Api = Api::new("example/1.0.0");
/// # fn main() -> Result<(), clientwright_runtime::Error> {
/// let other = reqwest::Client::new(); // or a client of `reqwest_middleware`
/// let client = Client::builder(&API)
///     .base_url("https://api.example.com")
///     .transport(move |request: HttpRequest| {
///         let other = other.clone();
///         async move { other.execute(request.try_into()?).await.map(http::Response::from) }
///     })
///     .build()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
///
/// The feature `tower` has [`Tower`], which makes a transport of any `tower_service::Service`.
///
/// A transport must not follow redirects: that would send credentials to another host. The timeouts of the client apply to
/// it, except for the one for connecting.
pub trait Transport: Send + Sync {
    /// Sends a request, and returns the response when its head has arrived.
    fn send(&self, request: HttpRequest) -> ResponseFuture<'_>;
}

impl<F, R, B, E> Transport for F
where
    F: Fn(HttpRequest) -> R + Send + Sync,
    R: Future<Output = Result<http::Response<B>, E>> + Send + 'static,
    B: http_body::Body<Data = bytes::Bytes> + Send + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
    E: Into<Box<dyn Error + Send + Sync>> + 'static,
{
    fn send(&self, request: HttpRequest) -> ResponseFuture<'_> {
        let response = self(request);
        Box::pin(async move { Ok(response.await.map_err(Into::into)?.map(Body::wrap)) })
    }
}

/// A `tower_service::Service` as a transport. Each request is sent by a clone of it.
#[cfg(feature = "tower")]
#[derive(Clone, Debug)]
pub struct Tower<S>(pub S);

#[cfg(feature = "tower")]
impl<S, B> Transport for Tower<S>
where
    S: tower_service::Service<HttpRequest, Response = http::Response<B>> + Clone + Send + Sync + 'static,
    S::Future: Send,
    S::Error: Into<Box<dyn Error + Send + Sync>>,
    B: http_body::Body<Data = bytes::Bytes> + Send + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    fn send(&self, request: HttpRequest) -> ResponseFuture<'_> {
        let mut service = self.0.clone();
        Box::pin(async move {
            std::future::poll_fn(|context| service.poll_ready(context)).await.map_err(Into::into)?;
            let response = service.call(request).await.map_err(Into::into)?;
            Ok(response.map(Body::wrap))
        })
    }
}
