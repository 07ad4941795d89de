//! The builder of clients.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;

use super::api_client::{Client, ClientInner};
use super::auth::Auth;
use super::base_url::BaseUrl;
use super::client_context::ClientContext;
use super::clock::{Clock, SystemClock};
use super::limit::Limiter;
use super::retry::RetryPolicy;
use super::server_url::server_url;
use super::transport::{Chain, Middleware, OperationServers, Sender, Transport};
use crate::api::{Api, Server};
use crate::error::{ConfigProblem, Error};

impl Client {
    /// Creates a builder for a client.
    pub fn builder(api: &'static Api) -> ClientBuilder {
        ClientBuilder::new(api)
    }
}

/// A builder for a [`Client`], or for another type of client.
///
/// The credentials are required if the API [needs them](Api::needs_auth), and a server if the API has no default one.
#[must_use]
pub struct ClientBuilder<C = Client> {
    pub(super) settings: Settings,
    client: PhantomData<fn() -> C>,
}

/// The settings of a client.
#[derive(Clone)]
pub(super) struct Settings {
    api: &'static Api,
    server: Option<ServerChoice>,
    variables: Vec<(String, String)>,
    auth: Option<Auth>,
    allow_insecure_http: bool,
    pub(super) connect_timeout: Duration,
    pub(super) read_timeout: Duration,
    pub(super) timeout: Duration,
    pub(super) proxy: Option<String>,
    pub(super) user_agent: String,
    pub(super) http_client: Option<Result<reqwest::Client, Arc<reqwest::Error>>>,
    transport: Option<Arc<dyn Transport>>,
    middleware: Vec<Arc<dyn Middleware>>,
    pub(super) compression: bool,
    is_mock: bool,
    max_response_size: usize,
    retry: RetryPolicy,
    rate_limits: bool,
    lenient: bool,
    clock: Option<Arc<dyn Clock>>,
}

/// The default maximum size of a body, in bytes.
const MAX_RESPONSE_SIZE: usize = 128 << 20;

/// The server of a mock, which no name server knows (RFC 2606).
const MOCK_URL: &str = "https://mock.invalid";

/// The server that requests are sent to.
#[derive(Clone)]
enum ServerChoice {
    /// A server of the description.
    Declared(Server),
    BaseUrl(String),
}

impl ClientBuilder {
    /// Creates a builder for a client.
    pub fn new(api: &'static Api) -> Self {
        let settings = Settings {
            api,
            server: None,
            variables: Vec::new(),
            auth: None,
            allow_insecure_http: false,
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(90),
            timeout: Duration::from_secs(2 * 60),
            proxy: None,
            user_agent: api.user_agent().to_owned(),
            http_client: None,
            transport: None,
            middleware: Vec::new(),
            compression: false,
            is_mock: false,
            max_response_size: MAX_RESPONSE_SIZE,
            retry: RetryPolicy::default(),
            rate_limits: true,
            lenient: false,
            clock: None,
        };
        Self { settings, client: PhantomData }
    }

    /// Builds the client.
    ///
    /// # Errors
    ///
    /// Returns an error of the kind [`Config`](crate::ErrorKind::Config) if the server or the credentials are missing
    /// or not valid, or if TLS can't be set up.
    pub fn build(self) -> Result<Client, Error> {
        self.settings.build()
    }
}

impl<C> ClientBuilder<C> {
    /// Sets the server to one of the servers in the API's description.
    pub fn server(mut self, server: Server) -> Self {
        self.settings.server = Some(ServerChoice::Declared(server));
        self
    }

