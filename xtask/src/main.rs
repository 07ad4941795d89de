//! The command line: `cargo xtask <command>`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use clientwright::generate::{self, CommandError};
use clientwright::project::Project;
use clientwright::{console, diff, report};
use xtask::bench::measure::MeasureArguments;
use xtask::corpus::GenerateArguments;
use xtask::{bench, corpus, simulate};

/// The configuration of the project's crate, below the root.
const CONFIG: &str = "generated/clientwright.toml";

/// A run allocates many small tree nodes. With the system's allocator, a third of its time is spent on them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The command line of `cargo xtask`. The help shows the description of the package instead of this text.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, about)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Regen(RegenArguments),
    Corpus(CorpusArguments),
    Simulate(SimulateArguments),
    Bench(bench::BenchArguments),
    #[command(hide = true)]
    CorpusCrate(GenerateArguments),
    #[command(hide = true)]
    Measure(MeasureArguments),
}

/// Generate the client's models and endpoint functions from the OpenAPI description
///
/// Runs `clientwright generate` in generated/, whose clientwright.toml names the description and its overlays.
/// Replaces generated/src/api, endpoints and models, and updates the generated part of generated/Cargo.toml. If there
/// is an error, nothing is written and all problems are listed, each with its file, line and help. At the end, prints
/// what changed for users since the last commit, as `clientwright diff` does.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
struct RegenArguments {
    /// Write nothing; list the files that are missing, different or extra, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
}

/// Generate and compile a crate for each OpenAPI document in a folder, and print the results
///
/// The documents are the files in the column `file` of DIR/MANIFEST.tsv. Without a manifest, they are all files below
/// DIR that look like a description. Files that they refer to are read from DIR, too.
#[derive(Args)]
#[command(after_help = CORPUS_EXIT)]
struct CorpusArguments {
    /// Folder of the documents
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// Write all results to this file as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,

    /// Number of documents to process in parallel [default: the number of cores]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,

    /// Write the crates to this folder [default: target/corpus]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Process only documents whose name contains TEXT. Can be repeated
    #[arg(long = "only", value_name = "TEXT")]
    only: Vec<String>,

    /// Timeout in seconds for each step (generating, compiling) of a document
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    limit: u64,

    /// Generate the crates, but don't compile them
    #[arg(long, conflicts_with_all = ["doc", "run"])]
    generate_only: bool,

    /// Also run rustdoc; its warnings count as failures
    #[arg(long)]
    doc: bool,

    /// Also decode each JSON example of the document into its type, and encode it again
    #[arg(long)]
    run: bool,
}

/// Run a simulated server on loopback, to try the client without a real account
#[derive(Args)]
#[command(disable_help_flag = true)]
struct SimulateArguments {
    /// Flags of the simulator; see --help
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "FLAGS")]
    flags: Vec<OsString>,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask regen                  after a change below spec/
  cargo xtask regen --check          in CI: check that the committed code is up to date

Exit codes: 0 success, or up to date; 1 error or outdated, nothing was written; 2 invalid command line.";

const CORPUS_EXIT: &str = "\
Exit codes: 0 all crates compile without warnings; 1 error, or at least one document failed; 2 invalid command line.";

fn main() -> ExitCode {
    match Cli::parse().task {
        Task::Regen(arguments) => {
            finish(regenerate(&arguments).map_err(|failure| console::error(&failure, true)))
        }
        Task::CorpusCrate(arguments) => finish(arguments.run(&repository())),
        Task::Corpus(arguments) => finish(run_corpus(arguments)),
        Task::Simulate(SimulateArguments { flags }) => match simulate::run(&root(), &flags) {
            Ok(status) if status.success() => ExitCode::SUCCESS,
            Ok(_) => ExitCode::FAILURE,
            Err(error) => finish(Err(format!("error: can't start cargo: {error}"))),
        },
        Task::Bench(arguments) => finish(run_bench(arguments)),
        Task::Measure(command) => finish(command.run().map_err(|error| format!("error: {error}"))),
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

fn regenerate(arguments: &RegenArguments) -> Result<(), CommandError> {
    let root = root();
    let project = Project::load(&root.join(CONFIG), &root)?;
    let summary = generate::run(&project.job("cargo xtask regen")?, arguments.check)?;
    anstream::eprint!("{}", console::diagnostics(&summary.output.warnings, true));
    println!("{}{summary}", console::skipped(&summary.output.skipped(), true));
    if !summary.difference.is_empty() {
        match diff::since_commit(&project, &summary.output) {
            Ok(comparison) => anstream::print!("\n{}", diff::terminal(&comparison, Some(diff::SHOWN))),
            // The code has been generated; a failed comparison doesn't fail the command.
            Err(failure) => {
                anstream::eprintln!(
                    "\ncan't compare with the last commit:\n{}",
                    console::error(&failure, false)
                )
            }
        }
    }
    Ok(())
}

fn run_corpus(arguments: CorpusArguments) -> Result<(), String> {
    let mut entries = corpus::discover(&arguments.folder).map_err(|error| error.to_string())?;
    entries.retain(|entry| {
        arguments.only.is_empty() || arguments.only.iter().any(|part| entry.name.contains(part))
    });
    let absolute = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
    let setup = corpus::CorpusSetup {
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
        eprintln!("{} {}", if outcome.is_good() { "ok    " } else { "FAILED" }, outcome.name);
    })
    .map_err(|error| format!("error: can't run the corpus: {error}"))?;
    if let Some(path) = arguments.json {
        report::write(&path, &outcomes.to_json()).map_err(|error| error.to_string())?;
    }
    println!("{outcomes}");
    if outcomes.is_good() { Ok(()) } else { Err(format!("error: at least one of {count} documents failed")) }
}

fn run_bench(arguments: bench::BenchArguments) -> Result<(), String> {
    let program = program()?;
    let report = bench::run(arguments, &repository(), program).map_err(|error| error.to_string())?;
    print!("{report}");
    if report.is_good() {
        Ok(())
    } else {
        Err("error: a measurement of this repository's code failed".to_owned())
    }
}

/// Returns the path of this program, which starts itself for steps that need a separate process.
fn program() -> Result<PathBuf, String> {
    std::env::current_exe().map_err(|error| format!("error: can't find this program: {error}"))
}

/// Returns the workspace's root: the parent of this package's folder, which cargo sets at run time.
fn root() -> PathBuf {
    let package =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("xtask"), PathBuf::from);
    package.parent().map_or_else(PathBuf::new, Path::to_owned)
}

/// Returns the root of the repository that this program was built in, wherever it is run.
fn repository() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.parent().map_or_else(PathBuf::new, Path::to_owned)
}
