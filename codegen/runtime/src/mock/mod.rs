//! A transport for tests without a network: it responds by operation, records what was sent, and fails on requests that were
//! not expected.
//!
//! ```
//! use clientwright_runtime::mock::Mock;
//! use clientwright_runtime::{Api, Client, Operation, Request, Value};
//! # use clientwright_runtime::{EncodeError, ErrorKind};
//!
//! # static API: Api = Api::new("example/1.0.0");
//! # static GET_ITEM: Operation = Operation::get("getItem", "/items/{id}");
//! # fn get_item(id: i64) -> Request<Value> { Request::new(&GET_ITEM).path("id", &id) }
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! let mock = Mock::new();
//! mock.on(get_item(1)).respond(&"a value".into()).respond_status(404, r#"{"error": "gone"}"#);
//! let client = Client::builder(&API).mock(&mock).build()?;
//!
//! assert_eq!(client.send(get_item(5)).await?, "a value");
//! assert!(client.send(get_item(6)).await.unwrap_err().is_not_found());
//! assert_eq!(mock.requests()[1].path_and_query(), "/items/6");
//! mock.verify()?;
//! # Ok(())
//! # })
//! # }
//! ```

mod builder;
mod clock;
mod expectation;
#[expect(clippy::module_inception, reason = "its main type")]
mod mock;
mod recorded;
mod replies;
mod reply;

#[cfg(test)]
mod tests;

pub use clock::MockClock;
pub use expectation::Expectation;
pub use mock::Mock;
pub use recorded::RecordedRequest;
pub use replies::MockError;
pub use reply::{Fault, Reply};
