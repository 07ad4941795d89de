//! The table of the standards: each row of `tests/standards/rows` is a requirement that a client has to meet, with the
//! section, the smallest document, and the expected request or value, which come from the standard.
//!
//! All rows of one version of OpenAPI share a document, which is generated as a module of one package. Its program
//! (`tests/standards/driver.rs`) sends the request of each row to a scripted server, and prints what it sent and read.
//! `STANDARDS=query,cookie cargo test -p tests --test it standards:: -- --nocapture` tests only some rows or files.

mod documents;
mod driver;
mod row;
mod verdict;

use std::collections::BTreeSet;

use codegen::package::LIMITS;

use self::documents::Document;
use self::row::{Row, Status};

/// The least number of rows.
const ROWS: usize = 500;

#[test]
fn each_requirement_has_its_stated_status() {
    let rows = row::all();
    let documents = documents::generate(&rows);
    let outcomes = driver::run(&rows, &documents);
    let problems: Vec<_> = rows
        .iter()
        .filter_map(|row| {
            let document = documents::of(row, &rows, &documents);
            let differences = verdict::differences(row, document, &outcomes[&row.id]);
            if row::is_filtered() && row.status != Status::Met {
                println!("not met: {}\n  {}", row.id, differences.join("\n  "));
            }
            let problem = problem(row, document, &differences)?;
            let said = document.messages(row.declaring());
            Some(format!("{}: {} ({})\n  {problem}\n  {said:?}", row.id, row.says(), row.section()))
        })
        .collect();
    println!("{}", counts(&rows));
    assert!(problems.is_empty(), "{} of {} rows:\n\n{}", problems.len(), rows.len(), problems.join("\n\n"));
}

/// Returns what is wrong with the status of a row.
fn problem(row: &Row, document: &Document, differences: &[String]) -> Option<String> {
    match &row.status {
        Status::Met => (!differences.is_empty()).then(|| differences.join("\n  ")),
        Status::Skipped(_) | Status::Unmet(_) if differences.is_empty() => {
            Some("it is met: remove `skipped` or `unmet` from the row".to_owned())
        }
        Status::Skipped(words) => {
            let messages = document.messages(row.declaring());
            let is_said = messages.iter().any(|line| line.contains(words));
            (!is_said).then(|| format!("the generator doesn't say {words:?}, but {messages:?}"))
        }
        Status::Unmet(_) => None,
    }
}

fn counts(rows: &[Row]) -> String {
    let count = |wanted: fn(&Status) -> bool| rows.iter().filter(|row| wanted(&row.status)).count();
    format!(
        "{} rows: {} met, {} skipped with a message, {} not met",
        rows.len(),
        count(|status| *status == Status::Met),
        count(|status| matches!(status, Status::Skipped(_))),
        count(|status| matches!(status, Status::Unmet(_))),
    )
}

#[test]
fn the_table_is_long() {
    let rows = row::all();
    assert!(row::is_filtered() || rows.len() >= ROWS, "{}", counts(&rows));
}

/// The README of a generated crate says what the client doesn't do.
#[test]
fn the_readme_lists_each_requirement_that_is_not_met() {
    if row::is_filtered() {
        return;
    }
    let rows = row::all();
    let unmet: BTreeSet<_> = rows
        .iter()
        .filter_map(|row| match &row.status {
            Status::Unmet(line) => Some(line.as_str()),
            Status::Met | Status::Skipped(_) => None,
        })
        .collect();
    let listed: BTreeSet<_> = LIMITS.lines().filter_map(|line| line.strip_prefix("- ")).collect();
    let missing: Vec<_> = unmet.difference(&listed).collect();
    let extra: Vec<_> = listed.difference(&unmet).collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "codegen/src/package/limits.md: add {missing:#?}, remove {extra:#?}"
    );
}
