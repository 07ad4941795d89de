//! Credentials.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{AUTHORIZATION, HeaderName};

use super::oauth::{OAuth, Session};
use super::sent::{Fixed, bearer_header, hidden};
use crate::api::{Api, ApiKey, Location, Requirement, SchemeKind, SecurityScheme};
use crate::error::{ConfigError, Problem};
use crate::operation::Operation;
use crate::request::encoded;

/// Credentials. No debug form, error, trace or address that is shown ever holds them.
#[derive(Clone)]
pub struct Auth(Vec<Kind>);

#[derive(Clone)]
enum Kind {
    Basic { user: String, secret: String },
    Bearer(String),
    Key(ApiKey, String),
    OAuth(Arc<Session>),
}

/// The credentials of a request.
#[derive(Clone, Default)]
pub(super) struct Authorization {
    pub(super) fixed: Fixed,
    /// The header `Authorization`, if it changes.
    pub(super) session: Option<Arc<Session>>,
}

/// The credentials of a client.
#[derive(Clone)]
pub(super) struct Credentials {
    api: &'static Api,
    kinds: Vec<Kind>,
    /// Those of an operation without requirements of its own.
    usual: Authorization,
}

impl Auth {
    /// None, for what may be called by anyone.
    pub fn none() -> Self {
        Self(Vec::new())
    }

    /// The name of a user, and the password: HTTP Basic.
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
    /// # use clientwright_runtime::{ApiKey, Auth};
    /// let auth = Auth::api_key(ApiKey::header("X-API-Key"), "the key");
    /// # }
    /// ```
    pub fn api_key(location: ApiKey, key: impl Into<String>) -> Self {
        Self(vec![Kind::Key(location, key.into())])
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

    pub(super) fn credentials(&self, api: &'static Api) -> Result<Credentials, ConfigError> {
        let all = authorization(self.0.iter(), api);
        let all = all.filter(|all| !all.names_a_header_twice());
        all.ok_or_else(|| ConfigError::new(Problem::Auth))?;
        let kinds = self.0.clone();
        let usual = authorization(required(&kinds, api, api.declared_security()), api).unwrap_or_default();
        Ok(Credentials { api, kinds, usual })
    }
}

impl Credentials {
    /// Those that an operation requires.
    pub(super) fn of(&self, operation: &Operation) -> Authorization {
        match operation.security() {
            None => self.usual.clone(),
            Some([]) => authorization(undeclared(&self.kinds, self.api), self.api).unwrap_or_default(),
            Some(requirements) => {
                authorization(required(&self.kinds, self.api, requirements), self.api).unwrap_or_default()
            }
        }
    }
}

/// The credentials that no security scheme of the API is about: the caller knows what they are for.
fn undeclared<'k>(kinds: &'k [Kind], api: &'static Api) -> impl Iterator<Item = &'k Kind> {
    kinds.iter().filter(|kind| !api.declared_schemes().iter().any(|scheme| kind.suits(scheme.kind())))
}

/// The credentials that meet one of these requirements; all if none is met by what there is.
fn required<'k>(
    kinds: &'k [Kind],
    api: &'static Api,
    requirements: &[Requirement],
) -> Box<dyn Iterator<Item = &'k Kind> + 'k> {
    let scheme = |name: &&str| api.declared_schemes().iter().find(|scheme| scheme.name() == *name);
    let is_met = |names: &&Requirement| {
        let met = |name: &&str| {
            scheme(name).is_some_and(|scheme| kinds.iter().any(|kind| kind.suits(scheme.kind())))
        };
        !names.is_empty() && names.iter().all(met)
    };
    let Some(names) = requirements.iter().find(is_met) else { return Box::new(kinds.iter()) };
    let wanted: Vec<SchemeKind> = names.iter().filter_map(scheme).map(SecurityScheme::kind).collect();
    let named = kinds.iter().filter(move |kind| wanted.iter().any(|scheme| kind.suits(*scheme)));
    Box::new(named.chain(undeclared(kinds, api)))
}

/// What a request holds of some credentials; none if they can't be sent.
fn authorization<'k>(kinds: impl Iterator<Item = &'k Kind>, api: &Api) -> Option<Authorization> {
    let mut authorization = Authorization::default();
    for kind in kinds {
        kind.add(&mut authorization, api)?;
    }
    Some(authorization)
}

impl Authorization {
    /// Two headers of one name would be read as one or the other.
    fn names_a_header_twice(&self) -> bool {
        let session = self.session.iter().map(|_| &AUTHORIZATION);
        let names = || self.fixed.headers.iter().map(|(name, _)| name).chain(session.clone());
        names().enumerate().any(|(index, name)| names().skip(index + 1).any(|other| other == name))
    }
}

impl Kind {
    /// Whether these are credentials for a security scheme.
    fn suits(&self, scheme: SchemeKind) -> bool {
        match (self, scheme) {
            (Self::Basic { .. }, SchemeKind::Basic)
            | (Self::Bearer(_) | Self::OAuth(_), SchemeKind::Bearer) => true,
            (Self::Key(key, _), SchemeKind::Key(declared)) => key.is_same(&declared),
            _ => false,
        }
    }

    /// Adds the credentials; nothing if they can't be sent.
    fn add(&self, to: &mut Authorization, api: &Api) -> Option<()> {
        let header = |value: String| Some((AUTHORIZATION, hidden(&value)?));
        match self {
            Self::OAuth(session)
                if session.is_complete() && to.session.is_none() && api.token_endpoint().is_some() =>
            {
                to.session = Some(Arc::clone(session));
            }
            Self::Basic { user, secret } if user.contains(':') || secret.is_empty() => return None,
            Self::Basic { user, secret } => {
                to.fixed
                    .headers
                    .push(header(format!("Basic {}", STANDARD.encode(format!("{user}:{secret}"))))?);
            }
            Self::Bearer(token) => to.fixed.headers.push((AUTHORIZATION, bearer_header(token)?)),
            Self::Key(key, secret) => return add_key(to, key.location(), secret),
            Self::OAuth(_) => return None,
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
            to.fixed.headers.push((AUTHORIZATION, hidden(&format!("{scheme} {key}"))?));
        }
        Location::Header(name) => {
            to.fixed.headers.push((HeaderName::from_bytes(name.as_bytes()).ok()?, hidden(key)?));
        }
        Location::Query(name) => to.fixed.query.push(format!("{}={}", encoded(name), encoded(key))),
        Location::Cookie(name) if is_cookie(key) => {
            to.fixed.cookies.push(format!("{}={key}", encoded(name)));
        }
        Location::Cookie(_) => return None,
    }
    Some(())
}

/// Whether a text can be the value of a cookie as it is (RFC 6265).
fn is_cookie(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte))
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
