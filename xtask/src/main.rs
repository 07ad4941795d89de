//! The command line: `cargo xtask <verb>`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use clientwright::project::Job;
use clientwright::regen::{self, Failure, Summary};
use clientwright::{console, diff, generate, report};
use codegen::Mode;
use xtask::bench::measure::Measure;
use xtask::{bench, corpus, simulate};

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
    Generate(Generate),
    Corpus(Corpus),
    Simulate(Simulate),
    Bench(bench::Arguments),
    #[command(hide = true)]
    Measure(Measure),
}

/// Generate the client's models and endpoint functions from the OpenAPI description.
///
/// Without options it reads spec/zendesk.yaml, applies spec/overlays/*.yaml in the order of their names, and
/// writes generated/src/endpoints and generated/src/models, which belong to it: files there that it doesn't
/// emit are removed. Everything is generated in memory first; when anything is wrong, nothing is written and
/// all problems are listed, each with file, line and cure. At the end it tells what changed for users since the last
/// commit, as `diff` does.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
struct Regen {
    /// Write nothing; exit with 1 and list the files if any is missing, different or extra
    #[arg(long)]
    check: bool,

    /// Read this OpenAPI document (YAML or JSON; 3.0, 3.1, 3.2) instead of the project's
    #[arg(long, value_name = "FILE", requires = "out")]
    spec: Option<PathBuf>,

    /// Apply this OpenAPI Overlay (1.0, 1.1) to --spec; may be given several times, applied in order
    #[arg(long = "overlay", value_name = "FILE", requires = "spec")]
    overlays: Vec<PathBuf>,

    /// Write into this folder: DIR/endpoints and DIR/models
    #[arg(long, value_name = "DIR", requires = "spec")]
    out: Option<PathBuf>,
}

/// Generate a crate of its own from any OpenAPI document: a client that builds by itself.
///
/// The crate holds the emitted endpoint functions and models, a manifest and a read-me; in its folder core the
/// runtime of this repository's client is a crate of its own. Mistakes of the document are warnings, each with its
/// place, and the spot becomes an open type; what can't be expressed is listed with pointer and reason. A second run
/// writes only what changed.
#[derive(Args)]
#[command(after_help = GENERATE_EXAMPLES)]
struct Generate {
    /// The OpenAPI document (YAML or JSON; 3.0, 3.1, 3.2); files beside it that it refers to are read
    #[arg(long, value_name = "FILE")]
    spec: PathBuf,

    /// Apply this OpenAPI Overlay (1.0, 1.1); may be given several times, applied in order
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,

    /// The crate's folder: new, empty, or made by this command before
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// Name of the package [default: made from the document's title]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Only operations with this tag, and what they need; may be given several times
    #[arg(long = "include-tag", value_name = "TAG")]
    tags: Vec<String>,

    /// Files that the document refers to are read from this folder [default: the document's own]
    #[arg(long, value_name = "DIR")]
    within: Option<PathBuf>,

    /// The document's mistakes are errors, and nothing is written
    #[arg(long)]
    strict: bool,

    /// List each warning and each skipped part, however many are alike
    #[arg(long)]
    verbose: bool,

    /// Write what the run tells into this file, too, as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,

    /// Put a test of the document's examples into the crate, as `corpus --run` wants it
    #[arg(long, hide = true)]
    trial: bool,
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
  cargo xtask regen --spec api.yaml --overlay fix.yaml --out src

Exit codes: 0 done, or fresh; 1 something is wrong, and nothing was written; 2 the command line can't be read.";

const CORPUS_EXIT: &str = "\
Exit codes: 0 each document became a crate that compiles without warnings; 1 one did not; 2 the command line
can't be read.";

const GENERATE_EXAMPLES: &str = "\
Examples:
  cargo xtask generate --spec petstore.yaml --out ../petstore-client
  cargo xtask generate --spec api.json --overlay fix.yaml --include-tag users --name users-api --out users

Exit codes: 0 done; 1 something is wrong, and nothing was written; 2 the command line can't be read.";

fn main() -> ExitCode {
    match Cli::parse().verb {
        Verb::Regen(arguments) => {
            finish(regenerate(arguments).map_err(|failure| console::failure(&failure, true)))
        }
        Verb::Generate(arguments) => {
            let verbose = arguments.verbose;
            finish(create(arguments).map_err(|failure| console::failure(&failure, verbose)))
        }
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

fn regenerate(arguments: Regen) -> Result<(), Failure> {
    if let (Some(spec), Some(out)) = (arguments.spec, arguments.out) {
        let cure = command(&spec, &arguments.overlays, &out);
        let job = Job { spec, overlays: arguments.overlays, out, root: PathBuf::new() };
        let summary = regen::run(&job, arguments.check, &cure)?;
        print(&summary, true);
        leave(summary);
        return Ok(());
    }
    let root = root();
    let summary = regen::run(&Job::of_project(&root)?, arguments.check, "cargo xtask regen")?;
    print(&summary, true);
    if !summary.difference.is_empty() {
        match diff::since_commit(&root, &summary.output) {
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
    leave(summary);
    Ok(())
}

fn create(arguments: Generate) -> Result<(), Failure> {
    let Generate { spec, overlays, out, name, tags, within, strict, verbose, json, trial } = arguments;
    let mode = if strict { Mode::Strict } else { Mode::Lenient };
    let job = generate::Job { spec, overlays, out, name, tags, within, mode, repository: repository() };
    let result = generate::run(&job);
    if let Some(path) = json {
        let told = result.as_ref().map_or_else(report::of_failure, report::of_summary);
        report::write(&path, &told)?;
    }
    let summary = result?;
    if trial {
        corpus::install_trial(&codegen::examples(&summary.output), &summary.output.patched, &job.out)?;
    }
    print(&summary, verbose);
    leave(summary);
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

/// Diagnostics to standard error, in colour if it is a terminal; the result to standard output.
fn print(summary: &Summary, all: bool) {
    anstream::eprint!("{}", console::diagnostics(&summary.output.warnings, all));
    println!("{}{summary}", console::skipped(&summary.output.api.skipped, all));
}

/// The program ends: the system takes back all memory at once, faster than piece by piece.
fn leave(summary: Summary) {
    std::mem::forget(summary);
}

/// The command that was given, without `--check`.
fn command(spec: &Path, overlays: &[PathBuf], out: &Path) -> String {
    let overlays: String = overlays.iter().map(|path| format!(" --overlay {}", path.display())).collect();
    format!("cargo xtask regen --spec {}{overlays} --out {}", spec.display(), out.display())
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
