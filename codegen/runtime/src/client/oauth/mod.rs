//! OAuth access tokens that expire and are refreshed.

mod session;
mod settings;
mod token_response;

pub(super) use session::Session;
pub use settings::OAuth;
