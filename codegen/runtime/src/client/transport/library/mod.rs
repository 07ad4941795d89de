//! The HTTP library as a transport.

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(target_arch = "wasm32")]
mod web;

#[cfg(not(target_arch = "wasm32"))]
pub(super) use native::Library;
#[cfg(target_arch = "wasm32")]
pub(super) use web::Library;
