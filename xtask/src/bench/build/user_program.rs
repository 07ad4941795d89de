//! Compiles a user's program with one call after a change. Its dependencies are already compiled.

use std::io;
use std::path::{Path, PathBuf};

use super::super::measure::Measurement;
use super::super::setup::BenchSetup;
use super::super::table::{Column, ContenderOutcome, Group, Row, Unit};
use super::package::BuildMode;
use super::program::{self, BY_HAND, OURS};

const COLUMNS: [Column; 5] = [
    Column { name: "check", unit: Unit::Seconds },
    Column { name: "debug", unit: Unit::Seconds },
    Column { name: "debug cpu", unit: Unit::Seconds },
    Column { name: "release", unit: Unit::Seconds },
    Column { name: "release cpu", unit: Unit::Seconds },
];
const ROUNDS: usize = 5;

/// Compiles the programs in alternation. `crates` are those of published documents, by the document's name.
pub(super) fn run(setup: &BenchSetup, folder: &Path, crates: &[(&str, PathBuf)]) -> io::Result<Group> {
    let mut programs = vec![
        (BY_HAND.to_owned(), program::by_hand(setup, folder)?),
        (OURS.to_owned(), program::ours(setup, folder)?),
    ];
    for (document, crate_of_it) in crates {
        let package = program::of_published(setup, folder, document, crate_of_it)?;
        programs.extend(package.map(|package| (program::ours_of(document), package)));
    }
    let mut group = Group::new("build, a user's program", &COLUMNS, Some(BY_HAND));
    group.detail = Some("one call; compiled again after a change".to_owned());
    let mut runs: Vec<[Vec<Measurement>; 3]> = programs.iter().map(|_| Default::default()).collect();
    let mut errors: Vec<Option<String>> = Vec::new();
    for (_, package) in &programs {
        let first =
            BuildMode::ALL.into_iter().map(|mode| package.first(mode)).collect::<io::Result<Vec<_>>>()?;
        errors.push(first.into_iter().find_map(|first| first.error));
    }
    for round in 1..=setup.rounds.unwrap_or(ROUNDS) {
        for (index, (name, package)) in
            programs.iter().enumerate().filter(|(index, _)| errors[*index].is_none())
        {
            eprintln!("a user's program, round {round}: {name}");
            for (runs, mode) in runs[index].iter_mut().zip(BuildMode::ALL) {
                runs.push(package.again(setup, mode)?);
            }
        }
    }
    for (((name, _), runs), error) in programs.iter().zip(&runs).zip(errors) {
        let outcome = error.map_or_else(|| outcome(runs), ContenderOutcome::Failed);
        group.rows.push(Row::new(name.clone(), outcome).required());
    }
    for (name, _) in programs.iter().skip(1) {
        group.compare(&format!("debug, {name} : by hand"), name, BY_HAND, 1);
        group.compare(&format!("release, {name} : by hand"), name, BY_HAND, 3);
    }
    Ok(group)
}

fn outcome(runs: &[Vec<Measurement>; 3]) -> ContenderOutcome {
    if let Some(failed) = runs.iter().flatten().find(|run| !run.succeeded) {
        return ContenderOutcome::Failed(failed.failure_message());
    }
    let [check, debug, release] = runs.each_ref().map(|runs| Measurement::median(runs));
    let wall = |run: &Option<Measurement>| run.as_ref().map(|run| run.wall);
    let cpu = |run: &Option<Measurement>| run.as_ref().and_then(|run| run.cpu);
    ContenderOutcome::Figures(vec![wall(&check), wall(&debug), cpu(&debug), wall(&release), cpu(&release)])
}
