//! The runtime of clients that `clientwright` generates from OpenAPI descriptions: JSON, requests, an HTTP client,
//! pagination.
//!
//! A generated crate re-exports these items, and adds the endpoint functions, models and the `Client` of its API. Most
//! programs depend only on that crate. All generated crates share this crate, so generic code over [`Request`],
//! [`Error`] or [`Timestamp`] works with each of them. The differences between APIs are data: see [`Api`].
//!
//! Hidden items are for emitted code. They may change in any version.

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
#[macro_use]
pub mod response;
pub mod webhook;
#[doc(hidden)]
pub mod wire;

// From JSON to models and back. Each module uses only those before it in this order: json, types, state, model, encode,
// decode, nodes, wire.
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
#[cfg_attr(
    not(feature = "client"),
    allow(dead_code, unused_imports, reason = "some of it is for the client")
)]
mod framing;
#[cfg(feature = "mock")]
pub mod mock;
mod percent;
mod secrets;
#[cfg(feature = "source")]
pub mod source;
#[cfg(feature = "client")]
mod tokens;
#[cfg(feature = "validate")]
mod validate;

pub use api::{
    Api, ApiKeyLocation, ErrorHint, SecurityRequirement, SecurityScheme, Server, ServerVariable,
    TokenRequestFormat,
};
#[cfg(feature = "client")]
pub use client::transport;
#[cfg(feature = "client")]
pub use client::{
    Auth, Client, ClientBuilder, Clock, Download, ItemStream, OAuth, Response, RetryPolicy, SystemClock,
    Wait, WaitReason,
};
pub use decode::error::DecodeError;
pub use decode::mismatch::{Mismatch, Mismatches};
pub use decode::text::decode;
pub use encode::error::EncodeError;
pub use encode::text::encode;
pub use error::{ApiError, ApiErrorItem, Error, ErrorKind, ReceivedResponse};
#[cfg(feature = "export")]
pub use error::{ExportError, ExportErrorKind};
#[cfg(feature = "export")]
pub use export::{
    Checkpoint, CheckpointError, Export, ExportEvent, ExportProgress, Page, Pages, PartialRecord, RawRecord,
    Records, UnreadableRecord, Waiter,
};
pub use model::extra::Extra;
pub use model::node::{Decode, Node};
pub use nodes::lenient::{Lenient, decode_lenient};
pub use operation::{Method, Operation, Pagination, PaginationStyle, PendingStates, RateLimit, Streaming};
pub use paged::Paged;
pub use request::{IntoRequest, Part, Request, RequestError, RequestOptions, Upload};
#[cfg(feature = "client")]
#[doc(hidden)]
pub use reqwest;
pub use response::{Events, FromResponse, Items, Redirect, ResponseHeader};
#[doc(hidden)]
pub use serde;
pub use serde_json::{Map, Value};
#[cfg(feature = "client")]
pub use tokens::{TokenFuture, TokenProvider, TokenStore, Tokens};
#[cfg(feature = "base64")]
pub use types::conversion::Base64;
pub use types::conversion::{Accepts, Conversion, FromNumber, FromText, WithSerde};
pub use types::custom::Custom;
pub use types::json_text::JsonText;
pub use types::maybe::Maybe;
pub use types::null::Null;
pub use types::number::{Number, ParseNumberError};
pub use types::timestamp::{ParseTimestampError, Timestamp};
pub use types::tuple::Tuple;
pub use types::unix_time::{UnixMicros, UnixSeconds};
pub use types::unknown_value::UnknownValue;
#[cfg(feature = "validate")]
pub use validate::{Validate, Violation, Violations};
