//! The way of an HTTP request: through all middleware to the transport.

use std::sync::Arc;

use super::http_types::HttpRequest;
use super::library::Library;
use super::middleware::{Middleware, Next};
use super::service::{ResponseFuture, Transport};

/// The middleware of a client and its transport.
#[derive(Clone)]
pub(in crate::client) struct Chain {
    pub(super) middleware: Arc<[Arc<dyn Middleware>]>,
    pub(super) transport: Arc<dyn Transport>,
}

impl Chain {
    /// Creates a chain that ends in the HTTP library.
    pub(in crate::client) fn reqwest(http: reqwest::Client, middleware: Vec<Arc<dyn Middleware>>) -> Self {
        Self { middleware: middleware.into(), transport: Arc::new(Library(http)) }
    }

    /// Creates a chain that ends in a transport of the program.
    pub(in crate::client) fn custom(
        transport: Arc<dyn Transport>,
        middleware: Vec<Arc<dyn Middleware>>,
    ) -> Self {
        Self { middleware: middleware.into(), transport }
    }

    /// Sends a request through all middleware.
    pub(super) fn send(&self, request: HttpRequest) -> ResponseFuture<'static> {
        Next::new(Arc::clone(&self.middleware), Arc::clone(&self.transport)).run(request)
    }
}
