//! `bench build`: what compiling the crate of the full document takes, and what its users wait for.

mod crates;
pub(super) mod first;
mod package;
mod program;
mod user;

use std::fs;
use std::io;
use std::path::Path;

use codegen::{Mode as Reading, Options, Source};
use serde_json::Value;

use self::crates::{Generated, generate, others};
use self::package::{First, Mode, Package, ROOT};
use super::documents::Documents;
use super::measure::Measured;
use super::regen::absent_document;
use super::setup::Setup;
use super::table::{Column, Group, Outcome, Row, Unit};
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

/// A crate that is compiled again and again.
struct Candidate {
    name: String,
    note: Option<String>,
    ours: bool,
    /// The crate, or why there is none.
    package: Result<Package, Outcome>,
    first: [First; 3],
    runs: [Vec<Measured>; 3],
}

impl Candidate {
    fn new(name: impl Into<String>, package: Result<Package, Outcome>) -> Self {
        let (first, runs) = Default::default();
        Self { name: name.into(), note: None, ours: false, package, first, runs }
    }

    /// Compiles the dependencies, in each way; an error ends it.
    fn prepare(&mut self) -> io::Result<()> {
        for (index, mode) in Mode::ALL.into_iter().enumerate() {
            let Ok(package) = &self.package else { return Ok(()) };
            self.first[index] = package.first(mode)?;
            if let Some(error) = &self.first[index].error {
                self.package = Err(Outcome::Failed(error.clone()));
            }
        }
        Ok(())
    }

    fn row(&self) -> Row {
        let outcome = match &self.package {
            Err(outcome) => outcome.clone(),
            Ok(_) => match self.runs.iter().flatten().find(|run| !run.succeeded) {
                Some(failed) => Outcome::Failed(failed.last_words()),
                None => Outcome::Figures(self.figures()),
            },
        };
        let row = Row::new(self.name.clone(), outcome).noted(self.note.clone());
        if self.ours { row.required() } else { row }
    }

