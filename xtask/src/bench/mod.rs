//! `bench`: measures the cost of generating, building, decoding and exporting, in comparison with other tools.
//!
//! The speed of a machine varies with its load. So contenders run in alternation, and each figure is printed with its
//! ratio to one contender of the same run. Nothing is installed: the row of an absent contender says how to install it.
//!
//! - `measure` runs a command and measures it; `tools` builds and finds programs; `server` runs the simulator.
//! - `rounds` runs contenders in alternation; `peers` lists other generators; `documents` and `repair` make their
//!   input.
//! - `synthetic` generates documents of any size; `growth` makes tables of what each part of them costs.
//! - `regen`, `build` (with `first_build`), `decode`, `export`: the parts of the benchmark.
//! - `table` prints the results, `report` writes and compares them.

mod build;
mod decode;
mod documents;
mod export;
mod growth;
pub mod measure;
mod peers;
mod regen;
mod repair;
pub mod report;
mod rounds;
mod server;
mod setup;
pub mod synthetic;
pub mod table;
pub mod tools;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::Value;

use self::documents::PublishedDocument;
use self::measure::Meter;
use self::report::Report;
use self::setup::BenchSetup;
use self::table::{ContenderOutcome, Group, Row};
use clientwright::files::FileError;

/// Measure the cost of generating, building, decoding and exporting, in comparison with other tools
///
/// Prints a table for each part. Each figure is shown with its ratio (×) to one contender of the same run. Also writes
/// a file that a later run can be compared with. Nothing is installed: the row of an absent contender says how to
/// install it.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct BenchArguments {
    /// Parts to run [default: all]
    #[arg(value_enum, value_name = "PART")]
    parts: Vec<Part>,

    /// Write the figures to this file as JSON [default: target/bench/bench.json, or PART.json for a single part]
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,

    /// Also print the ratios in this file, which an earlier run wrote
    #[arg(long, value_name = "FILE")]
    compare: Option<PathBuf>,

    /// Number of times each contender is run [default: 3; a user's program: 5; decode: 25]
    #[arg(long, value_name = "N")]
    rounds: Option<usize>,

    /// Published document to generate and compile. Can be repeated
    #[arg(long = "spec", value_name = "FILE")]
    specs: Vec<PathBuf>,

    /// Also generate and compile synthetic documents with up to 20,000 operations; takes an hour more and 8 GiB of memory
    #[arg(long)]
    large: bool,

    /// Look for other generators in DIR/bin and DIR, then in PATH
    #[arg(long, value_name = "DIR")]
    peers: Option<PathBuf>,

    /// Number of tickets to export
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    tickets: u32,

    /// Python interpreter for the contenders in Python
    #[arg(long, value_name = "PATH", default_value = "python3")]
    python: PathBuf,

    /// Node executable for the contenders in JavaScript
    #[arg(long, value_name = "PATH", default_value = "node")]
    node: PathBuf,

    /// Folder `node_modules` with the contenders in JavaScript
    #[arg(long, value_name = "DIR", default_value = "node_modules")]
    node_modules: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask bench decode
  cargo xtask bench regen build --spec one.yaml --spec another.yaml --peers peers
  cargo xtask bench export --python venv/bin/python --node-modules node_modules
  cargo xtask bench --json before.json; …; cargo xtask bench --compare before.json

Exit codes: 0 success, even if contenders are absent; 1 a measurement of this repository's code failed; 2 invalid
command line.";

/// A part of the benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Generate crates of this project's description, of published documents, and of synthetic ones of increasing size
    Regen,
    /// Compile crates of published documents, a user's program, and crates of synthetic documents of increasing size
    Build,
    /// Compile a program with one call and all its dependencies from scratch
    FirstBuild,
    /// Decode a page of tickets
    Decode,
    /// Export all tickets of a server
    Export,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Regen => "regen",
            Self::Build => "build",
            Self::FirstBuild => "first-build",
            Self::Decode => "decode",
            Self::Export => "export",
        }
    }
}

/// Measures the parts, writes the JSON file, and returns the report.
///
/// # Errors
///
/// Returns an error if a file can't be read or written. A part that fails is a row of the report instead.
pub fn run(arguments: BenchArguments, repository: &Path, program: PathBuf) -> Result<Report, FileError> {
    let out = repository.join("target/bench");
    fs::create_dir_all(&out).map_err(|error| FileError::new("create", &out, error))?;
    let older = arguments.compare.as_deref().map(read).transpose()?.unwrap_or_default();
    let parts = match &arguments.parts[..] {
        [] => Part::value_variants(),
        parts => parts,
    };
    let name = if let [part] = parts { part.name() } else { "bench" };
    let json = arguments.json.unwrap_or_else(|| out.join(format!("{name}.json")));
    let absolute = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
    let setup = BenchSetup {
        repository: repository.to_owned(),
        out,
        meter: Meter { program },
        rounds: arguments.rounds,
        specs: PublishedDocument::of_paths(arguments.specs.into_iter().map(absolute).collect()),
        large: arguments.large,
        peers: arguments.peers.map(absolute),
        tickets: arguments.tickets,
        python: arguments.python,
        node: arguments.node,
        node_modules: absolute(arguments.node_modules),
    };
    let mut groups = Vec::new();
    for part in parts {
        groups.extend(measure_part(*part, &setup).into_iter().map(|group| (part.name().to_owned(), group)));
    }
    let report = Report { machine: report::machine(), groups, older };
    clientwright::report::write(&json, &report.to_json())?;
    Ok(report)
}

fn measure_part(part: Part, setup: &BenchSetup) -> Vec<Group> {
    let result = match part {
        Part::Regen => regen::run(setup),
        Part::Build => build::run(setup),
        Part::FirstBuild => build::first_build::run(setup),
        Part::Decode => decode::run(setup),
        Part::Export => export::run(setup),
    };
    result.unwrap_or_else(|error| vec![failed(part, &error)])
}

/// Returns the table of a part that could not be set up.
fn failed(part: Part, error: &io::Error) -> Group {
    let mut group = Group::new(part.name(), &[], None);
    group.rows.push(Row::new(part.name(), ContenderOutcome::Failed(error.to_string())).required());
    group
}

fn read(path: &Path) -> Result<Value, FileError> {
    let bytes = fs::read(path).map_err(|error| FileError::new("read", path, error))?;
    serde_json::from_slice(&bytes).map_err(|error| FileError::new("read", path, error.into()))
}
