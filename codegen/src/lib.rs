//! Turns an OpenAPI description and its overlays into the source of a typed Rust client.
//!
//! The stages, in their order; data flows one way, and what a stage makes has a type of its name:
//!
//! 1. `read`: texts into one tree that knows where each node stands. Overlays are applied to it
//!    (`Patched`), what references lead to becomes components (`Bundled`), and what wasn't asked for goes
//!    (`Selected`).
//! 2. `normalize`: 3.1 and 3.2 spelled as 3.0, keys and kinds checked (`Normalized`), then read into the document that
//!    the library `openapiv3` types (`Typed`).
//! 3. `lower`: every decision about names and types. What comes out is [`ir::Api`], plain data.
//! 4. `render`: from [`ir`] to files, one item at a time ([`GeneratedFile`]).
//! 5. [`package`]: a whole crate around these files.
//!
//! Below all of them stand `base` and `grammar`, which know no stage; above them `review`, which looks at what
//! came out.
//!
//! Nothing here touches a file system: text comes in, files or diagnostics go out.

mod base;
mod grammar;
pub mod ir;
mod lower;
mod normalize;
mod output;
pub mod package;
mod read;
mod render;
mod review;

pub use crate::base::diagnostic::{Diagnostic, Place, Report, Severity, Site};
pub use crate::base::excerpt::Excerpt;
pub use crate::base::generated::GeneratedFile;
pub use crate::base::options::{Mode, Options, Siblings};
pub use crate::base::pointer::Pointer;
pub use crate::base::timings::Timings;
pub use crate::base::{cores, diagnostic, name, pointer};
pub use crate::output::run::Output;
pub use crate::read::slice::slice;
pub use crate::read::tree::file::Source;
pub use crate::read::tree::lines::{Action, Lines};
pub use crate::review::audit::{Unaccounted, unaccounted};
pub use crate::review::examples::{Example, examples};
pub use crate::review::surface::surface;
pub use crate::review::{diff, update};

use crate::base::diagnostic::Findings;
use crate::base::generated::Files;
use crate::ir::Api;
use crate::lower::run::lower;
use crate::normalize::normalized::{Normalized, normalized};
use crate::normalize::typed::{Typed, typed};
use crate::read::bundle::bundler::{Bundled, bundled};
use crate::read::overlay::patched::{Patched, patched};
use crate::read::select::{Selected, selected};
use crate::read::tree::document::{Document, Told};
use crate::render::files::render;

/// Generates the client's source from a description and its overlays, in their order.
///
/// A mistake of the description is an error, and it stands alone: files that it refers to are not read.
/// [`generate_with`] takes other options.
///
/// # Errors
///
/// Everything that is wrong with the description or an overlay, as far as it can be found in one run.
pub fn generate(description: &Source, overlays: &[Source]) -> Result<Output, Report> {
    generate_with(description, overlays, &Options::default())
}

/// The same, with options.
///
/// # Errors
///
/// Everything that is wrong with the description or an overlay, as far as it can be found in one run; with
/// [`Mode::Lenient`], only what leaves no description to read.
pub fn generate_with(
    description: &Source,
    overlays: &[Source],
    options: &Options<'_>,
) -> Result<Output, Report> {
    cores::on_a_deep_stack(|| run(description, overlays, options))
}

/// The pipeline.
fn run(description: &Source, overlays: &[Source], options: &Options<'_>) -> Result<Output, Report> {
    let mut timings = Timings::start();
    let patched: Patched<'_> = patched(description, overlays, options.mode)?;
    timings.end("read");
    let (bundled, mut findings): (Bundled<'_>, Findings) = bundled(patched, options.siblings, options.mode);
    timings.end("bundle");
    let Bundled { document, tree } = bundled;
    let selected: Selected<'_> = selected(&document, tree, options.tags, &mut findings);
    let (normalized, remarks): (Normalized, Findings) = normalized(selected, &mut findings);
    timings.end("normalize");
    let typed: Option<Typed> = typed(normalized, &mut findings);
    timings.end("type");
    let api: Option<Api> = typed.map(|typed| lower(&typed, &mut findings));
    timings.end("lower");
    let told: Told = document.told(findings, remarks);
    timings.end("locate");
    let Some(api) = api.filter(|_| !told.failed) else { return Err(Report(told.diagnostics)) };
    let files: Files = if options.files { rendered(&api, &document)? } else { Files::new() };
    timings.end("render");
    let (patched, origins) = document.into_parts();
    Ok(Output { files, api, patched, warnings: told.diagnostics, timings, told: told.nodes, origins })
}

/// The files of the client; one that is no Rust is told as what it is.
fn rendered(api: &Api, document: &Document<'_>) -> Result<Files, Report> {
    render(api).map_err(|problem| {
        let help = "this is a mistake of the generator: please report it with the description";
        Report::error(document.place(&Pointer::root()), Pointer::root(), problem.to_string(), help)
    })
}
