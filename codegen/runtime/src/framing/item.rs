//! An item of a stream.

use std::time::Duration;

/// An item of a stream, as bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FramedItem {
    /// The data: the lines of an event, or a JSON value.
    pub(crate) data: Vec<u8>,
    /// What only events have; `None` for other items.
    pub(crate) event: Option<EventFields>,
}

/// The fields of a server-sent event beside its data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EventFields {
    /// The type of the event; `None` if the server sent none.
    pub(crate) name: Option<String>,
    /// The ID that the server sent with this event.
    pub(crate) id: Option<String>,
    /// The delay before the next connection that the server sent with this event.
    pub(crate) retry: Option<Duration>,
}

/// Why a body can't be split into items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FramingError {
    /// An item has more bytes than the maximum.
    TooLarge,
    /// The body ends within an item.
    Incomplete,
}
