//! Turns an OpenAPI description and its overlays into the source of a typed Rust client.
//!
//! The stages, in their order; data flows one way:
//!
//! 1. [`document`]: YAML or JSON into one tree that knows where each node stands.
//! 2. `overlay`: OpenAPI Overlay actions on that tree; a stale action is an error.
//! 3. `bundle`: what references lead to, in this file or in others, becomes components.
//! 4. `checks`: what is probably a mistake is told, and nothing changed.
//! 5. `normalize`: 3.1 and 3.2 spelled as 3.0, keys and kinds checked.
//! 6. `openapiv3`: the typed document.
//! 7. `lower`: into [`ir`], plain data; every decision about names and types.
//! 8. `render` and `format`: from [`ir`] to files, one item at a time.
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

use std::borrow::Cow;

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
use crate::lower::run::lower;
use crate::normalize::checks::walk as checks;
use crate::normalize::{normalizer, typed};
use crate::read::bundle::bundler;
use crate::read::overlay::apply as overlay;
use crate::read::select;
use crate::read::tree::document::Document;
use crate::read::tree::file::File;
use crate::render::files;

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

fn run(description: &Source, overlays: &[Source], options: &Options<'_>) -> Result<Output, Report> {
    let mut timings = Timings::start();
    let mut document = assemble(description, overlays, options.mode)?;
    timings.end("read");
    let (mut findings, mut tree) = bundler::bundle(&mut document, options.siblings, options.mode);
    timings.end("bundle");
    select::select(&mut tree, options.tags, &mut findings);
    let selected =
        if options.tags.is_empty() { Cow::Borrowed(&document.value) } else { Cow::Owned(tree.clone()) };
    let aside = || {
        document.prepare();
        let mut remarks = Findings::new(options.mode);
        checks::check(&selected, &mut remarks);
        remarks
    };
    let (remarks, api) = cores::join(aside, || {
        normalizer::normalize(&mut tree, &mut findings);
        timings.end("normalize");
        let typed = typed::read(&mut tree, &mut findings);
        timings.end("type");
        typed.map(|typed| lower(&typed, &mut findings))
    });
    timings.end("lower");
    let failed = findings.has_errors();
    let mut findings = findings.into_vec();
    let told = document.told(&findings);
    findings.extend(remarks.into_vec());
    let warnings = document.locate(findings);
    timings.end("locate");
    let Some(api) = api.filter(|_| !failed) else { return Err(Report(warnings)) };
    let emitted = if options.files { files::render(&api) } else { Ok(Vec::new()) };
    let files = emitted.map_err(|problem| {
        let help = "this is a mistake of the generator: please report it with the description";
        Report::error(document.place(&Pointer::root()), Pointer::root(), problem.to_string(), help)
    })?;
    timings.end("render");
    let (patched, origins) = document.into_parts();
    Ok(Output { files, api, patched, warnings, timings, told, origins })
}

/// The description with all overlays applied; problems of all files are reported together.
fn assemble<'a>(description: &'a Source, overlays: &'a [Source], mode: Mode) -> Result<Document<'a>, Report> {
    let base = match mode {
        Mode::Strict => File::read(description).map(|(file, value)| (file, value, Vec::new())),
        Mode::Lenient => File::read_leniently(description),
    };
    let mut problems = Vec::new();
    let mut patches = Vec::new();
    for overlay in overlays {
        match File::read(overlay) {
            Ok(patch) => patches.push(patch),
            Err(report) => problems.extend(report.0),
        }
    }
    let (file, value, warnings) = match base {
        Ok(base) => base,
        Err(mut report) => {
            report.0.extend(problems);
            return Err(report);
        }
    };
    let mut document = Document::new(file, value);
    document.warn(warnings);
    for (file, actions) in patches {
        let overlay = document.add_file(file);
        problems.extend(overlay::apply(&mut document, overlay, actions));
    }
    if problems.is_empty() { Ok(document) } else { Err(Report(problems)) }
}
