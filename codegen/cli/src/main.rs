//! The command line: `clientwright <verb>`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use clientwright::generate::{Failure, Summary};
use clientwright::update::{self, Outcomes};
use clientwright::{console, diff, generate, report, review, slice};
use codegen::Mode;

/// Trees of small nodes are most of what a run makes: the system's allocator takes a third of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Makes a typed Rust client of any OpenAPI description.
#[derive(Parser)]
#[command(name = "clientwright", version, about)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Generate(Generate),
    Diff(diff::Arguments),
    Review(review::Arguments),
    Update(update::Arguments),
    Slice(slice::Arguments),
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

const GENERATE_EXAMPLES: &str = "\
Examples:
  clientwright generate --spec petstore.yaml --out ../petstore-client
  clientwright generate --spec api.json --overlay fix.yaml --include-tag users --name users-api --out users

Exit codes: 0 done; 1 something is wrong, and nothing was written; 2 the command line can't be read.";

fn main() -> ExitCode {
    let root = PathBuf::new();
    match Cli::parse().verb {
        Verb::Generate(arguments) => {
            let verbose = arguments.verbose;
            finish(create(arguments).map_err(|failure| console::failure(&failure, verbose)))
        }
        Verb::Diff(arguments) => match arguments.run(&root) {
            Ok((text, fails)) => {
                anstream::print!("{text}");
                if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS }
            }
            Err(failure) => finish(Err(console::failure(&failure, true))),
        },
        Verb::Review(arguments) => {
            let told = arguments.run(&root).map_err(|failure| console::failure(&failure, true));
            finish(told.map(|told| println!("{told}")))
        }
        Verb::Update(arguments) => finish(take_over(&arguments)),
        Verb::Slice(arguments) => {
            let told = arguments.run(&root).map_err(|failure| console::failure(&failure, true));
            finish(told.map(|told| println!("{told}")))
        }
    }
}

fn take_over(arguments: &update::Arguments) -> Result<(), String> {
    let result = update::run(&PathBuf::new(), arguments);
    if let Some(path) = &arguments.json {
        report::write(path, &update::to_json(&result)).map_err(|error| error.to_string())?;
    }
    let outcomes = result.map_err(|failure| console::failure(&failure, arguments.verbose))?;
    anstream::print!("{}", update::text(&outcomes, arguments.verbose));
    match &outcomes {
        Outcomes::Review(review) if !review.is_good() => Err(update::complaint(review, arguments.verbose)),
        _ => Ok(()),
    }
}

fn create(arguments: Generate) -> Result<(), Failure> {
    let Generate { spec, overlays, out, name, tags, within, strict, verbose, json, .. } = arguments;
    let mode = if strict { Mode::Strict } else { Mode::Lenient };
    let job = generate::Job {
        spec,
        overlays,
        out,
        name,
        tags,
        within,
        mode,
        repository: PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")),
    };
    let result = generate::run(&job);
    if let Some(path) = json {
        let told = result.as_ref().map_or_else(report::of_failure, report::of_summary);
        report::write(&path, &told)?;
    }
    let summary = result?;
    print(&summary, verbose);
    leave(summary);
    Ok(())
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

fn finish(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            anstream::eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}
