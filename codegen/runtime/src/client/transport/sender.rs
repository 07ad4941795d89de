//! Makes HTTP requests of requests, and sends each once.

use std::borrow::Cow;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue,
    LOCATION, USER_AGENT,
};

use super::attempt::{Attempt, TotalTimeout};
use super::chain::Chain;
use super::failure::failure;
use super::http_types::{Body, HttpRequest, HttpResponse};
use super::limits::{Activity, BodyLimits, while_active, within};
use super::open_response::OpenResponse;
use super::upload::upload;
use crate::api::Api;
use crate::client::base_url::BaseUrl;
use crate::client::request_credentials::{BearerToken, FixedCredentials, sensitive};
use crate::client::server_url::server_url;
use crate::error::{ConfigProblem, ErrorKind, TransportFailure};
use crate::operation::{Method, Operation};
use crate::request::{ExtraHeader, RequestOptions, RequestParts};
use crate::secrets::Secrets;

/// The total timeout of a stream, which has none: the HTTP library has no other way to say so.
const NO_TIMEOUT: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// Sends requests to the servers of an API, each request once.
#[derive(Clone)]
pub(in crate::client) struct Sender {
    pub(in crate::client) chain: Chain,
    pub(in crate::client) base: BaseUrl,
    /// Settings for the servers of single operations. `None` if all requests go to a base URL that was set.
    pub(in crate::client) servers: Option<OperationServers>,
    pub(in crate::client) api: &'static Api,
    /// The maximum size of a body, in bytes.
    pub(in crate::client) max_body: usize,
    /// The timeout for one attempt.
    pub(in crate::client) timeout: Duration,
    /// The maximum time without data.
    pub(in crate::client) read_timeout: Duration,
    /// Whether the HTTP client of the program has timeouts of its own.
    pub(in crate::client) has_own_timeouts: bool,
    pub(in crate::client) allow_insecure_http: bool,
    pub(in crate::client) user_agent: HeaderValue,
    /// Whether the HTTP library decompresses responses.
    pub(in crate::client) compression: bool,
}

/// Settings for the servers of single operations.
#[derive(Clone)]
pub(in crate::client) struct OperationServers {
    pub(in crate::client) variables: Vec<(String, String)>,
}

/// An attempt to send a request.
pub(in crate::client) struct Outgoing<'a> {
    pub(in crate::client) base: &'a BaseUrl,
    pub(in crate::client) parts: &'a RequestParts,
    pub(in crate::client) credentials: &'a FixedCredentials,
    pub(in crate::client) token: Option<&'a BearerToken>,
    /// What no error may show, but for the token.
    pub(in crate::client) secrets: &'a Secrets,
    /// Counted from 1.
    pub(in crate::client) number: u32,
    /// Whether the body of the response is read as a stream, so that only its head has to arrive within the timeout.
    pub(in crate::client) is_stream: bool,
    /// Further headers, such as that of a range.
    pub(in crate::client) headers: &'a HeaderMap,
}

