//! The settings of an OAuth client.

use std::fmt;
use std::sync::Arc;

use crate::tokens::{TokenStore, Tokens};

/// An OAuth client with its tokens, and a store for new ones.
///
/// Shortly before the access token expires, and when the server rejects it, the client exchanges the refresh token
/// for new tokens. The old ones are then no longer valid. Therefore the client saves the new tokens *before* it uses
/// them, and the refresh finishes even if the request that started it is dropped.
///
/// If the store fails, the request fails with an error of the kind [`TokenStore`](crate::ErrorKind::TokenStore). The
/// client keeps the tokens in memory, and the next request saves them first.
///
/// Clones of a client share the tokens. Two processes must not use the same tokens: a refresh in one process
/// invalidates the tokens of the other.
#[derive(Clone)]
pub struct OAuth {
    pub(in crate::client) client_id: String,
    pub(in crate::client) client_secret: String,
    pub(in crate::client) tokens: Tokens,
    pub(in crate::client) store: Arc<dyn TokenStore>,
}

impl OAuth {
    /// Creates an OAuth client from its ID and secret, the last saved tokens, and the store for new ones.
    ///
    /// The store in this example is not crash-safe: a crash during the write leaves an incomplete file. In production,
    /// write a new file and rename it.
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

/// Shows the client ID only.
impl fmt::Debug for OAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}
