//! What changed upstream, told before what becomes of the overlays.

use codegen::Source;
use codegen::update::Update;

/// Which document takes the place of which.
pub(super) fn changes(old: &Source, new: &Source, update: &Update<'_>) -> String {
    let (before, after) = update.openapi();
    let version =
        |version: Option<&str>| version.map_or_else(String::new, |version| format!(" (OpenAPI {version})"));
    format!("{}{} → {}{}\n", old.name, version(before), new.name, version(after))
}
