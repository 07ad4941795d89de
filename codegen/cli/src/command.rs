//! The command line: what is asked for, and how the run ends.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, CommandFactory as _, Parser, Subcommand};
use codegen::Mode;

use crate::config::RuntimeSource;
use crate::files;
use crate::generate::{self, Failure, Job, Summary};
use crate::project::Project;
use crate::update::{self, Outcomes};
use crate::{console, diff, fetch, init, report, review, slice};

/// Makes a typed Rust client of any OpenAPI description (3.0, 3.1, 3.2), and says what a newer description changes.
#[derive(Parser)]
#[command(name = "clientwright", version, about)]
struct Cli {
    /// The configuration [default: clientwright.toml in this folder or the nearest above it]
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,

    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Init(init::Arguments),
    Generate(Generate),
    /// Hold a crate to its OpenAPI document: exit with 1 and list the files if any is not what `generate` would write
    ///
    /// It takes what `generate` takes, and writes nothing.
    Check(Generate),
    Diff(diff::Arguments),
    Review(review::Arguments),
    Update(update::Arguments),
    Slice(slice::Arguments),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Write man pages into a folder
    Man {
        /// The folder, which has to exist
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

/// Generate a crate from an OpenAPI document: a client with typed models and functions.
///
/// Without DESCRIPTION, it is the crate of clientwright.toml. Emitted code stands in src/api, src/endpoints and
/// src/models, which hold nothing else; of Cargo.toml and README.md, this command keeps its own parts. All else, such as
/// version, licence, own dependencies, features and modules, is yours and stays. Mistakes of the document are warnings,
/// each with its location, and the spot becomes an open type; what can't be expressed is listed with pointer and reason.
/// A second run writes only what changed. `check` writes nothing: it exits with 1 and lists what is not fresh.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
struct Generate {
    /// The OpenAPI document (YAML or JSON): a file, `-` for the standard input, or an https URL; files beside it that it
    /// refers to are read
    #[arg(value_name = "DESCRIPTION", conflicts_with = "config")]
    description: Option<String>,

    /// The same, as an option
    #[arg(long = "spec", value_name = "FILE", hide = true, conflicts_with = "description")]
    spec: Option<String>,

    /// Apply this OpenAPI Overlay (1.0, 1.1); may be given several times, applied in order
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,

    /// The crate's folder: new, empty, or made by this command before [default: that of clientwright.toml]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Name of the package [default: that of its Cargo.toml, or made from the document's title]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Only operations with this tag, and what they need; may be given several times
    #[arg(long = "include-tag", value_name = "TAG")]
    tags: Vec<String>,

    /// Files that the document refers to are read from this folder [default: the document's own]
    #[arg(long, value_name = "DIR")]
    within: Option<PathBuf>,

    /// Where the runtime comes from: `copy` writes it into the crate's folder `runtime`, or uses the copy of a crate beside
    /// it; `copy=DIR`, `path=DIR` or `version=VERSION` [default: copy]
    #[arg(long, value_name = "SOURCE")]
    runtime: Option<RuntimeSource>,

    /// The checksum (SHA-256) that the document must have
    #[arg(long, value_name = "HEX")]
    sha256: Option<String>,

    /// Fetch the document anew from the `url` of clientwright.toml; it must still have the recorded checksum
    #[arg(long)]
    fetch: bool,

    /// The document's mistakes are errors, and nothing is written
    #[arg(long)]
    strict: bool,

    /// List each warning and each skipped part, however many are alike
    #[arg(long)]
    verbose: bool,

    /// Write what the run reports into this file, too, as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  clientwright generate                                  as clientwright.toml says
  clientwright check                                     in CI: is the crate what the description gives?
  clientwright generate petstore.yaml --out petstore-client
  clientwright generate api.json --overlay fix.yaml --include-tag users --name users-api --out users

Exit codes: 0 done, or fresh; 1 something is wrong or not fresh, and nothing was written; 2 the command line can't be
read.";

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    let Cli { config, verb } = Cli::parse();
    let result = match verb {
        Verb::Init(arguments) => arguments.run().map(|text| println!("{text}")).map_err(said),
        Verb::Generate(arguments) => generate(config.as_deref(), &arguments, false),
        Verb::Check(arguments) => generate(config.as_deref(), &arguments, true),
        Verb::Diff(arguments) => return compare(config.as_deref(), &arguments),
        Verb::Review(arguments) => optional_project(config.as_deref())
            .and_then(|project| arguments.run(project.as_ref()))
            .map(|text| println!("{text}"))
            .map_err(said),
        Verb::Update(arguments) => take_over(config.as_deref(), &arguments),
        Verb::Slice(arguments) => optional_project(config.as_deref())
            .and_then(|project| arguments.run(project.as_ref()))
            .map(|text| println!("{text}"))
            .map_err(said),
        Verb::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "clientwright", &mut io::stdout());
            Ok(())
        }
        Verb::Man { folder } => clap_mangen::generate_to(Cli::command(), &folder)
            .map_err(|error| files::FileError::new("write into", &folder, error).to_string()),
    };
    finish(result)
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

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn said(failure: Failure) -> String {
    console::failure(&failure, true)
}

/// The configuration, if there is one.
fn optional_project(config: Option<&Path>) -> Result<Option<Project>, Failure> {
    match Project::find(config, Path::new(".")) {
        Ok(project) => Ok(Some(project)),
        Err(Failure::NoConfig) => Ok(None),
        Err(failure) => Err(failure),
    }
}

fn compare(config: Option<&Path>, arguments: &diff::Arguments) -> ExitCode {
    match optional_project(config).and_then(|project| arguments.run(project.as_ref())) {
        Ok((text, fails)) => {
            anstream::print!("{text}");
            if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
        Err(failure) => finish(Err(said(failure))),
    }
}

fn take_over(config: Option<&Path>, arguments: &update::Arguments) -> Result<(), String> {
    let project = Project::find(config, Path::new(".")).map_err(said)?;
    let result = update::run(&project, arguments);
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

fn generate(config: Option<&Path>, arguments: &Generate, check: bool) -> Result<(), String> {
    let result = job(config, arguments).and_then(|job| generate::run(&job, check));
    if let Some(path) = &arguments.json {
        let told = result.as_ref().map_or_else(report::of_failure, report::of_summary);
        report::write(path, &told).map_err(|error| error.to_string())?;
    }
    let summary = result.map_err(|failure| console::failure(&failure, arguments.verbose))?;
    print(&summary, arguments.verbose);
    Ok(())
}

/// Diagnostics to standard error, in colour if it is a terminal; the result to standard output.
fn print(summary: &Summary, all: bool) {
    anstream::eprint!("{}", console::diagnostics(&summary.output.warnings, all));
    for note in &summary.notes {
        anstream::eprintln!("note: {}", console::elided(note));
    }
    println!("{}{summary}", console::skipped(&summary.output.api.skipped, all));
}

/// What is asked for: by the configuration, or by flags alone.
fn job(config: Option<&Path>, arguments: &Generate) -> Result<Job, Failure> {
    let Some(description) = arguments.description.as_ref().or(arguments.spec.as_ref()) else {
        return configured(&Project::find(config, Path::new("."))?, arguments);
    };
    let Some(out) = &arguments.out else {
        return Err(Failure::Usage {
            problem: "there is no folder for the crate".to_owned(),
            help: format!("name one: clientwright generate {description} --out DIR"),
        });
    };
    let mut job = Job::new(description, out);
    if fetch::is_url(description) {
        job.fetched = Some(fetch::fetch(description)?);
    }
    job.cure = cure(description, arguments, out);
    add(&mut job, arguments);
    Ok(job)
}

/// The configuration's job, with what the flags add.
fn configured(project: &Project, arguments: &Generate) -> Result<Job, Failure> {
    if arguments.fetch {
        project.fetch()?;
    }
    let mut job = project.job("clientwright generate")?;
    if let Some(out) = &arguments.out {
        job.out.clone_from(out);
    }
    add(&mut job, arguments);
    Ok(job)
}

fn add(job: &mut Job, arguments: &Generate) {
    job.overlays.extend(arguments.overlays.iter().cloned());
    job.tags.extend(arguments.tags.iter().cloned());
    job.name = arguments.name.clone().or(job.name.take());
    job.within = arguments.within.clone().or(job.within.take());
    job.sha256 = arguments.sha256.clone().or(job.sha256.take());
    if let Some(runtime) = &arguments.runtime {
        job.runtime.clone_from(runtime);
    }
    if arguments.strict {
        job.mode = Mode::Strict;
    }
}

/// The command that generates what was checked.
fn cure(description: &str, arguments: &Generate, out: &Path) -> String {
    let overlays = arguments.overlays.iter().map(|path| format!(" --overlay {}", path.display()));
    let tags = arguments.tags.iter().map(|tag| format!(" --include-tag {tag}"));
    let within = arguments.within.iter().map(|path| format!(" --within {}", path.display()));
    let runtime = arguments.runtime.iter().map(|source| format!(" --runtime {source}"));
    let more: String = overlays.chain(tags).chain(within).chain(runtime).collect();
    format!("clientwright generate {description}{more} --out {}", out.display())
}
