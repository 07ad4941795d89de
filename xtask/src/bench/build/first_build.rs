//! `bench first-build`: compiles a user's program with all its dependencies from scratch.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::super::documents::{DocumentCopies, PublishedDocument};
use super::super::measure::Measurement;
use super::super::peers::remove_folder;
use super::super::setup::BenchSetup;
use super::super::table::{Column, ContenderOutcome, Group, Row, Unit};
use super::super::tools;
use super::crates::{generate, others};
use super::package::{BuildMode, Package};
use super::program::{self, BY_HAND, OURS};

const COLUMNS: [Column; 6] = [
    Column { name: "crates", unit: Unit::Number },
    Column { name: "debug", unit: Unit::Seconds },
    Column { name: "debug cpu", unit: Unit::Seconds },
    Column { name: "release", unit: Unit::Seconds },
    Column { name: "release cpu", unit: Unit::Seconds },
    Column { name: "program", unit: Unit::Mebibytes },
];
const MODES: [BuildMode; 2] = [BuildMode::Debug, BuildMode::Release];
const ROUNDS: usize = 3;
/// The note of a program that only links a crate.
const NOT_CALLED: &str =
    "its crate is compiled and linked, but nothing in it is called; a call would take longer";

/// A program that is compiled from scratch.
struct Contender {
    name: String,
    /// The program, or why there is none.
    package: Result<Package, ContenderOutcome>,
    note: Option<String>,
    /// Whether it makes a call. Otherwise its size is not comparable.
    calls: bool,
    /// Whether it is part of this repository: then its failure is an error.
    ours: bool,
    runs: [Vec<Built>; 2],
}

/// One compilation.
struct Built {
    measurement: Measurement,
    /// The number of compiled crates.
    crates: f64,
    /// The size of the program without symbols, in bytes.
    program: Option<f64>,
}

/// Compiles the programs in alternation.
pub(in super::super) fn run(setup: &BenchSetup) -> io::Result<Vec<Group>> {
    let folder = setup.out.join("first-build");
    fs::create_dir_all(&folder)?;
    let mut contenders = contenders(setup, &folder)?;
    for round in 1..=setup.rounds.unwrap_or(ROUNDS) {
        for contender in &mut contenders {
            let Ok(package) = &contender.package else { continue };
            for (runs, mode) in contender.runs.iter_mut().zip(MODES) {
                eprintln!("first build, round {round}: {}, {mode:?}", contender.name);
                runs.push(build(setup, package, mode)?);
            }
        }
    }
    remove_folder(&folder.join("target"))?;
    let mut group = Group::new("first build", &COLUMNS, Some(BY_HAND));
    group.detail = Some("a program with one call and all its dependencies, compiled from scratch".to_owned());
    group.rows = contenders.iter().map(Contender::row).collect();
    Ok(vec![group])
}

fn contenders(setup: &BenchSetup, folder: &Path) -> io::Result<Vec<Contender>> {
    let of_this = |name: &str, package| Contender { ours: true, ..Contender::new(name, Ok(package)) };
    let mut contenders = vec![
        of_this(BY_HAND, program::by_hand(setup, folder)?),
        of_this(OURS, program::ours(setup, folder)?),
    ];
    let programs = tools::build(&setup.repository, "clientwright")?;
    let program = tools::program(&programs, "clientwright")?;
    for document in &setup.specs {
        contenders.extend(published(setup, program, folder, document)?);
    }
    Ok(contenders)
}

/// Returns the programs with the crates of a published document.
fn published(
    setup: &BenchSetup,
    program: &Path,
    folder: &Path,
    document: &PublishedDocument,
) -> io::Result<Vec<Contender>> {
    let (own, name) = (folder.join(&document.name), &document.name);
    fs::create_dir_all(&own)?;
    let full = generate(program, &document.path, &own.join("full"), &[])?;
    let ours = program::of_published(setup, folder, name, &full.folder)?;
    let ours =
        ours.map(|package| Contender { ours: true, ..Contender::new(&program::ours_of(name), Ok(package)) });
    let mut contenders: Vec<_> = ours.into_iter().collect();
    for other in others(setup, &DocumentCopies::new(&document.path, &own), &own)? {
        let program = other.package.and_then(|package| {
            program::of_other(setup, &own, other.name, &package.folder)
                .map_err(|error| ContenderOutcome::Failed(error.to_string()))
        });
        let notes = [other.note.as_deref(), program.is_ok().then_some(NOT_CALLED)];
        let notes: Vec<_> = notes.into_iter().flatten().collect();
        let note = (!notes.is_empty()).then(|| notes.join("; "));
        let name = format!("{}, the crate of {name}", other.name);
        contenders.push(Contender { calls: false, note, ..Contender::new(&name, program) });
    }
    Ok(contenders)
}

