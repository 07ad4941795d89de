//! What a simulator has seen.

use crate::fault::Fault;
use crate::limits::Bucket;

/// A request, and what became of it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// In upper case.
    pub method: String,
    /// Without a `.json` at its end.
    pub path: String,
    /// As it was sent, without the question mark.
    pub query: String,
    /// Status of the answer; `None` where the connection ended before there was one.
    pub status: Option<u16>,
    /// What went wrong on purpose.
    pub fault: Option<Fault>,
    /// When it arrived, in simulated Unix microseconds.
    pub time: i64,
    /// Id of the operation in the description.
    pub operation: Option<String>,
    /// The limit that it counted towards.
    pub bucket: Option<Bucket>,
}

/// A request that arrived at the other host, to which no client should go.
#[derive(Clone)]
pub struct ForeignRequest {
    /// In upper case.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// Names, in lower case, and values.
    pub headers: Vec<(String, String)>,
}

/// Without the values of headers, which may be credentials.
impl std::fmt::Debug for ForeignRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("ForeignRequest")
            .field("method", &self.method)
            .field("target", &self.target)
            .field("headers", &names)
            .finish()
    }
}
