//! Setting up a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Proxy;
use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;

use super::address::BaseUrl;
use super::auth::Auth;
use super::clock::{Clock, SystemClock};
use super::connection::{Client, Inner};
use super::limit::Limiter;
use super::retry::RetryPolicy;
use super::surroundings::Surroundings;
use super::transport::{OwnServers, Transport};
use super::{address, endpoint, tls};
use crate::api::{Api, Server};
use crate::error::{ConfigError, Problem};

impl Client {
    /// Starts to set up a client of an API.
    pub fn builder(api: &'static Api) -> ClientBuilder {
        ClientBuilder::new(api)
    }
}

/// Sets up a [`Client`]: an address, credentials, and what differs from the defaults.
#[derive(Clone)]
#[must_use]
pub struct ClientBuilder {
    api: &'static Api,
    address: Option<Address>,
    variables: Vec<(String, String)>,
    auth: Option<Auth>,
    allow_insecure_http: bool,
    connect_timeout: Duration,
    read_timeout: Duration,
    timeout: Duration,
    proxy: Option<String>,
    user_agent: String,
    http_client: Option<reqwest::Client>,
    retry: RetryPolicy,
    rate_limits: bool,
    clock: Option<Arc<dyn Clock>>,
}

#[derive(Clone)]
enum Address {
    Server(Server),
    BaseUrl(String),
}

impl ClientBuilder {
    /// Starts to set up a client of an API.
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            address: None,
            variables: Vec::new(),
            auth: None,
            allow_insecure_http: false,
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(90),
            timeout: Duration::from_secs(2 * 60),
            proxy: None,
            user_agent: api.user_agent().to_owned(),
            http_client: None,
            retry: RetryPolicy::default(),
            rate_limits: true,
            clock: None,
        }
    }

    /// One of the servers that the API's description names.
    pub fn server(mut self, server: Server) -> Self {
        self.address = Some(Address::Server(server));
        self
    }

    /// A value for a variable in the address of the server, in place of the default one. Where no server is set, it
    /// is the first of the API's that has this variable.
    pub fn server_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Any address, such as that of a gateway or a test: `http://127.0.0.1:8080`. It may have a path, which the
    /// paths of requests are added to.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.address = Some(Address::BaseUrl(url.into()));
        self
    }

    /// The credentials. They are needed.
    pub fn auth(mut self, auth: impl Into<Auth>) -> Self {
        self.auth = Some(auth.into());
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

    /// How long the server may send nothing, before its answer or in the middle of it; 90 seconds if not set.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.read_timeout = timeout;
        self
    }

    /// How long an attempt may take until its answer is complete; 2 minutes if not set, since large pages take
    /// a while.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// A proxy for all connections: `http://user:password@host:8080`. Without one, those of the environment
    /// (`HTTPS_PROXY` and the like) are used, except for connections to this machine.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    /// How the client introduces itself to the server; by the name and version of the API's crate if not set.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Sends requests with an HTTP client of your own making.
    ///
    /// Time-outs, proxy, user agent and encryption are then your part: those that are set here have no effect.
    /// So are redirects; set `redirect::Policy::none()`. A redirect to another host that your client follows
    /// is refused once it has answered. (`reqwest` takes credentials out of requests to other hosts.)
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// How the client tries again after failures that may pass.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Whether the client keeps to the server's rate limits by waiting before it sends; it does if not set.
    /// Without, it hears of a limit only when the server refuses.
    pub fn rate_limits(mut self, keep: bool) -> Self {
        self.rate_limits = keep;
        self
    }

    /// What the client takes the time from, and waits with; that of the machine if not set.
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = Some(clock);
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// If the address or the credentials are missing or not usable, or the machine has no certificates to
    /// trust.
    pub fn build(self) -> Result<Client, ConfigError> {
        let (base, is_declared) = match self.address() {
            None => {
                return Err(ConfigError::new(Problem::NoAddress(self.api.declared_servers())));
            }
            Some(Address::Server(server)) => {
                (BaseUrl::parse(&endpoint::address(&server, &self.variables)?)?, true)
            }
            Some(Address::BaseUrl(url)) => (BaseUrl::parse(&url)?, false),
        };
        base.check_encryption(self.allow_insecure_http)?;
        let credentials = match &self.auth {
            Some(auth) => auth.credentials(self.api)?,
            None if self.api.needs_auth() => return Err(ConfigError::new(Problem::NoAuth)),
            None => Auth::none().credentials(self.api)?,
        };
        let http = match &self.http_client {
            Some(client) => client.clone(),
            None => self.http(&base)?,
        };
        let clock = self.clock.unwrap_or_else(|| Arc::new(SystemClock::new()));
        let limiter = self.rate_limits.then(|| Limiter::new(Arc::clone(&clock)));
        let allow_insecure_http = self.allow_insecure_http;
        let servers = is_declared.then_some(OwnServers { variables: self.variables, allow_insecure_http });
        let transport = Transport { http, base, servers, api: self.api };
        let surroundings = Surroundings { transport, retry: self.retry, clock };
        Ok(Client(Arc::new(Inner { surroundings, credentials, limiter })))
    }

    /// What was set, or the server that the variables belong to, or the one that needs nothing of the caller.
    fn address(&self) -> Option<Address> {
        if self.address.is_some() {
            return self.address.clone();
        }
        let Some((name, _)) = self.variables.last() else {
            return self.api.complete_server().map(Address::Server);
        };
        let has = |server: &&Server| server.variables().iter().any(|variable| variable.name() == name);
        let servers = self.api.declared_servers();
        servers.iter().find(has).or(servers.first()).copied().map(Address::Server)
    }

    fn http(&self, base: &BaseUrl) -> Result<reqwest::Client, ConfigError> {
        let user_agent =
            HeaderValue::from_str(&self.user_agent).map_err(|_| ConfigError::new(Problem::UserAgent))?;
        let tls = tls::config(base.is_encrypted()).map_err(|error| ConfigError::new(Problem::Tls(error)))?;
        let mut http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .https_only(base.is_encrypted())
            .redirect(Policy::none())
            .connect_timeout(self.connect_timeout)
            .read_timeout(self.read_timeout)
            .timeout(self.timeout)
            .user_agent(user_agent);
        if let Some(url) = &self.proxy {
            let proxy = address::proxy(url).and_then(|url| Proxy::all(url).ok());
            http = http.proxy(proxy.ok_or_else(|| ConfigError::new(Problem::Proxy))?);
        } else if base.is_loopback() {
            http = http.no_proxy();
        }
        http.build().map_err(|error| ConfigError::new(Problem::Http(error)))
    }
}

/// Credentials in an address are refused later, but not shown before.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = match self {
            Self::Server(server) => server.url(),
            Self::BaseUrl(address) => address,
        };
        f.write_str(address.rsplit_once('@').map_or(address, |(_, host)| host))
    }
}

/// Shows no credentials, neither those for the server nor those for a proxy.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("api", &self.api.user_agent())
            .field("address", &self.address)
            .field("variables", &self.variables)
            .field("auth", &self.auth)
            .field("allow_insecure_http", &self.allow_insecure_http)
            .field("connect_timeout", &self.connect_timeout)
            .field("read_timeout", &self.read_timeout)
            .field("timeout", &self.timeout)
            .field("proxy", &self.proxy.is_some())
            .field("user_agent", &self.user_agent)
            .field("http_client", &self.http_client.is_some())
            .field("retry", &self.retry)
            .field("rate_limits", &self.rate_limits)
            .field("clock", &self.clock)
            .finish()
    }
}
