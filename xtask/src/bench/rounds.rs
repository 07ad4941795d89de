//! Runs contenders in alternation, so that other load on the machine affects all of them.

use std::io;
use std::process::Command;

use super::measure::Measurement;
use super::setup::BenchSetup;
use super::table::{Column, ContenderOutcome, Row, Unit};

/// The columns of a measured command.
pub(super) const RUN_COLUMNS: [Column; 3] = [
    Column { name: "wall", unit: Unit::Milliseconds },
    Column { name: "cpu", unit: Unit::Milliseconds },
    Column { name: "peak", unit: Unit::Mebibytes },
];

/// Prepares a run, and returns the command to measure.
pub(super) type Prepare = Box<dyn Fn() -> io::Result<Command>>;

/// A program that is measured in alternation with others.
pub(super) struct Contender {
    pub(super) name: String,
    /// The function that prepares its command, or the reason why it cannot run.
    pub(super) command: Result<Prepare, String>,
    /// A note about its figures.
    pub(super) note: Option<String>,
    /// Whether it is part of this repository: then its failure is an error.
    pub(super) ours: bool,
}

impl Contender {
    /// Creates a contender that is part of this repository.
    pub(super) fn ours(name: &str, command: impl Fn() -> io::Result<Command> + 'static) -> Self {
        Self { name: name.to_owned(), command: Ok(Box::new(command)), note: None, ours: true }
    }

    /// Creates a row with the figures of the runs.
    pub(super) fn row(
        &self,
        runs: &[Measurement],
        figures: impl Fn(&Measurement) -> Vec<Option<f64>>,
    ) -> Row {
        let outcome = match (&self.command, runs.iter().find(|run| !run.succeeded), Measurement::median(runs))
        {
            (Err(install_help), ..) => ContenderOutcome::Absent(install_help.clone()),
            (_, Some(failed), _) => ContenderOutcome::Failed(failed.failure_message()),
            (_, None, Some(run)) => ContenderOutcome::Figures(figures(&run)),
            (_, None, None) => ContenderOutcome::Failed("it did not run".to_owned()),
        };
        let row = Row::new(self.name.clone(), outcome).with_note(self.note.clone());
        if self.ours { row.required() } else { row }
    }
}

/// Returns the figures for [`RUN_COLUMNS`].
pub(super) fn run_figures(run: &Measurement) -> Vec<Option<f64>> {
    vec![Some(run.wall), run.cpu, run.peak]
}

/// Runs each contender once in each round. Calls `after` with the contender's index after each run.
pub(super) fn run(
    setup: &BenchSetup,
    title: &str,
    rounds: usize,
    contenders: &[Contender],
    mut after: impl FnMut(usize) -> io::Result<()>,
) -> io::Result<Vec<Vec<Measurement>>> {
    let mut runs: Vec<Vec<Measurement>> = contenders.iter().map(|_| Vec::new()).collect();
    for round in 1..=setup.rounds.unwrap_or(rounds) {
        for (index, contender) in contenders.iter().enumerate() {
            let Ok(command) = &contender.command else { continue };
            eprintln!("{title}, round {round}: {}", contender.name);
            runs[index].push(setup.meter.run(&command()?)?);
            after(index)?;
        }
    }
    Ok(runs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_of_an_absent_contender_has_the_installation_command() {
        let contender =
            Contender { name: "x".to_owned(), command: Err("install x".to_owned()), note: None, ours: false };
        let row = contender.row(&[], run_figures);
        assert!(!row.required);
        assert!(matches!(row.outcome, ContenderOutcome::Absent(install_help) if install_help == "install x"));
    }

    #[test]
    fn one_failed_run_is_a_failure_with_its_last_line() {
        let run = |succeeded| Measurement {
            wall: 1.0,
            cpu: None,
            peak: None,
            memory: Vec::new(),
            succeeded,
            stdout: String::new(),
            stderr: "first\nerror: no such thing\n\n".to_owned(),
        };
        let contender = Contender::ours("x", || Ok(Command::new("x")));
        let row = contender.row(&[run(true), run(false), run(true)], run_figures);
        assert!(row.required);
        assert!(matches!(row.outcome, ContenderOutcome::Failed(reason) if reason == "error: no such thing"));
    }
}
