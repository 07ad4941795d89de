//! What an OAuth client is made of.

use std::fmt;
use std::sync::Arc;

use crate::tokens::{TokenStore, Tokens};

/// An OAuth client, its tokens, and where new ones are kept.
///
/// Shortly before the access token expires, and when the server does not take it, the client exchanges the
/// refresh token for a new pair; the old pair is dead from then on. So the new pair is saved *before* it is
/// used, and the exchange is finished even if the request that needed it is dropped. If saving fails, the
/// request fails with [`OAuthErrorKind::NotSaved`](crate::OAuthErrorKind::NotSaved); the client keeps the pair
/// in memory and tries to save it again at the next request.
///
/// One pair belongs to one `OAuth`: its clones share the tokens, but two processes with the same pair would
/// invalidate each other's.
#[derive(Clone)]
pub struct OAuth {
    pub(in crate::client) client_id: String,
    pub(in crate::client) client_secret: String,
    pub(in crate::client) tokens: Tokens,
    pub(in crate::client) store: Arc<dyn TokenStore>,
}

impl OAuth {
    /// The client's id and secret, the tokens as they were saved last, and the store for new ones.
    ///
    /// A file as in this example can be damaged by a crash while it is written; the read-me shows one that is
    /// replaced as a whole.
    ///
    /// ```
    /// use clientwright_runtime::{Auth, OAuth, Tokens};
    ///
    /// let tokens = Tokens::new("the access token", "the refresh token");
    /// let auth = Auth::oauth(OAuth::new("my_app", "its secret", tokens, |tokens: &Tokens| {
    ///     let text = format!("{}\n{}", tokens.access_token(), tokens.refresh_token());
    ///     Ok(std::fs::write("tokens.txt", text)?)
    /// }));
    /// # let _ = auth;
    /// ```
    pub fn new(
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
        tokens: Tokens,
        store: impl TokenStore + 'static,
    ) -> Self {
        Self {
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            tokens,
            store: Arc::new(store),
        }
    }
}

/// Shows nothing but the client's id.
impl fmt::Debug for OAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}
