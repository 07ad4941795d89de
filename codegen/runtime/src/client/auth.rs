//! The credentials of a client, and which of them a request needs.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{AUTHORIZATION, HeaderName};

use super::oauth::{OAuth, Session};
use super::request_credentials::{FixedCredentials, bearer_header, sensitive};
use super::token_source::TokenSource;
use crate::api::{Api, ApiKeyLocation, Location, SchemeKind, SecurityRequirement, SecurityScheme};
use crate::error::ConfigProblem;
use crate::operation::Operation;
use crate::percent::percent_encode;
use crate::secrets::{Secrets, is_hidden};
use crate::tokens::{TokenFile, TokenProvider};

/// Credentials. They never appear in debug output, errors, traces or displayed URLs.
#[derive(Clone)]
pub struct Auth(Vec<Credential>);

#[derive(Clone)]
enum Credential {
    Basic { user: String, password: String },
    Bearer(String),
    ApiKey(ApiKeyLocation, String),
    OAuth(Arc<Session>),
    Provider(Arc<dyn TokenProvider>),
}

/// The credentials of a request.
#[derive(Clone, Default)]
pub(super) struct Authorization {
    pub(super) fixed: FixedCredentials,
    /// Where the current access token is.
    pub(super) tokens: Option<TokenSource>,
}

/// The credentials of a client.
#[derive(Clone)]
pub(super) struct Credentials {
    api: &'static Api,
    all: Vec<Credential>,
    /// The credentials of operations without own security requirements.
    default: Authorization,
    /// What no error may show, except for access tokens that are refreshed.
    secrets: Secrets,
}

impl Auth {
    /// Creates empty credentials, for operations that require none.
    pub fn none() -> Self {
        Self(Vec::new())
    }

    /// Creates credentials for HTTP Basic authentication: a user name and a password.
    pub fn basic(user: impl Into<String>, password: impl Into<String>) -> Self {
        Self(vec![Credential::Basic { user: user.into(), password: password.into() }])
    }

    /// Creates credentials for HTTP Bearer authentication: an access token that is not refreshed.
    pub fn bearer(token: impl Into<String>) -> Self {
        Self(vec![Credential::Bearer(token.into())])
    }

    /// Creates credentials from an API key, which is sent in a header, the query or a cookie.
    ///
    /// ```
    /// # #[cfg(feature = "client")] {
    /// # use clientwright_runtime::{ApiKeyLocation, Auth};
    /// let auth = Auth::api_key(ApiKeyLocation::header("X-API-Key"), "the key");
    /// # }
    /// ```
    pub fn api_key(location: ApiKeyLocation, key: impl Into<String>) -> Self {
        Self(vec![Credential::ApiKey(location, key.into())])
    }

    /// Creates credentials for OAuth, with access tokens that expire and are refreshed. Clones share the tokens.
    pub fn oauth(oauth: OAuth) -> Self {
        Self(vec![Credential::OAuth(Arc::new(Session::new(oauth)))])
    }

    /// Creates credentials for HTTP Bearer authentication from access tokens that the program provides: a closure that
    /// returns one, or another [`TokenProvider`].
    ///
    /// ```
    /// # #[cfg(feature = "client")] {
    /// # use clientwright_runtime::Auth;
    /// # async fn current_token() -> Result<String, std::io::Error> { Ok("token".to_owned()) }
    /// let auth = Auth::provider(|| async { current_token().await });
    /// # }
    /// ```
    pub fn provider(provider: impl TokenProvider + 'static) -> Self {
        Self(vec![Credential::Provider(Arc::new(provider))])
    }

    /// Creates credentials for HTTP Bearer authentication from a file with an access token. It is read for each attempt, so
    /// that another program can replace the token.
    pub fn token_file(path: impl Into<std::path::PathBuf>) -> Self {
        Self::provider(TokenFile(path.into()))
    }

    /// Adds other credentials, for an API that requires several together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    pub(super) fn credentials(&self, api: &'static Api) -> Result<Credentials, ConfigProblem> {
        let all = authorization(self.0.iter(), api).ok_or(ConfigProblem::Auth)?;
        if let Some(name) = all.duplicate_header() {
            return Err(ConfigProblem::AuthHeader(name));
        }
        let all = self.0.clone();
        let default = authorization(required(&all, api, api.declared_security()), api).unwrap_or_default();
        let secrets: Vec<_> = all.iter().flat_map(Credential::secrets).collect();
        let secrets = Secrets::new(secrets.iter().map(String::as_str));
        Ok(Credentials { api, all, default, secrets })
    }
}

impl Credentials {
    /// Returns what no error may show, except for access tokens that are refreshed.
    pub(super) fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// Returns the credentials that an operation requires.
    pub(super) fn of(&self, operation: &Operation) -> Authorization {
        match operation.security() {
            None => self.default.clone(),
            Some([]) => authorization(undeclared(&self.all, self.api), self.api).unwrap_or_default(),
            Some(requirements) => {
                authorization(required(&self.all, self.api, requirements), self.api).unwrap_or_default()
            }
        }
    }
}

/// Returns the credentials that match no security scheme of the API. They are always sent: the caller added them on
/// purpose.
fn undeclared<'c>(all: &'c [Credential], api: &'static Api) -> impl Iterator<Item = &'c Credential> {
    all.iter().filter(|one| !api.declared_schemes().iter().any(|scheme| one.matches(scheme.kind())))
}

