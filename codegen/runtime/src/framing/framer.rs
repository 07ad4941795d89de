//! The formats of streams.

use std::time::Duration;

use super::events::EventFramer;
use super::item::{FramedItem, FramingError};
use super::multipart::MultipartFramer;
use super::separated::{NEWLINE, RECORD_SEPARATOR, SeparatedFramer};

/// Splits a body into items.
pub(crate) enum Framer {
    Events(EventFramer),
    Separated(SeparatedFramer),
    Multipart(MultipartFramer),
}

/// The format of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Server-sent events.
    Events,
    /// A JSON value in each line.
    Lines,
    /// A JSON value after each record separator.
    Sequence,
    /// The parts of a multipart body with this boundary.
    Multipart(String),
}

impl Framer {
    /// Creates a framer for items of at most a number of bytes.
    pub(crate) fn new(format: &Format, maximum: usize) -> Self {
        match format {
            Format::Events => Self::Events(EventFramer::new(maximum)),
            Format::Lines => Self::Separated(SeparatedFramer::new(NEWLINE, maximum)),
            Format::Sequence => Self::Separated(SeparatedFramer::new(RECORD_SEPARATOR, maximum)),
            Format::Multipart(boundary) => Self::Multipart(MultipartFramer::new(boundary, maximum)),
        }
    }

    /// Returns the ID of the last event that had one, also if it had no data.
    pub(crate) fn last_id(&self) -> Option<&str> {
        match self {
            Self::Events(framer) => framer.last_id(),
            _ => None,
        }
    }

    /// Returns the last delay before the next connection that the server sent, also without data.
    pub(crate) fn retry(&self) -> Option<Duration> {
        match self {
            Self::Events(framer) => framer.retry(),
            _ => None,
        }
    }

    /// Returns the data of an event that has no end yet.
    pub(crate) fn pending(&self) -> &[u8] {
        match self {
            Self::Events(framer) => framer.pending(),
            _ => &[],
        }
    }

    /// Adds bytes that have arrived.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        match self {
            Self::Events(framer) => framer.push(bytes),
            Self::Separated(framer) => framer.push(bytes),
            Self::Multipart(framer) => framer.push(bytes),
        }
    }

    /// Returns the next item that is complete; `None` if more bytes are needed.
    pub(crate) fn next(&mut self) -> Result<Option<FramedItem>, FramingError> {
        match self {
            Self::Events(framer) => framer.next(),
            Self::Separated(framer) => framer.next(),
            Self::Multipart(framer) => framer.next(),
        }
    }

    /// Returns the last item, when the body has ended.
    pub(crate) fn finish(&mut self) -> Result<Option<FramedItem>, FramingError> {
        match self {
            Self::Events(framer) => framer.finish(),
            Self::Separated(framer) => Ok(framer.finish()),
            Self::Multipart(framer) => framer.finish(),
        }
    }
}
