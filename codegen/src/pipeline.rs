//! The stages one after the other.

use crate::base::cores;
use crate::base::diagnostic::{Findings, Report};
use crate::base::generated::Files;
use crate::base::options::{Layout, Options};
use crate::base::pointer::Pointer;
use crate::base::timings::Timings;
use crate::ir::api::Api;
use crate::lower::run::lower;
use crate::normalize::normalized::{Normalized, normalized};
use crate::normalize::typed::{Typed, typed};
use crate::output::run::Output;
use crate::read::bundle::bundler::{Bundled, bundled};
use crate::read::overlay::patched::{Patched, patched};
use crate::read::select::{Selected, selected};
use crate::read::tree::document::{Document, Told};
use crate::read::tree::file::Source;
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
/// [`Mode::Lenient`](crate::Mode::Lenient), only what leaves no description to read.
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
    let files: Files = if options.files { rendered(&api, options.layout, &document)? } else { Files::new() };
    timings.end("render");
    let (patched, origins) = document.into_parts();
    Ok(Output { files, api, patched, warnings: told.diagnostics, timings, told: told.nodes, origins })
}

/// The files of the client; one that is no Rust is told as what it is.
fn rendered(api: &Api, layout: Layout, document: &Document<'_>) -> Result<Files, Report> {
    render(api, layout).map_err(|problem| {
        let help = "this is a mistake of the generator: please report it with the description";
        Report::error(document.place(&Pointer::root()), Pointer::root(), problem.to_string(), help)
    })
}
