//! Runs a request from its first attempt to its response.

use futures_util::future::BoxFuture;
use reqwest::header::HeaderMap;
use tracing::field::Empty;
use tracing::{Instrument as _, Span, info_span};

use super::api_client::Client;
use super::auth::{Auth, Authorization};
use super::observer::Observer;
use super::raw_response::RawResponse;
use super::retry::RetryPolicy;
use super::run::{Fetched, RequestRun};
use super::transport::OpenResponse;
use crate::error::{Attempts, Error};
use crate::request::{RequestOptions, RequestParts};
use crate::secrets::Secrets;

impl Client {
    /// Sends a request and returns the response, not decoded.
    ///
    /// It is boxed so that it is compiled once, here: an `async fn` is compiled in each crate that awaits it.
    pub(crate) fn fetch<'a>(
        &'a self,
        parts: &'a RequestParts,
        observer: &'a mut dyn Observer,
    ) -> BoxFuture<'a, Result<RawResponse, Error>> {
        Box::pin(async move {
            match self.run(parts, observer, None).await? {
                Fetched::Whole(response) => Ok(response),
                Fetched::Open(response) => Ok(response.read(parts.operation()).await?),
            }
        })
    }

    /// Sends a request and returns the response when its head has arrived. `headers` are added to those of the request.
    pub(super) fn open<'a>(
        &'a self,
        parts: &'a RequestParts,
        observer: &'a mut dyn Observer,
        headers: &'a HeaderMap,
    ) -> BoxFuture<'a, Result<OpenResponse, Error>> {
        Box::pin(async move {
            match self.run(parts, observer, Some(headers)).await? {
                Fetched::Open(response) => Ok(response),
                // A request with headers for a stream is never read whole.
                Fetched::Whole(_) => Err(crate::error::TransportFailure::incomplete().into()),
            }
        })
    }

    /// Sends a request. With headers for a stream, it returns when the head of the response has arrived.
    async fn run(
        &self,
        parts: &RequestParts,
        observer: &mut dyn Observer,
        stream_headers: Option<&HeaderMap>,
    ) -> Result<Fetched, Error> {
        let operation = parts.operation();
        let sender = &self.0.context.sender;
        let base = sender.base_of(parts)?;
        let own_credentials = match parts.options().and_then(RequestOptions::auth_as::<Auth>) {
            Some(auth) => Some(auth.credentials(sender.api)?),
            None => None,
        };
        let credentials = own_credentials.as_ref().unwrap_or(&self.0.credentials);
        let is_trusted = own_credentials.is_some() || sender.is_trusted(&base, operation);
        let none = HeaderMap::new();
        let span = span(sender.api.user_agent(), parts, base.as_str());
        let run = RequestRun {
            context: &self.0.context,
            authorization: if is_trusted { credentials.of(operation) } else { Authorization::default() },
            secrets: secrets(credentials.secrets(), parts),
            limiter: self.0.limiter.as_ref(),
            retry: parts
                .options()
                .and_then(RequestOptions::retry_as::<RetryPolicy>)
                .unwrap_or(&self.0.context.retry),
            operation,
            observer,
            attempts: Attempts::default(),
            is_stream: stream_headers.is_some(),
            headers: stream_headers.unwrap_or(&none),
            span: span.clone(),
        };
        run.run(&base, parts).instrument(span).await
    }
}

/// Returns the credentials that no error may show, with those in the options.
fn secrets(known: &Secrets, parts: &RequestParts) -> Secrets {
    let headers = parts.options().into_iter().flat_map(RequestOptions::headers);
    let values: Vec<_> = headers.filter(|header| header.is_sensitive).map(|header| header.value).collect();
    known.with_values(values.iter().map(String::as_str))
}

/// Returns the span of a request. Its fields have the names of the semantic conventions of OpenTelemetry, but for those of
/// this crate.
fn span(api: &'static str, parts: &RequestParts, base: &str) -> Span {
    let operation = parts.operation();
    let server = reqwest::Url::parse(base).ok();
    let address = server.as_ref().and_then(reqwest::Url::host_str);
    let port = server.as_ref().and_then(reqwest::Url::port_or_known_default);
    info_span!(
        "request",
        otel.name = format_args!("{} {}", operation.method(), operation.path()),
        otel.kind = "client",
        api,
        operation = operation.id(),
        http.request.method = operation.method().as_str(),
        url.template = operation.path(),
        server.address = address,
        server.port = port,
        http.request.resend_count = Empty,
        http.response.status_code = Empty,
        error.type = Empty,
        wait = Empty,
    )
}
