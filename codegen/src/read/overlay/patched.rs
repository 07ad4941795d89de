//! Parses a description and its overlays, and applies the overlays.

use super::apply::apply;
use crate::base::copies::{Copies, size_of};
use crate::base::diagnostic::Diagnostics;
use crate::base::mode::Mode;
use crate::read::tree::document::Document;
use crate::read::tree::file::{ParsedFile, Source};

/// A description with its overlays applied.
pub(crate) struct Patched<'a>(pub(crate) Document<'a>);

/// Returns the description with all overlays applied. Problems in all files are reported together.
pub(crate) fn patched<'a>(
    description: &'a Source,
    overlays: &'a [Source],
    mode: Mode,
) -> Result<Patched<'a>, Diagnostics> {
    let base = match mode {
        Mode::Strict => ParsedFile::read(description).map(|(file, value)| (file, value, Vec::new())),
        Mode::Lenient => ParsedFile::read_leniently(description),
    };
    let mut problems = Vec::new();
    let mut patches = Vec::new();
    for overlay in overlays {
        match ParsedFile::read(overlay) {
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
    let written = patches.iter().map(|(_, actions)| size_of(actions)).sum::<usize>();
    let copies = Copies::of(size_of(&value) + written);
    let mut document = Document::new(file, value, copies);
    document.warn(warnings);
    for (file, actions) in patches {
        let overlay = document.add_file(file);
        problems.extend(apply(&mut document, overlay, actions));
    }
    if problems.is_empty() { Ok(Patched(document)) } else { Err(Diagnostics(problems)) }
}
