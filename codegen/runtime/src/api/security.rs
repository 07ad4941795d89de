//! Security schemes, and which of them an operation requires.

use super::api_key::ApiKey;

/// Names of security schemes that are required together; none where no credentials are needed.
pub type Requirement = &'static [&'static str];

/// A way to authenticate that an API's description declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecurityScheme {
    name: &'static str,
    kind: SchemeKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SchemeKind {
    /// HTTP Basic.
    Basic,
    /// HTTP Bearer, or what ends in a bearer token: OAuth 2, `OpenID` Connect.
    Bearer,
    /// A key of its own.
    Key(ApiKey),
    /// What the client has no credentials for, such as a TLS certificate.
    Other,
}

impl SecurityScheme {
    /// HTTP Basic: a user and a password.
    #[must_use]
    pub const fn basic(name: &'static str) -> Self {
        Self { name, kind: SchemeKind::Basic }
    }

    /// A bearer token: HTTP Bearer, OAuth 2, `OpenID` Connect.
    #[must_use]
    pub const fn bearer(name: &'static str) -> Self {
        Self { name, kind: SchemeKind::Bearer }
    }

    /// A key, and where it is sent.
    #[must_use]
    pub const fn api_key(name: &'static str, key: ApiKey) -> Self {
        Self { name, kind: SchemeKind::Key(key) }
    }

    /// What the client has no credentials for, such as a TLS certificate.
    #[must_use]
    pub const fn other(name: &'static str) -> Self {
        Self { name, kind: SchemeKind::Other }
    }

    /// The name that requirements call it by.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    #[cfg(feature = "client")]
    pub(crate) const fn kind(&self) -> SchemeKind {
        self.kind
    }
}
