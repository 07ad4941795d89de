//! The crate's root, `src/lib.rs`. It is written once, and belongs to the user.

use crate::output::generator_output::Output;
use crate::render::prose::phrase;

/// Returns the text of `src/lib.rs`.
pub(super) fn root(output: &Output) -> String {
    let title = format!("Typed client for {}.", phrase(&output.api.title));
    format!(
        "#![cfg_attr(feature = \"client\", doc = include_str!(\"../README.md\"))]\n\
         #![cfg_attr(not(feature = \"client\"), doc = {title:?})]\n{}{MODULES}",
        scripts(output)
    )
}

/// The module declarations, in the order of rustfmt. Emitted code is excluded from formatting.
const MODULES: &str = "
// `clientwright generate` writes the folders of these three modules. This file and all other modules are yours.
#[rustfmt::skip]
mod api;
#[rustfmt::skip]
pub mod endpoints;
#[rustfmt::skip]
#[allow(clippy::large_enum_variant, reason = \"the description decides which types a union has\")]
pub mod models;

pub use api::*;
#[allow(unused_imports, unreachable_pub, reason = \"the description may declare no operations\")]
pub use endpoints::*;
";

fn scripts(output: &Output) -> &'static str {
    if output.files.iter().all(|file| file.text.is_ascii()) { "" } else { ANY_SCRIPT }
}

/// Lints to allow if names contain letters of other scripts.
const ANY_SCRIPT: &str = "\
#![allow(non_camel_case_types, non_snake_case, non_upper_case_globals, reason = \"not every script has capitals\")]
#![allow(
    confusable_idents,
    mixed_script_confusables,
    uncommon_codepoints,
    reason = \"the names are those of the description\"
)]
";
