//! Where an export continues after the server rejected its cursor.

use std::time::Duration;

use super::look_back::Clocks;
use crate::operation::{Pagination, PaginationStyle};
use crate::types::timestamp::Timestamp;

/// How long a server may hold back records of an export by cursor. One that restarts repeats those of this time.
const HELD_BACK: Duration = Duration::from_secs(600);

/// Where an export continues. The start is before each time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Restart {
    /// At the request of the caller.
    Start,
    /// At a second, in Unix time.
    Second(i64),
}

impl Restart {
    /// Returns the restart at the time reached, or at the start if it is unknown.
    pub(super) fn at(reached: Option<Timestamp>) -> Self {
        reached.map_or(Self::Start, |reached| Self::Second(reached.as_seconds()))
    }

    pub(super) fn second(self) -> Option<i64> {
        match self {
            Self::Start => None,
            Self::Second(second) => Some(second),
        }
    }
}

/// Returns whether an export by cursor can continue at a time. The requests of the others have no start time, or their
/// records are not in its order.
pub(super) fn is_by_time(pagination: &Pagination) -> bool {
    pagination.style() == PaginationStyle::Cursor
}

/// Returns the second that an export by cursor has certainly reached when it has caught up. `None` if its records contain
/// the time that orders them, which is more exact.
pub(super) fn certain(pagination: &Pagination, clocks: Clocks) -> Option<i64> {
    let needs_clock = is_by_time(pagination) && pagination.time_field().is_none();
    needs_clock.then(|| clocks.unsettled_since(HELD_BACK, None))
}
