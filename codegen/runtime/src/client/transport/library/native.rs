//! The HTTP library on the machine.

use crate::client::transport::attempt::TotalTimeout;
use crate::client::transport::http_types::{Body, HttpRequest};
use crate::client::transport::service::{ResponseFuture, Transport};

/// The HTTP library as a transport.
pub(in crate::client::transport) struct Library(pub(in crate::client::transport) reqwest::Client);

impl Transport for Library {
    fn send(&self, request: HttpRequest) -> ResponseFuture<'_> {
        let total = request.extensions().get::<TotalTimeout>().copied();
        let request = reqwest::Request::try_from(request);
        Box::pin(async move {
            let mut request = request?;
            if let Some(TotalTimeout(timeout)) = total {
                *request.timeout_mut() = Some(timeout);
            }
            let response = self.0.execute(request).await.map_err(reqwest::Error::without_url)?;
            let response: http::Response<reqwest::Body> = response.into();
            Ok(response.map(Body::wrap))
        })
    }
}
