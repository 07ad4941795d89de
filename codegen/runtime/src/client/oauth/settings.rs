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
    pub(in crate::client) grant: Grant,
    pub(in crate::client) token_url: Option<String>,
}

/// How an access token is obtained.
#[derive(Clone, Debug)]
pub(in crate::client) enum Grant {
    /// By a refresh token.
    RefreshToken,
    /// By the client ID and secret alone, for these scopes.
    ClientCredentials(String),
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
            grant: Grant::RefreshToken,
            token_url: None,
        }
    }

    /// Creates an OAuth client for the grant `client_credentials`: the access token is for the client itself. It is requested
    /// before the first request, and again when it expires.
    ///
    /// ```
    /// use clientwright_runtime::{Auth, OAuth};
    ///
    /// let oauth = OAuth::client_credentials("my_app", "its secret", ["read", "write"]);
    /// let auth = Auth::oauth(oauth.token_url("https://auth.example.com/token"));
    /// # let _ = auth;
    /// ```
    pub fn client_credentials(
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
        scopes: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        let scopes: Vec<String> = scopes.into_iter().map(Into::into).collect();
        let grant = Grant::ClientCredentials(scopes.join(" "));
        let store = |_: &Tokens| Ok(());
        Self { grant, ..Self::new(client_id, client_secret, Tokens::new("", ""), store) }
    }

    /// Sets the URL for token requests. The default is the one in the description.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }
}

/// Shows the client ID only.
impl fmt::Debug for OAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}
