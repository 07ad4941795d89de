//! The command line: `cargo xtask <verb>`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use xtask::project::Job;
use xtask::regen::{self, Failure};
use xtask::simulate;

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
    Simulate(Simulate),
}

/// Generate the client's models and endpoint functions from the OpenAPI description.
///
/// Without options it reads spec/zendesk.yaml, applies spec/overlays/*.yaml in the order of their names, and
/// writes generated/src/endpoints and generated/src/models, which belong to it: files there that it doesn't
/// emit are removed. Everything is generated in memory first; when anything is wrong, nothing is written and
/// all problems are listed, each with file, line and cure.
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

fn main() -> ExitCode {
    match Cli::parse().verb {
        Verb::Regen(arguments) => finish(regenerate(arguments)),
        Verb::Simulate(Simulate { flags }) => match simulate::run(&root(), &flags) {
            Ok(status) if status.success() => ExitCode::SUCCESS,
            Ok(_) => ExitCode::FAILURE,
            Err(error) => finish(Err(format!("error: can't start cargo: {error}"))),
        },
    }
}

fn finish<E: std::fmt::Display>(result: Result<(), E>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn regenerate(arguments: Regen) -> Result<(), Failure> {
    let (job, cure) = match (arguments.spec, arguments.out) {
        (Some(spec), Some(out)) => {
            let cure = command(&spec, &arguments.overlays, &out);
            (Job { spec, overlays: arguments.overlays, out, root: PathBuf::new() }, cure)
        }
        _ => (Job::of_project(&root())?, "cargo xtask regen".to_owned()),
    };
    let summary = regen::run(&job, arguments.check, &cure)?;
    for warning in &summary.output.warnings {
        eprintln!("{warning}\n");
    }
    println!("{summary}");
    Ok(())
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
