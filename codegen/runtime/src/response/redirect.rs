//! Declared redirects.

use std::fmt;

/// A response with a redirect status (3xx) that the description declares. The client doesn't follow it.
///
/// `Debug` doesn't show the location, because its query may contain a signature.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Redirect {
    /// The status code.
    pub status: u16,
    /// The value of the `Location` header, as the server sent it: a URL, or a path relative to that of the request.
    pub location: Option<String>,
}

impl fmt::Debug for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut output = f.debug_struct("Redirect");
        output.field("status", &self.status).field("has_location", &self.location.is_some()).finish()
    }
}
