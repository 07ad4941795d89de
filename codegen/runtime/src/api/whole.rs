//! The API as a whole.

use super::error_hint::ErrorHint;
use super::security::{Requirement, SecurityScheme};
use super::server::Server;

/// What is the same for all operations of an API: its servers, its security schemes, what its errors mean.
///
/// A generated crate holds one, as its description declares it; the client is set up with it.
///
/// ```
/// use clientwright_runtime::{Api, ApiKey, SecurityScheme, Server};
///
/// static API: Api = Api::new("shelves-client/1.0.0")
///     .servers(&[Server::new("https://shelves.example.com", &[])])
///     .schemes(&[SecurityScheme::api_key("key", ApiKey::header("X-API-Key"))])
///     .security(&[&["key"]]);
/// assert!(API.needs_auth());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Api {
    user_agent: &'static str,
    servers: &'static [Server],
    schemes: &'static [SecurityScheme],
    security: &'static [Requirement],
    token_url: Option<&'static str>,
    token_request: TokenRequest,
    request_ids: &'static [&'static str],
    warnings: Option<&'static str>,
    error_hints: &'static [ErrorHint],
}

/// How a request for new tokens holds its parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenRequest {
    /// As a form, as the standard has it (RFC 6749, section 6).
    #[default]
    Form,
    /// As a JSON object.
    Json,
}

/// Headers that number a request at many APIs.
const REQUEST_IDS: &[&str] = &["x-request-id", "x-correlation-id", "request-id"];

impl Api {
    /// An API of which nothing is known; `user_agent` is how the client introduces itself.
    #[must_use]
    pub const fn new(user_agent: &'static str) -> Self {
        Self {
            user_agent,
            servers: &[],
            schemes: &[],
            security: &[],
            token_url: None,
            token_request: TokenRequest::Form,
            request_ids: REQUEST_IDS,
            warnings: None,
            error_hints: &[],
        }
    }

    /// Sets the servers, the usual one first.
    #[must_use]
    pub const fn servers(mut self, servers: &'static [Server]) -> Self {
        self.servers = servers;
        self
    }

    /// Sets the security schemes that requirements name.
    #[must_use]
    pub const fn schemes(mut self, schemes: &'static [SecurityScheme]) -> Self {
        self.schemes = schemes;
        self
    }

    /// Sets the security requirements of operations that have none of their own; one of them has to be met.
    #[must_use]
    pub const fn security(mut self, requirements: &'static [Requirement]) -> Self {
        self.security = requirements;
        self
    }

    /// Sets where a refresh token is exchanged: a path on the server, or a URL of its own.
    #[must_use]
    pub const fn token_url(mut self, url: &'static str) -> Self {
        self.token_url = Some(url);
        self
    }

    /// Sets how a request for new tokens holds its parameters.
    #[must_use]
    pub const fn token_request(mut self, form: TokenRequest) -> Self {
        self.token_request = form;
        self
    }

    /// Sets the response headers that number a request, in place of the usual ones.
    #[must_use]
    pub const fn request_id_headers(mut self, names: &'static [&'static str]) -> Self {
        self.request_ids = names;
        self
    }

    /// Sets the response header that warns about a request which succeeded nevertheless.
    #[must_use]
    pub const fn warning_header(mut self, name: &'static str) -> Self {
        self.warnings = Some(name);
        self
    }

    /// Sets what is known of errors; the first hint that fits counts.
    #[must_use]
    pub const fn error_hints(mut self, hints: &'static [ErrorHint]) -> Self {
        self.error_hints = hints;
        self
    }

    /// Whether a client needs credentials: some requirement is declared, and none that is met without any.
    #[must_use]
    pub fn needs_auth(&self) -> bool {
        !self.security.is_empty() && self.security.iter().all(|schemes| !schemes.is_empty())
    }

    /// How the client introduces itself.
    #[must_use]
    pub const fn user_agent(&self) -> &'static str {
        self.user_agent
    }

    /// The servers, the usual one first.
    #[must_use]
    pub const fn declared_servers(&self) -> &'static [Server] {
        self.servers
    }

    /// The security schemes.
    #[must_use]
    pub const fn declared_schemes(&self) -> &'static [SecurityScheme] {
        self.schemes
    }

    /// The security requirements of operations that have none of their own.
    #[must_use]
    pub const fn declared_security(&self) -> &'static [Requirement] {
        self.security
    }

    pub(crate) const fn request_ids(&self) -> &'static [&'static str] {
        self.request_ids
    }

    pub(crate) const fn hints(&self) -> &'static [ErrorHint] {
        self.error_hints
    }
}

#[cfg(feature = "client")]
impl Api {
    /// The server that needs nothing of the caller.
    pub(crate) fn complete_server(&self) -> Option<Server> {
        let server = *self.servers.first()?;
        (!server.url().starts_with('/') && server.variables().is_empty()).then_some(server)
    }

    pub(crate) const fn token_endpoint(&self) -> Option<&'static str> {
        self.token_url
    }

    pub(crate) const fn token_form(&self) -> TokenRequest {
        self.token_request
    }

    pub(crate) const fn warnings(&self) -> Option<&'static str> {
        self.warnings
    }
}