/// Returns the credentials for the first requirement that can be met. If none can, those that any requirement names: the
/// server says what is missing. Credentials for other security schemes are not sent.
fn required<'c>(
    all: &'c [Credential],
    api: &'static Api,
    requirements: &[SecurityRequirement],
) -> Box<dyn Iterator<Item = &'c Credential> + 'c> {
    let scheme = |name: &&str| api.declared_schemes().iter().find(|scheme| scheme.name() == *name);
    let is_met = |names: &&SecurityRequirement| {
        let met =
            |name: &&str| scheme(name).is_some_and(|scheme| all.iter().any(|one| one.matches(scheme.kind())));
        !names.is_empty() && names.iter().all(met)
    };
    if requirements.is_empty() {
        return Box::new(all.iter());
    }
    // An empty requirement means that credentials are optional.
    let names = requirements.iter().find(is_met).map(|names| vec![*names]);
    let names = names.unwrap_or_else(|| requirements.to_vec());
    let names = names.into_iter().flatten();
    let wanted: Vec<SchemeKind> = names.filter_map(scheme).map(SecurityScheme::kind).collect();
    let named = all.iter().filter(move |one| wanted.iter().any(|scheme| one.matches(*scheme)));
    Box::new(named.chain(undeclared(all, api)))
}

/// Prepares credentials for a request, or returns `None` if they can't be sent.
fn authorization<'c>(credentials: impl Iterator<Item = &'c Credential>, api: &Api) -> Option<Authorization> {
    let mut authorization = Authorization::default();
    for credential in credentials {
        credential.add_to(&mut authorization, api)?;
    }
    Some(authorization)
}

impl Authorization {
    /// Returns the name that two header fields have, if there are two. A server would use only one of them.
    fn duplicate_header(&self) -> Option<HeaderName> {
        let session = self.tokens.iter().map(|_| &AUTHORIZATION);
        let mut names: Vec<_> = self.fixed.headers.iter().map(|(name, _)| name).chain(session).collect();
        while let Some(name) = names.pop() {
            if names.contains(&name) {
                return Some(name.clone());
            }
        }
        None
    }
}

impl Credential {
    /// Returns the texts that no error may show. Some APIs take a key as the user name, with a short password or none.
    fn secrets(&self) -> Vec<String> {
        match self {
            Self::Basic { user, password } => {
                let encoded = encoded(user, password);
                let user = (!is_hidden(password)).then(|| user.clone());
                user.into_iter().chain([password.clone(), encoded]).collect()
            }
            Self::Bearer(secret) | Self::ApiKey(_, secret) => vec![secret.clone()],
            Self::OAuth(session) => vec![session.client_secret().to_owned()],
            Self::Provider(_) => Vec::new(),
        }
    }

    /// Returns true if this is a credential for a security scheme.
    fn matches(&self, scheme: SchemeKind) -> bool {
        match (self, scheme) {
            (Self::Basic { .. }, SchemeKind::Basic)
            | (Self::Bearer(_) | Self::OAuth(_) | Self::Provider(_), SchemeKind::Bearer) => true,
            (Self::ApiKey(location, _), SchemeKind::Key(declared)) => location.is_same(&declared),
            _ => false,
        }
    }

    /// Adds the credential to those of a request. Returns `None` if it can't be sent.
    fn add_to(&self, to: &mut Authorization, api: &Api) -> Option<()> {
        let header = |value: String| Some((AUTHORIZATION, sensitive(&value)?));
        match self {
            Self::OAuth(session)
                if to.tokens.is_none()
                    && session.is_complete()
                    && (session.token_url().is_some() || api.declared_token_url().is_some()) =>
            {
                to.tokens = Some(TokenSource::Session(Arc::clone(session)));
            }
            Self::Provider(provider) if to.tokens.is_none() => {
                to.tokens = Some(TokenSource::Provider(Arc::clone(provider)));
            }
            // RFC 7617: the password may be empty, and a user name can't contain a colon.
            Self::Basic { user, password }
                if user.contains(':') || (user.is_empty() && password.is_empty()) =>
            {
                return None;
            }
            Self::Basic { user, password } => {
                to.fixed.headers.push(header(format!("Basic {}", encoded(user, password)))?);
            }
            Self::Bearer(token) => to.fixed.headers.push((AUTHORIZATION, bearer_header(token)?)),
            Self::ApiKey(location, key) => return add_key(to, location.location(), key),
            Self::OAuth(_) | Self::Provider(_) => return None,
        }
        Some(())
    }
}

fn add_key(to: &mut Authorization, location: Location, key: &str) -> Option<()> {
    if key.is_empty() {
        return None;
    }
    match location {
        Location::Scheme(scheme) => {
            to.fixed.headers.push((AUTHORIZATION, sensitive(&format!("{scheme} {key}"))?));
        }
        Location::Header(name) => {
            to.fixed.headers.push((HeaderName::from_bytes(name.as_bytes()).ok()?, sensitive(key)?));
        }
        Location::Query(name) => {
            to.fixed.query.push(format!("{}={}", percent_encode(name), percent_encode(key)))
        }
        Location::Cookie(name) if is_cookie_value(key) => {
            to.fixed.cookies.push(format!("{}={key}", percent_encode(name)));
        }
        Location::Cookie(_) => return None,
    }
    Some(())
}

/// Returns a user name and a password as the header field contains them.
fn encoded(user: &str, password: &str) -> String {
    STANDARD.encode(format!("{user}:{password}"))
}

/// Returns true if a string can be the value of a cookie without encoding (RFC 6265).
fn is_cookie_value(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte))
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tuple = f.debug_tuple("Auth");
        for credential in &self.0 {
            let name = match credential {
                Credential::Basic { .. } => "Basic",
                Credential::Bearer(_) => "Bearer",
                Credential::ApiKey(..) => "ApiKey",
                Credential::OAuth(_) => "OAuth",
                Credential::Provider(_) => "Provider",
            };
            tuple.field(&format_args!("{name} …"));
        }
        tuple.finish()
    }
}
