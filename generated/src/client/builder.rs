//! Setting up a client.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;

use super::auth::Auth;
use super::config_error::{ConfigError, Problem};
use super::{Client, Inner, tls};

const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// Sets up a [`Client`]: an address, credentials, and what differs from the defaults.
#[derive(Clone, Debug)]
#[must_use]
pub struct ClientBuilder {
    address: Option<Address>,
    auth: Option<Auth>,
    allow_insecure_http: bool,
    connect_timeout: Duration,
    timeout: Duration,
    user_agent: String,
}

#[derive(Clone, Debug)]
enum Address {
    Subdomain(String),
    BaseUrl(String),
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            address: None,
            auth: None,
            allow_insecure_http: false,
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_mins(2),
            user_agent: USER_AGENT.to_owned(),
        }
    }
}

impl ClientBuilder {
    /// The account: the part before `.zendesk.com`.
    pub fn subdomain(mut self, subdomain: impl Into<String>) -> Self {
        self.address = Some(Address::Subdomain(subdomain.into()));
        self
    }

    /// Another address than that of an account, for a proxy or a test: `http://127.0.0.1:8080`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.address = Some(Address::BaseUrl(url.into()));
        self
    }

    /// The credentials.
    pub fn auth(mut self, auth: Auth) -> Self {
        self.auth = Some(auth);
        self
    }

    /// Lets credentials go over plain http to other machines than this one.
    pub fn allow_insecure_http(mut self, allow: bool) -> Self {
        self.allow_insecure_http = allow;
        self
    }

    /// How long making a connection may take; 10 seconds if not set.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long a request may take until its answer is complete; 2 minutes if not set, since large pages take
    /// a while.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How the client introduces itself to the server.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// If the address or the credentials are missing or not usable, or the machine has no certificates to
    /// trust.
    pub fn build(self) -> Result<Client, ConfigError> {
        let base = match self.address {
            None => return Err(ConfigError::new(Problem::NoAddress)),
            Some(Address::Subdomain(subdomain)) => from_subdomain(&subdomain)?,
            Some(Address::BaseUrl(url)) => from_text(&url)?,
        };
        let encrypted = base.scheme() == "https";
        let loopback = is_loopback(&base);
        if !encrypted && !loopback && !self.allow_insecure_http {
            return Err(ConfigError::new(Problem::Insecure));
        }
        let authorization = self.auth.ok_or_else(|| ConfigError::new(Problem::NoAuth))?.header()?;
        let user_agent =
            HeaderValue::from_str(&self.user_agent).map_err(|_| ConfigError::new(Problem::UserAgent))?;
        let tls = tls::config(encrypted).map_err(|error| ConfigError::new(Problem::Tls(error)))?;
        let mut http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .https_only(encrypted)
            .redirect(Policy::none())
            .connect_timeout(self.connect_timeout)
            .timeout(self.timeout)
            .user_agent(user_agent);
        if loopback {
            http = http.no_proxy();
        }
        let http = http.build().map_err(|error| ConfigError::new(Problem::Http(error)))?;
        Ok(Client(Arc::new(Inner { http, base, authorization })))
    }
}

fn from_subdomain(subdomain: &str) -> Result<Url, ConfigError> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let valid = (1..=63).contains(&subdomain.len())
        && subdomain.bytes().all(allowed)
        && !subdomain.starts_with('-')
        && !subdomain.ends_with('-');
    let url = if valid { Url::parse(&format!("https://{subdomain}.zendesk.com")).ok() } else { None };
    url.ok_or_else(|| ConfigError::new(Problem::Subdomain))
}

fn from_text(text: &str) -> Result<Url, ConfigError> {
    let refused = |reason| ConfigError::new(Problem::BaseUrl(reason));
    let url = Url::parse(text).map_err(|_| refused("it looks like `https://host`"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(refused("it begins with `https://`"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refused("credentials do not belong into it: use `auth`"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refused("it ends before the query"));
    }
    Ok(url)
}

/// Whether an address leads to this machine.
fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    address.map_or(host == "localhost", |address| address.is_loopback())
}
