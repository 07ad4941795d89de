//! The declarations of this generator's extensions for operations.

use super::ty::Type;
use crate::base::name::RustName;
use crate::base::pointer::Pointer;

/// A pagination style of an operation, as declared by `x-pagination`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// Name of the constructor: `cursor`, `time`, …
    pub style: RustName,
    /// Key of the array of records in the response.
    pub items: String,
    /// Maximum number of records in a page.
    pub max_page_size: u32,
    /// The query parameter that sets the number of records in a page.
    pub size: Option<String>,
    /// Keys that together identify one version of a record. Empty if only all keys together do.
    pub identity: Vec<String>,
    /// Key of the timestamp by which pages are ordered.
    pub position: Option<String>,
    /// Maximum delay, in seconds, until a record appears.
    pub late: u32,
}

/// The properties of a model that is a page of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Key of the array of records.
    pub items: String,
    /// Type of the records.
    pub record: Type,
    /// JSON pointer to the `x-pagination` that declares it.
    pub pointer: Pointer,
}

/// The rate limit of an operation, as declared by `x-rate-limit`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Name of the bucket. Operations with the same bucket share the limit.
    pub bucket: String,
    /// Number of requests allowed per period.
    pub requests: u32,
    /// Length of the period in seconds.
    pub seconds: u32,
    /// The response header field that reports the state of the bucket.
    pub header: Option<String>,
}

/// How a response shows that background work is not finished, as declared by `x-pending`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// JSON pointer to the state in the response.
    pub pointer: Pointer,
    /// The states of unfinished work.
    pub values: Vec<String>,
}
