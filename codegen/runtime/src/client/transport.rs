//! One request over HTTP, and its answer.

use std::borrow::Cow;
use std::time::SystemTime;

use bytes::Bytes;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, DATE, HeaderMap, HeaderValue, LOCATION};
use reqwest::{RequestBuilder, Response};
use serde_json::Value;

use super::address::BaseUrl;
use super::endpoint;
use super::sent::{Bearer, Fixed, hidden};
use super::upload::upload;
use crate::api::{Api, TokenRequest};
use crate::error::{ApiError, ConfigError, Error, TransportError};
use crate::json::fault::ends_early;
use crate::operation::{Method, Operation};
use crate::request::{FORM, JSON, Parts, encoded};

/// Takes requests to one place, each of them once.
#[derive(Clone)]
pub(super) struct Transport {
    pub(super) http: reqwest::Client,
    pub(super) base: BaseUrl,
    /// How operations reach servers of their own; none where all requests go to the address that was set.
    pub(super) servers: Option<OwnServers>,
    pub(super) api: &'static Api,
}

/// What leads to the servers that operations have of their own.
#[derive(Clone)]
pub(super) struct OwnServers {
    pub(super) variables: Vec<(String, String)>,
    pub(super) allow_insecure_http: bool,
}

/// The head of an answer, and a body that may still be on its way.
pub(super) struct Answer {
    response: Response,
    api: &'static Api,
}

impl Transport {
    /// The address that the paths of an operation's requests are added to.
    pub(super) fn base_of(&self, operation: &Operation) -> Result<Cow<'_, BaseUrl>, ConfigError> {
        let (Some(own), Some(server)) = (&self.servers, operation.servers().first()) else {
            return Ok(Cow::Borrowed(&self.base));
        };
        if server.url().starts_with('/') {
            return Ok(Cow::Owned(self.base.with_path(server.url())));
        }
        let is_known =
            |(name, _): &&(String, String)| server.variables().iter().any(|known| known.name() == name);
        let variables: Vec<_> = own.variables.iter().filter(is_known).cloned().collect();
        let base = BaseUrl::parse(&endpoint::address(server, &variables)?)?;
        base.check_encryption(own.allow_insecure_http)?;
        Ok(Cow::Owned(base))
    }

    /// Sends a request, until the head of the answer is there.
    pub(super) async fn send(
        &self,
        base: &BaseUrl,
        parts: &Parts,
        fixed: &Fixed,
        bearer: Option<&Bearer>,
    ) -> Result<Answer, TransportError> {
        let target = with_query(parts.url_path(), &fixed.query);
        let mut request = self.http.request(method(parts.method()), base.with(&target));
        for (name, value) in parts.headers().filter(|(name, _)| *name != COOKIE) {
            request = request.header(name, value);
        }
        if let Some(cookies) = cookies(parts, &fixed.cookies) {
            request = request.header(COOKIE, cookies);
        }
        for (name, value) in &fixed.headers {
            request = request.header(name, value);
        }
        if let Some(bearer) = bearer {
            request = request.header(AUTHORIZATION, &bearer.header);
        }
        if let Some(body) = parts.body() {
            request = request.header(CONTENT_TYPE, body.content_type()).body(upload(body));
        }
        let accept = parts.operation().accept();
        answer(request, accept, self.api).await
    }

    /// Sends a grant to where tokens are given for it, without credentials in the head.
    pub(super) async fn exchange_tokens(&self, grant: &[(&str, &str)]) -> Result<Answer, TransportError> {
        let url = self.api.token_endpoint().unwrap_or_default();
        let url = if url.starts_with('/') { self.base.with(url) } else { url.to_owned() };
        let (content_type, body) = if self.api.token_form() == TokenRequest::Json {
            let members = grant.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value)));
            (JSON, Value::Object(members.collect()).to_string())
        } else {
            let pairs = grant.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
            (FORM, pairs.collect::<Vec<_>>().join("&"))
        };
        let request = self.http.post(url).header(CONTENT_TYPE, content_type);
        answer(request.body(body), JSON, self.api).await
    }
}

