//! Exports: following pages to their end, so that nothing is lost and nothing comes twice.
//!
//! One engine serves all ways of paging, told by what the operation declares ([`Operation::pagination`]); it
//! knows no endpoint by its name. Its parts:
//!
//! - `scan` takes a page apart without building anything of its records.
//! - `paging` decides after each page where to go on; pure functions.
//! - `seen` knows the records that come again, `page_size` how much to ask for, `place` where to ask.
//! - `engine` puts them together with the client; `pages` and `records` give its output a type.
//!
//! [`Operation::pagination`]: crate::Operation::pagination

mod checkpoint;
mod engine;
mod page;
mod page_size;
mod pages;
mod paging;
mod place;
mod plan;
mod progress;
mod read;
mod records;
mod scan;
mod seen;
mod waiter;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use page::{Page, RawRecord};
pub use pages::Pages;
pub use plan::Export;
pub use progress::{Event, Progress};
pub use records::Records;
pub use waiter::Waiter;
