//! What a simulator is like.

use std::time::Duration;

use crate::plan::FaultPlan;
use crate::resource::Resource;

/// How a simulator is set up. All of it has defaults: a small, quiet world without limits or faults.
#[derive(Clone, Debug)]
pub struct Config {
    pub(crate) seed: u64,
    pub(crate) port: u16,
    pub(crate) epoch: i64,
    pub(crate) time_scale: f64,
    pub(crate) tickets: u32,
    pub(crate) sizes: Vec<(Resource, u32)>,
    pub(crate) changes: Changes,
    pub(crate) late_breaches: u32,
    pub(crate) limits: Limits,
    pub(crate) faults: FaultPlan,
    pub(crate) list_page_size: usize,
    pub(crate) metric_page_size: usize,
    pub(crate) routing_page_size: usize,
    pub(crate) short_pages: bool,
    pub(crate) empty_pages: bool,
    pub(crate) end_of_stream: bool,
    pub(crate) plain_too_recent: bool,
    pub(crate) token_lifetime: Option<Duration>,
    pub(crate) checked_answers: bool,
}

/// How much the world changes while it is exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Records that change, appear or are deleted after each page of an export.
    pub per_request: u32,
    /// After how many such changes the world is quiet.
    pub total: u32,
}

/// Whether requests are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Limits {
    /// Any number of requests is answered, without headers that tell of limits.
    #[default]
    Off,
    /// Requests beyond the limits are refused.
    On {
        /// Whether the account has paid for three times as many exports.
        add_on: bool,
        /// Share of each limit, from 0 to 1, that someone else uses up.
        other_client: f64,
        /// How the headers of the general limit are spelled.
        spelling: Spelling,
    },
}

impl Limits {
    /// The limits of an account without extras that nobody else uses.
    #[must_use]
    pub fn on() -> Self {
        Self::On { add_on: false, other_client: 0.0, spelling: Spelling::All }
    }
}

/// How the headers of the general limit are spelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spelling {
    /// In every way at once.
    #[default]
    All,
    /// `x-rate-limit`, `x-rate-limit-remaining`.
    XRateLimit,
    /// `rate-limit-limit`, `rate-limit-remaining`, `rate-limit-reset`.
    RateLimit,
    /// `ratelimit-limit`, `ratelimit-remaining`, `ratelimit-reset`.
    Ratelimit,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            seed: 1,
            port: 0,
            // 2026-03-02T12:00:00Z
            epoch: 1_772_452_800,
            time_scale: 1.0,
            tickets: 2_500,
            sizes: Vec::new(),
            changes: Changes::default(),
            late_breaches: 0,
            limits: Limits::Off,
            faults: FaultPlan::none(),
            list_page_size: 100,
            metric_page_size: 1_000,
            routing_page_size: 3_000,
            short_pages: true,
            empty_pages: true,
            end_of_stream: true,
            plain_too_recent: false,
            token_lifetime: None,
            checked_answers: true,
        }
    }
}

impl Config {
    /// Decides the world's records and the order of faults; 1 by default.
    #[must_use]
    pub fn seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// The port to listen on; 0, the default, is any free one.
    #[must_use]
    pub fn port(self, port: u16) -> Self {
        Self { port, ..self }
    }

    /// The instant at which simulated time starts, in Unix seconds. The records are older.
    #[must_use]
    pub fn epoch(self, seconds: i64) -> Self {
        Self { epoch: seconds, ..self }
    }

    /// How many simulated seconds pass in a real one. With 0 the clock stands still until it
    /// is advanced; a million is the most.
    #[must_use]
    pub fn time_scale(self, scale: f64) -> Self {
        // Also for what is no number.
        let time_scale = if scale >= 0.0 { scale.min(1e6) } else { 0.0 };
        Self { time_scale, ..self }
    }

    /// How many tickets there are. The other resources follow in proportion, unless [`Config::size`] says
    /// otherwise.
    #[must_use]
    pub fn tickets(self, tickets: u32) -> Self {
        Self { tickets, ..self }
    }

    /// How many records of a resource there are at first.
    #[must_use]
    pub fn size(mut self, resource: Resource, size: u32) -> Self {
        self.sizes.retain(|(known, _)| *known != resource);
        self.sizes.push((resource, size));
        self
    }

    /// How much the world changes while it is exported; not at all by default.
    #[must_use]
    pub fn changes(self, changes: Changes) -> Self {
        Self { changes, ..self }
    }

    /// How many breaches are announced late: after a page of metric events, one that happened up to 29
    /// minutes ago, or will happen up to 20 minutes from now. None by default. A client that reads on from
    /// `end_time` without looking back misses them.
    #[must_use]
    pub fn late_breaches(self, late_breaches: u32) -> Self {
        Self { late_breaches, ..self }
    }

    /// Whether requests are counted.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// What goes wrong.
    #[must_use]
    pub fn faults(self, faults: FaultPlan) -> Self {
        Self { faults, ..self }
    }

    /// Records to a page of lists that are not exports; 100 by default.
    #[must_use]
    pub fn list_page_size(self, size: usize) -> Self {
        Self { list_page_size: size.max(1), ..self }
    }

    /// Records to a page of metric events by time, which can't be asked for; 1,000 by default.
    #[must_use]
    pub fn metric_page_size(self, size: usize) -> Self {
        Self { metric_page_size: size.max(1), ..self }
    }

    /// Records to a page of the routing exports, which can't be asked for; 3,000 by default.
    #[must_use]
    pub fn routing_page_size(self, size: usize) -> Self {
        Self { routing_page_size: size.max(1), ..self }
    }

    /// Whether some pages of metric events are short in mid-stream; they are by default.
    #[must_use]
    pub fn short_pages(self, short_pages: bool) -> Self {
        Self { short_pages, ..self }
    }

    /// Whether some pages of cursor exports are empty in mid-stream; they are by default.
    #[must_use]
    pub fn empty_pages(self, empty_pages: bool) -> Self {
        Self { empty_pages, ..self }
    }

    /// Whether ticket events and metric events say `end_of_stream`, as old accounts do not; they do by
    /// default.
    #[must_use]
    pub fn end_of_stream(self, end_of_stream: bool) -> Self {
        Self { end_of_stream, ..self }
    }

    /// Whether too recent a `start_time` is refused as in old days, with 422 and plain text.
    #[must_use]
    pub fn plain_too_recent(self, plain: bool) -> Self {
        Self { plain_too_recent: plain, ..self }
    }

    /// How long an access token is good for, in simulated time; for ever by default.
    #[must_use]
    pub fn token_lifetime(self, lifetime: Duration) -> Self {
        Self { token_lifetime: Some(lifetime), ..self }
    }

    /// Whether answers are held against the description; they are by default. It takes most of the time.
    #[must_use]
    pub fn checked_answers(self, checked: bool) -> Self {
        Self { checked_answers: checked, ..self }
    }

    /// How many records of a resource there are at first.
    pub(crate) fn size_of(&self, resource: Resource) -> u32 {
        let set = self.sizes.iter().find(|(known, _)| *known == resource).map(|(_, size)| *size);
        set.unwrap_or_else(|| match resource {
            Resource::Tickets | Resource::TicketEvents | Resource::MetricEvents => self.tickets,
            Resource::Users | Resource::Chats => self.tickets.div_ceil(2),
            Resource::InstanceValueChanges => self.tickets.min(8_000),
            Resource::AttributeChanges | Resource::AttributeValueChanges => {
                self.tickets.div_ceil(50).min(400)
            }
            _ => self.tickets.div_ceil(5),
        })
    }
}
