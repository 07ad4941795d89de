//! A request from the first attempt to its answer: limits, credentials, retries.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use futures_util::future::BoxFuture;
use tracing::field::Empty;
use tracing::{Instrument as _, Span, debug, info_span, warn};

use super::address::BaseUrl;
use super::auth::Authorization;
use super::connection::Client;
use super::limit::{Limiter, Permit, Reports};
use super::observe::{Observer, Reading, Wait, WaitReason};
use super::sent::Bearer;
use super::surroundings::Surroundings;
use super::transport::Answer;
use crate::error::{Effort, Error, TransportError};
use crate::operation::{Operation, RateLimit};
use crate::request::{IntoRequest, Parts};

/// How many access tokens a request is sent with, beyond the first, if the server rejects them.
const REJECTIONS: u32 = 4;

/// An answer that the server gave willingly.
pub(crate) struct RawResponse {
    pub(crate) body: Bytes,
    /// The header `Date`.
    pub(crate) server_time: Option<SystemTime>,
}

impl Client {
    /// Sends a request and reads its answer. It waits for a place within the rate limits, and tries again as
    /// the [`RetryPolicy`](crate::RetryPolicy) says. There is no bound on waiting for a place: where there has to be one, put
    /// `tokio::time::timeout` around the call.
    ///
    /// # Errors
    ///
    /// If the request is not complete, no answer comes, the server refuses, or the answer has not the
    /// declared shape.
    pub async fn send<R: IntoRequest>(&self, request: R) -> Result<R::Output, Error> {
        let request = request.into_request()?;
        let mut reading = Reading { request: &request, answer: None };
        let response = self.fetch(request.parts(), &mut reading).await?;
        Ok(reading.answer.unwrap_or_else(|| request.decode(&response.body))?)
    }

    /// Sends a request, whatever the type of its answer is.
    ///
    /// What an `async fn` does is compiled in each crate that awaits it; boxed, it is compiled once, here.
    pub(crate) fn fetch<'a>(
        &'a self,
        parts: &'a Parts,
        observer: &'a mut dyn Observer,
    ) -> BoxFuture<'a, Result<RawResponse, Error>> {
        let operation = parts.operation();
        let span = info_span!(
            "request",
            api = self.0.surroundings.transport.api.user_agent(),
            operation = operation.id(),
            method = operation.method().as_str(),
            path = operation.path(),
            attempt = Empty,
            status = Empty,
            wait = Empty,
        );
        let surroundings = &self.0.surroundings;
        let exchange = Exchange {
            surroundings,
            authorization: self.0.credentials.of(operation),
            limiter: self.0.limiter.as_ref(),
            operation,
            observer,
            effort: Effort::default(),
            server_time: None,
            span: span.clone(),
        };
        Box::pin(exchange.run(parts).instrument(span))
    }
}

/// One request on its way.
struct Exchange<'a> {
    surroundings: &'a Surroundings,
    authorization: Authorization,
    limiter: Option<&'a Limiter>,
    operation: &'static Operation,
    observer: &'a mut dyn Observer,
    /// With the attempt that is under way.
    effort: Effort,
    /// Of the last answer.
    server_time: Option<SystemTime>,
    span: Span,
}

