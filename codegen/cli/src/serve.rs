//! `serve`: a fake server for a description.

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;
use clientwright_serve::{Exchange, FakeServer, ListeningServer, ServeOptions, Values, Violation};
use codegen::Timings;

use crate::command_error::CommandError;
use crate::console;
use crate::generate::{self, Job};

const EXAMPLES: &str = "\
Examples:
  clientwright serve                            use the description and overlays of clientwright.toml
  clientwright serve api.yaml --port 8080
  clientwright serve api.yaml --overlay fix.yaml --generated --seed 7

A request chooses its response with a header field: `Prefer: code=404`, `Prefer: example=NAME`, `Prefer: dynamic=true`.

Exit codes: 1 error; 2 invalid command line. Ctrl-C stops the server.";

/// Run a fake server on loopback for an OpenAPI document
///
/// Checks each request against the document: path, method, parameters, credentials, media types and body. Responds with
/// the first success of the operation: an example of the document, or else a value that is valid for the schema, which the seed
/// determines. A request that doesn't match gets a 400 response with a list of all violations.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub struct ServeArguments {
    /// OpenAPI or Swagger 2.0 document (YAML or JSON): a file, `-` for standard input, or an https URL [default: as in
    /// clientwright.toml]
    #[arg(value_name = "DESCRIPTION", conflicts_with = "config")]
    description: Option<String>,

    /// Apply an OpenAPI Overlay (1.0, 1.1). Can be repeated; overlays apply in order
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,

    /// Folder that referenced files must be in [default: the folder of the document]
    #[arg(long, value_name = "DIR")]
    within: Option<PathBuf>,

    /// Port on 127.0.0.1; 0 is any free one
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    port: u16,

    /// Seed of generated values
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    seed: u64,

    /// Generate all values, also where the document has examples
    #[arg(long)]
    generated: bool,

    /// Let the seed choose among all declared responses that are not errors
    #[arg(long)]
    any_status: bool,

    /// Accept requests without credentials
    #[arg(long)]
    no_security: bool,

    /// List all warnings about the document instead of summarizing similar ones
    #[arg(long)]
    verbose: bool,
}

impl ServeArguments {
    /// Returns the description, if one is given.
    pub(crate) fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Serves until the process is stopped.
    ///
    /// # Errors
    ///
    /// Returns a [`CommandError`] if the description can't be read, or the port is in use.
    pub fn run(&self, mut job: Job) -> Result<(), CommandError> {
        job.overlays.extend(self.overlays.iter().cloned());
        job.within = self.within.clone().or(job.within.take());
        let output = generate::output_of(&job, false, &mut Timings::start())?;
        anstream::eprint!("{}", console::diagnostics(&output.warnings, self.verbose));
        let values = if self.generated { Values::Generated } else { Values::Examples };
        let options = ServeOptions::default()
            .with_seed(self.seed)
            .with_values(values)
            .with_any_status(self.any_status)
            .with_security(!self.no_security);
        let server = FakeServer::new(&output.patched, options);
        drop(output);
        let server = ListeningServer::start_with(server, self.port, |exchange| print(&exchange));
        let server = server.map_err(|error| CommandError::Usage {
            problem: format!("can't listen on port {} of 127.0.0.1: {error}", self.port),
            help: "choose another one with `--port`; 0 is any free port".to_owned(),
        })?;
        println!("{}", server.url());
        server.wait();
        Ok(())
    }
}

/// Prints a line for an exchange, and one for each problem. The server goes on if standard output is closed.
fn print(exchange: &Exchange) {
    let (method, target) = (&exchange.request.method, &exchange.request.target);
    let mut lines = vec![format!("{method} {target} {}", exchange.response.status)];
    let problem = |violation: &Violation| {
        format!("  {}: {} (#{})", violation.request, violation.message, violation.description)
    };
    lines.extend(exchange.violations.iter().map(problem));
    lines.extend(exchange.note.iter().map(|note| format!("  note: {note}")));
    for line in lines {
        let _ = writeln!(io::stdout(), "{}", console::elided(&line));
    }
}
