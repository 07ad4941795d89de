//! `bench build`: compiles crates of published and of synthetic documents, and a user's program.

mod crates;
pub(super) mod first_build;
mod growth;
mod package;
mod program;
mod user_program;

use std::fs;
use std::io;
use std::path::Path;

use codegen::{Mode, Options, Source};
use serde_json::Value;

use self::crates::{Generated, generate, others};
use self::package::{BuildMode, FirstBuild, Package, SOURCE_ROOT};
use super::documents::{DocumentCopies, PublishedDocument};
use super::measure::Measurement;
use super::regen::absent_document;
use super::setup::BenchSetup;
use super::table::{Column, ContenderOutcome, Group, Row, Unit};
use super::tools;
use clientwright::generate::features_of_endpoints;

const COLUMNS: [Column; 9] = [
    Column { name: "check", unit: Unit::Seconds },
    Column { name: "check cpu", unit: Unit::Seconds },
    Column { name: "debug", unit: Unit::Seconds },
    Column { name: "release", unit: Unit::Seconds },
    Column { name: "release cpu", unit: Unit::Seconds },
    Column { name: "peak", unit: Unit::Mebibytes },
    Column { name: "rlib debug", unit: Unit::Mebibytes },
    Column { name: "rlib release", unit: Unit::Mebibytes },
    Column { name: "warnings", unit: Unit::Number },
];
const ALL: &str = "ours, all features";
const ROUNDS: usize = 3;

/// A crate that is compiled repeatedly.
struct Candidate {
    name: String,
    note: Option<String>,
    ours: bool,
    /// The crate, or why there is none.
    package: Result<Package, ContenderOutcome>,
    first: [FirstBuild; 3],
    runs: [Vec<Measurement>; 3],
}

impl Candidate {
    fn new(name: impl Into<String>, package: Result<Package, ContenderOutcome>) -> Self {
        let (first, runs) = Default::default();
        Self { name: name.into(), note: None, ours: false, package, first, runs }
    }

    /// Compiles the dependencies in each mode. Stops at the first error.
    fn prepare(&mut self) -> io::Result<()> {
        for (index, mode) in BuildMode::ALL.into_iter().enumerate() {
            let Ok(package) = &self.package else { return Ok(()) };
            self.first[index] = package.first(mode)?;
            if let Some(error) = &self.first[index].error {
                self.package = Err(ContenderOutcome::Failed(error.clone()));
            }
        }
        Ok(())
    }

    fn row(&self) -> Row {
        let outcome = match &self.package {
            Err(outcome) => outcome.clone(),
            Ok(_) => match self.runs.iter().flatten().find(|run| !run.succeeded) {
                Some(failed) => ContenderOutcome::Failed(failed.failure_message()),
                None => ContenderOutcome::Figures(self.figures()),
            },
        };
        let row = Row::new(self.name.clone(), outcome).with_note(self.note.clone());
        if self.ours { row.required() } else { row }
    }

    fn figures(&self) -> Vec<Option<f64>> {
        let [check, debug, release] = self.runs.each_ref().map(|runs| Measurement::median(runs));
        let peaks = [&check, &debug, &release].into_iter().flatten().filter_map(|run| run.peak);
        let wall = |run: &Option<Measurement>| run.as_ref().map(|run| run.wall);
        let cpu = |run: &Option<Measurement>| run.as_ref().and_then(|run| run.cpu);
        vec![
            wall(&check),
            cpu(&check),
            wall(&debug),
            wall(&release),
            cpu(&release),
            peaks.max_by(f64::total_cmp),
            self.first[1].rlib,
            self.first[2].rlib,
            Some(self.first[0].warnings),
        ]
    }
}

pub(super) fn run(setup: &BenchSetup) -> io::Result<Vec<Group>> {
    let programs = tools::build(&setup.repository, "clientwright")?;
    let program = tools::program(&programs, "clientwright")?;
    let folder = setup.out.join("build");
    fs::create_dir_all(&folder)?;
    let mut groups = Vec::new();
    let mut crates = Vec::new();
    for spec in &setup.specs {
        groups.extend(published(setup, program, &folder, spec)?);
        crates.push((&spec.name[..], folder.join(&spec.name).join(WHOLE)));
    }
    if setup.specs.is_empty() {
        groups.push(absent_document("build, a published document"));
    }
    groups.push(user_program::run(setup, &folder, &crates)?);
    groups.push(growth::run(setup, program, &folder)?);
    Ok(groups)
}

/// The folder of a document's crate.
const WHOLE: &str = "full";

/// Compiles the crates of a published document.
fn published(
    setup: &BenchSetup,
    program: &Path,
    folder: &Path,
    document: &PublishedDocument,
) -> io::Result<Vec<Group>> {
    let (folder, spec) = (folder.join(&document.name), &document.path);
    fs::create_dir_all(&folder)?;
    let whole = generate(program, spec, &folder.join(WHOLE), &[])?;
    let some = tenth(spec)?;
    let part = generate(program, spec, &folder.join("tenth"), &some)?;
    // A separate crate, because the runtime of the first one must not be touched.
    let copy = generate(program, spec, &folder.join("with-runtime"), &[])?;
    let mut candidates = ours(&whole, &copy, &part, &folder)?;
    let others = others(setup, &DocumentCopies::new(spec, &folder), &folder)?;
    candidates.extend(
        others.into_iter().map(|one| Candidate { note: one.note, ..Candidate::new(one.name, one.package) }),
    );
    let title = format!("build, {}", document.name);
    measure_candidates(setup, &title, candidates, [part.operations, whole.operations])
}

