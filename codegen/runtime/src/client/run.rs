//! The attempts of a request: rate limits, credentials, retries.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use reqwest::header::HeaderMap;
use tracing::{Span, debug, warn};

use super::auth::Authorization;
use super::base_url::BaseUrl;
use super::client_context::ClientContext;
use super::limit::{Limiter, Permit, ReportedLimits};
use super::observer::{Observer, ResponseCheck, Wait, WaitReason};
use super::raw_response::RawResponse;
use super::request_credentials::BearerToken;
use super::retry::{self, RetryPolicy};
use super::transport::{OpenResponse, Outgoing};
use crate::error::{Attempts, Error, TransportFailure};
use crate::operation::{Operation, RateLimit};
use crate::request::{Body, RequestParts};
use crate::secrets::Secrets;

/// The maximum number of further access tokens that are tried if the server rejects the first one.
const MAX_TOKENS: u32 = 4;

/// The state of a request between its first attempt and its response.
pub(super) struct RequestRun<'a> {
    pub(super) context: &'a ClientContext,
    pub(super) authorization: Authorization,
    pub(super) secrets: Secrets,
    pub(super) limiter: Option<&'a Limiter>,
    pub(super) retry: &'a RetryPolicy,
    pub(super) operation: &'static Operation,
    pub(super) observer: &'a mut dyn Observer,
    /// Includes the current attempt.
    pub(super) attempts: Attempts,
    /// Whether the body is read as a stream.
    pub(super) is_stream: bool,
    /// Further headers.
    pub(super) headers: &'a HeaderMap,
    pub(super) span: Span,
}

/// A successful response.
pub(super) enum Fetched {
    Whole(RawResponse),
    /// The body is not read yet.
    Open(OpenResponse),
}

impl RequestRun<'_> {
    /// Makes attempts until one succeeds, or the retry policy says that there are enough.
    pub(super) async fn run(mut self, base: &BaseUrl, parts: &RequestParts) -> Result<Fetched, Error> {
        let mut parts = Cow::Borrowed(parts);
        let is_idempotent = parts.is_idempotent();
        loop {
            let error = match self.authorized_attempt(base, &parts).await {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            let is_smaller = is_idempotent && self.observer.shrink(&error, parts.to_mut());
            let attempts =
                Attempts { count: if is_smaller { 0 } else { self.attempts.count }, ..self.attempts };
            let wait = retry::retry_delay(self.retry, &error, attempts, is_idempotent);
            let Some(wait) = wait.filter(|_| can_send(&parts)) else {
                self.span.record("error.type", reason(&error));
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
    async fn authorized_attempt(&mut self, base: &BaseUrl, parts: &RequestParts) -> Result<Fetched, Error> {
        let (mut result, mut token) = self.attempt(base, parts, None).await;
        for rejections in 1..=MAX_TOKENS {
            let (Err(error), Some(rejected)) = (&result, &token) else { break };
            if !error.is_unauthorized()
                || !can_send(parts)
                || (rejections > 1 && !self.is_outdated(rejected).await)
            {
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
        match &self.authorization.tokens {
            Some(tokens) => tokens.is_outdated(token, self.context.clock.now()).await,
            None => false,
        }
    }

    /// Makes an attempt. With OAuth, also returns the access token that was sent.
    async fn attempt(
        &mut self,
        base: &BaseUrl,
        parts: &RequestParts,
        rejected: Option<&BearerToken>,
    ) -> (Result<Fetched, Error>, Option<BearerToken>) {
        let permit = self.permit().await;
        let token = match &self.authorization.tokens {
            None => None,
            Some(tokens) => match tokens.token(self.context, rejected).await {
                Ok(token) => Some(token),
                Err(failure) => return (Err(failure.into()), None),
            },
        };
        if self.attempts.count > 1 {
            self.span.record("http.request.resend_count", self.attempts.count - 1);
        }
        let mut permit = permit;
        if let Some(permit) = &mut permit {
            permit.sending();
        }
        let outgoing = Outgoing {
            base,
            parts,
            credentials: &self.authorization.fixed,
            token: token.as_ref(),
            secrets: &self.secrets,
            number: self.attempts.count,
            is_stream: self.is_stream,
            headers: self.headers,
        };
        let sent = self.context.sender.send(&outgoing).await;
        (self.receive(sent, permit, parts.is_idempotent()).await, token)
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
        sent: Result<OpenResponse, TransportFailure>,
        permit: Option<Permit>,
        is_idempotent: bool,
    ) -> Result<Fetched, Error> {
        let response = match sent {
            Ok(response) => response,
            Err(failure) => {
                if let Some(permit) = permit.filter(|_| !failure.may_have_arrived()) {
                    permit.not_sent();
                }
                return Err(failure.into());
            }
        };
        self.span.record("http.response.status_code", response.status());
        let server_time = response.server_time();
        let now = server_time.unwrap_or_else(|| self.context.clock.now());
        if let Some(permit) = permit {
            self.settle(permit, &response, now);
        }
        let warning_header = self.context.sender.api.declared_warning_header();
        if let Some(warning) = warning_header.and_then(|name| response.redacted_header(name)) {
            warn!(operation = self.operation.id(), warning = &*warning, "the server warns of this request");
        }
        let response = response.success(self.operation, is_idempotent, now).await?;
        if self.is_stream {
            return Ok(Fetched::Open(response));
        }
        let response = response.read(self.operation).await?;
        match self.observer.check(&response) {
            ResponseCheck::Complete => Ok(Fetched::Whole(response)),
            ResponseCheck::Incomplete => Err(TransportFailure::incomplete().into()),
            #[cfg(feature = "export")]
            ResponseCheck::Unexpected(error) => Err(response.into_unexpected(error)),
        }
    }

    /// Passes the rate limit headers of the response to the limiter.
    fn settle(&self, permit: Permit, response: &OpenResponse, now: SystemTime) {
        let header = self.operation.rate_limit().and_then(RateLimit::header);
        let limits = ReportedLimits::parse(header, |name| response.header(name));
        let pause = || self.retry.pause(response.header("retry-after"), now);
        permit.responded(limits, (response.status() == 429).then(pause));
    }

    fn notify(&mut self, reason: WaitReason, duration: Duration) {
        self.observer.waiting(&Wait { reason, duration, attempt: self.attempts.count });
    }
}

/// Returns whether a request can be sent again: its body is no stream that was read.
fn can_send(parts: &RequestParts) -> bool {
    parts.body().is_none_or(Body::can_send)
}

/// Returns why an attempt failed, without the server's message.
fn reason(error: &Error) -> String {
    error.status().map_or_else(|| format!("{:?}", error.kind()), |status| status.to_string())
}
