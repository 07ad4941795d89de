//! Turns an OpenAPI description and its overlays into the source of a typed Rust client.
//!
//! The stages, in their order; data flows one way:
//!
//! 1. [`document`]: YAML or JSON into one tree that knows where each node stands.
//! 2. `overlay`: OpenAPI Overlay actions on that tree; a stale action is an error.
//! 3. `normalize`: 3.1 and 3.2 spelled as 3.0, keys and kinds checked.
//! 4. `openapiv3`: the typed document.
//! 5. `lower`: into [`ir`], plain data; every decision about names and types.
//! 6. `render` and `format`: from [`ir`] to files, one item at a time.
//!
//! Nothing here touches a file system: text comes in, files or diagnostics go out.

pub mod diagnostic;
pub mod document;
mod format;
pub mod ir;
mod lower;
pub mod name;
mod normalize;
mod overlay;
pub mod pointer;
mod render;
mod surface;
mod yaml;

use serde_json::Value;

pub use crate::diagnostic::{Diagnostic, Place, Report, Severity};
pub use crate::document::Source;
pub use crate::pointer::Pointer;
pub use crate::render::GeneratedFile;
pub use crate::surface::surface;

use crate::diagnostic::{Finding, Findings};
use crate::document::{Document, File};
use crate::ir::Api;

/// Bytes of stack for a run; pages that are never touched cost nothing.
const STACK: usize = 256 << 20;

/// What a run gives.
#[derive(Debug)]
pub struct Output {
    /// The emitted files, sorted by path.
    pub files: Vec<GeneratedFile>,
    /// What they were made from.
    pub api: Api,
    /// The description with its overlays applied, before it was normalized.
    pub patched: Value,
    /// What a maintainer should look at.
    pub warnings: Vec<Diagnostic>,
}

/// Generates the client's source from a description and its overlays, in their order.
///
/// # Errors
///
/// Everything that is wrong with the description or an overlay, as far as it can be found in one run.
pub fn generate(description: &Source, overlays: &[Source]) -> Result<Output, Report> {
    on_a_deep_stack(|| run(description, overlays))
}

/// Some stages recurse, and so does the typed reader; a document as deep as the reader lets pass needs more
/// stack than a thread has by default.
fn on_a_deep_stack<T: Send>(work: impl Fn() -> T + Send + Copy) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            // Without another thread, this one's stack will do for most documents.
            Err(_) => work(),
        }
    })
}

fn run(description: &Source, overlays: &[Source]) -> Result<Output, Report> {
    let document = assemble(description, overlays)?;
    let mut tree = document.value.clone();
    let mut findings = Findings::default();
    let skipped = normalize::normalize(&mut tree, &mut findings);
    let typed = match typed(&document, tree) {
        Ok(typed) => typed,
        // What was found before is the cause, and says more.
        Err(report) => return Err(stop_at_errors(&document, findings).err().unwrap_or(report)),
    };
    let api = lower::lower(&typed, &mut findings, skipped);
    let findings = stop_at_errors(&document, findings)?;
    let files = render::render(&api).map_err(|problem| {
        let help = "this is a mistake of the generator: please report it with the description";
        Report::error(document.place(&Pointer::root()), Pointer::root(), problem.to_string(), help)
    })?;
    let warnings = document.locate(findings);
    Ok(Output { files, api, patched: document.value, warnings })
}

/// The description with all overlays applied; problems of all files are reported together.
fn assemble<'a>(description: &'a Source, overlays: &'a [Source]) -> Result<Document<'a>, Report> {
    let base = File::read(description);
    let mut problems = Vec::new();
    let mut patches = Vec::new();
    for overlay in overlays {
        match File::read(overlay) {
            Ok(patch) => patches.push(patch),
            Err(report) => problems.extend(report.0),
        }
    }
    let (file, value) = match base {
        Ok(base) => base,
        Err(mut report) => {
            report.0.extend(problems);
            return Err(report);
        }
    };
    let mut document = Document::new(file, value);
    for (file, actions) in patches {
        let overlay = document.add_overlay(file);
        problems.extend(overlay::apply(&mut document, overlay, &actions));
    }
    if problems.is_empty() { Ok(document) } else { Err(Report(problems)) }
}

/// The findings, if none is an error; with errors, everything found is reported.
fn stop_at_errors(document: &Document<'_>, findings: Findings) -> Result<Vec<Finding>, Report> {
    let failed = findings.has_errors();
    let findings = findings.into_vec();
    if failed { Err(Report(document.locate(findings))) } else { Ok(findings) }
}

/// Reads the normalized tree into the typed document.
fn typed(document: &Document<'_>, tree: Value) -> Result<openapiv3::OpenAPI, Report> {
    serde_path_to_error::deserialize(tree).map_err(|error| {
        let pointer: Pointer = error
            .path()
            .iter()
            .filter_map(|segment| match segment {
                serde_path_to_error::Segment::Seq { index } => Some(index.to_string()),
                serde_path_to_error::Segment::Map { key } => Some(key.clone()),
                _ => None,
            })
            .collect();
        let pointer = document.existing(&pointer);
        let message = format!("the description can't be read here: {}", error.inner());
        Report::error(document.place(&pointer), pointer, message, "mend the value; an overlay can do it")
    })
}
