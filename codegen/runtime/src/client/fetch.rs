//! Runs a request from its first attempt to its response: rate limits, credentials, retries.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use futures_util::future::BoxFuture;
use tracing::field::Empty;
use tracing::{Instrument as _, Span, debug, info_span, warn};

use super::api_client::Client;
use super::auth::Authorization;
use super::base_url::BaseUrl;
use super::client_context::ClientContext;
use super::limit::{Limiter, Permit, ReportedLimits};
use super::observer::{DecodeObserver, Observer, ResponseCheck, Wait, WaitReason};
use super::raw_response::RawResponse;
use super::request_credentials::BearerToken;
use super::transport::HttpResponse;
use super::whole_response::Response;
use crate::error::{Attempts, Error, TransportFailure};
use crate::nodes::lenient::Lenient;
use crate::operation::{Operation, RateLimit};
use crate::request::{IntoRequest, Request, RequestParts};
use crate::secrets::Secrets;

/// The maximum number of further access tokens that are tried if the server rejects the first one.
const MAX_TOKENS: u32 = 4;

impl Client {
    /// Sends a request and decodes the response.
    ///
    /// The client waits until the rate limits allow the request, and retries it according to the
    /// [`RetryPolicy`](crate::RetryPolicy). A successful response is never requested again, whatever it contains. The wait
    /// for the rate limits has no maximum. To set one, wrap the call in `tokio::time::timeout`.
    ///
    /// # Errors
    ///
    /// Returns an error if the request is not valid, no complete response arrives, the server responds with an error,
    /// or the response doesn't match its declared type.
    pub async fn send<R: IntoRequest>(&self, request: R) -> Result<R::Output, Error> {
        Ok(self.exchange(&request.into_request()?, self.is_lenient()).await?.1.value)
    }

    /// Sends a request as [`send`](Self::send) does, and returns the status code and the headers beside the value.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`send`](Self::send).
    pub async fn send_whole<R: IntoRequest>(&self, request: R) -> Result<Response<R::Output>, Error> {
        let (response, value) = self.exchange(&request.into_request()?, self.is_lenient()).await?;
        Ok(Response::new(response, value))
    }

    /// Sends a request as [`send`](Self::send) does, and leaves out of the value what doesn't match its declared type. See
    /// [`Lenient`].
    ///
    /// # Errors
    ///
    /// Returns the errors of [`send`](Self::send). A response is an error only if a required part of it doesn't match.
    pub async fn send_lenient<R: IntoRequest>(&self, request: R) -> Result<Lenient<R::Output>, Error> {
        Ok(self.exchange(&request.into_request()?, true).await?.1)
    }

    /// Sends a request as [`send`](Self::send) does, and returns `None` if the successful response has no content, and the
    /// type of the response needs some.
    ///
    /// Servers send 204 No Content also where the description declares content for all of 2XX. [`send`](Self::send)
    /// returns an error then, for which [`is_no_content`](Error::is_no_content) is true. Text, bytes and sequences need
    /// none: they are empty.
    ///
    /// # Errors
    ///
    /// Returns the other errors of [`send`](Self::send).
    pub async fn send_optional<R: IntoRequest>(&self, request: R) -> Result<Option<R::Output>, Error> {
        unless_no_content(self.send(request).await)
    }

    /// Sends a request, and returns the response and its value.
    async fn exchange<T: Send>(
        &self,
        request: &Request<T>,
        is_lenient: bool,
    ) -> Result<(RawResponse, Lenient<T>), Error> {
        let mut observer = DecodeObserver { request, is_lenient, decoded: None };
        let response = self.fetch(request.parts(), &mut observer).await?;
        match observer.finish(&response) {
            Ok(value) => {
                response.log_mismatches(&value.mismatches);
                Ok((response, value))
            }
            Err(error) => Err(response.into_error(error)),
        }
    }

    /// Sends a request and returns the response, not decoded.
    ///
    /// It is boxed so that it is compiled once, here: an `async fn` is compiled in each crate that awaits it.
    pub(crate) fn fetch<'a>(
        &'a self,
        parts: &'a RequestParts,
        observer: &'a mut dyn Observer,
    ) -> BoxFuture<'a, Result<RawResponse, Error>> {
        let operation = parts.operation();
        let span = info_span!(
            "request",
            api = self.0.context.transport.api.user_agent(),
            operation = operation.id(),
            method = operation.method().as_str(),
            path = operation.path(),
            attempt = Empty,
            status = Empty,
            wait = Empty,
        );
        let run = RequestRun {
            context: &self.0.context,
            authorization: self.0.credentials.of(operation),
            secrets: self.0.credentials.secrets(),
            limiter: self.0.limiter.as_ref(),
            operation,
            observer,
            attempts: Attempts::default(),
            span: span.clone(),
        };
        Box::pin(run.run(parts).instrument(span))
    }
}

/// The state of a request between its first attempt and its response.
struct RequestRun<'a> {
    context: &'a ClientContext,
    authorization: Authorization,
    secrets: &'a Secrets,
    limiter: Option<&'a Limiter>,
    operation: &'static Operation,
    observer: &'a mut dyn Observer,
    /// Includes the current attempt.
    attempts: Attempts,
    span: Span,
}

