//! What all kinds of records have in common: ids, chance, text.

use crate::config::Config;
use crate::dice::Dice;
use crate::resource::Resource;

/// Where records say that they can be found. Clients must not parse it.
pub(crate) const HOME: &str = "https://example.zendesk.com/api/v2";

/// What to add to records.
#[derive(Clone, Copy, Default)]
pub(crate) struct Extras {
    /// `metric_set` in each ticket.
    pub(crate) metric_sets: bool,
    /// Comments instead of notes that there was one, in ticket events.
    pub(crate) comment_events: bool,
    /// All fields of chats, rather than their ids.
    pub(crate) all_fields: bool,
}

/// Makes records.
#[derive(Clone)]
pub(crate) struct Maker {
    seed: u64,
    pub(super) users: u32,
    pub(super) organizations: u32,
    pub(super) tickets: u32,
}

impl Maker {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            seed: config.seed,
            users: config.size_of(Resource::Users),
            organizations: config.size_of(Resource::Organizations),
            tickets: config.size_of(Resource::Tickets),
        }
    }

    pub(super) fn dice(&self, resource: Resource, index: u32) -> Dice {
        Dice::new(self.seed, &[resource as u64, u64::from(index)])
    }

    /// Id of a record whose ids are text. It ends in the index, and begins with what has no order.
    pub(crate) fn text_id(&self, resource: Resource, index: u32) -> String {
        let scramble = self.dice(resource, index).roll() & 0xf_ffff;
        match resource {
            Resource::Conversions => format!("2502.10414779.v.1863.{scramble:05x}{index:07x}"),
            Resource::DepartmentEvents => format!("R3J4l7Q.department:123.{scramble:05x}{index:07x}"),
            _ => format!("2502.10414779.S{scramble:05x}{index:07x}"),
        }
    }
}

/// The index in an id that [`Maker::text_id`] made.
pub(crate) fn index_of_text(id: &str) -> Option<u32> {
    u32::from_str_radix(id.get(id.len().checked_sub(7)?..)?, 16).ok()
}

/// Id of a record whose ids are numbers. It grows with the index.
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

/// The index in a numeric id, or that of the last record before it; -1 before the first.
pub(crate) fn index_of_number(resource: Resource, id: i64) -> i64 {
    let step = number(resource, 1) - number(resource, 0);
    (id - number(resource, 0)).div_euclid(step)
}

/// Words to fill descriptions with.
const FILLER: &str = "The lamp in the hall went out twice this week and came back on by itself. We changed the \
    bulb, looked at the fuse and asked the neighbours, who saw nothing of the kind. Could somebody come by in \
    the morning? The door at the back is open from eight, and there is coffee. ";

/// Text of so many bytes.
pub(super) fn filler(length: usize) -> String {
    let mut text = FILLER.repeat(length / FILLER.len() + 1);
    text.truncate(length);
    text
}
