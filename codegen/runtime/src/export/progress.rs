//! How far an export has got, for a log line or a progress bar.

use std::time::Duration;

use crate::client::Wait;
use crate::error::Error;
use crate::types::timestamp::Timestamp;

/// How far an export has got.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many pages were handed out since the start of the export, over all its resumptions.
    pub pages: u64,
    /// How many records were handed out since the start of the export, over all its resumptions.
    pub records: u64,
    /// How many records this process dropped because they had been handed out before.
    pub repeats: u64,
    /// How far the records go, by the time that the export orders them by; unknown for some.
    pub reached: Option<Timestamp>,
    /// How far that is behind the server's clock.
    pub lag: Option<Duration>,
    /// How long this process has waited, for limits, before retries and between polls.
    pub waited: Duration,
    /// How many records a full page holds at the moment; it shrinks when the server can't cope.
    pub page_size: u32,
    /// Whether there is nothing more for now.
    pub caught_up: bool,
}

/// What happens during an export.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// Nothing is sent for a while.
    Waiting(&'a Wait),
    /// A request failed and is sent again.
    Retrying(&'a Error),
    /// A page was handed out.
    Page(&'a Progress),
    /// The rest of a second was given up, as [`Export::step_over_stalls`](super::Export::step_over_stalls)
    /// allows. Records may be missing.
    SteppedOver {
        /// That second, in seconds since the start of 1970.
        second: i64,
    },
}

/// Whom to tell.
#[derive(Default)]
pub(super) struct Listener(pub(super) Option<Listening>);

pub(super) type Listening = Box<dyn FnMut(&Event<'_>) + Send>;

impl Listener {
    pub(super) fn tell(&mut self, event: &Event<'_>) {
        if let Some(listener) = &mut self.0 {
            listener(event);
        }
    }
}
