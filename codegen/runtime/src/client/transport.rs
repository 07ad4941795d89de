//! Sends a request once, and reads its response.

use std::borrow::Cow;
use std::time::SystemTime;

use bytes::Bytes;
use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, DATE, HeaderMap, HeaderValue, LOCATION,
    TRANSFER_ENCODING,
};
use reqwest::{RequestBuilder, Response, Version};
use serde_json::Value;

use super::base_url::BaseUrl;
use super::raw_response::RawResponse;
use super::request_credentials::{BearerToken, FixedCredentials, sensitive};
use super::server_url::server_url;
use super::upload::upload;
use crate::api::{Api, TokenRequestFormat};
use crate::error::{ApiError, Arrival, ConfigProblem, Error, TransportFailure};
use crate::json::syntax::is_truncated;
use crate::operation::{Method, Operation};
use crate::percent::percent_encode;
use crate::request::{FORM, JSON, RequestParts};
use crate::secrets::Secrets;

/// Sends requests to the servers of an API, each request once.
#[derive(Clone)]
pub(super) struct Transport {
    pub(super) http: reqwest::Client,
    pub(super) base: BaseUrl,
    /// Settings for the servers of single operations. `None` if all requests go to a base URL that was set.
    pub(super) servers: Option<OperationServers>,
    pub(super) api: &'static Api,
    /// The maximum size of a body, in bytes.
    pub(super) max_body: usize,
}

/// Settings for the servers of single operations.
#[derive(Clone)]
pub(super) struct OperationServers {
    pub(super) variables: Vec<(String, String)>,
    pub(super) allow_insecure_http: bool,
}

/// A response whose body isn't read yet.
pub(super) struct HttpResponse {
    response: Response,
    api: &'static Api,
    max_body: usize,
    /// Credentials, which the response may repeat.
    secrets: Secrets,
    /// Whether the body of an error response is kept without them.
    hides_body: bool,
}

impl Transport {
    /// Returns the base URL of an operation.
    pub(super) fn base_of(&self, operation: &Operation) -> Result<Cow<'_, BaseUrl>, ConfigProblem> {
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
        base.check_https(settings.allow_insecure_http)?;
        Ok(Cow::Owned(base))
    }

    /// Sends a request and returns when the head of the response has arrived.
    pub(super) async fn send(
        &self,
        base: &BaseUrl,
        parts: &RequestParts,
        fixed: &FixedCredentials,
        token: Option<&BearerToken>,
        secrets: &Secrets,
    ) -> Result<HttpResponse, TransportFailure> {
        let target = with_query(parts.path_and_query(), &fixed.query);
        let mut request = self.http.request(method(parts.method()), base.join(&target));
        for (name, value) in parts.headers().filter(|(name, _)| *name != COOKIE) {
            request = request.header(name, value);
        }
        if let Some(cookies) = cookies(parts, &fixed.cookies) {
            request = request.header(COOKIE, cookies);
        }
        for (name, value) in &fixed.headers {
            request = request.header(name, value);
        }
        if let Some(token) = token {
            request = request.header(AUTHORIZATION, &token.header);
        }
        if let Some(body) = parts.body() {
            request = request.header(CONTENT_TYPE, body.content_type()).body(upload(body));
        }
        // The HTTP library sends no length of a body without bytes.
        if parts.body().map_or_else(|| expects_content(parts.method()), |body| body.len() == 0) {
            request = request.header(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        let accept = parts.accept();
        let operation = parts.operation();
        let secrets = token.map_or_else(|| secrets.clone(), |token| secrets.with_tokens(&token.secrets));
        let response = execute(request, accept, |status| operation.is_declared_redirect(status)).await;
        let response = response.map_err(|failure| failure.redacted(&secrets))?;
        Ok(self.received(response, secrets, false))
    }

    fn received(&self, response: Response, secrets: Secrets, hides_body: bool) -> HttpResponse {
        HttpResponse { response, api: self.api, max_body: self.max_body, secrets, hides_body }
    }

    /// Sends a grant to the token URL, without credentials in the head. `secrets` are the values that no error may show.
    pub(super) async fn request_token(
        &self,
        grant: &[(&str, &str)],
        secrets: Secrets,
    ) -> Result<HttpResponse, TransportFailure> {
        let url = self.api.declared_token_url().unwrap_or_default();
        let url = if url.starts_with('/') { self.base.join(url) } else { url.to_owned() };
        let (content_type, body) = if self.api.token_request_format() == TokenRequestFormat::Json {
            let properties = grant.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value)));
            (JSON, Value::Object(properties.collect()).to_string())
        } else {
            let pairs = grant
                .iter()
                .map(|(name, value)| format!("{}={}", percent_encode(name), percent_encode(value)));
            (FORM, pairs.collect::<Vec<_>>().join("&"))
        };
        let request = self.http.post(url).header(CONTENT_TYPE, content_type);
        let response = execute(request.body(body), JSON, |_| false).await;
        let response = response.map_err(|failure| failure.redacted(&secrets))?;
        Ok(self.received(response, secrets, true))
    }
}

/// Sends a request. A redirect is never followed. Unless it is expected, it is an error.
async fn execute(
    request: RequestBuilder,
    accept: &str,
    is_expected: impl Fn(u16) -> bool,
) -> Result<Response, TransportFailure> {
    let (http, request) = request.header(ACCEPT, accept).build_split();
    let request = request.map_err(TransportFailure::new)?;
    let requested = BaseUrl::of_request(request.url());
    let response = http.execute(request).await.map_err(TransportFailure::new)?;
    let status = response.status().as_u16();
    if matches!(status, 301 | 302 | 303 | 307 | 308) && !is_expected(status) {
        let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
        return Err(TransportFailure::redirect(location.and_then(|location| requested.host_of(location))));
    }
    Ok(response)
}

