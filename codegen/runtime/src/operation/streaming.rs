//! How the response of an operation is read as a stream.

/// How the response of an operation is read as a stream of items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Streaming {
    end: &'static [&'static str],
    whole_events: bool,
    reconnects: bool,
}

/// For the emitted code.
#[doc(hidden)]
#[expect(clippy::return_self_not_must_use, reason = "emitted code uses the result")]
impl Streaming {
    #[must_use]
    pub const fn new() -> Self {
        Self { end: &[], whole_events: false, reconnects: false }
    }

    /// Sets the data of items that end the stream, and are not items.
    pub const fn ends_with(mut self, data: &'static [&'static str]) -> Self {
        self.end = data;
        self
    }

    /// Declares that the schema describes whole events, not only their data.
    pub const fn of_whole_events(mut self) -> Self {
        self.whole_events = true;
        self
    }

    /// Declares that the stream goes on after the end of a response: the client connects again.
    pub const fn reconnecting(mut self) -> Self {
        self.reconnects = true;
        self
    }
}

impl Streaming {
    /// Returns the data of items that end the stream, such as `[DONE]`.
    #[must_use]
    pub const fn end(&self) -> &'static [&'static str] {
        self.end
    }

    /// Returns whether the stream goes on after the end of a response.
    #[must_use]
    pub const fn reconnects(&self) -> bool {
        self.reconnects
    }

    /// Returns whether the schema describes whole events, not only their data.
    pub(crate) fn has_whole_events(self) -> bool {
        self.whole_events
    }

    /// Returns whether an item with this data ends the stream.
    pub(crate) fn is_end(self, data: &[u8]) -> bool {
        self.end.iter().any(|end| data.trim_ascii() == end.as_bytes())
    }
}
