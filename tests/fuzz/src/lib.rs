//! What the targets hold their inputs to: the laws of the normal tests.

#[path = "../../it/hostile/emitted.rs"]
mod emitted;
#[path = "../../it/random/json.rs"]
mod json;
#[path = "../../it/random/laws.rs"]
mod laws;

use std::sync::LazyLock;

use crate::laws::Laws;

mod hostile {
    pub(crate) use crate::emitted;
}

static LAWS: LazyLock<Laws> = LazyLock::new(Laws::new);

/// Bytes as choices, of which a document is made.
///
/// # Panics
///
/// If a law is broken.
pub fn choices(bytes: &[u8]) {
    LAWS.hold_for_choices(bytes);
}

/// Bytes as the text of a description and of its overlays.
///
/// # Panics
///
/// If a law is broken.
pub fn text(bytes: &[u8]) {
    LAWS.hold_for_text(bytes);
}

/// Bytes as JSON.
///
/// # Panics
///
/// If a law is broken.
pub fn json(bytes: &[u8]) {
    json::hold(bytes);
}