impl HttpResponse {
    pub(super) fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// Returns the value of a header field, if it is a string.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers().get(name)?.to_str().ok()
    }

    /// Returns the value of a header field without credentials, if it is a string.
    pub(super) fn redacted_header(&self, name: &str) -> Option<Cow<'_, str>> {
        self.header(name).map(|value| self.secrets.redacted(value))
    }

    /// Returns the time in the header field `Date`.
    pub(super) fn server_time(&self) -> Option<SystemTime> {
        httpdate::parse_http_date(self.header(DATE.as_str())?).ok()
    }

    /// Reads the response to a request for an operation. See [`body`](Self::body).
    pub(super) async fn read(
        mut self,
        operation: &'static Operation,
        now: SystemTime,
    ) -> Result<RawResponse, Error> {
        let (status, server_time) = (self.status(), self.server_time());
        let is_success = self.response.status().is_success() || operation.is_declared_redirect(status);
        if !is_success {
            return Err(self.into_error(operation.method().is_idempotent(), now).await);
        }
        let is_delimited = is_delimited(&self.response);
        let headers = std::mem::take(self.response.headers_mut());
        let body = read_body(self.response, self.max_body).await?;
        let secrets = self.secrets;
        Ok(RawResponse { operation, status, headers, body, server_time, is_delimited, secrets })
    }

    /// Reads the body. An error response becomes an error.
    pub(super) async fn body(self, is_idempotent: bool, now: SystemTime) -> Result<Bytes, Error> {
        if self.response.status().is_success() {
            return Ok(read_body(self.response, self.max_body).await?);
        }
        Err(self.into_error(is_idempotent, now).await)
    }

    /// Reads an error response, which becomes an [`ApiError`], with `now` as the time of its arrival.
    ///
    /// If its body is incomplete, the error is that of the transport where the request can be repeated: a second attempt
    /// may give the complete message. Otherwise the status and the start of the body are all that is known.
    async fn into_error(self, is_idempotent: bool, now: SystemTime) -> Error {
        let status = self.status();
        let (api, headers) = (self.api, self.headers().clone());
        let (body, failure) = read_error_body(self.response).await;
        let body = if self.hides_body { self.secrets.redacted_bytes(body) } else { body };
        let is_temporary = status == 429 || status >= 500;
        if is_idempotent
            && !is_temporary
            && let Some(failure) = failure
        {
            return failure.into();
        }
        let headers = headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        let arrival = Arrival { now, is_idempotent, secrets: &self.secrets };
        ApiError::received(&arrival, api, status, headers, &body).into()
    }
}

/// The maximum capacity that is reserved for a body at once, in bytes. The declared length of a body may be wrong.
const MAX_CAPACITY: u64 = 8 << 20;
/// The capacity for a long body is a multiple of this, in bytes. Pages have similar lengths: the memory of one page
/// then fits the next, and the allocator doesn't return it to the system in between.
const CAPACITY_STEP: u64 = 512 << 10;

/// Returns whether the response states where its body ends: by its length or by chunks. Otherwise the end of the
/// connection ends it, so that a part of it can't be distinguished from all of it (RFC 9112, section 6.3).
fn is_delimited(response: &Response) -> bool {
    let headers = response.headers();
    response.version() > Version::HTTP_11
        || headers.contains_key(CONTENT_LENGTH)
        || headers.contains_key(TRANSFER_ENCODING)
}

/// Reads an entire body of at most `maximum` bytes. Chunks are copied as they arrive, so that the connection can reuse
/// their memory.
async fn read_body(mut response: Response, maximum: usize) -> Result<Bytes, TransportFailure> {
    let too_large = || TransportFailure::too_large(maximum);
    let length = response.content_length().unwrap_or_default();
    if usize::try_from(length).map_or(true, |length| length > maximum) {
        return Err(too_large());
    }
    let capacity = length.min(MAX_CAPACITY);
    let capacity = if capacity > CAPACITY_STEP { capacity.next_multiple_of(CAPACITY_STEP) } else { capacity };
    let mut body = Vec::with_capacity(usize::try_from(capacity).unwrap_or_default());
    while let Some(chunk) = response.chunk().await.map_err(TransportFailure::new)? {
        if chunk.len() > maximum - body.len() {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.into())
}

/// Reads the body of an error response up to the length that is kept. Also returns why it is incomplete, if it is.
async fn read_error_body(mut response: Response) -> (Vec<u8>, Option<TransportFailure>) {
    let is_delimited = is_delimited(&response);
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(error) => return (body, Some(TransportFailure::new(error))),
        }
        if body.len() > ApiError::MAX_BODY {
            return (body, None);
        }
    }
    let is_incomplete = !is_delimited && body.trim_ascii_start().starts_with(b"{") && is_truncated(&body);
    (body, is_incomplete.then(TransportFailure::incomplete))
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

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Put => reqwest::Method::PUT,
        Method::Post => reqwest::Method::POST,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
        Method::Head => reqwest::Method::HEAD,
        Method::Options => reqwest::Method::OPTIONS,
        Method::Trace => reqwest::Method::TRACE,
        // `http` has no constant for it yet. The name is valid, so this can't fail.
        Method::Query => reqwest::Method::from_bytes(b"QUERY").unwrap_or_default(),
        // The generator checks that the name is valid.
        Method::Other(name) => reqwest::Method::from_bytes(name.as_bytes()).unwrap_or_default(),
    }
}
