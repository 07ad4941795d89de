//! Where a request carries an API key.

/// Where a request carries an API key: in a header field, a query parameter or a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiKeyLocation(Location);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Header(&'static str),
    Query(&'static str),
    Cookie(&'static str),
    /// The header `Authorization`, after the name of the scheme.
    Scheme(&'static str),
}

impl ApiKeyLocation {
    /// The key is the value of the header with this name.
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self(Location::Header(name))
    }

    /// The key is the value of the query parameter with this name.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self(Location::Query(name))
    }

    /// The key is the value of the cookie with this name.
    #[must_use]
    pub const fn cookie(name: &'static str) -> Self {
        Self(Location::Cookie(name))
    }

    /// The key follows the name of an authentication scheme in the header `Authorization`.
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
