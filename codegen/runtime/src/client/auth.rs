//! Credentials.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};

use super::config_error::{ConfigError, Problem};
use super::oauth::{OAuth, Session};
use crate::access;
use crate::declared::{ApiKey, Place};
use crate::request::encoded;

/// Credentials. No debug form, error, trace or address that is shown ever holds them.
#[derive(Clone)]
pub struct Auth(Vec<Kind>);

#[derive(Clone)]
enum Kind {
    Basic { user: String, secret: String },
    Bearer(String),
    Key(Place, String),
    OAuth(Arc<Session>),
}

/// What of the credentials is the same in each request.
#[derive(Clone, Default)]
pub(super) struct Fixed {
    /// Headers, marked as ones that must not be shown.
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    /// Pairs of the query, percent-encoded.
    pub(super) query: Vec<String>,
    /// Pairs of the header `Cookie`.
    pub(super) cookies: Vec<String>,
}

/// Where the credentials of a request come from.
#[derive(Clone)]
pub(super) struct Authorization {
    pub(super) fixed: Fixed,
    /// The header `Authorization`, if it changes.
    pub(super) session: Option<Arc<Session>>,
}

impl Auth {
    /// None, for what may be called by anyone.
    pub fn none() -> Self {
        Self(Vec::new())
    }

    /// The name or email address of a user, and the password: HTTP Basic.
    pub fn password(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self(vec![Kind::Basic { user: user.into(), secret: password.into() }])
    }

    /// An access token, of OAuth or another kind, which is never refreshed: HTTP Bearer.
    pub fn bearer(token: impl Into<String>) -> Self {
        Self(vec![Kind::Bearer(token.into())])
    }

    /// A key, sent to where the API takes it.
    ///
    /// ```
    /// # #[cfg(feature = "client")] {
    /// # use zendesk_client::{ApiKey, Auth};
    /// let auth = Auth::api_key(ApiKey::header("X-API-Key"), "the key");
    /// # }
    /// ```
    pub fn api_key(place: ApiKey, key: impl Into<String>) -> Self {
        Self(vec![Kind::Key(place.place(), key.into())])
    }

    /// OAuth with access tokens that expire and are exchanged for new ones. Clones share the tokens.
    pub fn oauth(oauth: OAuth) -> Self {
        Self(vec![Kind::OAuth(Arc::new(Session::new(oauth)))])
    }

    /// These credentials and others, for an API that asks for several at once.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    pub(super) fn authorization(&self) -> Result<Authorization, ConfigError> {
        let mut authorization = Authorization { fixed: Fixed::default(), session: None };
        let fine = self.0.iter().all(|kind| kind.add(&mut authorization).is_some());
        let Authorization { fixed, session } = &authorization;
        // Two headers of one name would be read as one or the other.
        let names =
            || fixed.headers.iter().map(|(name, _)| name).chain(session.iter().map(|_| &AUTHORIZATION));
        let twice =
            names().enumerate().any(|(index, name)| names().skip(index + 1).any(|other| other == name));
        if fine && !twice { Ok(authorization) } else { Err(ConfigError::new(Problem::Auth)) }
    }
}

impl Kind {
    /// Adds the credentials; nothing if they can't be sent.
    fn add(&self, to: &mut Authorization) -> Option<()> {
        let header = |value: String| Some((AUTHORIZATION, hidden(&value)?));
        match self {
            Self::OAuth(session)
                if session.is_complete() && to.session.is_none() && access::TOKEN_URL.is_some() =>
            {
                to.session = Some(Arc::clone(session));
            }
            Self::Basic { user, secret } if user.contains(':') || secret.is_empty() => return None,
            Self::Basic { user, secret } => {
                to.fixed
                    .headers
                    .push(header(format!("Basic {}", STANDARD.encode(format!("{user}:{secret}"))))?);
            }
            Self::Bearer(secret) | Self::Key(_, secret) if secret.is_empty() => return None,
            Self::Bearer(token) => to.fixed.headers.push((AUTHORIZATION, bearer_header(token)?)),
            Self::Key(Place::Scheme(scheme), key) => {
                to.fixed.headers.push(header(format!("{scheme} {key}"))?)
            }
            Self::Key(Place::Header(name), key) => {
                to.fixed.headers.push((HeaderName::from_bytes(name.as_bytes()).ok()?, hidden(key)?));
            }
            Self::Key(Place::Query(name), key) => {
                to.fixed.query.push(format!("{}={}", encoded(name), encoded(key)));
            }
            Self::Key(Place::Cookie(name), key) if is_cookie(key) => {
                to.fixed.cookies.push(format!("{}={key}", encoded(name)));
            }
            Self::OAuth(_) | Self::Key(Place::Cookie(_), _) => return None,
        }
        Some(())
    }
}

/// Whether a text can be the value of a cookie as it is (RFC 6265).
fn is_cookie(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte))
}

/// The header of an access token, if it can be sent in one.
pub(super) fn bearer_header(token: &str) -> Option<HeaderValue> {
    if token.is_empty() { None } else { hidden(&format!("Bearer {token}")) }
}

/// A header that is not shown.
pub(super) fn hidden(value: &str) -> Option<HeaderValue> {
    let mut header = HeaderValue::from_str(value).ok()?;
    header.set_sensitive(true);
    Some(header)
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tuple = f.debug_tuple("Auth");
        for kind in &self.0 {
            let kind = match kind {
                Kind::Basic { .. } => "Basic",
                Kind::Bearer(_) => "Bearer",
                Kind::Key(..) => "Key",
                Kind::OAuth(_) => "OAuth",
            };
            tuple.field(&format_args!("{kind} …"));
        }
        tuple.finish()
    }
}