impl Exchange<'_> {
    async fn run(mut self, parts: &Parts) -> Result<RawResponse, Error> {
        let mut parts = Cow::Borrowed(parts);
        let base = self.surroundings.transport.base_of(self.operation)?;
        loop {
            let failure = match self.authorized_attempt(&base, &parts).await {
                Ok(response) => return Ok(response),
                Err(failure) => failure,
            };
            let idempotent = self.operation.method().is_idempotent();
            let wait = self.surroundings.wait_after(&failure, self.effort, idempotent, self.server_time);
            let Some(wait) = wait else { return Err(failure.after(self.effort)) };
            debug!(reason = reason(&failure), ?wait, "the request goes out again");
            self.span.record("wait", tracing::field::debug(wait));
            self.tell(WaitReason::Retry, wait);
            self.surroundings.clock.sleep(wait).await;
            self.effort = Effort { attempts: self.effort.attempts + 1, waited: self.effort.waited + wait };
            self.observer.retrying(&failure, parts.to_mut());
        }
    }

    /// An attempt, and others with new access tokens if the server rejects the one that was sent.
    ///
    /// That a token is rejected which was got for this request says that the credentials are of no use, unless
    /// it has expired or was exchanged by another request in the meantime.
    async fn authorized_attempt(&mut self, base: &BaseUrl, parts: &Parts) -> Result<RawResponse, Error> {
        let (mut result, mut sent) = self.attempt(base, parts, None).await;
        for rejections in 1..=REJECTIONS {
            let (Err(Error::Api(error)), Some(bearer)) = (&result, &sent) else { break };
            if !error.is_unauthorized() || (rejections > 1 && !self.is_outdated(bearer).await) {
                break;
            }
            debug!("the access token was not accepted");
            self.effort.attempts += 1;
            (result, sent) = self.attempt(base, parts, Some(bearer)).await;
        }
        result
    }

    /// Whether a request would be sent with another access token now.
    async fn is_outdated(&mut self, bearer: &Bearer) -> bool {
        match &self.authorization.session {
            Some(session) => session.is_outdated(bearer, self.surroundings.clock.now()).await,
            None => false,
        }
    }

    /// An attempt; with OAuth, also what it was authorized by.
    async fn attempt(
        &mut self,
        base: &BaseUrl,
        parts: &Parts,
        rejected: Option<&Bearer>,
    ) -> (Result<RawResponse, Error>, Option<Bearer>) {
        let permit = self.permit().await;
        let bearer = match &self.authorization.session {
            None => None,
            Some(session) => match session.bearer(self.surroundings, rejected).await {
                Ok(bearer) => Some(bearer),
                Err(error) => return (Err(error.into()), None),
            },
        };
        self.span.record("attempt", self.effort.attempts);
        let mut permit = permit;
        if let Some(permit) = &mut permit {
            permit.sending();
        }
        let sent =
            self.surroundings.transport.send(base, parts, &self.authorization.fixed, bearer.as_ref()).await;
        (self.receive(sent, permit).await, bearer)
    }

    /// A place within the limits.
    async fn permit(&mut self) -> Option<Permit> {
        let limiter = self.limiter?;
        let limit = self.operation.rate_limit();
        let mut waiting = |duration| {
            debug!(?duration, bucket = limit.map(RateLimit::bucket), "waiting for the rate limit");
            self.tell(WaitReason::RateLimit, duration);
        };
        Some(limiter.acquire(limit, &mut waiting).await)
    }

    async fn receive(
        &mut self,
        sent: Result<Answer, TransportError>,
        permit: Option<Permit>,
    ) -> Result<RawResponse, Error> {
        let answer = match sent {
            Ok(answer) => answer,
            Err(error) => {
                if let Some(permit) = permit.filter(|_| !error.may_have_arrived()) {
                    permit.not_sent();
                }
                return Err(error.into());
            }
        };
        self.span.record("status", answer.status());
        self.server_time = answer.server_time();
        if let Some(permit) = permit {
            self.settle(permit, &answer);
        }
        let warnings = self.surroundings.transport.api.warnings();
        if let Some(warning) = warnings.and_then(|name| answer.header(name)) {
            warn!(operation = self.operation.id(), warning, "the server warns of this request");
        }
        let server_time = self.server_time;
        let body = answer.body(self.operation.method().is_idempotent()).await?;
        if !self.observer.complete(&body) {
            return Err(TransportError::cut_short().into());
        }
        Ok(RawResponse { body, server_time })
    }

    /// Tells the limiter what the answer says of the limits.
    fn settle(&self, permit: Permit, answer: &Answer) {
        let header = self.operation.rate_limit().and_then(RateLimit::header);
        let reports = Reports::read(header, |name| answer.header(name));
        let now = self.server_time.unwrap_or_else(|| self.surroundings.clock.now());
        let pause = || self.surroundings.retry.pause(answer.header("retry-after"), now);
        permit.answered(reports, (answer.status() == 429).then(pause));
    }

    fn tell(&mut self, reason: WaitReason, duration: Duration) {
        self.observer.waiting(&Wait { reason, duration, attempt: self.effort.attempts });
    }
}

/// Why an attempt failed, without the server's words.
fn reason(failure: &Error) -> String {
    match failure {
        Error::Api(error) => error.status().to_string(),
        Error::Transport(error) => format!("{:?}", error.kind()),
        _ => String::from("other"),
    }
}
