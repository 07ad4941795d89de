//! The tokens that are valid now, and their exchange for new ones.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use bytes::Bytes;
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::answer;
use super::settings::OAuth;
use crate::client::sent::{Bearer, bearer_header};
use crate::client::surroundings::Surroundings;
use crate::error::{Effort, Error, OAuthError, OAuthErrorKind};
use crate::tokens::{TokenStore, Tokens};

/// The tokens of all clients that were made with the same credentials.
pub(in super::super) struct Session {
    client_id: String,
    client_secret: String,
    store: Arc<dyn TokenStore>,
    /// Locked while tokens are exchanged, so that this happens once and everybody waits for the new ones.
    state: Arc<Mutex<State>>,
    /// How many exchanges have ended.
    ended: AtomicU64,
    complete: bool,
}

struct State {
    tokens: Tokens,
    /// Which pair it is, counted from 0.
    generation: u64,
    refresh_at: Option<SystemTime>,
    saved: bool,
    /// Why the last exchange came to nothing.
    failure: Option<OAuthError>,
}

impl Session {
    pub(in super::super) fn new(oauth: OAuth) -> Self {
        let OAuth { client_id, client_secret, tokens, store } = oauth;
        let complete = ![&*client_id, &*client_secret, tokens.refresh_token()].contains(&"");
        let refresh_at = answer::refresh_at(&tokens);
        let state = State { tokens, generation: 0, refresh_at, saved: true, failure: None };
        let (state, ended) = (Arc::new(Mutex::new(state)), AtomicU64::new(0));
        Self { client_id, client_secret, store, state, ended, complete }
    }

    /// An access token that is valid as far as is known, and is not the one that the server rejected.
    pub(in super::super) async fn bearer(
        self: &Arc<Self>,
        surroundings: &Surroundings,
        rejected: Option<&Bearer>,
    ) -> Result<Bearer, OAuthError> {
        let ended = self.ended.load(Ordering::Acquire);
        let state = Arc::clone(&self.state).lock_owned().await;
        if let Some(failure) = &state.failure {
            // The exchange that was waited for has failed for all who waited.
            let waited = ended != self.ended.load(Ordering::Acquire);
            if waited || failure.kind() == OAuthErrorKind::InvalidGrant {
                return Err(failure.clone());
            }
        }
        if let Some(bearer) = state.bearer(surroundings.clock.now(), rejected) {
            return Ok(bearer);
        }
        // A task of its own, because the old pair is dead once the server has the request: whoever waits for
        // it may be dropped, the new pair may not.
        let renewal = Arc::clone(self).renew(surroundings.clone(), state);
        tokio::spawn(renewal).await.unwrap_or_else(|_| Err(OAuthError::new(OAuthErrorKind::Stopped)))
    }

    /// Whether another token is in use by now, or it is time for another one.
    pub(in super::super) async fn is_outdated(&self, bearer: &Bearer, now: SystemTime) -> bool {
        let state = self.state.lock().await;
        state.generation != bearer.generation || state.is_due(now)
    }

    /// Gets, keeps and saves a new pair, or saves the one that was not saved yet.
    async fn renew(
        self: Arc<Self>,
        surroundings: Surroundings,
        mut state: OwnedMutexGuard<State>,
    ) -> Result<Bearer, OAuthError> {
        let result = self.try_renew(&surroundings, &mut state).await;
        state.failure = result.as_ref().err().cloned();
        self.ended.fetch_add(1, Ordering::Release);
        result
    }

    async fn try_renew(&self, surroundings: &Surroundings, state: &mut State) -> Result<Bearer, OAuthError> {
        if state.saved {
            let body = self.exchange(surroundings, &state.tokens).await.map_err(OAuthError::failed)?;
            let read = answer::read(&body, &state.tokens, surroundings.clock.now());
            let (tokens, refresh_at) = read.ok_or_else(|| OAuthError::new(OAuthErrorKind::Answer))?;
            *state =
                State { tokens, generation: state.generation + 1, refresh_at, saved: false, failure: None };
        }
        let saved = self.store.save(&state.tokens).await;
        saved.map_err(|error| OAuthError::not_saved(state.tokens.clone(), error))?;
        state.saved = true;
        state.header().ok_or_else(|| OAuthError::new(OAuthErrorKind::Answer))
    }

    /// Exchanges a refresh token. As it is valid once, it is sent again only if it can't have been used.
    async fn exchange(&self, surroundings: &Surroundings, tokens: &Tokens) -> Result<Bytes, Error> {
        let grant = [
            ("grant_type", "refresh_token"),
            ("refresh_token", tokens.refresh_token()),
            ("client_id", &self.client_id),
            ("client_secret", &self.client_secret),
        ];
        let mut effort = Effort::default();
        loop {
            let mut server_time = None;
            let failure = match surroundings.transport.exchange_tokens(&grant).await {
                Ok(answer) => {
                    server_time = answer.server_time();
                    match answer.body(false).await {
                        Ok(body) => return Ok(body),
                        Err(error) => error,
                    }
                }
                Err(error) => error.into(),
            };
            let Some(wait) = surroundings.wait_after(&failure, effort, false, server_time) else {
                return Err(failure.after(effort));
            };
            surroundings.clock.sleep(wait).await;
            effort = Effort { attempts: effort.attempts + 1, waited: effort.waited + wait };
        }
    }

    /// Whether all that a refresh needs is there.
    pub(in super::super) fn is_complete(&self) -> bool {
        self.complete
    }
}

impl State {
    /// The access token, unless it is time for a new one.
    fn bearer(&self, now: SystemTime, rejected: Option<&Bearer>) -> Option<Bearer> {
        let rejected = rejected.is_some_and(|bearer| bearer.generation == self.generation);
        if rejected || self.is_due(now) || !self.saved { None } else { self.header() }
    }

    fn is_due(&self, now: SystemTime) -> bool {
        self.refresh_at.is_some_and(|time| time <= now)
    }

    fn header(&self) -> Option<Bearer> {
        Some(Bearer { header: bearer_header(self.tokens.access_token())?, generation: self.generation })
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}
