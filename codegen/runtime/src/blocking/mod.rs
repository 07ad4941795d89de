//! A client for programs without an async runtime.

mod client;
#[cfg(feature = "export")]
mod export;
mod stream;

#[cfg(test)]
mod tests;

pub use client::Client;
#[cfg(feature = "export")]
pub use export::{Export, Pages, Records};
pub use stream::{Download, ItemStream};
