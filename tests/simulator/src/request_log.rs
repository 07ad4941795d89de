//! The log of requests.

use crate::fault::Fault;
use crate::limits::Bucket;

/// A request and its outcome.
#[derive(Clone, Debug)]
pub struct LoggedRequest {
    /// The method in upper case.
    pub method: String,
    /// The path without the suffix `.json`.
    pub path: String,
    /// The query as it was sent, without the question mark.
    pub query: String,
    /// The status code of the response; `None` if the connection was reset before the response.
    pub status: Option<u16>,
    /// The injected fault.
    pub fault: Option<Fault>,
    /// The time of arrival in simulated Unix microseconds.
    pub time: i64,
    /// The operationId in the description.
    pub operation: Option<String>,
    /// The rate limit that the request counted towards.
    pub bucket: Option<Bucket>,
}

/// A request that arrived at the other host, to which no client should send requests.
#[derive(Clone)]
pub struct OtherHostRequest {
    /// The method in upper case.
    pub method: String,
    /// The path and query.
    pub target: String,
    /// The header fields: names in lower case, and values.
    pub headers: Vec<(String, String)>,
}

/// Omits the values of headers, as they may be credentials.
impl std::fmt::Debug for OtherHostRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("OtherHostRequest")
            .field("method", &self.method)
            .field("target", &self.target)
            .field("headers", &names)
            .finish()
    }
}
