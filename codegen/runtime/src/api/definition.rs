//! The data that describes an API to the client.

use super::error_hint::ErrorHint;
use super::security::{SchemeKind, SecurityRequirement, SecurityScheme};
use super::server::Server;

/// The data that all operations of an API share: servers, security schemes, error hints.
///
/// A generated crate defines it as a `static`, and builds its client from it.
///
/// ```
/// use clientwright_runtime::{Api, ApiKeyLocation, SecurityScheme, Server};
///
/// static API: Api = Api::new("shelves-client/1.0.0")
///     .servers(&[Server::new("https://shelves.example.com", &[])])
///     .schemes(&[SecurityScheme::api_key("key", ApiKeyLocation::header("X-API-Key"))])
///     .security(&[&["key"]]);
/// assert!(API.needs_auth());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Api {
    user_agent: &'static str,
    servers: &'static [Server],
    schemes: &'static [SecurityScheme],
    security: &'static [SecurityRequirement],
    token_url: Option<&'static str>,
    token_request: TokenRequestFormat,
    request_id_headers: &'static [&'static str],
    warning_header: Option<&'static str>,
    error_hints: &'static [ErrorHint],
}

/// The encoding of the parameters of a token request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenRequestFormat {
    /// As a form (RFC 6749, section 6).
    #[default]
    Form,
    /// As a JSON object.
    Json,
}

/// Response headers that contain a request ID in many APIs.
const DEFAULT_REQUEST_ID_HEADERS: &[&str] = &["x-request-id", "x-correlation-id", "request-id"];

impl Api {
    /// Creates an API without servers and security schemes. `user_agent` is the `User-Agent` header of the client.
    #[must_use]
    pub const fn new(user_agent: &'static str) -> Self {
        Self {
            user_agent,
            servers: &[],
            schemes: &[],
            security: &[],
            token_url: None,
            token_request: TokenRequestFormat::Form,
            request_id_headers: DEFAULT_REQUEST_ID_HEADERS,
            warning_header: None,
            error_hints: &[],
        }
    }

    /// Sets the servers, the default one first.
    #[must_use]
    pub const fn servers(mut self, servers: &'static [Server]) -> Self {
        self.servers = servers;
        self
    }

    /// Sets the security schemes that security requirements refer to.
    #[must_use]
    pub const fn schemes(mut self, schemes: &'static [SecurityScheme]) -> Self {
        self.schemes = schemes;
        self
    }

    /// Sets the security requirements of operations that declare none. A request must meet one of them.
    #[must_use]
    pub const fn security(mut self, requirements: &'static [SecurityRequirement]) -> Self {
        self.security = requirements;
        self
    }

    /// Sets the URL where refresh tokens are exchanged for new tokens: a path on the server, or an absolute URL.
    #[must_use]
    pub const fn token_url(mut self, url: &'static str) -> Self {
        self.token_url = Some(url);
        self
    }

    /// Sets how a token request encodes its parameters.
    #[must_use]
    pub const fn token_request(mut self, format: TokenRequestFormat) -> Self {
        self.token_request = format;
        self
    }

    /// Sets the response headers that contain a request ID. The defaults are `x-request-id`, `x-correlation-id` and
    /// `request-id`.
    #[must_use]
    pub const fn request_id_headers(mut self, names: &'static [&'static str]) -> Self {
        self.request_id_headers = names;
        self
    }

    /// Sets the response header that contains warnings about a request. The client logs them.
    #[must_use]
    pub const fn warning_header(mut self, name: &'static str) -> Self {
        self.warning_header = Some(name);
        self
    }

    /// Sets the error hints. The first one that applies to an error is used.
    #[must_use]
    pub const fn error_hints(mut self, hints: &'static [ErrorHint]) -> Self {
        self.error_hints = hints;
        self
    }

    /// Returns whether a client needs credentials: the security requirements name a scheme that the client supports, and
    /// none of them is empty.
    ///
    /// A scheme that is not declared, or that the client doesn't support, needs none: for mutual TLS, the client of
    /// `ClientBuilder::http_client` has the certificate.
    #[must_use]
    pub fn needs_auth(&self) -> bool {
        let is_named = |scheme: &SecurityScheme| self.security.iter().any(|own| own.contains(&scheme.name()));
        self.security.iter().all(|own| !own.is_empty())
            && self.schemes.iter().any(|scheme| scheme.kind() != SchemeKind::Other && is_named(scheme))
    }

    /// Returns the `User-Agent` header of the client.
    #[must_use]
    pub const fn user_agent(&self) -> &'static str {
        self.user_agent
    }

    /// Returns the servers, the default one first.
    #[must_use]
    pub const fn declared_servers(&self) -> &'static [Server] {
        self.servers
    }

    /// Returns the security schemes.
    #[must_use]
    pub const fn declared_schemes(&self) -> &'static [SecurityScheme] {
        self.schemes
    }

    /// Returns the security requirements of operations that declare none.
    #[must_use]
    pub const fn declared_security(&self) -> &'static [SecurityRequirement] {
        self.security
    }

    pub(crate) const fn declared_request_id_headers(&self) -> &'static [&'static str] {
        self.request_id_headers
    }

    pub(crate) const fn declared_error_hints(&self) -> &'static [ErrorHint] {
        self.error_hints
    }
}

#[cfg(feature = "client")]
impl Api {
    /// Returns the first server, if its URL is absolute and has no variables.
    pub(crate) fn default_server(&self) -> Option<Server> {
        let server = *self.servers.first()?;
        (!server.url().starts_with('/') && server.variables().is_empty()).then_some(server)
    }

    pub(crate) const fn declared_token_url(&self) -> Option<&'static str> {
        self.token_url
    }

    pub(crate) const fn token_request_format(&self) -> TokenRequestFormat {
        self.token_request
    }

    pub(crate) const fn declared_warning_header(&self) -> Option<&'static str> {
        self.warning_header
    }
}
