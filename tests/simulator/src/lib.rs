//! A simulator of the server: it implements every operation of the description over HTTP on loopback, with the server's
//! pagination, rate limits, errors and irregular values. It can inject faults.
//!
//! ```no_run
//! use simulator::{Config, FaultPlan, Resource, Simulator};
//!
//! # async fn run() {
//! let config = Config::default().seed(7).tickets(2_500).faults(FaultPlan::all());
//! let simulator = Simulator::start(config).await;
//! println!("{}", simulator.url());
//! // … let a client export the tickets, then compare what it got:
//! let expected = simulator.versions(Resource::Tickets);
//! # }
//! ```
//!
//! The ids of the account's agents are 224 to 283, and all credentials belong to agent 224. The ids of tickets start at
//! 1.
//!
//! The seed determines the account's data. The same seed and the same requests give the same responses, unless they
//! depend on the time. For full determinism, stop the clock ([`Config::time_scale`] of 0) and advance it manually
//! ([`Simulator::advance`]).

mod account;
mod auth;
mod check;
mod config;
mod description;
mod endpoints;
mod fault;
mod fault_plan;
mod fault_response;
mod handle;
mod http;
mod json;
mod limits;
mod lock;
mod random;
mod request_log;
mod resource;
mod schema;
mod serve;
mod server;
mod simulator;
mod time;

pub use crate::account::Version;
pub use crate::auth::Credentials;
pub use crate::config::{Changes, Config, Limits, RateLimitHeaders};
pub use crate::fault::Fault;
pub use crate::fault_plan::FaultPlan;
pub use crate::limits::Bucket;
pub use crate::request_log::{LoggedRequest, OtherHostRequest};
pub use crate::resource::Resource;
pub use crate::simulator::{Simulator, StartError};
