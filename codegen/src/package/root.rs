//! The crate's root: written once, and the user's from then on.

use crate::output::run::Output;
use crate::render::prose::{code, one_line};

/// The text of `src/lib.rs`.
pub(super) fn root(output: &Output) -> String {
    let title = format!("Typed client for {}.", code(&one_line(&output.api.title)));
    format!(
        "#![cfg_attr(feature = \"client\", doc = include_str!(\"../README.md\"))]\n\
         #![cfg_attr(not(feature = \"client\"), doc = {title:?})]\n{}{MODULES}",
        scripts(output)
    )
}

/// What is emitted; the order is that of `rustfmt`, which leaves these folders alone.
const MODULES: &str = "
// `clientwright generate` keeps the folders of these three modules. This file, and modules beside them, are yours.
#[rustfmt::skip]
mod api;
#[rustfmt::skip]
pub mod endpoints;
#[rustfmt::skip]
#[allow(clippy::large_enum_variant, reason = \"the description decides what a choice is between\")]
pub mod models;

pub use api::*;
#[allow(unused_imports, unreachable_pub, reason = \"there may be no operation\")]
pub use endpoints::*;
";

fn scripts(output: &Output) -> &'static str {
    if output.files.iter().all(|file| file.text.is_ascii()) { "" } else { ANY_SCRIPT }
}

/// Names of all scripts are taken over, those without capitals too.
const ANY_SCRIPT: &str = "\
#![allow(non_camel_case_types, non_snake_case, non_upper_case_globals, reason = \"not every script has capitals\")]
#![allow(
    confusable_idents,
    mixed_script_confusables,
    uncommon_codepoints,
    reason = \"the description decides how its names are spelt\"
)]
";
