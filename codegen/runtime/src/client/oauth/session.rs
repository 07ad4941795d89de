//! The current tokens, and their refresh.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use bytes::Bytes;
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::settings::{Grant, OAuth};
use super::token_response;
use crate::client::client_context::ClientContext;
use crate::client::platform::spawn;
use crate::client::request_credentials::{BearerToken, bearer_header};
use crate::error::{Attempts, Error, TokenFailure, TokenProblem};
use crate::secrets::Secrets;
use crate::tokens::{TokenStore, Tokens};

/// The tokens of all clients that were created with the same credentials.
pub(in super::super) struct Session {
    client_id: String,
    client_secret: String,
    store: Arc<dyn TokenStore>,
    /// Locked during a refresh, so that it happens once and all requests wait for the new tokens.
    state: Arc<Mutex<TokenState>>,
    /// The number of refreshes that have ended.
    ended: AtomicU64,
    is_complete: bool,
    grant: Grant,
    token_url: Option<String>,
}

struct TokenState {
    tokens: Tokens,
    /// The tokens, which no error may show.
    secrets: Secrets,
    /// The number of the token pair, counted from 0.
    generation: u64,
    refresh_at: Option<SystemTime>,
    is_saved: bool,
    /// The reason why the last refresh failed.
    failure: Option<TokenFailure>,
}

impl Session {
    pub(in super::super) fn new(oauth: OAuth) -> Self {
        let OAuth { client_id, client_secret, tokens, store, grant, token_url } = oauth;
        let has_token = !matches!(grant, Grant::RefreshToken) || !tokens.refresh_token().is_empty();
        let is_complete = !client_id.is_empty() && !client_secret.is_empty() && has_token;
        let refresh_at = token_response::refresh_at(&tokens);
        let secrets = secrets(&tokens);
        let state = TokenState { tokens, secrets, generation: 0, refresh_at, is_saved: true, failure: None };
        let (state, ended) = (Arc::new(Mutex::new(state)), AtomicU64::new(0));
        Self { client_id, client_secret, store, state, ended, is_complete, grant, token_url }
    }

    /// Returns an access token that is valid as far as is known, and isn't the token that the server rejected.
    pub(in super::super) async fn token(
        self: &Arc<Self>,
        context: &ClientContext,
        rejected: Option<&BearerToken>,
    ) -> Result<BearerToken, TokenFailure> {
        let ended = self.ended.load(Ordering::Acquire);
        let state = Arc::clone(&self.state).lock_owned().await;
        if let Some(failure) = &state.failure {
            // A refresh that fails is an error for all requests that waited for it.
            let has_waited = ended != self.ended.load(Ordering::Acquire);
            if has_waited || failure.is_invalid_grant() {
                return Err(failure.clone());
            }
        }
        if let Some(token) = state.current(context.clock.now(), rejected) {
            return Ok(token);
        }
        // A separate task: the old tokens are invalid once the server has the request, so the refresh must finish
        // even if the caller drops the request.
        let refresh = Arc::clone(self).refresh(context.clone(), state);
        spawn(refresh).await.unwrap_or_else(|| Err(TokenFailure::new(TokenProblem::Stopped)))
    }

    /// Returns true if another token is in use by now, or the token is due for a refresh.
    pub(in super::super) async fn is_outdated(&self, token: &BearerToken, now: SystemTime) -> bool {
        let state = self.state.lock().await;
        state.generation != token.generation || state.is_due(now)
    }

    /// Obtains and saves new tokens, or saves the new tokens that are not saved yet.
    async fn refresh(
        self: Arc<Self>,
        context: ClientContext,
        mut state: OwnedMutexGuard<TokenState>,
    ) -> Result<BearerToken, TokenFailure> {
        let result = self.try_refresh(&context, &mut state).await;
        state.failure = result.as_ref().err().cloned();
        self.ended.fetch_add(1, Ordering::Release);
        result
    }

