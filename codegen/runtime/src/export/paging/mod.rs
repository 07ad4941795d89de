//! The decision after a page: request the next one, request the same one again, or stop. No I/O and no clock here.
//!
//! Each pagination style has a function from a [`PageContext`] to a [`NextStep`].

mod chat;
mod cursor;
mod list;
mod next_step;
mod page_context;
mod routing;
mod time;

#[cfg(test)]
mod tests;

pub(super) use next_step::next_step;
pub(super) use page_context::{NextStep, PageContext, PagingError};
