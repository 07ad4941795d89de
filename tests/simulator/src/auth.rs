//! Who may ask: Basic and Bearer credentials, and tokens that rotate.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::dice::Dice;
use crate::http::{Answer, Request};
use crate::time::{SECOND, seconds};

/// What a client may sign in with.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The admin's e-mail address.
    pub email: String,
    /// Token for `{email}/token`.
    pub api_token: String,
    /// Password for `{email}`.
    pub password: String,
    /// OAuth access token.
    pub access_token: String,
    /// OAuth refresh token, to be exchanged at `/oauth/tokens`.
    pub refresh_token: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("email", &self.email).finish_non_exhaustive()
    }
}

/// The credentials that are good now.
pub(crate) struct Auth {
    seed: u64,
    good: Credentials,
    refreshes: u32,
    /// How long access tokens are good for, in microseconds.
    lifetime: Option<i64>,
    issued: i64,
}

/// How a request signed in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    Basic,
    Bearer,
}

impl Auth {
    pub(crate) fn new(seed: u64, lifetime: Option<i64>, now: i64) -> Self {
        let mut auth = Self {
            seed,
            good: Credentials {
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

    pub(crate) fn good(&self) -> Credentials {
        self.good.clone()
    }

    pub(crate) fn refreshes(&self) -> u32 {
        self.refreshes
    }

    fn rotate(&mut self, now: i64) {
        let number = u64::from(self.refreshes);
        self.good.access_token = secret(self.seed, 3, number);
        self.good.refresh_token = secret(self.seed, 4, number);
        self.issued = now;
    }

    /// How the request signs in, or the refusal.
    pub(crate) fn check(&self, authorization: &str, now: i64) -> Result<Scheme, Answer> {
        let (scheme, value) = authorization.split_once(' ').unwrap_or_default();
        let refused = || Answer::value(401, &json!({"error": "Couldn't authenticate you"}));
        if scheme.eq_ignore_ascii_case("basic") {
            let good = &self.good;
            let known = [
                format!("{}/token:{}", good.email, good.api_token),
                format!("{}:{}", good.email, good.password),
            ];
            let given = STANDARD.decode(value).ok().and_then(|bytes| String::from_utf8(bytes).ok());
            return given.filter(|given| known.contains(given)).map(|_| Scheme::Basic).ok_or_else(refused);
        }
        if scheme.eq_ignore_ascii_case("bearer") {
            let expired = self.lifetime.is_some_and(|lifetime| now >= self.issued + lifetime);
            return if value == self.good.access_token && !expired {
                Ok(Scheme::Bearer)
            } else {
                let text =
                    "The access token provided is expired, revoked, malformed or invalid for other reasons.";
                Err(Answer::value(401, &json!({"error": "invalid_token", "error_description": text})))
            };
        }
        Err(refused())
    }

    /// Exchanges a refresh token for a new pair. The old pair is dead from then on.
    pub(crate) fn refresh(&mut self, request: &Request, now: i64) -> Answer {
        let fields = form(request);
        if fields["grant_type"] != "refresh_token" {
            return refusal("unsupported_grant_type", "The grant type must be refresh_token.");
        }
        if fields["refresh_token"] != self.good.refresh_token.as_str() {
            return refusal("invalid_grant", "The refresh token is expired, revoked or already used.");
        }
        self.refreshes += 1;
        self.rotate(now);
        let lifetime = self.lifetime.map(|lifetime| lifetime / SECOND);
        Answer::value(
            200,
            &json!({
                "access_token": self.good.access_token, "refresh_token": self.good.refresh_token,
                "token_type": "bearer", "scope": "read write", "expires_in": lifetime,
                "refresh_token_expires_in": 7_776_000, "created_at": seconds(now),
            }),
        )
    }
}

fn refusal(code: &str, description: &str) -> Answer {
    Answer::value(400, &json!({"error": code, "error_description": description}))
}

/// The fields of a body in JSON or as a form.
fn form(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap_or_else(|_| {
        form_urlencoded::parse(&request.body).map(|(key, value)| (key, json!(value))).collect()
    })
}

fn secret(seed: u64, kind: u64, number: u64) -> String {
    let mut dice = Dice::new(seed, &[11, kind, number]);
    format!("{:016x}{:016x}", dice.roll(), dice.roll())
}