/// Compiles a program with all its dependencies into an empty folder.
fn build(setup: &BenchSetup, package: &Package, mode: BuildMode) -> io::Result<Built> {
    let target = setup.out.join("first-build/target");
    remove_folder(&target)?;
    let mut command = Package { target, ..package.clone() }.cargo(mode);
    command.args(["--quiet", "--offline", "--message-format=json"]);
    // Disables caches of compiled crates.
    command.env("RUSTC_WRAPPER", "").env("CARGO_PROFILE_RELEASE_STRIP", "symbols");
    let measurement = setup.meter.run(&command)?;
    let messages = CargoMessages::read(&measurement.stdout);
    #[allow(clippy::cast_precision_loss, reason = "counts and sizes are small enough")]
    let (crates, program) = (
        messages.crates as f64,
        messages.program.and_then(|file| fs::metadata(file).ok()).map(|file| file.len() as f64),
    );
    Ok(Built { measurement, crates, program })
}

/// The contents of cargo's messages about a compilation.
#[derive(Debug, Default, PartialEq, Eq)]
struct CargoMessages {
    /// The number of compiled crates. A build script is part of its crate.
    crates: usize,
    program: Option<PathBuf>,
}

impl CargoMessages {
    fn read(lines: &str) -> Self {
        let messages = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let mut crates = BTreeSet::new();
        let mut program = None;
        for message in messages.filter(|message| message["reason"] == "compiler-artifact") {
            if message["fresh"] == false {
                crates.extend(message["package_id"].as_str().map(str::to_owned));
            }
            program = message["executable"].as_str().map(PathBuf::from).or(program);
        }
        Self { crates: crates.len(), program }
    }
}

impl Contender {
    fn new(name: &str, package: Result<Package, ContenderOutcome>) -> Self {
        let runs = Default::default();
        Self { name: name.to_owned(), package, note: None, calls: true, ours: false, runs }
    }

    fn row(&self) -> Row {
        let failed = self.runs.iter().flatten().find(|run| !run.measurement.succeeded);
        let outcome = match (&self.package, failed) {
            (Err(outcome), _) => outcome.clone(),
            (_, Some(failed)) => ContenderOutcome::Failed(failed.measurement.failure_message()),
            _ => ContenderOutcome::Figures(self.figures()),
        };
        let row = Row::new(self.name.clone(), outcome).with_note(self.note.clone());
        if self.ours { row.required() } else { row }
    }

    fn figures(&self) -> Vec<Option<f64>> {
        let [debug, release] = self.runs.each_ref().map(|runs| {
            let measurements: Vec<_> = runs.iter().map(|run| run.measurement.clone()).collect();
            Measurement::median(&measurements)
        });
        let wall = |run: &Option<Measurement>| run.as_ref().map(|run| run.wall);
        let cpu = |run: &Option<Measurement>| run.as_ref().and_then(|run| run.cpu);
        let last = self.runs[1].last();
        vec![
            last.map(|run| run.crates),
            wall(&debug),
            cpu(&debug),
            wall(&release),
            cpu(&release),
            last.and_then(|run| run.program).filter(|_| self.calls),
        ]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn built(wall: f64, program: f64) -> Built {
        let measurement = Measurement {
            wall,
            cpu: Some(wall * 2.0),
            peak: None,
            memory: Vec::new(),
            succeeded: true,
            stdout: String::new(),
            stderr: "error: no such crate\n".to_owned(),
        };
        Built { measurement, crates: 7.0, program: Some(program) }
    }

    fn contender(calls: bool) -> Contender {
        let package = Package {
            folder: PathBuf::new(),
            target: PathBuf::new(),
            features: Vec::new(),
            source: "src/main.rs",
        };
        let runs = [[4.0, 1.0, 2.0], [9.0, 8.0, 7.0]].map(|walls| walls.map(|wall| built(wall, 5.0)).into());
        Contender { calls, runs, ..Contender::new("x", Ok(package)) }
    }

    #[test]
    fn build_scripts_are_not_counted_as_crates() {
        let artifact = |package: &str, fresh: bool, executable: Option<&str>| {
            json!({"reason": "compiler-artifact", "package_id": package, "fresh": fresh, "executable": executable})
                .to_string()
        };
        let lines = [
            artifact("a#1.0.0", false, None),
            artifact("a#1.0.0", false, None),
            artifact("a#2.0.0", false, None),
            artifact("b#1.0.0", true, None),
            json!({"reason": "build-script-executed", "package_id": "c#1.0.0"}).to_string(),
            artifact("x#0.1.0", false, Some("/target/release/x")),
            "not JSON".to_owned(),
        ];
        let messages = CargoMessages::read(&lines.join("\n"));
        assert_eq!(messages, CargoMessages { crates: 3, program: Some(PathBuf::from("/target/release/x")) });
        assert_eq!(CargoMessages::read(""), CargoMessages::default());
    }

    #[test]
    fn a_row_has_the_medians_of_both_modes_and_the_size() {
        let figures = contender(true).figures();
        assert_eq!(figures, [7.0, 2.0, 4.0, 8.0, 16.0, 5.0].map(Some));
    }

    #[test]
    fn a_program_without_a_call_has_no_size() {
        assert_eq!(contender(false).figures().last(), Some(&None));
    }

    #[test]
    fn a_failed_build_is_a_failure_with_its_last_line() {
        let mut contender = contender(true);
        contender.runs[1][0].measurement.succeeded = false;
        assert!(
            matches!(contender.row().outcome, ContenderOutcome::Failed(reason) if reason == "error: no such crate")
        );
    }
}
