//! Requests of each kind: signed by four schemes, changed, old, incomplete, and of random bytes.

mod bodies;
#[cfg(feature = "signatures")]
mod signatures;
