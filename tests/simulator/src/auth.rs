//! Authentication: Basic and Bearer credentials, and tokens that are refreshed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::http::{Request, Response};
use crate::random::Random;
use crate::time::{SECOND, seconds};

/// The credentials that the simulator accepts.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The administrator's e-mail address.
    pub email: String,
    /// The API token, sent as the password of the user `{email}/token`.
    pub api_token: String,
    /// The password of the user `{email}`.
    pub password: String,
    /// The OAuth access token.
    pub access_token: String,
    /// The OAuth refresh token, exchanged at `/oauth/tokens`.
    pub refresh_token: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("email", &self.email).finish_non_exhaustive()
    }
}

/// The current credentials, and their lifetime.
pub(crate) struct Auth {
    seed: u64,
    current: Credentials,
    refreshes: u32,
    /// The lifetime of access tokens in microseconds.
    lifetime: Option<i64>,
    issued: i64,
}

/// The authentication scheme of a request.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum AuthScheme {
    Basic,
    Bearer,
}

impl Auth {
    pub(crate) fn new(seed: u64, lifetime: Option<i64>, now: i64) -> Self {
        let mut auth = Self {
            seed,
            current: Credentials {
                email: "admin@example.com".to_owned(),
                api_token: secret(seed, 1, 0),
                password: secret(seed, 2, 0),
                access_token: String::new(),
                refresh_token: String::new(),
            },
            refreshes: 0,
            lifetime,
            issued: now,
        };
        auth.rotate(now);
        auth
    }

    pub(crate) fn current(&self) -> Credentials {
        self.current.clone()
    }

    pub(crate) fn refreshes(&self) -> u32 {
        self.refreshes
    }

    fn rotate(&mut self, now: i64) {
        let number = u64::from(self.refreshes);
        self.current.access_token = secret(self.seed, 3, number);
        self.current.refresh_token = secret(self.seed, 4, number);
        self.issued = now;
    }

    /// Returns the authentication scheme of a request, or the error response.
    pub(crate) fn check(&self, authorization: &str, now: i64) -> Result<AuthScheme, Response> {
        let (scheme, value) = authorization.split_once(' ').unwrap_or_default();
        let unauthorized = || Response::value(401, &json!({"error": "Couldn't authenticate you"}));
        if scheme.eq_ignore_ascii_case("basic") {
            let current = &self.current;
            let known = [
                format!("{}/token:{}", current.email, current.api_token),
                format!("{}:{}", current.email, current.password),
            ];
            let given = STANDARD.decode(value).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            return given
                .filter(|given| known.contains(given))
                .map(|_| AuthScheme::Basic)
                .ok_or_else(unauthorized);
        }
        if scheme.eq_ignore_ascii_case("bearer") {
            let expired = self.lifetime.is_some_and(|lifetime| now >= self.issued + lifetime);
            return if value == self.current.access_token && !expired {
                Ok(AuthScheme::Bearer)
            } else {
                let text =
                    "The access token provided is expired, revoked, malformed or invalid for other reasons.";
                Err(Response::value(401, &json!({"error": "invalid_token", "error_description": text})))
            };
        }
        Err(unauthorized())
    }

    /// Exchanges a refresh token for a new pair of tokens. The old pair becomes invalid.
    pub(crate) fn refresh(&mut self, request: &Request, now: i64) -> Response {
        let fields = form(request);
        if fields["grant_type"] != "refresh_token" {
            return oauth_error("unsupported_grant_type", "The grant type must be refresh_token.");
        }
        if fields["refresh_token"] != self.current.refresh_token.as_str() {
            return oauth_error("invalid_grant", "The refresh token is expired, revoked or already used.");
        }
        self.refreshes += 1;
        self.rotate(now);
        let lifetime = self.lifetime.map(|lifetime| lifetime / SECOND);
        Response::value(
            200,
            &json!({
                "access_token": self.current.access_token, "refresh_token": self.current.refresh_token,
                "token_type": "bearer", "scope": "read write", "expires_in": lifetime,
                "refresh_token_expires_in": 7_776_000, "created_at": seconds(now),
            }),
        )
    }
}

fn oauth_error(code: &str, description: &str) -> Response {
    Response::value(400, &json!({"error": code, "error_description": description}))
}

/// Returns the fields of a body, which is JSON or a form.
fn form(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap_or_else(|_| {
        form_urlencoded::parse(&request.body).map(|(key, value)| (key, json!(value))).collect()
    })
}

fn secret(seed: u64, kind: u64, number: u64) -> String {
    let mut random = Random::new(seed, &[11, kind, number]);
    format!("{:016x}{:016x}", random.next(), random.next())
}
