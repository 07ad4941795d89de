//! The command line: its definition, and the dispatch to the subcommands.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, CommandFactory as _, Parser, Subcommand};
use codegen::Mode;

use crate::generate::{self, CommandError, Job, Summary};
use crate::project::Project;
use crate::runtime_source::RuntimeSource;
#[cfg(feature = "serve")]
use crate::serve;
use crate::update::{self, UpdateResult};
use crate::{console, diff, fetch, init, man, report, review, slice};

/// The command line of `clientwright`. The help shows the description of the package instead of this text.
#[derive(Parser)]
#[command(name = "clientwright", version, about)]
struct Cli {
    /// Path to the configuration file [default: clientwright.toml in this folder or the nearest parent folder]
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,

    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Init(init::InitArguments),
    Generate(GenerateArguments),
    /// Check that a crate is up to date with its OpenAPI document
    ///
    /// Exits with 1 and lists the files that `generate` would change. Takes the same arguments as `generate` and writes
    /// nothing.
    Check(GenerateArguments),
    Diff(diff::DiffArguments),
    Review(review::ReviewArguments),
    Update(update::UpdateArguments),
    Slice(slice::SliceArguments),
    #[cfg(feature = "serve")]
    Serve(serve::ServeArguments),
    /// Print a completion script for a shell
    Completions {
        /// Shell to generate the script for
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Write man pages to a folder
    Man {
        /// Existing folder for the man pages
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

/// Generate a client crate with typed models and functions from an OpenAPI document
///
/// Without DESCRIPTION, generates the crate that clientwright.toml configures. Generated code is in src/api,
/// src/endpoints and src/models, which contain no other files. In Cargo.toml and README.md, the command maintains only
/// its own entries. All other content is kept: version, license, other dependencies, features and modules.
///
/// Problems in the document are warnings with a location, and the affected part becomes an open type. Unsupported parts
/// are skipped and listed with pointer and reason. A second run writes only changed files. `check` writes nothing: it
/// exits with 1 and lists outdated files.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
struct GenerateArguments {
    /// OpenAPI or Swagger 2.0 document (YAML or JSON): a file, `-` for standard input, or an https URL. Files that it refers to are
    /// read, too
    #[arg(value_name = "DESCRIPTION", conflicts_with = "config")]
    description: Option<String>,

    /// OpenAPI document, as an option
    #[arg(long = "spec", value_name = "FILE", hide = true, conflicts_with = "description")]
    spec: Option<String>,

    /// Apply an OpenAPI Overlay (1.0, 1.1). Can be repeated; overlays apply in order
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,

    /// Folder of the crate: new, empty, or previously generated [default: as in clientwright.toml]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Name of the package [default: the name in its Cargo.toml, or derived from the document's title]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Generate only operations with this tag, and the types they use. Can be repeated
    #[arg(long = "include-tag", value_name = "TAG")]
    tags: Vec<String>,

    /// Folder that referenced files must be in [default: the folder of the document]
    #[arg(long, value_name = "DIR")]
    within: Option<PathBuf>,

    /// Source of the runtime: `copy` (to the crate's folder `runtime`, or use the copy of a neighboring crate),
    /// `copy=DIR`, `path=DIR` or `version=VERSION` [default: copy]
    #[arg(long, value_name = "SOURCE")]
    runtime: Option<RuntimeSource>,

    /// Fail if the document doesn't have this SHA-256 checksum
    #[arg(long, value_name = "HEX")]
    sha256: Option<String>,

    /// Fetch the document again from the `url` in clientwright.toml. Fails if the checksum isn't the recorded one
    #[arg(long)]
    fetch: bool,

    /// Treat problems in the document as errors. If there are any, nothing is written
    #[arg(long)]
    strict: bool,

    /// Keep the operation ids and schema names of the document, with their patterns
    #[arg(long)]
    keep_names: bool,

    /// List all warnings and skipped parts instead of summarizing similar ones
    #[arg(long)]
    verbose: bool,

    /// Write a JSON report to FILE
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  clientwright generate                                  use clientwright.toml
  clientwright check                                     in CI: fail if the crate is outdated
  clientwright generate petstore.yaml --out petstore-client
  clientwright generate api.json --overlay fix.yaml --include-tag users --name users-api --out users

Exit codes: 0 success, or up to date; 1 error or outdated, nothing was written; 2 invalid command line.";

/// Parses the arguments of this process, runs the command, and returns the exit code.
#[must_use]
pub fn run() -> ExitCode {
    let Cli { config, command } = Cli::parse();
    let result = match command {
        Command::Init(arguments) => arguments.run().map(|text| println!("{text}")).map_err(error_text),
        Command::Generate(arguments) => generate(config.as_deref(), &arguments, false),
        Command::Check(arguments) => generate(config.as_deref(), &arguments, true),
        Command::Diff(arguments) => return compare(config.as_deref(), &arguments),
        Command::Review(arguments) => optional_project(config.as_deref())
            .and_then(|project| arguments.run(project.as_ref()))
            .map(|text| println!("{text}"))
            .map_err(error_text),
        Command::Update(arguments) => take_over(config.as_deref(), &arguments),
        Command::Slice(arguments) => optional_project(config.as_deref())
            .and_then(|project| arguments.run(project.as_ref()))
            .map(|text| println!("{text}"))
            .map_err(error_text),
        #[cfg(feature = "serve")]
        Command::Serve(arguments) => serve(config.as_deref(), &arguments),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "clientwright", &mut io::stdout());
            Ok(())
        }
        Command::Man { folder } => man::write(Cli::command(), &folder).map_err(|error| error.to_string()),
    };
    finish(result)
}

fn finish(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn error_text(error: CommandError) -> String {
    console::error(&error, true)
}

/// Returns the project, if there is a configuration.
fn optional_project(config: Option<&Path>) -> Result<Option<Project>, CommandError> {
    match Project::find(config, Path::new(".")) {
        Ok(project) => Ok(Some(project)),
        Err(CommandError::NoConfig) => Ok(None),
        Err(error) => Err(error),
    }
}

fn compare(config: Option<&Path>, arguments: &diff::DiffArguments) -> ExitCode {
    match optional_project(config).and_then(|project| arguments.run(project.as_ref())) {
        Ok((text, fails)) => {
            anstream::print!("{text}");
            if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
        Err(error) => finish(Err(error_text(error))),
    }
}

fn take_over(config: Option<&Path>, arguments: &update::UpdateArguments) -> Result<(), String> {
    let project = Project::find(config, Path::new(".")).map_err(error_text)?;
    let result = update::run(&project, arguments);
    if let Some(path) = &arguments.json {
        report::write(path, &update::to_json(&result)).map_err(|error| error.to_string())?;
    }
    let outcomes = result.map_err(|error| console::error(&error, arguments.verbose))?;
    anstream::print!("{}", update::text(&outcomes, arguments.verbose));
    match &outcomes {
        UpdateResult::Review(review) if !review.is_ready() => Err(update::errors(review, arguments.verbose)),
        _ => Ok(()),
    }
}

#[cfg(feature = "serve")]
fn serve(config: Option<&Path>, arguments: &serve::ServeArguments) -> Result<(), String> {
    let job = match arguments.description() {
        Some(description) => described(description, Path::new("")),
        None => Project::find(config, Path::new(".")).and_then(|project| project.job("clientwright serve")),
    };
    job.and_then(|job| arguments.run(job)).map_err(error_text)
}

fn generate(config: Option<&Path>, arguments: &GenerateArguments, check: bool) -> Result<(), String> {
    let result = job(config, arguments).and_then(|job| generate::run(&job, check));
    if let Some(path) = &arguments.json {
        let report = result.as_ref().map_or_else(report::of_error, report::of_summary);
        report::write(path, &report).map_err(|error| error.to_string())?;
    }
    let summary = result.map_err(|error| console::error(&error, arguments.verbose))?;
    print(&summary, arguments.verbose);
    // The process ends. Freeing each node of the trees would take a while.
    std::mem::forget(summary);
    Ok(())
}

/// Prints diagnostics to standard error, colored if it is a terminal, and the result to standard output.
fn print(summary: &Summary, all: bool) {
    anstream::eprint!("{}", console::diagnostics(&summary.output.warnings, all));
    for note in &summary.notes {
        anstream::eprintln!("note: {}", console::elided(note));
    }
    println!("{}{summary}", console::skipped(&summary.output.skipped(), all));
}

/// Builds the job from the configuration, or from arguments only.
fn job(config: Option<&Path>, arguments: &GenerateArguments) -> Result<Job, CommandError> {
    let Some(description) = arguments.description.as_ref().or(arguments.spec.as_ref()) else {
        return configured(&Project::find(config, Path::new("."))?, arguments);
    };
    let Some(out) = &arguments.out else {
        return Err(CommandError::Usage {
            problem: "no folder for the crate was given".to_owned(),
            help: format!("add `--out`: clientwright generate {description} --out DIR"),
        });
    };
    let mut job = described(description, out)?;
    job.fix_command = fix_command(description, arguments, out);
    add(&mut job, arguments);
    Ok(job)
}

/// Builds the job for a description without a configuration. Fetches the description if it is a URL.
fn described(description: &str, out: &Path) -> Result<Job, CommandError> {
    let mut job = Job::new(description, out);
    if fetch::is_url(description) {
        job.fetched = Some(fetch::fetch(description)?);
    }
    Ok(job)
}

/// Builds the job from the configuration and the flags.
fn configured(project: &Project, arguments: &GenerateArguments) -> Result<Job, CommandError> {
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

fn add(job: &mut Job, arguments: &GenerateArguments) {
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
    job.keep_names |= arguments.keep_names;
}

/// Returns the command that generates what was checked.
fn fix_command(description: &str, arguments: &GenerateArguments, out: &Path) -> String {
    let overlays = arguments.overlays.iter().map(|path| format!(" --overlay {}", path.display()));
    let tags = arguments.tags.iter().map(|tag| format!(" --include-tag {tag}"));
    let within = arguments.within.iter().map(|path| format!(" --within {}", path.display()));
    let runtime = arguments.runtime.iter().map(|source| format!(" --runtime {source}"));
    let keep = arguments.keep_names.then(|| " --keep-names".to_owned());
    let more: String = overlays.chain(tags).chain(within).chain(runtime).chain(keep).collect();
    format!("clientwright generate {description}{more} --out {}", out.display())
}
