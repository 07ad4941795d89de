//! `bench regen`: generates crates of this project's description, of published documents, and of synthetic documents
//! of increasing size.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::documents::{DocumentCopies, PublishedDocument};
use super::growth;
use super::measure::median;
use super::peers::{PEERS, remove_folder};
use super::repair;
use super::rounds::{self, Contender, RUN_COLUMNS, run_figures};
use super::setup::BenchSetup;
use super::table::{Column, ContenderOutcome, Group, Row, Unit};
use super::tools;
use clientwright::project::Project;

const ROUNDS: usize = 3;
const SIZES: [usize; 2] = [500, 5_000];
/// The size of the largest documents.
const LARGE: usize = 20_000;
const OURS: &str = "ours";
/// The folder that measured crates are moved to.
const ASIDE: &str = "aside";
const OURS_AGAIN: &str = "ours, again, nothing changed";

/// The stages of a run by name, with their times in seconds.
type Stages = Vec<(String, f64)>;

pub(super) fn run(setup: &BenchSetup) -> io::Result<Vec<Group>> {
    let programs = tools::build(&setup.repository, "clientwright")?;
    let program = tools::program(&programs, "clientwright")?;
    let folder = setup.out.join("regen");
    fs::create_dir_all(&folder)?;
    let mut groups = project(setup, program, &folder)?;
    for spec in &setup.specs {
        groups.extend(published(setup, program, &folder, spec)?);
    }
    if setup.specs.is_empty() {
        groups.push(absent_document("regen, a published document"));
    }
    groups.push(growth(setup, program, &folder)?);
    remove_folder(&folder.join(ASIDE))?;
    Ok(groups)
}

