//! The data of the account, and its changes.

mod changes;
pub(crate) mod jobs;
mod logs;
mod progress;
pub(crate) mod record;
pub(crate) mod routing;
mod rows;
mod seeding;
mod state;
mod version;

pub(crate) use record::RecordWriter;
pub(crate) use rows::Row;
pub(crate) use state::Account;
pub use version::Version;
