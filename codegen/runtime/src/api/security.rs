//! Security schemes and security requirements.

use super::api_key::ApiKeyLocation;

/// The names of the security schemes that are required together; empty if no credentials are required.
pub type SecurityRequirement = &'static [&'static str];

/// A security scheme that the API's description declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecurityScheme {
    name: &'static str,
    kind: SchemeKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SchemeKind {
    /// HTTP Basic.
    Basic,
    /// HTTP Bearer, or a scheme that gives a bearer token: OAuth 2, `OpenID` Connect.
    Bearer,
    /// An API key.
    Key(ApiKeyLocation),
    /// A scheme that the client doesn't support, such as mutual TLS.
    Other,
}

impl SecurityScheme {
    /// Creates a scheme for HTTP Basic authentication: a user name and a password.
    #[must_use]
    pub const fn basic(name: &'static str) -> Self {
        Self { name, kind: SchemeKind::Basic }
    }

    /// Creates a scheme for bearer tokens: HTTP Bearer authentication, OAuth 2 or `OpenID` Connect.
    #[must_use]
    pub const fn bearer(name: &'static str) -> Self {
        Self { name, kind: SchemeKind::Bearer }
    }

    /// Creates a scheme for an API key that is sent in the location `key`.
    #[must_use]
    pub const fn api_key(name: &'static str, key: ApiKeyLocation) -> Self {
        Self { name, kind: SchemeKind::Key(key) }
    }

    /// Creates a scheme that the client doesn't support, such as mutual TLS.
    #[must_use]
    pub const fn other(name: &'static str) -> Self {
        Self { name, kind: SchemeKind::Other }
    }

    /// Returns the name that security requirements refer to.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) const fn kind(&self) -> SchemeKind {
        self.kind
    }
}
