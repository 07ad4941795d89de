//! Credentials.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::HeaderValue;

use super::config_error::{ConfigError, Problem};

/// Credentials. No debug form, error or address ever shows them.
#[derive(Clone)]
pub struct Auth(Kind);

#[derive(Clone)]
enum Kind {
    Basic { user: String, secret: String },
    Bearer(String),
}

impl Auth {
    /// An API token together with the email address of its user.
    pub fn api_token(email: impl Into<String>, token: impl Into<String>) -> Self {
        Self(Kind::Basic { user: format!("{}/token", email.into()), secret: token.into() })
    }

    /// The email address and the password of a user.
    pub fn password(email: impl Into<String>, password: impl Into<String>) -> Self {
        Self(Kind::Basic { user: email.into(), secret: password.into() })
    }

    /// An OAuth access token; the only kind that the chat endpoints take.
    pub fn bearer(token: impl Into<String>) -> Self {
        Self(Kind::Bearer(token.into()))
    }

    /// The value of the header, marked as one that must not be shown.
    pub(super) fn header(&self) -> Result<HeaderValue, ConfigError> {
        let value = match &self.0 {
            Kind::Basic { user, secret } if user.contains(':') || secret.is_empty() => {
                return Err(ConfigError::new(Problem::Auth));
            }
            Kind::Basic { user, secret } => format!("Basic {}", STANDARD.encode(format!("{user}:{secret}"))),
            Kind::Bearer(token) if token.is_empty() => return Err(ConfigError::new(Problem::Auth)),
            Kind::Bearer(token) => format!("Bearer {token}"),
        };
        let mut header = HeaderValue::from_str(&value).map_err(|_| ConfigError::new(Problem::Auth))?;
        header.set_sensitive(true);
        Ok(header)
    }
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.0 {
            Kind::Basic { .. } => "Basic",
            Kind::Bearer(_) => "Bearer",
        };
        f.debug_tuple("Auth").field(&format_args!("{kind} …")).finish()
    }
}
