//! Servers, and what in their addresses is left to the caller.

/// A server that an API's description names: an address with variables in braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Server {
    url: &'static str,
    variables: &'static [ServerVariable],
}

/// A part of a server's address that is left to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    name: &'static str,
    default: &'static str,
    values: &'static [&'static str],
}

impl Server {
    /// A server with the variables that its address names.
    #[must_use]
    pub const fn new(url: &'static str, variables: &'static [ServerVariable]) -> Self {
        Self { url, variables }
    }

    /// The address, with variables in braces. Where it begins with a slash, it is a path on the host that gave
    /// the description.
    #[must_use]
    pub const fn url(&self) -> &'static str {
        self.url
    }

    /// The variables in it.
    #[must_use]
    pub const fn variables(&self) -> &'static [ServerVariable] {
        self.variables
    }
}

impl ServerVariable {
    /// A variable, its value where none is set, and all that it may have; any if there are none.
    #[must_use]
    pub const fn new(name: &'static str, default: &'static str, values: &'static [&'static str]) -> Self {
        Self { name, default, values }
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Its value where none is set.
    #[must_use]
    pub const fn default(&self) -> &'static str {
        self.default
    }

    /// All values that it may have; any if there are none here.
    #[must_use]
    pub const fn values(&self) -> &'static [&'static str] {
        self.values
    }
}
