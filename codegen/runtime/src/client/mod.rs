//! The client: sends requests to the server and returns the responses.
//!
//! `fetch` runs a request: it waits for the rate limits (`limit`), gets credentials (`auth`, `oauth`), sends the
//! request once through the middleware (`transport`), and after a failure decides whether to try again (`retry`).

mod api_client;
mod auth;
mod base_url;
#[cfg(not(target_arch = "wasm32"))]
mod blocking_source;
mod builder;
mod call_options;
mod client_context;
mod clock;
mod fetch;
#[cfg(target_arch = "wasm32")]
mod fetch_client;
#[cfg(not(target_arch = "wasm32"))]
mod http_client;
mod limit;
mod oauth;
mod observer;
mod platform;
mod raw_response;
mod request_credentials;
mod retry;
mod run;
mod send;
mod server_url;
mod stream;
#[cfg(not(target_arch = "wasm32"))]
mod tls;
mod token_source;
pub mod transport;
mod upload_source;
mod whole_response;

#[cfg(test)]
mod tests;

pub use api_client::Client;
pub use auth::Auth;
pub use builder::ClientBuilder;
pub use clock::{Clock, SystemClock};
pub use oauth::OAuth;
pub use observer::{Wait, WaitReason};
pub use retry::RetryPolicy;
pub use stream::{Download, ItemStream};
pub use whole_response::Response;

pub(crate) use observer::{Observer, ResponseCheck};
pub(crate) use raw_response::RawResponse;
