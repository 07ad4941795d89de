//! Runs the stages in order.

use crate::base::diagnostic::{Diagnostics, Findings};
use crate::base::generated::GeneratedFiles;
use crate::base::options::{Layout, Options};
use crate::base::parallel;
use crate::base::pointer::Pointer;
use crate::base::timings::Timings;
use crate::ir::api::Api;
use crate::lower::run::lower;
use crate::normalize::deserialize::{TypedDocument, deserialized};
use crate::normalize::normalized::{Normalized, normalized};
use crate::normalize::swagger::spelled::spelled;
use crate::output::generator_output::Output;
use crate::read::bundle::bundler::{Bundled, bundled};
use crate::read::filter::{Filtered, filtered};
use crate::read::overlay::patched::{Patched, patched};
use crate::read::tree::document::{Document, DocumentDiagnostics};
use crate::read::tree::file::Source;
use crate::render::files::render;

/// Generates the source of a client from a description and overlays, which are applied in the given order.
///
/// Uses the default [`Options`]: problems in the description are errors, and references to other files can't be
/// resolved. [`generate_with`] takes other options.
///
/// # Errors
///
/// Returns all problems in the description and the overlays that can be found in one run.
pub fn generate(description: &Source, overlays: &[Source]) -> Result<Output, Diagnostics> {
    generate_with(description, overlays, &Options::default())
}

/// Generates the source of a client with the given options.
///
/// # Errors
///
/// Returns all problems in the description and the overlays that can be found in one run. With
/// [`Mode::Lenient`](crate::Mode::Lenient), problems in the description are warnings unless nothing can be generated.
pub fn generate_with(
    description: &Source,
    overlays: &[Source],
    options: &Options<'_>,
) -> Result<Output, Diagnostics> {
    parallel::with_large_stack(|| run(description, overlays, options))
}

fn run(description: &Source, overlays: &[Source], options: &Options<'_>) -> Result<Output, Diagnostics> {
    let mut timings = Timings::start();
    let patched: Patched<'_> = patched(description, overlays, options.mode)?;
    timings.end("read");
    let (bundled, mut findings): (Bundled<'_>, Findings) =
        bundled(patched, options.file_loader, options.mode);
    let Bundled { document, tree } = spelled(bundled, &mut findings);
    timings.end("bundle");
    if findings.copies().is_exceeded() {
        let found = document.diagnostics(findings, Findings::new(options.mode));
        return Err(Diagnostics(found.diagnostics));
    }
    let filtered: Filtered<'_> = filtered(&document, tree, options.tags, &mut findings);
    let (normalized, check_findings): (Normalized, Findings) = normalized(filtered, &mut findings);
    timings.end("normalize");
    let typed: Option<TypedDocument> = deserialized(normalized, &mut findings);
    timings.end("type");
    let api: Option<Api> =
        typed.map(|typed| lower(&typed, &document.value, &|at| document.written(at), options, &mut findings));
    let api = api.map(|api| titled(api, &description.name));
    timings.end("lower");
    let DocumentDiagnostics { has_errors, diagnostics, nodes } =
        document.diagnostics(findings, check_findings);
    timings.end("locate");
    let Some(api) = api.filter(|_| !has_errors) else { return Err(Diagnostics(diagnostics)) };
    let files: GeneratedFiles =
        if options.files { rendered(&api, options.layout, &document)? } else { GeneratedFiles::new() };
    timings.end("render");
    let (patched, origins) = document.into_parts();
    Ok(Output { files, api, patched, warnings: diagnostics, timings, reported: nodes, origins })
}

/// Names an API without a title after its file.
fn titled(mut api: Api, file: &str) -> Api {
    if api.title.trim().is_empty() {
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        api.title = if stem.is_empty() { "API".to_owned() } else { stem.to_owned() };
    }
    api
}

/// Renders the files. Code that isn't valid Rust is a bug in the generator, and is reported as an error.
fn rendered(api: &Api, layout: Layout, document: &Document<'_>) -> Result<GeneratedFiles, Diagnostics> {
    render(api, layout).map_err(|problem| {
        let help = "this is a bug in the generator: please report it with the description";
        Diagnostics::error(document.location(&Pointer::root()), Pointer::root(), problem.to_string(), help)
    })
}
