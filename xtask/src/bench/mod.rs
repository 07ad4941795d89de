//! `bench`: what generating, building, decoding and exporting cost, beside what else there is.
//!
//! Every figure stands beside its ratio to one contender of the same run, as machines differ and are busy with other
//! things, too: contenders take turns. Nothing is installed; one that is absent has a row that says so.
//!
//! - `measure` runs a command and tells what it took; `tools` builds and finds programs; `server` runs the simulator.
//! - `turns` lets contenders take turns, `peers` knows other generators, `documents` and `repair` what those are
//!   given, `synthetic` makes documents up.
//! - `regen`, `build` (with `first`, the first build), `decode`, `export`: the parts.
//! - `table` and `report` are what a person, and a later run, reads.

mod build;
mod decode;
mod documents;
mod export;
pub mod measure;
mod peers;
mod regen;
mod repair;
pub mod report;
mod server;
mod setup;
pub mod synthetic;
pub mod table;
pub mod tools;
mod turns;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::Value;

use self::measure::Meter;
use self::report::Report;
use self::setup::Setup;
use self::table::{Group, Outcome, Row};
use clientwright::files::FileError;

/// Measure what generating, building, decoding and exporting cost, beside what else there is.
///
/// Prints a table for each part, every figure beside its ratio (×) to one contender of the same run, and writes a
/// file that a later run can be compared with. Nothing is installed: a contender that is absent has a row that
/// says how to get it.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Which parts [default: all]
    #[arg(value_enum, value_name = "PART")]
    parts: Vec<Part>,

    /// Write the figures into this file as JSON [default: target/bench/PART.json]
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,

    /// Show the ratios of this file of an older run beside the new ones
    #[arg(long, value_name = "FILE")]
    compare: Option<PathBuf>,

    /// How often each contender has its turn [default: 3; a user's program: 5; decode: 25]
    #[arg(long, value_name = "N")]
    rounds: Option<usize>,

    /// The full document [default: ../shared/specs/zendesk-support.yaml, where there is one]
    #[arg(long, value_name = "FILE")]
    spec: Option<PathBuf>,

    /// Look for other generators here, or in DIR/bin, before PATH
    #[arg(long, value_name = "DIR")]
    peers: Option<PathBuf>,

    /// How many tickets are exported
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    tickets: u32,

    /// The Python that the contenders of that language run with
    #[arg(long, value_name = "PATH", default_value = "python3")]
    python: PathBuf,

    /// The Node that the contenders of that language run with
    #[arg(long, value_name = "PATH", default_value = "node")]
    node: PathBuf,

    /// The folder `node_modules` that has Node's contenders
    #[arg(long, value_name = "DIR", default_value = "node_modules")]
    node_modules: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask bench decode
  cargo xtask bench export --python venv/bin/python --node-modules node_modules
  cargo xtask bench --json before.json; …; cargo xtask bench --compare before.json

Exit codes: 0 done, contenders absent or not; 1 something of this repository failed; 2 the command line can't be read.";

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Generating: this project's description, a big one, and ever bigger ones
    Regen,
    /// Compiling: the crate of the full document, and a user's program
    Build,
    /// Compiling from nothing: a program of one call with all that it depends on
    FirstBuild,
    /// A page of tickets, read in all ways
    Decode,
    /// All tickets of a server, fetched in all ways
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

/// Measures, and writes the file; gives what there is to show.
///
/// # Errors
///
/// Where a file can't be read or written. That a part fails is a row of the report.
pub fn run(arguments: Arguments, repository: &Path, program: PathBuf) -> Result<Report, FileError> {
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
    let setup = Setup {
        repository: repository.to_owned(),
        out,
        meter: Meter { program },
        rounds: arguments.rounds,
        spec: arguments.spec.map(absolute).or_else(|| beside(repository)),
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

/// The vendor's full document, which some checkouts have beside them.
fn beside(repository: &Path) -> Option<PathBuf> {
    let found = repository.join("../shared/specs/zendesk-support.yaml");
    found.is_file().then_some(found)
}

fn measure_part(part: Part, setup: &Setup) -> Vec<Group> {
    let result = match part {
        Part::Regen => regen::run(setup),
        Part::Build => build::run(setup),
        Part::FirstBuild => build::first::run(setup),
        Part::Decode => decode::run(setup),
        Part::Export => export::run(setup),
    };
    result.unwrap_or_else(|error| vec![failed(part, &error)])
}

/// The table of a part that could not even begin.
fn failed(part: Part, error: &io::Error) -> Group {
    let mut group = Group::new(part.name(), &[], None);
    group.rows.push(Row::new(part.name(), Outcome::Failed(error.to_string())).required());
    group
}

fn read(path: &Path) -> Result<Value, FileError> {
    let bytes = fs::read(path).map_err(|error| FileError::new("read", path, error))?;
    serde_json::from_slice(&bytes).map_err(|error| FileError::new("read", path, error.into()))
}
