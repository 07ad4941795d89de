//! Runtime of the clients that `clientwright` makes of OpenAPI descriptions: JSON, requests, the HTTP client, pages.
//!
//! A generated crate has all of this under its own name, with the endpoints, the models and a `Client` of its API:
//! depend on that. What several such crates share is this one, compiled once, so that code over [`Request`],
//! [`Error`] or [`Timestamp`] works with any of them. What differs between APIs is data, see [`Api`].
//!
//! What is hidden here is for emitted code, and may be another in any version.

#[macro_use]
mod facade;

#[doc(hidden)]
pub mod operation;
#[doc(hidden)]
pub mod paged;
#[cfg_attr(not(feature = "export"), allow(dead_code, unused_imports, reason = "some of it is for exports"))]
#[doc(hidden)]
pub mod request;
#[doc(hidden)]
pub mod wire;

// Between JSON and models. Each knows those before it only: json, types, state, model, decode, encode, nodes, wire.
mod decode;
mod encode;
mod json;
mod model;
mod nodes;
mod state;
mod types;

mod api;
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "client")]
#[cfg_attr(not(feature = "export"), allow(dead_code, unused_imports, reason = "some of it is for exports"))]
mod client;
#[cfg_attr(not(feature = "export"), allow(dead_code, reason = "some of it is for exports"))]
mod error;
#[cfg(feature = "export")]
mod export;
#[cfg(feature = "source")]
pub mod source;
#[cfg(feature = "client")]
mod tokens;

pub use api::{Api, ApiKey, ErrorHint, Requirement, SecurityScheme, Server, ServerVariable, TokenRequest};
#[cfg(feature = "client")]
pub use client::{Auth, Client, ClientBuilder, Clock, OAuth, RetryPolicy, SystemClock, Wait, WaitReason};
pub use decode::error::DecodeError;
pub use decode::text::decode;
pub use encode::error::EncodeError;
pub use encode::text::encode;
pub use error::{ApiError, ApiErrorItem, Error};
#[cfg(feature = "client")]
pub use error::{ConfigError, OAuthError, OAuthErrorKind, TransportError, TransportErrorKind};
#[cfg(feature = "export")]
pub use error::{ExportError, ExportErrorKind};
#[cfg(feature = "export")]
pub use export::{
    Checkpoint, CheckpointError, Event, Export, Page, Pages, Progress, RawRecord, Records, Waiter,
};
pub use model::extra::Extra;
pub use model::node::Node;
pub use operation::{Method, Operation, Pagination, PaginationStyle, Pending, RateLimit};
pub use paged::Paged;
pub use request::{IntoRequest, Part, Request, RequestError};
#[cfg(feature = "client")]
#[doc(hidden)]
pub use reqwest;
#[doc(hidden)]
pub use serde;
pub use serde_json::{Map, Value};
#[cfg(feature = "client")]
pub use tokens::{TokenStore, Tokens};
pub use types::maybe::Maybe;
pub use types::number::Number;
pub use types::timestamp::{ParseTimestampError, Timestamp};
pub use types::unix_time::{UnixMicros, UnixSeconds};
pub use types::unknown_value::UnknownValue;
