//! Serves the two ports.

mod listeners;
mod wire;

pub(crate) use listeners::serve;
