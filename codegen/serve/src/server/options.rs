//! Options of the fake server.

/// Where the values of responses come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Values {
    /// The examples of the description where there are some, and generated values elsewhere.
    #[default]
    Examples,
    /// Generated values only.
    Generated,
}

/// Options of the fake server.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServeOptions {
    /// The seed of generated values. The same seed gives the same response to the same request.
    pub seed: u64,
    /// Where the values of responses come from.
    pub values: Values,
    /// Whether the seed chooses among all declared responses that are not errors. Otherwise it is the first success.
    pub any_status: bool,
    /// Whether requests without credentials are rejected where the description requires some.
    pub checks_security: bool,
    /// The maximum size of a request body, in bytes. A larger one is rejected with 413.
    pub max_body: usize,
    /// The maximum size of the header fields of a request, in bytes. At least 8 KiB.
    pub max_headers: usize,
    /// The seconds in which a request has to arrive completely.
    pub timeout: u64,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            seed: 0,
            values: Values::Examples,
            any_status: false,
            checks_security: true,
            max_body: 16 * 1024 * 1024,
            max_headers: 64 * 1024,
            timeout: 30,
        }
    }
}

impl ServeOptions {
    /// Sets the seed.
    #[must_use]
    pub fn with_seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// Sets where the values of responses come from.
    #[must_use]
    pub fn with_values(self, values: Values) -> Self {
        Self { values, ..self }
    }

    /// Sets whether the seed chooses the status code.
    #[must_use]
    pub fn with_any_status(self, any_status: bool) -> Self {
        Self { any_status, ..self }
    }

    /// Sets the maximum sizes of a request body and of the header fields, in bytes.
    #[must_use]
    pub fn with_limits(self, max_body: usize, max_headers: usize) -> Self {
        Self { max_body, max_headers, ..self }
    }

    /// Sets the seconds in which a request has to arrive completely.
    #[must_use]
    pub fn with_timeout(self, timeout: u64) -> Self {
        Self { timeout, ..self }
    }

    /// Sets whether credentials are required.
    #[must_use]
    pub fn with_security(self, checks_security: bool) -> Self {
        Self { checks_security, ..self }
    }
}
