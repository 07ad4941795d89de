//! The fake server, without and with I/O.

mod connection;
pub(crate) mod exchange;
pub(crate) mod fake;
pub(crate) mod listening;
pub(crate) mod options;
pub(crate) mod sample;
