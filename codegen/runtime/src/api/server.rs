//! Servers and server variables.

/// A server that the API's description declares: a URL, which may have variables in braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Server {
    url: &'static str,
    variables: &'static [ServerVariable],
}

/// A server variable: a part of a server's URL that the user of the client sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    name: &'static str,
    default: &'static str,
    values: &'static [&'static str],
}

impl Server {
    /// Creates a server from its URL and the variables in it.
    #[must_use]
    pub const fn new(url: &'static str, variables: &'static [ServerVariable]) -> Self {
        Self { url, variables }
    }

    /// Returns the URL, with variables in braces. A URL that begins with a slash is a path on the host that serves
    /// the description.
    #[must_use]
    pub const fn url(&self) -> &'static str {
        self.url
    }

    /// Returns the variables in the URL.
    #[must_use]
    pub const fn variables(&self) -> &'static [ServerVariable] {
        self.variables
    }
}

impl ServerVariable {
    /// Creates a variable from its name, its default and its allowed values; empty if any value is allowed.
    #[must_use]
    pub const fn new(name: &'static str, default: &'static str, values: &'static [&'static str]) -> Self {
        Self { name, default, values }
    }

    /// Returns the name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the default value.
    #[must_use]
    pub const fn default(&self) -> &'static str {
        self.default
    }

    /// Returns the allowed values; empty if any value is allowed.
    #[must_use]
    pub const fn values(&self) -> &'static [&'static str] {
        self.values
    }
}
