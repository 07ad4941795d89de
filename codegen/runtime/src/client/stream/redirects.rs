//! Declared redirects of downloads, which are followed without credentials to other servers.

use reqwest::Url;
use reqwest::header::{HeaderMap, LOCATION};

use super::head::NoObserver;
use crate::client::api_client::Client;
use crate::client::transport::OpenResponse;
use crate::error::{Error, TransportFailure};
use crate::operation::{Method, Operation};
use crate::request::{Request, RequestParts};

/// The maximum number of redirects that are followed.
const MAX_REDIRECTS: usize = 10;

/// The operation of a request for the location of a redirect.
static LOCATION_OF_REDIRECT: Operation =
    Operation::get("redirect", "/").accepts("*/*").redirects_with(&["3XX"]);

impl Client {
    /// Sends a request and returns the response when its head has arrived. Follows declared redirects. Also returns the
    /// request of that response.
    pub(super) async fn open_location(
        &self,
        mut parts: RequestParts,
        headers: &HeaderMap,
    ) -> Result<(OpenResponse, RequestParts), Error> {
        for _ in 0..=MAX_REDIRECTS {
            let response = self.open(&parts, &mut NoObserver, headers).await?;
            let is_redirect = matches!(response.status(), 301 | 302 | 303 | 307 | 308);
            let Some(location) = response.header(LOCATION.as_str()).filter(|_| is_redirect) else {
                return Ok((response, parts));
            };
            // With these, the request would have to be sent again with its body.
            let is_repeated = matches!(response.status(), 307 | 308) && parts.method() != Method::Get;
            if is_repeated {
                return Err(TransportFailure::redirect(None).into());
            }
            parts = self.location(&parts, location)?;
        }
        Err(TransportFailure::redirect(None).into())
    }

    /// Returns the request for a location, which may be relative to that of another request.
    fn location(&self, from: &RequestParts, location: &str) -> Result<RequestParts, Error> {
        let sender = &self.0.context.sender;
        let invalid = || Error::from(TransportFailure::redirect(None));
        let base = sender.base_of(from)?;
        let from_url = Url::parse(&base.join(&from.path_and_query())).map_err(|_| invalid())?;
        let url = from_url.join(location).map_err(|_| invalid())?;
        let origin = url.origin().ascii_serialization();
        let own = from.options().cloned().unwrap_or_default();
        // Headers and credentials of the request are for its own server.
        let is_own = url.origin() == from_url.origin();
        let options = if is_own { own.without_query() } else { own.for_another_server() };
        let mut request: Request<()> =
            Request::new(&LOCATION_OF_REDIRECT).with_options(options.base_url(origin));
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        request.parts_mut().follow(&format!("{}{query}", url.path()));
        Ok(request.parts().clone())
    }
}
