//! One request over HTTP, and its answer.

use std::time::SystemTime;

use bytes::Bytes;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap, HeaderValue, LOCATION};
use reqwest::{RequestBuilder, Response};

use super::address::BaseUrl;
use crate::error::{ApiError, Error, TransportError};
use crate::operation::Method;
use crate::request::Parts;
use crate::wire::ends_early;

/// Takes requests to one place, each of them once.
#[derive(Clone)]
pub(super) struct Transport {
    pub(super) http: reqwest::Client,
    pub(super) base: BaseUrl,
}

/// The head of an answer, and a body that may still be on its way.
pub(super) struct Answer {
    response: Response,
}

impl Transport {
    /// Sends a request, until the head of the answer is there.
    pub(super) async fn send(
        &self,
        parts: &Parts,
        authorization: HeaderValue,
    ) -> Result<Answer, TransportError> {
        let mut request = self.http.request(method(parts.method()), self.base.with(&parts.url_path()));
        for (name, value) in parts.headers() {
            request = request.header(name, value);
        }
        if let Some(body) = parts.body() {
            request = request.header(CONTENT_TYPE, "application/json").body(body.to_vec());
        }
        self.answer(request.header(AUTHORIZATION, authorization)).await
    }

    /// Sends JSON without credentials in the head.
    pub(super) async fn post_json(&self, path: &str, body: String) -> Result<Answer, TransportError> {
        let request = self.http.post(self.base.with(path)).header(CONTENT_TYPE, "application/json");
        self.answer(request.body(body)).await
    }

    /// Redirects are refused, even those that a client of the caller's making has followed.
    async fn answer(&self, request: RequestBuilder) -> Result<Answer, TransportError> {
        let response =
            request.header(ACCEPT, "application/json").send().await.map_err(TransportError::new)?;
        if !self.base.is_origin_of(response.url()) {
            return Err(TransportError::redirect(response.url().host_str().map(str::to_owned)));
        }
        if response.status().is_redirection() {
            let location = response.headers().get(LOCATION).and_then(|location| location.to_str().ok());
            return Err(TransportError::redirect(location.and_then(|location| self.base.host_of(location))));
        }
        Ok(Answer { response })
    }
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
            return Ok(self.response.bytes().await.map_err(TransportError::new)?);
        }
        let status = self.status();
        let headers = self.headers().clone();
        let (body, broken) = words(self.response).await;
        let passing = status == 429 || status >= 500;
        if idempotent
            && !passing
            && let Some(error) = broken
        {
            return Err(error.into());
        }
        let headers = headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)));
        Err(ApiError::new(status, headers, &body).into())
    }
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

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Put => reqwest::Method::PUT,
        Method::Post => reqwest::Method::POST,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    }
}
