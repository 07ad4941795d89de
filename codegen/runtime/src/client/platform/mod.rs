//! What differs between a machine and a browser: time and tasks.

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod web;

#[cfg(not(target_arch = "wasm32"))]
pub(super) use native::{Instant, now, sleep, spawn, timeout};
#[cfg(target_arch = "wasm32")]
pub(super) use web::{Instant, now, sleep, spawn, timeout};
