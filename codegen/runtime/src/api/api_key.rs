//! Where a key is sent that lets a client in.

/// Where an API takes its key, as its description declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiKey(Location);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    Header(&'static str),
    Query(&'static str),
    Cookie(&'static str),
    /// The header `Authorization`, behind the name of a scheme.
    Scheme(&'static str),
}

impl ApiKey {
    /// A header of this name.
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self(Location::Header(name))
    }

    /// A query parameter of this name.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self(Location::Query(name))
    }

    /// A cookie of this name.
    #[must_use]
    pub const fn cookie(name: &'static str) -> Self {
        Self(Location::Cookie(name))
    }

    /// The header `Authorization`, with the name of a scheme before the key.
    #[must_use]
    pub const fn scheme(name: &'static str) -> Self {
        Self(Location::Scheme(name))
    }

    #[cfg(feature = "client")]
    pub(crate) const fn location(&self) -> Location {
        self.0
    }

    /// Whether both lead to the same location; names of headers and schemes are the same in any case.
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
