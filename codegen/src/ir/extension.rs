//! What the generator's own extensions declare.

use super::ty::Type;
use crate::base::name::RustName;
use crate::base::pointer::Pointer;

/// One way to page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// The constructor's name: `cursor`, `time`, …
    pub style: RustName,
    /// Key of the list of records in the answer.
    pub items: String,
    /// Records that a page may hold.
    pub max_page_size: u32,
    /// The query parameter that sets how many records a page holds.
    pub size: Option<String>,
    /// Keys that tell one version of a record from all others; empty where only all of it does.
    pub identity: Vec<String>,
    /// Key of the time that the pages follow.
    pub position: Option<String>,
    /// Seconds that a record may be late.
    pub late: u32,
}

/// What makes a model a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Key of the list of records.
    pub items: String,
    /// The records' type.
    pub record: Type,
    /// The way to page that says so.
    pub pointer: Pointer,
}

/// The bucket that an operation draws from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// The bucket's name.
    pub bucket: String,
    /// Requests allowed …
    pub requests: u32,
    /// … in so many seconds.
    pub seconds: u32,
    /// The header of answers that tells the bucket's state.
    pub header: Option<String>,
}

/// How an answer shows that the work which it describes goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Where the state stands in the answer.
    pub pointer: Pointer,
    /// States of work that goes on.
    pub values: Vec<String>,
}