/// Moves a folder to [`ASIDE`]. It is deleted only after all measurements: creating files is slow on ext4 without a
/// journal for some minutes after many files were deleted.
fn move_aside(folder: &Path) -> io::Result<()> {
    let aside = folder.with_file_name(ASIDE);
    fs::create_dir_all(&aside)?;
    let number = fs::read_dir(&aside)?.count();
    match fs::rename(folder, aside.join(number.to_string())) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Returns the table of a part for which there is no document.
pub(super) fn absent_document(name: &str) -> Group {
    let mut group = Group::new(name, &RUN_COLUMNS, None);
    group.rows.push(Row::new("the document", ContenderOutcome::Absent("pass --spec FILE".to_owned())));
    group
}

fn project(setup: &BenchSetup, program: &Path, folder: &Path) -> io::Result<Vec<Group>> {
    let config = setup.repository.join("generated/clientwright.toml");
    let project = Project::load(&config, &setup.repository).map_err(io::Error::other)?;
    let (spec, overlays) = (project.description(), project.overlays().map_err(io::Error::other)?);
    let crate_of_it = Crate::new(program, &folder.join("project"), &spec, &overlays, true);
    let mut contenders = crate_of_it.contenders();
    let (program, root) = (program.to_owned(), setup.repository.clone());
    contenders.push(Contender::ours("clientwright check", move || {
        let mut command = Command::new(&program);
        command.arg("check").current_dir(root.join("generated"));
        Ok(command)
    }));
    measure_contenders(setup, "regen, project", &contenders, &crate_of_it.report)
}

fn published(
    setup: &BenchSetup,
    program: &Path,
    folder: &Path,
    spec: &PublishedDocument,
) -> io::Result<Vec<Group>> {
    let crate_of_it = Crate::new(program, &folder.join(&spec.name), &spec.path, &[], false);
    let folder = folder.join(format!("others-{}", spec.name));
    fs::create_dir_all(&folder)?;
    let mut contenders = crate_of_it.contenders();
    contenders.extend(others(setup, &DocumentCopies::new(&spec.path, &folder), &folder)?);
    let title = format!("regen, {}", spec.name);
    let mut groups = measure_contenders(setup, &title, &contenders, &crate_of_it.report)?;
    let group = &mut groups[0];
    let fastest = group.rows.iter().filter(|row| !row.name.starts_with("ours"));
    let fastest = fastest.filter_map(|row| Some((row.name.clone(), row.figure(0)?)));
    if let Some((name, _)) = fastest.min_by(|one, other| one.1.total_cmp(&other.1)) {
        group.compare("wall, ours : the fastest other", OURS, &name, 0);
    }
    group.compare("wall, nothing changed : new", OURS_AGAIN, OURS, 0);
    Ok(groups)
}

/// A crate that is generated into an empty folder, and again into the same folder.
#[derive(Clone)]
struct Crate {
    program: PathBuf,
    arguments: Vec<OsString>,
    out: PathBuf,
    report: PathBuf,
}

impl Crate {
    fn new(program: &Path, out: &Path, spec: &Path, overlays: &[PathBuf], strict: bool) -> Self {
        let report = out.with_extension("json");
        let mut arguments: Vec<OsString> = vec!["generate".into(), spec.into()];
        for overlay in overlays {
            arguments.extend(["--overlay".into(), overlay.into()]);
        }
        arguments.extend(["--json".into(), report.clone().into(), "--out".into(), out.into()]);
        arguments.extend(["--runtime".into(), format!("copy={}", out.join("runtime").display()).into()]);
        arguments.extend(strict.then(|| "--strict".into()));
        Self { program: program.to_owned(), arguments, out: out.to_owned(), report }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        command
    }

    fn contenders(&self) -> Vec<Contender> {
        let (fresh, again, out) = (self.clone(), self.clone(), self.out.clone());
        vec![
            Contender::ours(OURS, move || move_aside(&out).map(|()| fresh.command())),
            Contender::ours(OURS_AGAIN, move || Ok(again.command())),
        ]
    }
}

/// Returns the other generators, with the document or, if they can't read it, with its repaired copy.
fn others(setup: &BenchSetup, documents: &DocumentCopies, folder: &Path) -> io::Result<Vec<Contender>> {
    let mut contenders = Vec::new();
    for peer in PEERS {
        let out = folder.join(peer.name);
        let contender = |command, note| Contender { name: peer.name.to_owned(), command, note, ours: false };
        let Some(program) = peer.find(setup.peers.as_deref()) else {
            contenders.push(contender(Err(format!("{}, or --peers DIR", peer.install_help)), None));
            continue;
        };
        let first = setup.meter.run(&peer.command(&program, documents.published(), &out)?)?;
        let (document, note) = if first.succeeded {
            (documents.published().to_owned(), None)
        } else {
            (documents.repaired()?.to_owned(), Some(repair::note(&first.failure_message())))
        };
        contenders.push(contender(Ok(Box::new(move || peer.command(&program, &document, &out))), note));
    }
    Ok(contenders)
}

/// Returns two tables: the figures of each contender, and the times of our stages.
fn measure_contenders(
    setup: &BenchSetup,
    name: &str,
    contenders: &[Contender],
    report: &Path,
) -> io::Result<Vec<Group>> {
    let mut stage_runs: [Vec<Stages>; 2] = Default::default();
    let runs = rounds::run(setup, name, ROUNDS, contenders, |index| {
        if let Some(runs) = stage_runs.get_mut(index) {
            runs.push(stages(report)?);
        }
        Ok(())
    })?;
    let mut group = Group::new(name, &RUN_COLUMNS, Some(OURS));
    group.rows =
        contenders.iter().zip(&runs).map(|(contender, runs)| contender.row(runs, run_figures)).collect();
    Ok(vec![group, by_stage(&format!("{name}, by stage"), &stage_runs)])
}

/// Reads the times of the stages, in seconds, from the report of a run.
fn stages(report: &Path) -> io::Result<Stages> {
    let report: Value = serde_json::from_slice(&fs::read(report)?)?;
    let mut stages = Vec::new();
    for stage in report["stages"].as_array().into_iter().flatten() {
        if let Some((name, time)) = stage["name"].as_str().zip(stage["milliseconds"].as_f64()) {
            stages.push((name.to_owned(), time / 1e3));
        }
    }
    stages.extend(report["milliseconds"].as_f64().map(|time| (ALL.to_owned(), time / 1e3)));
    Ok(stages)
}

const ALL: &str = "all stages";

/// Returns a table with a row for each stage: its time in a first run, and in one where nothing changed.
fn by_stage(name: &str, [fresh, again]: &[Vec<Stages>; 2]) -> Group {
    const COLUMNS: [Column; 2] = [
        Column { name: "new", unit: Unit::Milliseconds },
        Column { name: "nothing changed", unit: Unit::Milliseconds },
    ];
    let middle = |runs: &[Stages], name: &str| {
        let all = runs.iter().flatten().filter(|stage| stage.0 == name).map(|stage| stage.1);
        median(all.collect())
    };
    let mut group = Group::new(name, &COLUMNS, Some(ALL));
    for (name, _) in fresh.first().into_iter().flatten() {
        let figures = vec![middle(fresh, name), middle(again, name)];
        group.rows.push(Row::new(name.clone(), ContenderOutcome::Figures(figures)));
    }
    group
}

/// Measures synthetic documents of all kinds, each ten times the size of the previous one.
fn growth(setup: &BenchSetup, program: &Path, folder: &Path) -> io::Result<Group> {
    let sizes = SIZES.into_iter().chain(setup.large.then_some(LARGE)).collect::<Vec<_>>();
    let documents = growth::documents(folder, |_| sizes.clone())?;
    let contenders: Vec<_> = documents
        .iter()
        .map(|document| {
            let out = folder.join(document.folder_name());
            let crate_of_it = Crate::new(program, &out, &document.path, &[], true);
            Contender::ours(&document.name(), move || move_aside(&out).map(|()| crate_of_it.command()))
        })
        .collect();
    let runs = rounds::run(setup, "regen, growth", ROUNDS, &contenders, |_| Ok(()))?;
    Ok(growth::table("regen, growth", &documents, &contenders, &runs))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_that_are_moved_aside_are_kept() {
        let folder = std::env::temp_dir().join(format!("xtask-aside-{}", std::process::id()));
        let out = folder.join("out");
        for _ in 0..2 {
            fs::create_dir_all(out.join("src")).unwrap();
            move_aside(&out).unwrap();
        }
        move_aside(&out).unwrap();
        assert!(!out.exists() && folder.join(ASIDE).join("1/src").exists());
        remove_folder(&folder).unwrap();
    }

    #[test]
    fn the_time_of_a_stage_is_the_median_of_its_runs() {
        let run = |render: f64| vec![("render".to_owned(), render), (ALL.to_owned(), 2.0 * render)];
        let group = by_stage("x", &[vec![run(1.0), run(9.0), run(2.0)], vec![run(0.5)]]);
        let figures: Vec<_> =
            group.rows.iter().map(|row| (&*row.name, row.figure(0), row.figure(1))).collect();
        assert_eq!(figures, [("render", Some(2.0), Some(0.5)), (ALL, Some(4.0), Some(1.0))]);
    }
}