    /// Sets a variable in the URL of the server. If no server is set, the client uses the first declared server that
    /// has this variable.
    pub fn server_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.variables.push((name.into(), value.into()));
        self
    }

    /// Sets the URL of the server, for example of a gateway or a test server: `http://127.0.0.1:8080`. The paths of
    /// requests are appended to its path.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.settings.server = Some(ServerChoice::BaseUrl(url.into()));
        self
    }

    /// Sets the credentials. Required if the API [needs them](Api::needs_auth).
    pub fn auth(mut self, auth: impl Into<Auth>) -> Self {
        self.settings.auth = Some(auth.into());
        self
    }

    /// Sets whether the client may send requests over plain HTTP to another machine, which exposes the credentials. The
    /// default is false.
    pub fn allow_insecure_http(mut self, allow: bool) -> Self {
        self.settings.allow_insecure_http = allow;
        self
    }

    /// Sets the timeout for connecting. The default is 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = timeout;
        self
    }

    /// Sets the timeout for each read: the maximum time without data from the server, before or within a response. The
    /// default is 90 seconds.
    pub fn read_timeout(mut self, timeout: Duration) -> Self {
        self.settings.read_timeout = timeout;
        self
    }

    /// Sets the timeout for one attempt, from connecting until the response is complete. The default is 2 minutes,
    /// because large pages are slow. Of a stream or download, it ends with the head of the response. A streamed body of a request
    /// may take as long as it moves.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// Sets a proxy for all connections: `http://user:password@host:8080`. By default, the client uses the proxies of
    /// the environment (such as `HTTPS_PROXY`), except for connections to this machine.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.settings.proxy = Some(url.into());
        self
    }

    /// Sets the `User-Agent` header. The default is the name and version of the generated crate.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.settings.user_agent = user_agent.into();
        self
    }

    /// Sets a transport that sends the requests instead of an HTTP client of this crate, such as one of `tower` or
    /// `reqwest_middleware`, or a mock. It gets the credentials, and must not follow redirects. See [`Transport`].
    ///
    /// The proxy and the timeout for connecting have no effect then.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.settings.transport = Some(Arc::new(transport));
        self
    }

    /// Adds middleware, which sees each attempt of each request. What is added first sees the request first. See
    /// [`Middleware`].
    pub fn middleware(mut self, middleware: impl Middleware + 'static) -> Self {
        self.settings.middleware.push(Arc::new(middleware));
        self
    }

    /// Sets whether the client accepts compressed responses, and decompresses them. The default is false. It needs one of the
    /// features `gzip`, `brotli` and `zstd`.
    ///
    /// [`max_response_size`](Self::max_response_size) limits the size after decompression, and reading stops there: a small
    /// body can't fill the memory.
    pub fn compression(mut self, enabled: bool) -> Self {
        self.settings.compression = enabled;
        self
    }

    /// Sets the maximum size of the body of a successful response, in bytes. The default is 128 MiB. A larger body is an
    /// error of the kind [`TooLarge`](crate::ErrorKind::TooLarge), and is not read any further. Of the body of an error
    /// response, 1 MiB is read.
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.settings.max_response_size = bytes;
        self
    }

    /// Sets the retry policy: when and how often a failed request is sent again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// Sets whether the client waits before it sends a request that would exceed a rate limit. The default is true. If
    /// false, the client waits only after a 429 response.
    pub fn rate_limits(mut self, enabled: bool) -> Self {
        self.settings.rate_limits = enabled;
        self
    }

    /// Sets whether calls leave out of a response what doesn't match its declared type. The default is false: such a
    /// response is an error, but for a number or time beyond the range of its type, which is left out if it is not
    /// required. (Exports have [a setting of their own](crate::Export::lenient).)
    ///
    /// What is left out is kept as the server sent it, see [`Lenient`](crate::Lenient), and logged as a warning.
    /// [`Client::send_lenient`] returns its locations.
    pub fn lenient(mut self, lenient: bool) -> Self {
        self.settings.lenient = lenient;
        self
    }

    /// Sets the clock. The default is [`SystemClock`].
    pub fn clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.settings.clock = Some(clock);
        self
    }

    /// Sends all requests to a mock, and waits with its clock unless another one is set.
    #[cfg(feature = "mock")]
    pub(crate) fn with_mock(mut self, mock: Arc<dyn Transport>, clock: Arc<dyn Clock>) -> Self {
        self.settings.transport = Some(mock);
        self.settings.rate_limits = false;
        self.settings.is_mock = true;
        self.settings.clock.get_or_insert(clock);
        self
    }

    /// Creates a builder for another type of client, with the same settings.
    #[doc(hidden)]
    pub fn for_client<D>(self) -> ClientBuilder<D> {
        ClientBuilder { settings: self.settings, client: PhantomData }
    }
}

