//! Checks the inputs of the fuzz targets, with the invariants of the normal tests.

#[path = "../../it/hostile/docs.rs"]
mod docs;
#[path = "../../it/hostile/emitted.rs"]
mod emitted;
#[path = "../../it/hostile/everywhere.rs"]
mod everywhere;
#[path = "../../it/random/invariants.rs"]
mod invariants;
#[path = "../../it/random/json.rs"]
mod json;

use std::sync::LazyLock;

use crate::invariants::Invariants;

mod hostile {
    pub(crate) use crate::{emitted, everywhere};
}

static INVARIANTS: LazyLock<Invariants> = LazyLock::new(Invariants::new);

/// Checks a document that is generated from the bytes.
///
/// # Panics
///
/// If an invariant is broken.
pub fn choices(bytes: &[u8]) {
    INVARIANTS.check_choices(bytes);
}

/// Checks the text of a description and of its overlays.
///
/// # Panics
///
/// If an invariant is broken.
pub fn text(bytes: &[u8]) {
    INVARIANTS.check_text(bytes);
}

/// Checks a JSON text.
///
/// # Panics
///
/// If an invariant is broken.
pub fn json(bytes: &[u8]) {
    json::check(bytes);
}

/// Checks a document with Markdown everywhere, as rustdoc reads it.
///
/// # Panics
///
/// If an invariant is broken.
pub fn prose(bytes: &[u8]) {
    INVARIANTS.check_prose(bytes);
}
