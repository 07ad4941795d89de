//! Contenders that take turns: what else the machine does meets all of them.

use std::io;
use std::process::Command;

use super::measure::Measured;
use super::setup::Setup;
use super::table::{Column, Outcome, Row, Unit};

/// What a command takes.
pub(super) const TAKES: [Column; 3] = [
    Column { name: "wall", unit: Unit::Milliseconds },
    Column { name: "cpu", unit: Unit::Milliseconds },
    Column { name: "peak", unit: Unit::Mebibytes },
];

/// Prepares a turn, and gives the command that is measured.
pub(super) type Prepare = Box<dyn Fn() -> io::Result<Command>>;

/// Someone who takes turns.
pub(super) struct Contender {
    pub(super) name: String,
    /// How to run it, or how to get it.
    pub(super) command: Result<Prepare, String>,
    /// What to know about its figures.
    pub(super) note: Option<String>,
    /// Whether it belongs to this repository, and so has to work.
    pub(super) ours: bool,
}

impl Contender {
    /// Something of this repository.
    pub(super) fn ours(name: &str, command: impl Fn() -> io::Result<Command> + 'static) -> Self {
        Self { name: name.to_owned(), command: Ok(Box::new(command)), note: None, ours: true }
    }

    /// A row, of figures that are made from the runs.
    pub(super) fn row(&self, runs: &[Measured], figures: impl Fn(&Measured) -> Vec<Option<f64>>) -> Row {
        let outcome = match (&self.command, runs.iter().find(|run| !run.succeeded), Measured::median(runs)) {
            (Err(cure), ..) => Outcome::Absent(cure.clone()),
            (_, Some(failed), _) => Outcome::Failed(failed.last_words()),
            (_, None, Some(run)) => Outcome::Figures(figures(&run)),
            (_, None, None) => Outcome::Failed("it was not run".to_owned()),
        };
        let row = Row::new(self.name.clone(), outcome).noted(self.note.clone());
        if self.ours { row.required() } else { row }
    }
}

/// The figures of [`TAKES`].
pub(super) fn taken(run: &Measured) -> Vec<Option<f64>> {
    vec![Some(run.wall), run.cpu, run.peak]
}

/// Runs each contender once in each round; `after` hears of each run.
pub(super) fn take(
    setup: &Setup,
    title: &str,
    rounds: usize,
    contenders: &[Contender],
    mut after: impl FnMut(usize) -> io::Result<()>,
) -> io::Result<Vec<Vec<Measured>>> {
    let mut runs: Vec<Vec<Measured>> = contenders.iter().map(|_| Vec::new()).collect();
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
    fn an_absent_contender_has_a_row_that_says_how_to_get_it() {
        let contender =
            Contender { name: "x".to_owned(), command: Err("install x".to_owned()), note: None, ours: false };
        let row = contender.row(&[], taken);
        assert!(!row.required);
        assert!(matches!(row.outcome, Outcome::Absent(cure) if cure == "install x"));
    }

    #[test]
    fn one_failed_run_is_a_failure_in_its_own_words() {
        let run = |succeeded| Measured {
            wall: 1.0,
            cpu: None,
            peak: None,
            memory: Vec::new(),
            succeeded,
            stdout: String::new(),
            stderr: "first\nerror: no such thing\n\n".to_owned(),
        };
        let contender = Contender::ours("x", || Ok(Command::new("x")));
        let row = contender.row(&[run(true), run(false), run(true)], taken);
        assert!(row.required);
        assert!(matches!(row.outcome, Outcome::Failed(reason) if reason == "error: no such thing"));
    }
}
