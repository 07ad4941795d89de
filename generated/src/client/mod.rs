//! The client: it takes requests to the server and brings answers back.

mod auth;
mod builder;
mod config_error;
mod tls;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, LOCATION};
use reqwest::{Response, Url};

pub use auth::Auth;
pub use builder::ClientBuilder;
pub use config_error::ConfigError;

use crate::error::{ApiError, Error, TransportError};
use crate::operation::Method;
use crate::request::{IntoRequest, Parts};

/// A connection to one account.
///
/// Cloning it is cheap, and all clones share their connections.
///
/// ```no_run
/// use zendesk_client::{Auth, Client};
///
/// # fn main() -> Result<(), zendesk_client::Error> {
/// let client = Client::builder()
///     .subdomain("acme")
///     .auth(Auth::bearer("token"))
///     .build()?;
/// # let _ = client;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    http: reqwest::Client,
    base: Url,
    authorization: HeaderValue,
}

/// An answer that the server gave willingly.
pub(crate) struct RawResponse {
    pub(crate) body: Vec<u8>,
}

impl Client {
    /// Starts to set up a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Sends a request and reads its answer.
    ///
    /// # Errors
    ///
    /// If the request is not complete, no answer comes, the server refuses, or the answer has not the
    /// declared shape.
    pub async fn send<R: IntoRequest>(&self, request: R) -> Result<R::Output, Error> {
        let request = request.into_request()?;
        let response = self.execute(request.parts()).await?;
        Ok(request.decode(&response.body)?)
    }

    /// Sends a request, whatever the type of its answer is.
    async fn execute(&self, parts: &Parts) -> Result<RawResponse, Error> {
        let response = self.prepare(parts).send().await.map_err(TransportError::new)?;
        let status = response.status();
        if status.is_redirection() {
            return Err(TransportError::redirect(self.redirect_host(&response)).into());
        }
        let headers = response.headers().clone();
        let body = response.bytes().await.map_err(TransportError::new)?;
        if status.is_success() {
            return Ok(RawResponse { body: body.into() });
        }
        let headers = headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        Err(ApiError::new(status.as_u16(), headers, &body).into())
    }

    fn prepare(&self, parts: &Parts) -> reqwest::RequestBuilder {
        let method = match parts.method() {
            Method::Get => reqwest::Method::GET,
            Method::Put => reqwest::Method::PUT,
            Method::Post => reqwest::Method::POST,
            Method::Patch => reqwest::Method::PATCH,
            Method::Delete => reqwest::Method::DELETE,
        };
        let url = format!("{}{}", self.0.base.as_str().trim_end_matches('/'), parts.url_path());
        let mut request = self.0.http.request(method, url);
        for (name, value) in parts.headers() {
            request = request.header(name, value);
        }
        if let Some(body) = parts.body() {
            request = request.header(CONTENT_TYPE, "application/json").body(body.to_vec());
        }
        request.header(ACCEPT, "application/json").header(AUTHORIZATION, self.0.authorization.clone())
    }

    /// The host that a redirect points to, without the rest of the address.
    fn redirect_host(&self, response: &Response) -> Option<String> {
        let location = response.headers().get(LOCATION)?.to_str().ok()?;
        let target = self.0.base.join(location).ok()?;
        target.host_str().map(str::to_owned)
    }
}

/// Shows where the client leads and nothing of its credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base_url", &self.0.base.as_str()).finish_non_exhaustive()
    }
}
