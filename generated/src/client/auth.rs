//! Credentials.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::HeaderValue;

use super::config_error::{ConfigError, Problem};
use super::oauth::{OAuth, Session};

/// Credentials. No debug form, error or address ever shows them.
#[derive(Clone)]
pub struct Auth(Kind);

#[derive(Clone)]
enum Kind {
    Basic { user: String, secret: String },
    Bearer(String),
    OAuth(Arc<Session>),
}

/// Where the header of a request comes from.
#[derive(Clone)]
pub(super) enum Authorization {
    /// It is always the same, and marked as one that must not be shown.
    Fixed(HeaderValue),
    Session(Arc<Session>),
}

impl Auth {
    /// An API token together with the email address of its user. Not for the chat endpoints.
    ///
    /// The vendor has announced the end of API tokens for 2027-04-30; [`oauth`](Self::oauth) is what lasts.
    pub fn api_token(email: impl Into<String>, token: impl Into<String>) -> Self {
        Self(Kind::Basic { user: format!("{}/token", email.into()), secret: token.into() })
    }

    /// The email address and the password of a user. Not for the chat endpoints.
    pub fn password(email: impl Into<String>, password: impl Into<String>) -> Self {
        Self(Kind::Basic { user: email.into(), secret: password.into() })
    }

    /// An OAuth access token, which is never refreshed: for one that does not expire. Only OAuth, this one or
    /// [`oauth`](Self::oauth), is taken by the chat endpoints.
    pub fn bearer(token: impl Into<String>) -> Self {
        Self(Kind::Bearer(token.into()))
    }

    /// OAuth with access tokens that expire and are exchanged for new ones. Clones share the tokens.
    pub fn oauth(oauth: OAuth) -> Self {
        Self(Kind::OAuth(Arc::new(Session::new(oauth))))
    }

    pub(super) fn authorization(&self) -> Result<Authorization, ConfigError> {
        let header = match &self.0 {
            Kind::OAuth(session) if session.is_complete() => {
                return Ok(Authorization::Session(Arc::clone(session)));
            }
            Kind::Basic { user, secret } if !user.contains(':') && !secret.is_empty() => {
                hidden(&format!("Basic {}", STANDARD.encode(format!("{user}:{secret}"))))
            }
            Kind::Bearer(token) => bearer_header(token),
            Kind::Basic { .. } | Kind::OAuth(_) => None,
        };
        header.map(Authorization::Fixed).ok_or_else(|| ConfigError::new(Problem::Auth))
    }
}

/// The header of an access token, if it can be sent in one.
pub(super) fn bearer_header(token: &str) -> Option<HeaderValue> {
    if token.is_empty() { None } else { hidden(&format!("Bearer {token}")) }
}

fn hidden(value: &str) -> Option<HeaderValue> {
    let mut header = HeaderValue::from_str(value).ok()?;
    header.set_sensitive(true);
    Some(header)
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.0 {
            Kind::Basic { .. } => "Basic",
            Kind::Bearer(_) => "Bearer",
            Kind::OAuth(_) => "OAuth",
        };
        f.debug_tuple("Auth").field(&format_args!("{kind} …")).finish()
    }
}
