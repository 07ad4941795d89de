//! The common parts of all records: ids, random values, filler text.

use crate::config::Config;
use crate::random::Random;
use crate::resource::Resource;

/// The base of the URLs in records. Clients must not parse it.
pub(crate) const API_URL: &str = "https://example.zendesk.com/api/v2";

/// Additional data in records.
#[derive(Clone, Copy, Default)]
pub(crate) struct Extras {
    /// Whether tickets have a `metric_set`.
    pub(crate) metric_sets: bool,
    /// Whether ticket events have complete comments.
    pub(crate) comment_events: bool,
    /// Whether chats have all fields, not only their ids.
    pub(crate) all_fields: bool,
}

/// Writes records.
#[derive(Clone)]
pub(crate) struct RecordWriter {
    seed: u64,
    pub(super) users: u32,
    pub(super) organizations: u32,
    pub(super) tickets: u32,
}

impl RecordWriter {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            seed: config.seed,
            users: config.size_of(Resource::Users),
            organizations: config.size_of(Resource::Organizations),
            tickets: config.size_of(Resource::Tickets),
        }
    }

    pub(super) fn random(&self, resource: Resource, index: u32) -> Random {
        Random::new(self.seed, &[resource as u64, u64::from(index)])
    }

    /// Returns the id of a record with string ids. It ends in the index, and begins with random digits, so ids are not
    /// ordered.
    pub(crate) fn text_id(&self, resource: Resource, index: u32) -> String {
        let scramble = self.random(resource, index).next() & 0xf_ffff;
        match resource {
            Resource::Conversions => format!("2502.10414779.v.1863.{scramble:05x}{index:07x}"),
            Resource::DepartmentEvents => format!("R3J4l7Q.department:123.{scramble:05x}{index:07x}"),
            _ => format!("2502.10414779.S{scramble:05x}{index:07x}"),
        }
    }
}

/// Returns the index in an id of [`RecordWriter::text_id`].
pub(crate) fn index_of_text(id: &str) -> Option<u32> {
    u32::from_str_radix(id.get(id.len().checked_sub(7)?..)?, 16).ok()
}

/// Returns the id of a record with numeric ids. It grows with the index.
pub(crate) fn number(resource: Resource, index: u32) -> i64 {
    let index = i64::from(index);
    match resource {
        Resource::TicketEvents => 26_363_597_000_000 + index * 20,
        Resource::Users => 26_363_656_000_000 + index * 16,
        Resource::Organizations => 26_363_643_000_000 + index * 32,
        Resource::MetricEvents => 26_363_626_000_000 + index * 10,
        _ => index + 1,
    }
}

/// Returns the index of the last record whose numeric id is at most `id`; -1 if there is none.
pub(crate) fn index_of_number(resource: Resource, id: i64) -> i64 {
    let step = number(resource, 1) - number(resource, 0);
    (id - number(resource, 0)).div_euclid(step)
}

/// The text of descriptions.
const FILLER: &str = "The lamp in the hall went out twice this week and came back on by itself. We changed the \
    bulb, looked at the fuse and asked the neighbours, who saw nothing of the kind. Could somebody come by in \
    the morning? The door at the back is open from eight, and there is coffee. ";

/// Returns filler text with this length in bytes.
pub(super) fn filler(length: usize) -> String {
    let mut text = FILLER.repeat(length / FILLER.len() + 1);
    text.truncate(length);
    text
}