impl Sender {
    /// Returns the base URL of a request: that of its options, else that of its operation.
    pub(in crate::client) fn base_of(&self, parts: &RequestParts) -> Result<Cow<'_, BaseUrl>, ConfigProblem> {
        let Some(url) = parts.options().and_then(RequestOptions::own_base_url) else {
            return self.base_of_operation(parts.operation());
        };
        let base = BaseUrl::parse(url)?;
        base.check_https(self.allow_insecure_http)?;
        Ok(Cow::Owned(base))
    }

    /// Returns the base URL of an operation.
    pub(in crate::client) fn base_of_operation(
        &self,
        operation: &Operation,
    ) -> Result<Cow<'_, BaseUrl>, ConfigProblem> {
        let (Some(settings), Some(server)) = (&self.servers, operation.servers().first()) else {
            return Ok(Cow::Borrowed(&self.base));
        };
        if server.url().starts_with('/') {
            return Ok(Cow::Owned(self.base.with_path(server.url())));
        }
        let is_known =
            |(name, _): &&(String, String)| server.variables().iter().any(|known| known.name() == name);
        let variables: Vec<_> = settings.variables.iter().filter(is_known).cloned().collect();
        let base = BaseUrl::parse(&server_url(server, &variables)?)?;
        base.check_https(self.allow_insecure_http)?;
        Ok(Cow::Owned(base))
    }

    /// Returns whether credentials may be sent to a server: it is the client's own one, or a declared one.
    pub(in crate::client) fn is_trusted(&self, base: &BaseUrl, operation: &Operation) -> bool {
        let declared = self.api.declared_servers().iter().chain(operation.servers());
        let is_declared = |url: &str| Url::parse(url).is_ok_and(|url| base.is_origin_of(&url));
        base.is_same_origin(&self.base)
            || self.base_of_operation(operation).is_ok_and(|own| base.is_same_origin(&own))
            || declared.map(crate::api::Server::url).any(is_declared)
    }

    /// Sends a request and returns when the head of the response has arrived.
    pub(in crate::client) async fn send(
        &self,
        outgoing: &Outgoing<'_>,
    ) -> Result<OpenResponse, TransportFailure> {
        let Outgoing { parts, token, secrets, is_stream, .. } = *outgoing;
        let secrets = token.map_or_else(|| secrets.clone(), |token| secrets.with_tokens(&token.secrets));
        let operation = parts.operation();
        let attempt = Attempt { operation: Some(operation), number: outgoing.number };
        let timeout = parts.options().and_then(RequestOptions::own_timeout);
        let (request, url, activity) = outgoing.request()?;
        let is_expected = |status| operation.is_declared_redirect(status);
        let response = self.execute(request, &url, attempt, (timeout, is_stream), activity, is_expected);
        let (response, limits) = response.await.map_err(|failure| failure.redacted(&secrets))?;
        Ok(OpenResponse::new(response, self.api, limits, secrets))
    }

    /// Sends a request. A redirect is never followed. Unless it is expected, it is an error.
    pub(super) async fn execute(
        &self,
        mut request: HttpRequest,
        url: &Url,
        attempt: Attempt,
        (own_timeout, is_stream): (Option<Duration>, bool),
        activity: Option<Activity>,
        is_expected: impl Fn(u16) -> bool,
    ) -> Result<(HttpResponse, BodyLimits), TransportFailure> {
        let requested = BaseUrl::of_request(url);
        if !self.has_own_timeouts {
            request.headers_mut().entry(USER_AGENT).or_insert_with(|| self.user_agent.clone());
        }
        let is_open = is_stream || activity.is_some();
        let total = own_timeout.or(Some(self.timeout).filter(|_| is_open || !self.has_own_timeouts));
        let read = Some(self.read_timeout).filter(|_| !self.has_own_timeouts);
        request.extensions_mut().insert(attempt);
        // Those of the program's HTTP client, if it has some: a stream takes as long as it takes.
        if let Some(timeout) = if is_open { Some(NO_TIMEOUT) } else { own_timeout } {
            request.extensions_mut().insert(TotalTimeout(timeout));
        }
        let limits = BodyLimits::new(self.max_body, total, read, is_open);
        let response = self.chain.send(request);
        let response = match activity {
            None => within(total.into_iter().chain(read).min(), response).await?,
            Some(activity) => while_active(total.into_iter().chain(read).min(), &activity, response).await?,
        };
        let response = response.map_err(failure)?;
        let status = response.status().as_u16();
        if matches!(status, 301 | 302 | 303 | 307 | 308) && !is_expected(status) {
            let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
            return Err(TransportFailure::redirect(
                location.and_then(|location| requested.host_of(location)),
            ));
        }
        Ok((response, limits))
    }
}

/// Creates an HTTP request for a URL.
pub(super) fn http_request(
    method: http::Method,
    url: &Url,
    body: Body,
) -> Result<HttpRequest, TransportFailure> {
    let request = http::Request::builder().method(method).uri(url.as_str());
    request
        .body(body)
        .map_err(|error| TransportFailure::of_kind(ErrorKind::Other, false).with_source(error.into()))
}

