//! Where a key is sent that lets a client in.

/// Where an API takes its key, as its description declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiKey(Place);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
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
        Self(Place::Header(name))
    }

    /// A query parameter of this name.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self(Place::Query(name))
    }

    /// A cookie of this name.
    #[must_use]
    pub const fn cookie(name: &'static str) -> Self {
        Self(Place::Cookie(name))
    }

    /// The header `Authorization`, with the name of a scheme before the key.
    #[must_use]
    pub const fn scheme(name: &'static str) -> Self {
        Self(Place::Scheme(name))
    }

    #[cfg_attr(not(feature = "client"), expect(dead_code, reason = "for the client"))]
    pub(crate) const fn place(&self) -> Place {
        self.0
    }
}
