//! Versions of OpenAPI.

/// The version of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum OpenApiVersion {
    V30,
    V31,
    V32,
}

impl OpenApiVersion {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::V30 => "3.0.3",
            Self::V31 => "3.1.0",
            Self::V32 => "3.2.0",
        }
    }
}