impl Outgoing<'_> {
    /// Returns the HTTP request, its URL, and how much of a streamed body was sent.
    fn request(&self) -> Result<(HttpRequest, Url, Option<Activity>), TransportFailure> {
        let invalid = || TransportFailure::of_kind(ErrorKind::Other, false);
        let target = with_query(self.parts.path_and_query(), &self.credentials.query);
        let url = Url::parse(&self.base.join(&target))
            .map_err(|error| TransportFailure::of_kind(ErrorKind::Other, false).with_source(error.into()))?;
        let body = self.parts.body();
        let (content, activity) = body.map(upload).unwrap_or_default();
        let mut request = http_request(method(self.parts.method()), &url, content)?;
        let headers = request.headers_mut();
        for (name, value) in self.parts.headers().filter(|(name, _)| *name != COOKIE) {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid())?;
            headers.append(name, HeaderValue::from_str(value).map_err(|_| invalid())?);
        }
        headers.append(ACCEPT, HeaderValue::from_str(self.parts.accept()).map_err(|_| invalid())?);
        if let Some(body) = body {
            headers.append(CONTENT_TYPE, HeaderValue::from_str(body.content_type()).map_err(|_| invalid())?);
        }
        // The HTTP library sends no length of a body without bytes.
        if body.map_or_else(|| expects_content(self.parts.method()), |body| body.len() == Some(0)) {
            headers.append(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        self.add_options(headers);
        self.add_credentials(headers);
        // What continues a stream replaces what began it.
        for (name, value) in self.headers {
            headers.insert(name, value.clone());
        }
        Ok((request, url, activity))
    }

    /// Adds the headers of the options, which replace others. They are valid: the request checks them.
    fn add_options(&self, headers: &mut HeaderMap) {
        let all = self.parts.options().into_iter().flat_map(RequestOptions::headers);
        for ExtraHeader { name, value, is_sensitive } in all {
            if let (Ok(name), Ok(mut value)) =
                (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(&value))
            {
                value.set_sensitive(is_sensitive);
                headers.insert(name, value);
            }
        }
    }

    /// Adds the credentials, but for headers that the options set.
    fn add_credentials(&self, headers: &mut HeaderMap) {
        let is_set = |name: &HeaderName| {
            let mut own = self.parts.options().into_iter().flat_map(RequestOptions::headers);
            own.any(|header| header.name == name.as_str())
        };
        let cookies = cookies(self.parts, &self.credentials.cookies).map(|cookies| (COOKIE, cookies));
        let token = self.token.map(|token| (AUTHORIZATION, token.header.clone()));
        let fixed = self.credentials.headers.iter().cloned();
        for (name, value) in cookies.into_iter().chain(fixed).chain(token) {
            if !is_set(&name) {
                headers.append(name, value);
            }
        }
    }
}

/// Returns whether a request without content says that its length is zero (RFC 9110, section 8.6). Some servers reject
/// it otherwise.
fn expects_content(method: Method) -> bool {
    matches!(method, Method::Post | Method::Put | Method::Patch | Method::Query)
}

/// Appends pairs to the query of a path and query.
fn with_query(mut target: String, pairs: &[String]) -> String {
    for pair in pairs {
        target.push(if target.contains('?') { '&' } else { '?' });
        target.push_str(pair);
    }
    target
}

/// Returns the cookies of a request and those of the credentials as one sensitive header value.
fn cookies(parts: &RequestParts, credentials: &[String]) -> Option<HeaderValue> {
    let declared = parts.headers().filter(|(name, _)| *name == COOKIE).map(|(_, value)| value);
    let all: Vec<_> = declared.chain(credentials.iter().map(String::as_str)).collect();
    if all.is_empty() { None } else { sensitive(&all.join("; ")) }
}

fn method(method: Method) -> http::Method {
    match method {
        Method::Get => http::Method::GET,
        Method::Put => http::Method::PUT,
        Method::Post => http::Method::POST,
        Method::Patch => http::Method::PATCH,
        Method::Delete => http::Method::DELETE,
        Method::Head => http::Method::HEAD,
        Method::Options => http::Method::OPTIONS,
        Method::Trace => http::Method::TRACE,
        // `http` has no constant for it yet. The name is valid, so this can't fail.
        Method::Query => http::Method::from_bytes(b"QUERY").unwrap_or_default(),
        // The generator checks that the name is valid.
        Method::Other(name) => http::Method::from_bytes(name.as_bytes()).unwrap_or_default(),
    }
}
