//! Options of a single request.

use std::any::Any;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::body::is_header_value;
use crate::percent::percent_encode;

/// Options of a single request, which take precedence over those of the client.
///
/// [`Request::with_options`](crate::Request::with_options) sets them. They can be used for several requests.
///
/// ```
/// use std::time::Duration;
///
/// use clientwright_runtime::RequestOptions;
///
/// let options = RequestOptions::new()
///     .timeout(Duration::from_secs(5))
///     .header("x-tenant", "north")
///     .query("trace", "1");
/// # let _ = options;
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct RequestOptions {
    timeout: Option<Duration>,
    headers: Vec<ExtraHeader>,
    query: Vec<String>,
    base_url: Option<String>,
    idempotency_key: Option<String>,
    /// What only the client understands: its own modules come after this one.
    retry: Option<Opaque>,
    auth: Option<Opaque>,
}

type Opaque = Arc<dyn Any + Send + Sync>;

/// A header that is sent beside those of the parameters.
#[derive(Clone)]
pub(crate) struct ExtraHeader {
    pub(crate) name: String,
    pub(crate) value: String,
    /// Whether the value is a credential.
    pub(crate) is_sensitive: bool,
}

impl RequestOptions {
    /// Creates options that change nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the timeout for one attempt, from connecting until the response is complete; of a stream, until its head has
    /// arrived.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Adds a header. It replaces a header of the request or the client with the same name.
    pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with_header(&name.into(), value.into(), false)
    }

    /// Adds a header whose value is a credential: no error and no debug output shows it.
    pub fn sensitive_header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with_header(&name.into(), value.into(), true)
    }

    fn with_header(mut self, name: &str, value: String, is_sensitive: bool) -> Self {
        let name = name.to_ascii_lowercase();
        self.headers.retain(|other| other.name != name);
        self.headers.push(ExtraHeader { name, value, is_sensitive });
        self
    }

    /// Adds a query parameter. The client encodes the name and the value.
    pub fn query(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.query.push(format!("{}={}", percent_encode(name.as_ref()), percent_encode(value.as_ref())));
        self
    }

    /// Sets the URL of the server: the path of the request is appended to its path.
    ///
    /// The client sends its credentials only to its own server and to those that the description declares. To send some to
    /// another server, set them with `auth`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets the header `Idempotency-Key`, with which the server processes a repeated request only once. The client then
    /// retries the request like an idempotent one, whatever its method.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.idempotency_key = Some(key.into());
        self
    }

    /// Returns the name of a header that can't be sent.
    pub(super) fn invalid_header(&self) -> Option<&str> {
        let is_name = |name: &str| {
            !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
        };
        let invalid = |header: &&ExtraHeader| !is_name(&header.name) || !is_header_value(&header.value);
        let key = self.idempotency_key.as_ref().filter(|key| key.is_empty() || !is_header_value(key));
        let header = self.headers.iter().find(invalid).map(|header| header.name.as_str());
        header.or(key.map(|_| IDEMPOTENCY_KEY))
    }
}

/// The header that identifies a repeated request.
const IDEMPOTENCY_KEY: &str = "idempotency-key";

#[cfg_attr(not(feature = "client"), expect(dead_code, reason = "for the client"))]
impl RequestOptions {
    /// Returns the timeout for one attempt.
    pub(crate) fn own_timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// Returns the headers, with the idempotency key.
    pub(crate) fn headers(&self) -> impl Iterator<Item = ExtraHeader> {
        let key = self.idempotency_key.iter().map(|key| ExtraHeader {
            name: IDEMPOTENCY_KEY.to_owned(),
            value: key.clone(),
            is_sensitive: false,
        });
        self.headers.iter().cloned().chain(key)
    }

    /// Returns the query parameters, encoded.
    pub(crate) fn encoded_query(&self) -> &[String] {
        &self.query
    }

    /// Removes the query parameters.
    pub(crate) fn without_query(mut self) -> Self {
        self.query.clear();
        self
    }

    /// Returns what may also be sent to another server: the range that is requested, but no credentials and no other headers.
    pub(crate) fn for_another_server(&self) -> Self {
        let is_range = |header: &&ExtraHeader| matches!(header.name.as_str(), "range" | "if-range");
        Self {
            timeout: self.timeout,
            retry: self.retry.clone(),
            headers: self.headers.iter().filter(is_range).cloned().collect(),
            ..Self::default()
        }
    }

    /// Returns the URL of the server.
    pub(crate) fn own_base_url(&self) -> Option<&str> {
        self.base_url.as_deref()
    }

    /// Returns whether the server recognizes a repeated request.
    pub(crate) fn is_idempotent(&self) -> bool {
        self.idempotency_key.is_some()
    }

    pub(crate) fn set_retry(&mut self, retry: Opaque) {
        self.retry = Some(retry);
    }

    pub(crate) fn retry_as<T: Any>(&self) -> Option<&T> {
        self.retry.as_ref()?.downcast_ref()
    }

    pub(crate) fn set_auth(&mut self, auth: Opaque) {
        self.auth = Some(auth);
    }

    pub(crate) fn auth_as<T: Any>(&self) -> Option<&T> {
        self.auth.as_ref()?.downcast_ref()
    }
}

/// Shows neither credentials nor the values of parameters and headers.
impl fmt::Debug for RequestOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|header| header.name.as_str()).collect();
        let query: Vec<_> =
            self.query.iter().map(|pair| pair.split('=').next().unwrap_or_default()).collect();
        f.debug_struct("RequestOptions")
            .field("timeout", &self.timeout)
            .field("headers", &names)
            .field("query", &query)
            .field("base_url", &self.base_url.as_deref().map(without_user))
            .field("idempotency_key", &self.idempotency_key)
            .field("retry", &self.retry.is_some())
            .field("auth", &self.auth.is_some())
            .finish()
    }
}

/// Removes credentials from a URL: they are an error, but only when the request is sent.
fn without_user(url: &str) -> &str {
    url.rsplit_once('@').map_or(url, |(_, host)| host)
}
