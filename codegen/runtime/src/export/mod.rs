//! Exports, which follow the pages of an operation to their end, without missing or repeated records.
//!
//! One engine supports all pagination styles, which operations declare ([`Operation::pagination`]). Its parts:
//!
//! - `scan` splits a page into records without parsing them.
//! - `paging` decides on the next request after each page, in pure functions.
//! - `versions` says which records are the same, and `recent` remembers those of recent pages.
//! - `dedup` has the keys of records in checkpoints, `page_size` the page size, `position` the position of the next request.
//! - `look_back` decides how far a checkpoint stays behind; `fetch_observer` observes a request for a page.
//! - `engine` combines these with the client; `pages` and `records` decode its output, all of each record or, as a
//!   `partial_record`, some of its fields.
//! - `waiter` polls until a background job has ended; it doesn't use the engine.
//!
//! [`Operation::pagination`]: crate::Operation::pagination

mod builder;
mod checkpoint;
mod decode_record;
mod dedup;
mod engine;
mod fetch_observer;
mod fetched_page;
mod look_back;
mod options;
mod page;
mod page_size;
mod pages;
mod paging;
mod partial_record;
mod position;
mod progress;
mod raw_record;
mod recent;
mod records;
mod restart;
mod scan;
mod versions;
mod waiter;

pub use builder::Export;
pub use checkpoint::{Checkpoint, CheckpointError};
pub use page::Page;
pub use pages::Pages;
pub use partial_record::PartialRecord;
pub use progress::{ExportEvent, ExportProgress};
pub use raw_record::{RawRecord, UnreadableRecord};
pub use records::Records;
pub use waiter::Waiter;