/// Returns the first tenth of a document's tags, sorted by name.
fn tenth(spec: &Path) -> io::Result<Vec<String>> {
    let source = Source::new("document", fs::read(spec)?);
    let output = codegen::generate_with(&source, &[], &Options::new(Mode::Lenient))
        .map_err(|report| io::Error::other(report.to_string()))?;
    let items = output.patched["paths"].as_object().into_iter().flatten();
    let operations = items.filter_map(|(_, item)| item.as_object()).flat_map(serde_json::Map::values);
    let tags =
        operations.filter_map(|operation| operation["tags"].as_array()).flatten().filter_map(Value::as_str);
    let mut tags: Vec<_> = tags.map(str::to_owned).collect();
    tags.sort();
    tags.dedup();
    tags.truncate(tags.len().div_ceil(10));
    Ok(tags)
}

/// Returns our candidates: the crate with all features, without and with its runtime; with the default features; with
/// the feature of one tag, if tags have features; and the crate of a tenth of the tags. Except for the second one, the
/// runtime is compiled beforehand, like the other dependencies.
fn ours(whole: &Generated, copy: &Generated, part: &Generated, folder: &Path) -> io::Result<Vec<Candidate>> {
    let candidate = |name: &str, crate_of_it: &Generated, features: &[String], source| {
        let package = Package {
            folder: crate_of_it.folder.clone(),
            target: folder.with_file_name("target-ours"),
            features: features.to_vec(),
            source,
        };
        Candidate { ours: true, ..Candidate::new(name, Ok(package)) }
    };
    let all = ["--all-features".to_owned()];
    let mut candidates = vec![
        candidate(ALL, whole, &all, SOURCE_ROOT),
        candidate("ours, all features, and the runtime", copy, &all, "runtime/src/lib.rs"),
        candidate("ours, default features", whole, &[], SOURCE_ROOT),
    ];
    if let Some(tag) = one_tag(&fs::read_to_string(whole.folder.join("Cargo.toml"))?) {
        let only = ["--no-default-features".to_owned(), format!("--features=client,{tag}")];
        candidates.push(candidate("ours, one tag's feature", whole, &only, SOURCE_ROOT));
    }
    candidates.push(candidate(TENTH, part, &all, SOURCE_ROOT));
    Ok(candidates)
}

/// The tag whose feature is measured. If there is no such feature, the first one is measured.
const TAG: &str = "tickets";
const TENTH: &str = "ours, a tenth of the tags";

/// Returns the feature of one tag's endpoints, if the manifest has such features.
fn one_tag(manifest: &str) -> Option<String> {
    let tags = features_of_endpoints(manifest);
    let tag = tags.iter().find(|name| *name == TAG).or(tags.first());
    tag.cloned()
}

fn measure_candidates(
    setup: &BenchSetup,
    title: &str,
    mut candidates: Vec<Candidate>,
    operations: [f64; 2],
) -> io::Result<Vec<Group>> {
    for candidate in &mut candidates {
        candidate.prepare()?;
    }
    for round in 1..=setup.rounds.unwrap_or(ROUNDS) {
        for candidate in &mut candidates {
            let Ok(package) = &candidate.package else { continue };
            eprintln!("{title}, round {round}: {}", candidate.name);
            for (runs, mode) in candidate.runs.iter_mut().zip(BuildMode::ALL) {
                runs.push(package.again(setup, mode)?);
            }
        }
    }
    let mut group = Group::new(title, &COLUMNS, Some(ALL));
    group.rows = candidates.iter().map(Candidate::row).collect();
    for column in [0, 2, 3, 5] {
        compare_with_best(&mut group, column);
    }
    let per_operation = per_operation(&group, operations);
    Ok(vec![group, per_operation])
}

/// Adds the ratio of ours to the lowest figure of the other generators.
fn compare_with_best(group: &mut Group, column: usize) {
    let others = group.rows.iter().filter(|row| !row.name.starts_with("ours"));
    let figures = others.filter_map(|row| Some((row.name.clone(), row.figure(column)?)));
    if let Some((best, _)) = figures.min_by(|one, other| one.1.total_cmp(&other.1)) {
        let text = format!("{}, ours : the best other", group.columns[column].name);
        group.compare(&text, ALL, &best, column);
    }
}

/// Returns a table with the additional time of each operation.
fn per_operation(whole: &Group, [few, all]: [f64; 2]) -> Group {
    const COLUMNS: [Column; 3] = [
        Column { name: "check", unit: Unit::Milliseconds },
        Column { name: "debug", unit: Unit::Milliseconds },
        Column { name: "release", unit: Unit::Milliseconds },
    ];
    let mut group = Group::new(format!("{}, per operation", whole.name), &COLUMNS, None);
    group.detail = Some(format!("from {few} to {all} operations"));
    let row = |name: &str| whole.rows.iter().find(|row| row.name == name);
    let figures = [0, 2, 3].map(|column| {
        let (most, least) = row(ALL)?.figure(column).zip(row(TENTH)?.figure(column))?;
        (all > few).then(|| (most - least) / (all - few))
    });
    group.rows.push(Row::new("each operation added", ContenderOutcome::Figures(figures.to_vec())));
    group
}

#[cfg(test)]
mod tests {
    use super::one_tag;

    #[test]
    fn the_feature_of_a_tag_is_found() {
        let manifest = "[features]\ndefault = [\"client\"]\nclient = [\"dep:http\"]\n";
        assert_eq!(one_tag(manifest), None);
        let users = format!("{manifest}groups = []\nusers = []\n");
        assert_eq!(one_tag(&users).as_deref(), Some("groups"));
        assert_eq!(one_tag(&format!("{users}tickets = []\n")).as_deref(), Some("tickets"));
    }
}
