//! Access tokens that expire, and are exchanged for new ones.

mod answer;
mod session;
mod settings;

pub(super) use session::Session;
pub use settings::OAuth;
