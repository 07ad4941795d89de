//! Responses whose bodies are read while they arrive: downloads, and streams of items.

mod download;
mod head;
mod items;
mod range;
mod redirects;

pub use download::Download;
pub use items::ItemStream;
