//! The table that a person reads.

use super::document::Outcome;

const HEAD: [&str; 14] = [
    "document",
    "generated",
    "compiled",
    "warnings",
    "mistakes",
    "skipped",
    "lost",
    "examples",
    "operations",
    "models",
    "enums",
    "lines",
    "gen ms",
    "check ms",
];
/// Most lines of a compiler's message that are shown.
const SHOWN: usize = 14;
/// Most examples of a document that are shown to have changed.
const EXAMPLES: usize = 3;

pub(super) fn table(outcomes: &[Outcome]) -> String {
    let mut rows: Vec<Vec<String>> = vec![HEAD.map(str::to_owned).to_vec()];
    rows.extend(outcomes.iter().map(row));
    rows.push(totals(outcomes));
    let widths: Vec<usize> = (0..HEAD.len())
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

fn row(outcome: &Outcome) -> Vec<String> {
    let generated = outcome.generation.is_none();
    let compiled = match &outcome.errors {
        Some(errors) if errors.is_empty() => "yes".to_owned(),
        Some(errors) => format!("{} errors", errors.len()),
        None => "-".to_owned(),
    };
    let mut cells = vec![outcome.name.clone(), if generated { "yes" } else { "no" }.to_owned(), compiled];
    if !generated {
        cells.resize(HEAD.len(), "-".to_owned());
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

fn totals(outcomes: &[Outcome]) -> Vec<String> {
    let all = outcomes.len();
    let generated = outcomes.iter().filter(|outcome| outcome.generation.is_none()).count();
    let compiled =
        outcomes.iter().filter(|outcome| outcome.errors.as_ref().is_some_and(Vec::is_empty)).count();
    let sum = |value: &dyn Fn(&Outcome) -> u64| outcomes.iter().map(value).sum::<u64>().to_string();
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

/// How many examples came back as they were, of how many; and how many of the others their own schemas refuse.
fn examples<'a>(outcomes: impl IntoIterator<Item = &'a Outcome>) -> String {
    let (mut all, mut failed, mut refused) = (0, 0, 0);
    for outcome in outcomes {
        all += outcome.examples.as_ref().and_then(|told| told["count"].as_u64()).unwrap_or_default();
        failed += outcome.failed_examples().count() as u64;
        refused += outcome.failed_examples().filter(|failed| !failed["mistake"].is_null()).count() as u64;
    }
    let good = all.saturating_sub(failed);
    match (all, refused) {
        (0, _) => "-".to_owned(),
        (_, 0) => format!("{good}/{all}"),
        _ => format!("{good}+{refused}/{all}"),
    }
}

/// What went wrong with a document, first of all.
fn details(outcome: &Outcome) -> String {
    let mut text = String::new();
    if let Some(reason) = &outcome.generation {
        text.push_str(&format!("  not generated: {reason}\n"));
    }
    for lost in outcome.report["unaccounted"].as_array().into_iter().flatten().take(SHOWN) {
        text.push_str(&format!("  lost: {} {}\n", lost["what"], lost["pointer"]));
    }
    let first = outcome.errors.iter().flatten().chain(&outcome.warnings).next();
    for line in first.into_iter().flat_map(|message| message.lines()).take(SHOWN) {
        text.push_str(&format!("  {line}\n"));
    }
    let (ours, theirs): (Vec<_>, Vec<_>) =
        outcome.failed_examples().partition(|failed| failed["mistake"].is_null());
    for failed in ours.iter().take(EXAMPLES) {
        text.push_str(&format!("  example: {} {}\n", failed["pointer"], failed["why"]));
    }
    for failed in theirs.iter().take(EXAMPLES) {
        text.push_str(&format!("  the document's mistake: {} {}\n", failed["pointer"], failed["mistake"]));
    }
    if text.is_empty() { text } else { format!("\n{}:\n{text}", outcome.name) }
}
