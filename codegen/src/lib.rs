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

mod audit;
mod bundle;
mod checks;
pub mod cores;
mod cut;
pub mod diagnostic;
pub mod diff;
pub mod document;
mod examples;
mod excerpt;
mod features;
mod format;
pub mod ir;
mod lines;
mod lower;
pub mod name;
mod normalize;
mod options;
mod overlay;
pub mod package;
pub mod pointer;
mod render;
mod select;
mod slice;
mod suggest;
mod surface;
mod target;
mod timings;
mod typed;
pub mod update;
mod yaml;

use std::borrow::Cow;

use serde_json::Value;

pub use crate::audit::{Unaccounted, unaccounted};
pub use crate::diagnostic::{Diagnostic, Place, Report, Severity, Site};
pub use crate::document::Source;
pub use crate::examples::{Example, examples};
pub use crate::excerpt::Excerpt;
pub use crate::lines::{Action, Lines};
pub use crate::options::{Mode, Options, Siblings};
pub use crate::pointer::Pointer;
pub use crate::render::GeneratedFile;
pub use crate::slice::slice;
pub use crate::surface::surface;
pub use crate::timings::Timings;

use crate::diagnostic::Findings;
use crate::document::{Document, File, Origins};
use crate::ir::Api;

/// What a run gives.
#[derive(Debug)]
pub struct Output {
    /// The emitted files, sorted by path; none where the options say so.
    pub files: Vec<GeneratedFile>,
    /// What they were made from.
    pub api: Api,
    /// The description with its overlays applied and bundled, before it was normalized.
    pub patched: Value,
    /// What a maintainer should look at.
    pub warnings: Vec<Diagnostic>,
    /// How long the stages took.
    pub timings: Timings,
    /// Where something is not emitted as it is declared, and a warning says so.
    told: Vec<Pointer>,
    /// Where the nodes of `patched` came from.
    origins: Origins<'static>,
}

impl Output {
    /// The file and line where a node of [`Output::patched`] came from: the description's, or an overlay's.
    #[must_use]
    pub fn place(&self, pointer: &Pointer) -> Place {
        self.origins.place(pointer)
    }

    /// The lines that a node of [`Output::patched`] came from, of the description or an overlay; of the nearest one
    /// above it where the text doesn't hold it.
    #[must_use]
    pub fn lines(&self, pointer: &Pointer) -> Option<Lines<'_>> {
        self.origins.lines(pointer)
    }

    /// The overlays' actions that made a node of [`Output::patched`] what it is, in the order in which they applied:
    /// those that wrote it, or something in it, or took something out of it.
    #[must_use]
    pub fn actions(&self, pointer: &Pointer) -> Vec<Action<'_>> {
        self.origins.actions(pointer)
    }
}

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
    let (mut findings, mut tree) = bundle::bundle(&mut document, options.siblings, options.mode);
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
        let skipped = normalize::normalize(&mut tree, &mut findings);
        timings.end("normalize");
        let typed = typed::read(&mut tree, &mut findings);
        timings.end("type");
        typed.map(|typed| lower::lower(&typed, &mut findings, skipped))
    });
    timings.end("lower");
    let failed = findings.has_errors();
    let mut findings = findings.into_vec();
    let told = document.told(&findings);
    findings.extend(remarks.into_vec());
    let warnings = document.locate(findings);
    timings.end("locate");
    let Some(api) = api.filter(|_| !failed) else { return Err(Report(warnings)) };
    let emitted = if options.files { render::render(&api) } else { Ok(Vec::new()) };
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
