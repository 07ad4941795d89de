//! Where a request gets its access token from.

use std::sync::Arc;
use std::time::SystemTime;

use super::client_context::ClientContext;
use super::oauth::Session;
use super::request_credentials::{BearerToken, bearer_header};
use crate::error::{TokenFailure, TokenProblem};
use crate::secrets::Secrets;
use crate::tokens::TokenProvider;

/// Where a request gets its access token from.
#[derive(Clone)]
pub(super) enum TokenSource {
    /// Tokens that the client refreshes.
    Session(Arc<Session>),
    /// The program.
    Provider(Arc<dyn TokenProvider>),
}

impl TokenSource {
    /// Returns an access token that is valid as far as is known, and isn't the token that the server rejected.
    pub(super) async fn token(
        &self,
        context: &ClientContext,
        rejected: Option<&BearerToken>,
    ) -> Result<BearerToken, TokenFailure> {
        match self {
            Self::Session(session) => session.token(context, rejected).await,
            Self::Provider(provider) => {
                let rejected = rejected.and_then(|token| token.header.to_str().ok()?.strip_prefix("Bearer "));
                let token = provider.token(rejected).await.map_err(TokenFailure::of_provider)?;
                let header =
                    bearer_header(&token).ok_or_else(|| TokenFailure::new(TokenProblem::Provider))?;
                Ok(BearerToken { header, generation: 0, secrets: Secrets::new([&*token]) })
            }
        }
    }

    /// Returns true if another token is in use by now, or the token is due for a refresh.
    pub(super) async fn is_outdated(&self, token: &BearerToken, now: SystemTime) -> bool {
        match self {
            Self::Session(session) => session.is_outdated(token, now).await,
            Self::Provider(_) => false,
        }
    }
}
