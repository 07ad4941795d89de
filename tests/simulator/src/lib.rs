//! A simulator of the server: every operation of the description over HTTP on loopback, with the server's
//! paging, limits, errors and odd shapes, and with faults on demand.
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
//! In the account, agents have the ids 224 to 283, and all credentials belong to agent 224; tickets have the ids
//! from 1 on.
//!
//! The world is made from the seed; the same seed and the same requests give the same answers, as far as they
//! don't depend on time. Where that matters, let the clock stand still ([`Config::time_scale`] of 0) and move
//! it by hand ([`Simulator::advance`]).

mod auth;
mod check;
mod config;
mod description;
mod dice;
mod endpoints;
mod failure;
mod fault;
mod handle;
mod http;
mod json;
mod limits;
mod lock;
mod log;
mod plan;
mod resource;
mod schema;
mod serve;
mod server;
mod simulator;
mod time;
mod world;

pub use crate::auth::Credentials;
pub use crate::config::{Changes, Config, Limits, Spelling};
pub use crate::fault::Fault;
pub use crate::limits::Bucket;
pub use crate::log::{ForeignRequest, Seen};
pub use crate::plan::FaultPlan;
pub use crate::resource::Resource;
pub use crate::simulator::{Simulator, StartError};
pub use crate::world::Version;
