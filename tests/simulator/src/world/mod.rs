//! The data that the server holds, and how they change.

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

pub(crate) use record::Maker;
pub(crate) use rows::Row;
pub(crate) use state::World;
pub use version::Version;