impl RequestRun<'_> {
    async fn run(mut self, parts: &RequestParts) -> Result<RawResponse, Error> {
        let mut parts = Cow::Borrowed(parts);
        let base = self.context.transport.base_of(self.operation)?;
        loop {
            let error = match self.authorized_attempt(&base, &parts).await {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            let is_idempotent = self.operation.method().is_idempotent();
            let is_smaller = is_idempotent && self.observer.shrink(&error, parts.to_mut());
            let attempts =
                Attempts { count: if is_smaller { 0 } else { self.attempts.count }, ..self.attempts };
            let Some(wait) = self.context.retry_delay(&error, attempts, is_idempotent) else {
                return Err(error.after(self.attempts));
            };
            debug!(reason = reason(&error), ?wait, "retrying the request");
            self.span.record("wait", tracing::field::debug(wait));
            self.notify(WaitReason::Retry, wait);
            self.context.clock.sleep(wait).await;
            self.attempts = Attempts { count: attempts.count + 1, waited: attempts.waited + wait };
            self.observer.retrying(&error);
        }
    }

    /// Makes an attempt, and further ones with new access tokens if the server rejects the token.
    ///
    /// If the server rejects a token that was obtained for this request, the credentials are not valid, unless the
    /// token has expired or was replaced by another request in the meantime.
    async fn authorized_attempt(
        &mut self,
        base: &BaseUrl,
        parts: &RequestParts,
    ) -> Result<RawResponse, Error> {
        let (mut result, mut token) = self.attempt(base, parts, None).await;
        for rejections in 1..=MAX_TOKENS {
            let (Err(error), Some(rejected)) = (&result, &token) else { break };
            if !error.is_unauthorized() || (rejections > 1 && !self.is_outdated(rejected).await) {
                break;
            }
            debug!("the server rejected the access token");
            self.attempts.count += 1;
            (result, token) = self.attempt(base, parts, Some(rejected)).await;
        }
        result
    }

    /// Returns true if a request would be sent with another access token now.
    async fn is_outdated(&mut self, token: &BearerToken) -> bool {
        match &self.authorization.session {
            Some(session) => session.is_outdated(token, self.context.clock.now()).await,
            None => false,
        }
    }

    /// Makes an attempt. With OAuth, also returns the access token that was sent.
    async fn attempt(
        &mut self,
        base: &BaseUrl,
        parts: &RequestParts,
        rejected: Option<&BearerToken>,
    ) -> (Result<RawResponse, Error>, Option<BearerToken>) {
        let permit = self.permit().await;
        let token = match &self.authorization.session {
            None => None,
            Some(session) => match session.token(self.context, rejected).await {
                Ok(token) => Some(token),
                Err(failure) => return (Err(failure.into()), None),
            },
        };
        self.span.record("attempt", self.attempts.count);
        let mut permit = permit;
        if let Some(permit) = &mut permit {
            permit.sending();
        }
        let fixed = &self.authorization.fixed;
        let sent = self.context.transport.send(base, parts, fixed, token.as_ref(), self.secrets).await;
        (self.receive(sent, permit).await, token)
    }

    /// Waits until the rate limits allow a request.
    async fn permit(&mut self) -> Option<Permit> {
        let limiter = self.limiter?;
        let limit = self.operation.rate_limit();
        let mut waiting = |duration| {
            debug!(?duration, bucket = limit.map(RateLimit::bucket), "waiting for the rate limit");
            self.notify(WaitReason::RateLimit, duration);
        };
        Some(limiter.acquire(limit, &mut waiting).await)
    }

    async fn receive(
        &mut self,
        sent: Result<HttpResponse, TransportFailure>,
        permit: Option<Permit>,
    ) -> Result<RawResponse, Error> {
        let response = match sent {
            Ok(response) => response,
            Err(failure) => {
                if let Some(permit) = permit.filter(|_| !failure.may_have_arrived()) {
                    permit.not_sent();
                }
                return Err(failure.into());
            }
        };
        self.span.record("status", response.status());
        let server_time = response.server_time();
        let now = server_time.unwrap_or_else(|| self.context.clock.now());
        if let Some(permit) = permit {
            self.settle(permit, &response, now);
        }
        let warning_header = self.context.transport.api.declared_warning_header();
        if let Some(warning) = warning_header.and_then(|name| response.redacted_header(name)) {
            warn!(operation = self.operation.id(), warning = &*warning, "the server warns of this request");
        }
        let response = response.read(self.operation, now).await?;
        match self.observer.check(&response) {
            ResponseCheck::Complete => Ok(response),
            ResponseCheck::Incomplete => Err(TransportFailure::incomplete().into()),
            #[cfg(feature = "export")]
            ResponseCheck::Unexpected(error) => Err(response.into_unexpected(error)),
        }
    }

    /// Passes the rate limit headers of the response to the limiter.
    fn settle(&self, permit: Permit, response: &HttpResponse, now: SystemTime) {
        let header = self.operation.rate_limit().and_then(RateLimit::header);
        let limits = ReportedLimits::parse(header, |name| response.header(name));
        let pause = || self.context.retry.pause(response.header("retry-after"), now);
        permit.responded(limits, (response.status() == 429).then(pause));
    }

    fn notify(&mut self, reason: WaitReason, duration: Duration) {
        self.observer.waiting(&Wait { reason, duration, attempt: self.attempts.count });
    }
}

/// Returns `None` for a successful response without content.
fn unless_no_content<T>(result: Result<T, Error>) -> Result<Option<T>, Error> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.is_no_content() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Returns why an attempt failed, without the server's message.
fn reason(error: &Error) -> String {
    error.status().map_or_else(|| format!("{:?}", error.kind()), |status| status.to_string())
}