/// Redirects are refused, even those that a client of the caller's making has followed.
async fn answer(request: RequestBuilder, accept: &str, api: &'static Api) -> Result<Answer, TransportError> {
    let (http, request) = request.header(ACCEPT, accept).build_split();
    let request = request.map_err(TransportError::new)?;
    let asked = BaseUrl::of(request.url());
    let response = http.execute(request).await.map_err(TransportError::new)?;
    if !asked.is_origin_of(response.url()) {
        return Err(TransportError::redirect(response.url().host_str().map(str::to_owned)));
    }
    if response.status().is_redirection() {
        let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
        return Err(TransportError::redirect(location.and_then(|location| asked.host_of(location))));
    }
    Ok(Answer { response, api })
}

impl Answer {
    pub(super) fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// The value of a header, if it is text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers().get(name)?.to_str().ok()
    }

    /// When the server gave the answer.
    pub(super) fn server_time(&self) -> Option<SystemTime> {
        httpdate::parse_http_date(self.header(DATE.as_str())?).ok()
    }

    /// The body, once it is all there, or what the server says if it refused.
    ///
    /// A refusal whose words broke off tells less than asking again, where that does no harm. Otherwise its
    /// status, and what came of the words, is what there is to tell.
    pub(super) async fn body(self, idempotent: bool) -> Result<Bytes, Error> {
        if self.response.status().is_success() {
            return Ok(whole(self.response).await?);
        }
        let status = self.status();
        let (api, headers) = (self.api, self.headers().clone());
        let (body, broken) = words(self.response).await;
        let passing = status == 429 || status >= 500;
        if idempotent
            && !passing
            && let Some(error) = broken
        {
            return Err(error.into());
        }
        let headers = headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        Err(ApiError::of(api, status, headers, &body).into())
    }
}

/// A body whose length the server tells gets room for so much at once; it may tell anything.
const ROOM: u64 = 8 << 20;
/// What the room of a long body is a multiple of. Pages are about as long as each other: so the place of one fits the
/// next, and an allocator need not give memory back to the system and ask for it again.
const STEP: u64 = 512 << 10;

/// The whole body. Pieces are taken over as they come, so that the connection can use their place again.
async fn whole(mut response: Response) -> Result<Bytes, TransportError> {
    let room = response.content_length().unwrap_or_default().min(ROOM);
    let room = if room > STEP { room.next_multiple_of(STEP) } else { room };
    let mut body = Vec::with_capacity(usize::try_from(room).unwrap_or_default());
    while let Some(piece) = response.chunk().await.map_err(TransportError::new)? {
        body.extend_from_slice(&piece);
    }
    Ok(body.into())
}

/// The body of a refusal as far as it came and is kept, and why there is no more of it.
async fn words(mut response: Response) -> (Vec<u8>, Option<TransportError>) {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(error) => return (body, Some(TransportError::new(error))),
        }
        if body.len() > ApiError::KEPT {
            return (body, None);
        }
    }
    let starts_as_json = body.trim_ascii_start().starts_with(b"{");
    let cut = starts_as_json && ends_early(&body);
    (body, cut.then(TransportError::cut_short))
}

/// A path and query with more pairs behind it.
fn with_query(mut target: String, pairs: &[String]) -> String {
    for pair in pairs {
        target.push(if target.contains('?') { '&' } else { '?' });
        target.push_str(pair);
    }
    target
}

/// The cookies of a request and those of the credentials, as one header that is not shown.
fn cookies(parts: &Parts, own: &[String]) -> Option<HeaderValue> {
    let declared = parts.headers().filter(|(name, _)| *name == COOKIE).map(|(_, value)| value);
    let all: Vec<_> = declared.chain(own.iter().map(String::as_str)).collect();
    if all.is_empty() { None } else { hidden(&all.join("; ")) }
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
        // Not among the names of the HTTP library yet; a method of these letters can't be refused.
        Method::Query => reqwest::Method::from_bytes(b"QUERY").unwrap_or_default(),
    }
}
