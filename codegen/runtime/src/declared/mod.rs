//! What an API's description says of the API as a whole: constants that a client is set up with.

mod api_key;
mod server;

pub use api_key::ApiKey;
#[cfg(feature = "client")]
pub(crate) use api_key::Place;
pub use server::{Server, ServerVariable};
