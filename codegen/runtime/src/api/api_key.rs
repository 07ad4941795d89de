//! The location of an API key in a request.

/// The location of an API key in a request: a header, a query parameter or a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiKeyLocation(Location);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Header(&'static str),
    Query(&'static str),
    Cookie(&'static str),
    /// The `Authorization` header, after the name of the scheme.
    Scheme(&'static str),
}

impl ApiKeyLocation {
    /// Sends the key as the value of the header with this name.
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self(Location::Header(name))
    }

    /// Sends the key as the value of the query parameter with this name.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self(Location::Query(name))
    }

    /// Sends the key as the value of the cookie with this name.
    #[must_use]
    pub const fn cookie(name: &'static str) -> Self {
        Self(Location::Cookie(name))
    }

    /// Sends the key in the `Authorization` header, after the name of an authentication scheme.
    #[must_use]
    pub const fn scheme(name: &'static str) -> Self {
        Self(Location::Scheme(name))
    }

    #[cfg(feature = "client")]
    pub(crate) const fn location(&self) -> Location {
        self.0
    }

    /// Returns whether both are the same location. Names of headers and schemes are case-insensitive.
    #[cfg(feature = "client")]
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (self.0, other.0) {
            (Location::Header(a), Location::Header(b)) | (Location::Scheme(a), Location::Scheme(b)) => {
                a.eq_ignore_ascii_case(b)
            }
            (a, b) => a == b,
        }
    }
}
