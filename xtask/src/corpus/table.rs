//! Prints the outcomes as a table.

use super::document::DocumentOutcome;

const HEADER: [&str; 14] = [
    "document",
    "generated",
    "compiled",
    "warnings",
    "problems",
    "skipped",
    "missing",
    "examples",
    "operations",
    "models",
    "enums",
    "lines",
    "gen ms",
    "check ms",
];
/// The maximum number of lines that are shown of a compiler's message.
const MAX_LINES: usize = 14;
/// The maximum number of failed examples that are shown for a document.
const MAX_EXAMPLES: usize = 3;

pub(super) fn table(outcomes: &[DocumentOutcome]) -> String {
    let mut rows: Vec<Vec<String>> = vec![HEADER.map(str::to_owned).to_vec()];
    rows.extend(outcomes.iter().map(row));
    rows.push(totals(outcomes));
    let widths: Vec<usize> = (0..HEADER.len())
        .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default())
        .collect();
    let mut text = String::new();
    for row in rows {
        let cells: Vec<_> = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(
                |(column, (cell, width))| {
                    if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
                },
            )
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text.extend(outcomes.iter().map(details));
    text.trim_end().to_owned()
}

fn row(outcome: &DocumentOutcome) -> Vec<String> {
    let generated = outcome.generation_error.is_none();
    let compiled = match &outcome.errors {
        Some(errors) if errors.is_empty() => "yes".to_owned(),
        Some(errors) => format!("{} errors", errors.len()),
        None => "-".to_owned(),
    };
    let mut cells = vec![outcome.name.clone(), if generated { "yes" } else { "no" }.to_owned(), compiled];
    if !generated {
        cells.resize(HEADER.len(), "-".to_owned());
        return cells;
    }
    cells.extend(
        [
            outcome.warnings.len(),
            outcome.count("warnings"),
            outcome.count("skipped"),
            outcome.count("unaccounted"),
        ]
        .map(|n| n.to_string()),
    );
    cells.push(examples([outcome]));
    let numbers = ["operations", "models", "enums", "lines", "milliseconds"];
    cells.extend(numbers.map(|key| outcome.number(key).to_string()));
    cells.push(outcome.check_milliseconds.to_string());
    cells
}

fn totals(outcomes: &[DocumentOutcome]) -> Vec<String> {
    let all = outcomes.len();
    let generated = outcomes.iter().filter(|outcome| outcome.generation_error.is_none()).count();
    let compiled =
        outcomes.iter().filter(|outcome| outcome.errors.as_ref().is_some_and(Vec::is_empty)).count();
    let sum = |value: &dyn Fn(&DocumentOutcome) -> u64| outcomes.iter().map(value).sum::<u64>().to_string();
    let count = |key: &str| outcomes.iter().map(|outcome| outcome.count(key)).sum::<usize>().to_string();
    let mut cells = vec![
        format!("{all} documents"),
        generated.to_string(),
        compiled.to_string(),
        outcomes.iter().map(|outcome| outcome.warnings.len()).sum::<usize>().to_string(),
        count("warnings"),
        count("skipped"),
        count("unaccounted"),
    ];
    cells.push(examples(outcomes));
    let numbers = ["operations", "models", "enums", "lines", "milliseconds"];
    cells.extend(numbers.map(|key| sum(&|outcome| outcome.number(key))));
    cells.push(sum(&|outcome| outcome.check_milliseconds));
    cells
}

/// Formats the number of examples: unchanged ones, ones that are invalid against their own schemas, and all.
fn examples<'a>(outcomes: impl IntoIterator<Item = &'a DocumentOutcome>) -> String {
    let (mut all, mut failed, mut invalid) = (0, 0, 0);
    for outcome in outcomes {
        all += outcome.examples.as_ref().and_then(|examples| examples["count"].as_u64()).unwrap_or_default();
        failed += outcome.failed_examples().count() as u64;
        invalid +=
            outcome.failed_examples().filter(|failed| !failed["schema_error"].is_null()).count() as u64;
    }
    let good = all.saturating_sub(failed);
    match (all, invalid) {
        (0, _) => "-".to_owned(),
        (_, 0) => format!("{good}/{all}"),
        _ => format!("{good}+{invalid}/{all}"),
    }
}

/// Formats the first problems of a document.
fn details(outcome: &DocumentOutcome) -> String {
    let mut text = String::new();
    if let Some(reason) = &outcome.generation_error {
        text.push_str(&format!("  not generated: {reason}\n"));
    }
    for missing in outcome.report["unaccounted"].as_array().into_iter().flatten().take(MAX_LINES) {
        text.push_str(&format!("  missing: {} {}\n", missing["what"], missing["pointer"]));
    }
    let first = outcome.errors.iter().flatten().chain(&outcome.warnings).next();
    for line in first.into_iter().flat_map(|message| message.lines()).take(MAX_LINES) {
        text.push_str(&format!("  {line}\n"));
    }
    let (changed, invalid): (Vec<_>, Vec<_>) =
        outcome.failed_examples().partition(|failed| failed["schema_error"].is_null());
    for failed in changed.iter().take(MAX_EXAMPLES) {
        text.push_str(&format!("  example changed: {} {}\n", failed["pointer"], failed["why"]));
    }
    for failed in invalid.iter().take(MAX_EXAMPLES) {
        text.push_str(&format!("  invalid example: {} {}\n", failed["pointer"], failed["schema_error"]));
    }
    if text.is_empty() { text } else { format!("\n{}:\n{text}", outcome.name) }
}