    async fn try_refresh(
        &self,
        context: &ClientContext,
        state: &mut TokenState,
    ) -> Result<BearerToken, TokenFailure> {
        let no_token = || TokenFailure::new(TokenProblem::NoToken);
        if state.is_saved {
            let body = self.request(context, state).await.map_err(Error::into_token_failure)?;
            let parsed = token_response::parse(&body, &state.tokens, context.clock.now());
            let (tokens, refresh_at) = parsed.ok_or_else(no_token)?;
            let generation = state.generation + 1;
            let secrets = secrets(&tokens);
            *state = TokenState { tokens, secrets, generation, refresh_at, is_saved: false, failure: None };
        }
        let saved = self.store.save(&state.tokens).await;
        saved.map_err(|error| TokenFailure::not_saved(state.tokens.clone(), error))?;
        state.is_saved = true;
        state.token().ok_or_else(no_token)
    }

    /// Requests new tokens. A refresh token is valid once, so the request is repeated only if the server can't have
    /// used the token.
    async fn request(&self, context: &ClientContext, state: &TokenState) -> Result<Bytes, Error> {
        let grant = self.grant(state);
        let secrets = Secrets::new([&*self.client_secret]).with_tokens(&state.secrets);
        let mut attempts = Attempts::default();
        loop {
            let error = match context.sender.request_token(self.token_url(), &grant, secrets.clone()).await {
                Ok(response) => {
                    let now = response.server_time().unwrap_or_else(|| context.clock.now());
                    match response.body(false, now).await {
                        Ok(body) => return Ok(body),
                        Err(error) => error,
                    }
                }
                Err(failure) => failure.into(),
            };
            let Some(wait) = context.retry_delay(&error, attempts, false) else {
                return Err(error.after(attempts));
            };
            context.clock.sleep(wait).await;
            attempts = Attempts { count: attempts.count + 1, waited: attempts.waited + wait };
        }
    }

    /// Returns the parameters of a token request.
    fn grant<'g>(&'g self, state: &'g TokenState) -> Vec<(&'static str, &'g str)> {
        let mut grant = match &self.grant {
            Grant::RefreshToken => {
                vec![("grant_type", "refresh_token"), ("refresh_token", state.tokens.refresh_token())]
            }
            Grant::ClientCredentials(_) => vec![("grant_type", "client_credentials")],
        };
        grant.extend([("client_id", &*self.client_id), ("client_secret", &*self.client_secret)]);
        if let Grant::ClientCredentials(scopes) = &self.grant
            && !scopes.is_empty()
        {
            grant.push(("scope", scopes));
        }
        grant
    }

    /// Returns the URL for token requests, if it is not that of the description.
    pub(in super::super) fn token_url(&self) -> Option<&str> {
        self.token_url.as_deref()
    }

    /// Returns the secret of the OAuth client.
    pub(in super::super) fn client_secret(&self) -> &str {
        &self.client_secret
    }

    /// Returns true if all that a refresh needs is set.
    pub(in super::super) fn is_complete(&self) -> bool {
        self.is_complete
    }
}

impl TokenState {
    /// Returns the access token, unless it is due for a refresh.
    fn current(&self, now: SystemTime, rejected: Option<&BearerToken>) -> Option<BearerToken> {
        let is_rejected = rejected.is_some_and(|token| token.generation == self.generation);
        if is_rejected || self.is_due(now) || !self.is_saved || self.tokens.access_token().is_empty() {
            None
        } else {
            self.token()
        }
    }

    fn is_due(&self, now: SystemTime) -> bool {
        self.refresh_at.is_some_and(|time| time <= now)
    }

    fn token(&self) -> Option<BearerToken> {
        let header = bearer_header(self.tokens.access_token())?;
        Some(BearerToken { header, generation: self.generation, secrets: self.secrets.clone() })
    }
}

fn secrets(tokens: &Tokens) -> Secrets {
    Secrets::new([tokens.access_token(), tokens.refresh_token()])
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}
