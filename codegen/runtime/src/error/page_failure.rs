//! What an export adds to the error of a request for a page.

use std::fmt;

use crate::types::timestamp::Timestamp;

/// The page of an export whose request failed. Its text says what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageFailure {
    /// The server did not complete a page of this size.
    Size(u32),
    /// The server no longer accepts the cursor.
    RejectedCursor {
        /// The time that the export had reached.
        reached: Option<Timestamp>,
        /// Whether the export can continue from that time, or from the start.
        can_restart: bool,
    },
}

impl fmt::Display for PageFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Size(1) => f.write_str(
                "even a page of 1 record failed: resume from the last checkpoint later, \
                 or request less data with each record",
            ),
            Self::Size(size) => {
                write!(f, "the page size was {size}: set a smaller one, and resume from the last checkpoint")
            }
            Self::RejectedCursor { reached, can_restart } => {
                f.write_str(
                    "the server no longer accepts the cursor of the export: start without the checkpoint",
                )?;
                if let Some(reached) = reached {
                    write!(f, ", from the time reached, {reached}")?;
                }
                if *can_restart {
                    f.write_str(", or let the export do that with `restart_rejected_cursor(true)`")?;
                }
                if reached.is_none() { f.write_str("; records are then repeated") } else { Ok(()) }
            }
        }
    }
}