impl Settings {
    fn build(self) -> Result<Client, Error> {
        let (base, is_declared) = match self.server_choice() {
            None if self.is_mock => (BaseUrl::parse(MOCK_URL)?, false),
            None => return Err(ConfigProblem::NoAddress(self.api.declared_servers()).into()),
            Some(ServerChoice::Declared(server)) => {
                (BaseUrl::parse(&server_url(&server, &self.variables)?)?, true)
            }
            Some(ServerChoice::BaseUrl(url)) => (BaseUrl::parse(&url)?, false),
        };
        base.check_https(self.allow_insecure_http)?;
        let credentials = match &self.auth {
            Some(auth) => auth.credentials(self.api)?,
            None if self.api.needs_auth() && !self.is_mock => return Err(ConfigProblem::NoAuth.into()),
            None => Auth::none().credentials(self.api)?,
        };
        let chain = self.chain(&base)?;
        let user_agent = HeaderValue::from_str(&self.user_agent).map_err(|_| ConfigProblem::UserAgent)?;
        let clock = self.clock.unwrap_or_else(|| Arc::new(SystemClock::new()));
        let limiter = self.rate_limits.then(|| Limiter::new(Arc::clone(&clock)));
        let servers = is_declared.then_some(OperationServers { variables: self.variables });
        let has_own_timeouts = self.http_client.is_some() && self.transport.is_none();
        let sender = Sender {
            chain,
            base,
            servers,
            api: self.api,
            max_body: self.max_response_size,
            timeout: self.timeout,
            read_timeout: self.read_timeout,
            has_own_timeouts,
            allow_insecure_http: self.allow_insecure_http,
            user_agent,
            compression: self.compression,
        };
        let context = ClientContext { sender, retry: self.retry, clock, is_lenient: self.lenient };
        Ok(Client(Arc::new(ClientInner { context, credentials, limiter })))
    }

    /// Returns the middleware, and what sends the requests.
    fn chain(&self, base: &BaseUrl) -> Result<Chain, ConfigProblem> {
        let middleware = self.middleware.clone();
        if let Some(transport) = &self.transport {
            return Ok(Chain::custom(Arc::clone(transport), middleware));
        }
        let http = match &self.http_client {
            Some(Ok(client)) => client.clone(),
            Some(Err(error)) => return Err(ConfigProblem::Http(Arc::clone(error))),
            None => self.http(base)?,
        };
        Ok(Chain::reqwest(http, middleware))
    }

    /// Returns the server that was set, or the server with the last variable that was set, or the default server.
    fn server_choice(&self) -> Option<ServerChoice> {
        if self.server.is_some() {
            return self.server.clone();
        }
        let Some((name, _)) = self.variables.last() else {
            return self.api.default_server().map(ServerChoice::Declared);
        };
        let has = |server: &&Server| server.variables().iter().any(|variable| variable.name() == name);
        let servers = self.api.declared_servers();
        servers.iter().find(has).or(servers.first()).copied().map(ServerChoice::Declared)
    }
}

/// Hides credentials in the base URL: `build` rejects these, but the builder can be printed before.
impl fmt::Debug for ServerChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = match self {
            Self::Declared(server) => server.url(),
            Self::BaseUrl(url) => url,
        };
        f.write_str(url.rsplit_once('@').map_or(url, |(_, host)| host))
    }
}

impl<C> Clone for ClientBuilder<C> {
    fn clone(&self) -> Self {
        Self { settings: self.settings.clone(), client: PhantomData }
    }
}

/// Shows no credentials, neither those for the server nor those for a proxy.
impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.fmt(f)
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("api", &self.api.user_agent())
            .field("server", &self.server)
            .field("variables", &self.variables)
            .field("auth", &self.auth)
            .field("allow_insecure_http", &self.allow_insecure_http)
            .field("connect_timeout", &self.connect_timeout)
            .field("read_timeout", &self.read_timeout)
            .field("timeout", &self.timeout)
            .field("proxy", &self.proxy.is_some())
            .field("user_agent", &self.user_agent)
            .field("http_client", &self.http_client.is_some())
            .field("transport", &self.transport.is_some())
            .field("middleware", &self.middleware.len())
            .field("compression", &self.compression)
            .field("max_response_size", &self.max_response_size)
            .field("retry", &self.retry)
            .field("rate_limits", &self.rate_limits)
            .field("lenient", &self.lenient)
            .field("clock", &self.clock)
            .finish_non_exhaustive()
    }
}
