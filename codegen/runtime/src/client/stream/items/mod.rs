//! Streams of items: server-sent events, JSON Lines, JSON text sequences, parts.

mod item_reader;
mod item_stream;

pub use item_stream::ItemStream;
