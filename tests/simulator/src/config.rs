//! The configuration of a simulator.

use std::time::Duration;

use crate::fault_plan::FaultPlan;
use crate::resource::Resource;

/// The configuration of a simulator. The default is a small account that doesn't change, without rate limits and
/// faults.
#[derive(Clone, Debug)]
pub struct Config {
    pub(crate) seed: u64,
    pub(crate) port: u16,
    pub(crate) epoch: i64,
    pub(crate) time_scale: f64,
    pub(crate) tickets: u32,
    pub(crate) sizes: Vec<(Resource, u32)>,
    pub(crate) changes: Changes,
    pub(crate) late_records: u32,
    pub(crate) limits: Limits,
    pub(crate) faults: FaultPlan,
    pub(crate) list_page_size: usize,
    pub(crate) metric_page_size: usize,
    pub(crate) routing_page_size: usize,
    pub(crate) short_pages: bool,
    pub(crate) empty_pages: bool,
    pub(crate) end_of_stream: bool,
    pub(crate) plain_too_recent: bool,
    pub(crate) ai_agent_tickets: bool,
    pub(crate) chat_page_size: usize,
    pub(crate) token_lifetime: Option<Duration>,
    pub(crate) check_responses: bool,
}

/// The changes to the account while it is exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The number of records that change, appear or are deleted after each page of an export.
    pub per_request: u32,
    /// The total number of such changes.
    pub total: u32,
}

/// Whether rate limits are enforced.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Limits {
    /// No rate limits, and no headers about them.
    #[default]
    Off,
    /// Requests beyond the limits get a 429 response.
    On {
        /// Whether the account has the add-on that triples the limits of exports.
        add_on: bool,
        /// The share of each limit, from 0 to 1, that another client uses.
        other_client: f64,
        /// The names of the headers of the general limit.
        headers: RateLimitHeaders,
    },
}

impl Limits {
    /// Returns the limits of an account without the add-on, which no other client uses.
    #[must_use]
    pub fn on() -> Self {
        Self::On { add_on: false, other_client: 0.0, headers: RateLimitHeaders::All }
    }
}

/// The names of the headers of the general limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RateLimitHeaders {
    /// All of the following names.
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
            late_records: 0,
            limits: Limits::Off,
            faults: FaultPlan::none(),
            list_page_size: 100,
            metric_page_size: 1_000,
            routing_page_size: 3_000,
            short_pages: true,
            empty_pages: true,
            end_of_stream: true,
            plain_too_recent: false,
            ai_agent_tickets: false,
            chat_page_size: 1_000,
            token_lifetime: None,
            check_responses: true,
        }
    }
}

impl Config {
    /// Sets the seed of the account's records and of the order of faults; 1 by default.
    #[must_use]
    pub fn seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// Sets the port to listen on. With 0, the default, it is any free port.
    #[must_use]
    pub fn port(self, port: u16) -> Self {
        Self { port, ..self }
    }

    /// Sets the start of simulated time in Unix seconds. All records are older.
    #[must_use]
    pub fn epoch(self, seconds: i64) -> Self {
        Self { epoch: seconds, ..self }
    }

    /// Sets the number of simulated seconds in a real second, at most a million. With 0, only
    /// [`Simulator::advance`](crate::Simulator::advance) moves the clock.
    #[must_use]
    pub fn time_scale(self, scale: f64) -> Self {
        // NaN becomes 0, too.
        let time_scale = if scale >= 0.0 { scale.min(1e6) } else { 0.0 };
        Self { time_scale, ..self }
    }

    /// Sets the number of tickets. The sizes of the other resources are proportional to it, unless [`Config::size`]
    /// sets them.
    #[must_use]
    pub fn tickets(self, tickets: u32) -> Self {
        Self { tickets, ..self }
    }

    /// Sets the initial number of records of a resource.
    #[must_use]
    pub fn size(mut self, resource: Resource, size: u32) -> Self {
        self.sizes.retain(|(known, _)| *known != resource);
        self.sizes.push((resource, size));
        self
    }

    /// Sets how much the account changes while it is exported; by default not at all.
    #[must_use]
    pub fn changes(self, changes: Changes) -> Self {
        Self { changes, ..self }
    }

    /// Sets the number of records that appear late; 0 by default. After a page of tickets, ticket events, users or
    /// organizations, a record appears with a time from one to four minutes ago; after a page of metric events, a breach
    /// with a time from 29 minutes ago to 20 minutes ahead. A client that continues from `end_time` without looking back
    /// misses it.
    #[must_use]
    pub fn late_records(self, late_records: u32) -> Self {
        Self { late_records, ..self }
    }

    /// Sets whether rate limits are enforced.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Sets the faults to inject.
    #[must_use]
    pub fn faults(self, faults: FaultPlan) -> Self {
        Self { faults, ..self }
    }

    /// Sets the page size of lists that are not exports; 100 by default.
    #[must_use]
    pub fn list_page_size(self, size: usize) -> Self {
        Self { list_page_size: size.max(1), ..self }
    }

    /// Sets the page size of metric events by time, which clients can't choose; 1,000 by default.
    #[must_use]
    pub fn metric_page_size(self, size: usize) -> Self {
        Self { metric_page_size: size.max(1), ..self }
    }

    /// Sets the page size of the routing exports, which clients can't choose; 3,000 by default.
    #[must_use]
    pub fn routing_page_size(self, size: usize) -> Self {
        Self { routing_page_size: size.max(1), ..self }
    }

    /// Sets whether some pages of metric events before the last one are short; true by default.
    #[must_use]
    pub fn short_pages(self, short_pages: bool) -> Self {
        Self { short_pages, ..self }
    }

    /// Sets whether some pages of cursor exports before the last one are empty; true by default.
    #[must_use]
    pub fn empty_pages(self, empty_pages: bool) -> Self {
        Self { empty_pages, ..self }
    }

    /// Sets whether pages of ticket events and metric events have `end_of_stream`; true by default. Those of old
    /// accounts don't have it.
    #[must_use]
    pub fn end_of_stream(self, end_of_stream: bool) -> Self {
        Self { end_of_stream, ..self }
    }

    /// Sets whether the error response for a too recent `start_time` is the old one: 422 and plain text.
    #[must_use]
    pub fn plain_too_recent(self, plain: bool) -> Self {
        Self { plain_too_recent: plain, ..self }
    }

    /// Sets whether AI agents handle every third ticket. Exports contain these only if they ask for them with
    /// `support_type_scope`. The default is false.
    #[must_use]
    pub fn ai_agent_tickets(self, ai_agent_tickets: bool) -> Self {
        Self { ai_agent_tickets, ..self }
    }

    /// Sets the largest page size of the chat exports, whatever `limit` a client sends; 1,000 by default.
    #[must_use]
    pub fn chat_page_size(self, size: usize) -> Self {
        Self { chat_page_size: size.max(1), ..self }
    }

    /// Sets the lifetime of access tokens in simulated time; unlimited by default.
    #[must_use]
    pub fn token_lifetime(self, lifetime: Duration) -> Self {
        Self { token_lifetime: Some(lifetime), ..self }
    }

    /// Sets whether responses are checked against the description; true by default. The check takes most of the time.
    #[must_use]
    pub fn check_responses(self, checked: bool) -> Self {
        Self { check_responses: checked, ..self }
    }

    /// Returns the initial number of records of a resource.
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
