//! The command line: `cargo xtask <verb>`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use clientwright::generate::{self, Failure};
use clientwright::project::Project;
use clientwright::{console, diff, report};
use xtask::bench::measure::Measure;
use xtask::corpus::Trial;
use xtask::{bench, corpus, simulate};

/// The configuration of the project's crate, below the root.
const CONFIG: &str = "generated/clientwright.toml";

/// Trees of small nodes are most of what a run makes: the system's allocator takes a third of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Commands for the maintainer of the client.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, about)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Regen(Regen),
    Corpus(Corpus),
    Simulate(Simulate),
    Bench(bench::Arguments),
    #[command(hide = true)]
    Trial(Trial),
    #[command(hide = true)]
    Measure(Measure),
}

/// Generate the client's models and endpoint functions from the OpenAPI description.
///
/// It does what `clientwright generate` does in generated/, whose clientwright.toml names the description and its overlays:
/// it writes generated/src/api, endpoints and models, which belong to it, and keeps its part of generated/Cargo.toml. Everything is generated in memory first; when anything is wrong, nothing is written and
/// all problems are listed, each with file, line and cure. At the end it tells what changed for users since the last
/// commit, as `diff` does.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
struct Regen {
    /// Write nothing; exit with 1 and list the files if any is missing, different or extra
    #[arg(long)]
    check: bool,
}

/// Generate and compile a crate for each OpenAPI document of a folder, and tell how each fared.
///
/// The documents are those that DIR/MANIFEST.tsv names in its column `file`; without one, all files below that
/// look like a description. Files that they refer to are read from DIR, too.
#[derive(Args)]
#[command(after_help = CORPUS_EXIT)]
struct Corpus {
    /// The folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// Write all that there is to tell into this file as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,

    /// How many documents are tried at once [default: one for each core]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,

    /// Where the crates go [default: target/corpus]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Only documents whose name contains this text; may be given several times
    #[arg(long = "only", value_name = "TEXT")]
    only: Vec<String>,

    /// Seconds that generating, or compiling, one document may take
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    limit: u64,

    /// Only generate; compile nothing
    #[arg(long, conflicts_with_all = ["doc", "run"])]
    generate_only: bool,

    /// Run rustdoc, too: its warnings count
    #[arg(long)]
    doc: bool,

    /// Run each crate, too: decode the document's JSON examples, and encode them again
    #[arg(long)]
    run: bool,
}

/// Run a server with a made-up account on loopback, to try the client without a real one.
#[derive(Args)]
#[command(disable_help_flag = true)]
struct Simulate {
    /// Flags of the simulator; --help lists them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "FLAGS")]
    flags: Vec<OsString>,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask regen                  after a change below spec/
  cargo xtask regen --check          in CI: is the committed code what the description gives?

Exit codes: 0 done, or fresh; 1 something is wrong, and nothing was written; 2 the command line can't be read.";

const CORPUS_EXIT: &str = "\
Exit codes: 0 each document became a crate that compiles without warnings; 1 one did not; 2 the command line
can't be read.";

fn main() -> ExitCode {
    match Cli::parse().verb {
        Verb::Regen(arguments) => {
            finish(regenerate(&arguments).map_err(|failure| console::failure(&failure, true)))
        }
        Verb::Trial(trial) => finish(trial.run(&repository())),
        Verb::Corpus(arguments) => finish(try_all(arguments)),
        Verb::Simulate(Simulate { flags }) => match simulate::run(&root(), &flags) {
            Ok(status) if status.success() => ExitCode::SUCCESS,
            Ok(_) => ExitCode::FAILURE,
            Err(error) => finish(Err(format!("error: can't start cargo: {error}"))),
        },
        Verb::Bench(arguments) => finish(measure(arguments)),
        Verb::Measure(command) => finish(command.run().map_err(|error| format!("error: {error}"))),
    }
}

fn finish(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            anstream::eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn regenerate(arguments: &Regen) -> Result<(), Failure> {
    let root = root();
    let project = Project::load(&root.join(CONFIG), &root)?;
    let summary = generate::run(&project.job("cargo xtask regen")?, arguments.check)?;
    anstream::eprint!("{}", console::diagnostics(&summary.output.warnings, true));
    println!("{}{summary}", console::skipped(&summary.output.api.skipped, true));
    if !summary.difference.is_empty() {
        match diff::since_commit(&project, &summary.output) {
            Ok(comparison) => anstream::print!("\n{}", diff::terminal(&comparison, Some(diff::SHOWN))),
            // What was asked for is done all the same.
            Err(failure) => {
                anstream::eprintln!(
                    "\nno comparison with the last commit:\n{}",
                    console::failure(&failure, false)
                )
            }
        }
    }
    Ok(())
}

fn try_all(arguments: Corpus) -> Result<(), String> {
    let told = |error: &dyn std::fmt::Display| error.to_string();
    let mut entries = corpus::discover(&arguments.folder).map_err(|error| told(&error))?;
    entries.retain(|entry| {
        arguments.only.is_empty() || arguments.only.iter().any(|part| entry.name.contains(part))
    });
    let absolute = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
    let setup = corpus::Setup {
        documents: absolute(arguments.folder),
        out: absolute(arguments.out.unwrap_or_else(|| corpus::default_out(&repository()))),
        repository: absolute(repository()),
        program: program()?,
        limit: Duration::from_secs(arguments.limit),
        compile: !arguments.generate_only,
        doc: arguments.doc,
        run: arguments.run,
    };
    let jobs = arguments.jobs.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let count = entries.len();
    let outcomes = corpus::run(entries, &setup, jobs, |outcome| {
        eprintln!("{} {}", if outcome.is_good() { "good" } else { "BAD " }, outcome.name);
    })
    .map_err(|error| format!("error: the corpus can't be tried: {error}"))?;
    if let Some(path) = arguments.json {
        report::write(&path, &outcomes.to_json()).map_err(|error| told(&error))?;
    }
    println!("{outcomes}");
    if outcomes.is_good() { Ok(()) } else { Err(format!("error: not all of {count} documents are good")) }
}

fn measure(arguments: bench::Arguments) -> Result<(), String> {
    let program = program()?;
    let report = bench::run(arguments, &repository(), program).map_err(|error| error.to_string())?;
    print!("{report}");
    if report.is_good() { Ok(()) } else { Err("error: not all that must work did".to_owned()) }
}

/// This program, which runs itself where a step needs a process of its own.
fn program() -> Result<PathBuf, String> {
    std::env::current_exe().map_err(|error| format!("error: can't find this program: {error}"))
}

/// The workspace's root: the folder above this package, which cargo names at run time.
fn root() -> PathBuf {
    let package =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("xtask"), PathBuf::from);
    package.parent().map_or_else(PathBuf::new, Path::to_owned)
}

/// The clone of the repository that this program was built in, wherever it is run.
fn repository() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.parent().map_or_else(PathBuf::new, Path::to_owned)
}