    fn figures(&self) -> Vec<Option<f64>> {
        let [check, debug, release] = self.runs.each_ref().map(|runs| Measured::median(runs));
        let peaks = [&check, &debug, &release].into_iter().flatten().filter_map(|run| run.peak);
        let wall = |run: &Option<Measured>| run.as_ref().map(|run| run.wall);
        let cpu = |run: &Option<Measured>| run.as_ref().and_then(|run| run.cpu);
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

pub(super) fn run(setup: &Setup) -> io::Result<Vec<Group>> {
    let programs = tools::build(&setup.repository, "clientwright")?;
    let program = tools::program(&programs, "clientwright")?;
    let folder = setup.out.join("build");
    fs::create_dir_all(&folder)?;
    let mut full = None;
    let mut groups = Vec::new();
    if let Some(spec) = &setup.spec {
        let whole = generate(program, spec, &folder.join("full"), &[])?;
        let some = tenth(spec)?;
        let part = generate(program, spec, &folder.join("tenth"), &some)?;
        // Another crate, since the runtime of the first one must not change.
        let copy = generate(program, spec, &folder.join("with-runtime"), &[])?;
        let mut candidates = ours(&whole, &copy, &part, &folder)?;
        let others = others(setup, &Documents::new(spec, &folder), &folder)?;
        candidates.extend(
            others
                .into_iter()
                .map(|one| Candidate { note: one.note, ..Candidate::new(one.name, one.package) }),
        );
        groups.extend(measured(setup, candidates, [part.operations, whole.operations])?);
        full = Some(whole.folder);
    } else {
        groups.push(absent_document("build, full document"));
    }
    groups.push(user::run(setup, &folder, full.as_deref())?);
    Ok(groups)
}

/// The first tenth of a document's tags, in the order of their names.
fn tenth(spec: &Path) -> io::Result<Vec<String>> {
    let source = Source::new("document", fs::read(spec)?);
    let output = codegen::generate_with(&source, &[], &Options::new(Reading::Lenient))
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

/// The crate with all features, alone and after its runtime; with the features that are on by default, with one tag's if
/// tags have features; and the crate of a tenth of the tags. But for the second, the runtime is compiled before, as the
/// other dependencies are.
fn ours(whole: &Generated, copy: &Generated, part: &Generated, folder: &Path) -> io::Result<Vec<Candidate>> {
    let candidate = |name: &str, crate_of_it: &Generated, features: &[String], source| {
        let package = Package {
            folder: crate_of_it.folder.clone(),
            target: folder.join("target-ours"),
            features: features.to_vec(),
            source,
        };
        Candidate { ours: true, ..Candidate::new(name, Ok(package)) }
    };
    let all = ["--all-features".to_owned()];
    let mut candidates = vec![
        candidate(ALL, whole, &all, ROOT),
        candidate("ours, all features, and the runtime", copy, &all, "runtime/src/lib.rs"),
        candidate("ours, default features", whole, &[], ROOT),
    ];
    if let Some(tag) = one_tag(&fs::read_to_string(whole.folder.join("Cargo.toml"))?) {
        let only = ["--no-default-features".to_owned(), format!("--features=client,{tag}")];
        candidates.push(candidate("ours, one tag's feature", whole, &only, ROOT));
    }
    candidates.push(candidate(TENTH, part, &all, ROOT));
    Ok(candidates)
}

/// The tag that is measured where there is such a feature; else the first one is.
const TAG: &str = "tickets";
const TENTH: &str = "ours, a tenth of the tags";

/// A feature of the endpoints of one tag, if the manifest has any: they stand for nothing but themselves.
fn one_tag(manifest: &str) -> Option<String> {
    let tags = features_of_endpoints(manifest);
    let tag = tags.iter().find(|name| *name == TAG).or(tags.first());
    tag.cloned()
}

fn measured(setup: &Setup, mut candidates: Vec<Candidate>, operations: [f64; 2]) -> io::Result<Vec<Group>> {
    for candidate in &mut candidates {
        candidate.prepare()?;
    }
    for round in 1..=setup.rounds.unwrap_or(ROUNDS) {
        for candidate in &mut candidates {
            let Ok(package) = &candidate.package else { continue };
            eprintln!("build, round {round}: {}", candidate.name);
            for (runs, mode) in candidate.runs.iter_mut().zip(Mode::ALL) {
                runs.push(package.again(setup, mode)?);
            }
        }
    }
    let mut group = Group::new("build, full document", &COLUMNS, Some(ALL));
    group.rows = candidates.iter().map(Candidate::row).collect();
    for column in [0, 2, 3, 5] {
        compare_with_best(&mut group, column);
    }
    let slope = slope(&group, operations);
    Ok(vec![group, slope])
}

/// Adds how ours compares with the lowest figure of the others.
fn compare_with_best(group: &mut Group, column: usize) {
    let others = group.rows.iter().filter(|row| !row.name.starts_with("ours"));
    let figures = others.filter_map(|row| Some((row.name.clone(), row.figure(column)?)));
    if let Some((best, _)) = figures.min_by(|one, other| one.1.total_cmp(&other.1)) {
        let text = format!("{}, ours : the best other", group.columns[column].name);
        group.compare(&text, ALL, &best, column);
    }
}

/// What each further operation takes.
fn slope(whole: &Group, [few, all]: [f64; 2]) -> Group {
    const COLUMNS: [Column; 3] = [
        Column { name: "check", unit: Unit::Milliseconds },
        Column { name: "debug", unit: Unit::Milliseconds },
        Column { name: "release", unit: Unit::Milliseconds },
    ];
    let mut group = Group::new("build, per operation", &COLUMNS, None);
    group.detail = Some(format!("from {few} to {all} operations"));
    let row = |name: &str| whole.rows.iter().find(|row| row.name == name);
    let figures = [0, 2, 3].map(|column| {
        let (most, least) = row(ALL)?.figure(column).zip(row(TENTH)?.figure(column))?;
        (all > few).then(|| (most - least) / (all - few))
    });
    group.rows.push(Row::new("each operation added", Outcome::Figures(figures.to_vec())));
    group
}

#[cfg(test)]
mod tests {
    use super::one_tag;

    #[test]
    fn finds_the_features_of_tags() {
        let manifest = "[features]\ndefault = [\"client\"]\nclient = [\"dep:http\"]\n";
        assert_eq!(one_tag(manifest), None);
        let users = format!("{manifest}groups = []\nusers = []\n");
        assert_eq!(one_tag(&users).as_deref(), Some("groups"));
        assert_eq!(one_tag(&format!("{users}tickets = []\n")).as_deref(), Some("tickets"));
    }
}
