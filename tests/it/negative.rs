//! Invalid input: each test checks the whole printed report.

mod contradictions;
mod contradictions_of_many;
mod document;
mod extension;
mod invalid_part;
mod links;
mod missing_keys;
mod operation;
mod overlay;
mod overlay_merge;
mod parameters;
mod schema;
mod suspicious;
mod swagger;
mod syntax;
mod webhooks;

use codegen::Source;

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: Bad, version: '1'}\n";

/// Returns the report on a description.
fn report(description: impl Into<Vec<u8>>) -> String {
    overlaid(description, &[])
}

/// Returns the report on a description that begins with [`HEAD`].
fn rest(description: &str) -> String {
    report(format!("{HEAD}{}", dedented(description)))
}

/// Returns the report on a description and its overlays.
fn overlaid(description: impl Into<Vec<u8>>, overlays: &[&str]) -> String {
    let name = |index: usize| format!("overlay-{}.yaml", index + 1);
    let overlays: Vec<_> =
        overlays.iter().enumerate().map(|(index, text)| Source::new(name(index), dedented(text))).collect();
    match codegen::generate(&Source::new("api.yaml", description), &overlays) {
        Ok(output) => {
            let warnings: Vec<_> = output.warnings.iter().map(ToString::to_string).collect();
            format!("generated\n\n{}", warnings.join("\n\n"))
        }
        Err(report) => report.to_string(),
    }
}

/// Removes the common indentation of a block of text.
pub(crate) fn dedented(text: &str) -> String {
    let lines = || text.lines().skip_while(|line| line.trim().is_empty());
    let indentation = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let least = lines().filter(|line| !line.trim().is_empty()).map(indentation).min().unwrap_or_default();
    lines().map(|line| format!("{}\n", line.get(least..).unwrap_or_default())).collect()
}
