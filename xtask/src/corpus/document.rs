//! Generates and compiles the crate of one document, and collects the outcome.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use super::discover::Entry;
use super::examples;
use super::process::{self, ProcessResult};
use clientwright::generate::features_of_endpoints;

/// The folders and options of a run.
#[derive(Clone, Debug)]
pub struct CorpusSetup {
    /// The folder of the documents. Files that they refer to are read from it.
    pub documents: PathBuf,
    /// The folder for the crates and for build output.
    pub out: PathBuf,
    /// The repository whose runtime and lock file the crates use.
    pub repository: PathBuf,
    /// This program, which generates each crate in a separate process.
    pub program: PathBuf,
    /// The timeout of each step of a document.
    pub limit: Duration,
    /// Whether to compile the crates.
    pub compile: bool,
    /// Whether to run rustdoc.
    pub doc: bool,
    /// Whether to decode and encode the examples.
    pub run: bool,
}

/// The outcome of one document.
#[derive(Clone, Debug, Default)]
pub struct DocumentOutcome {
    /// The document's name.
    pub name: String,
    /// The generator's JSON report; null if it wrote none.
    pub report: Value,
    /// The reason why no crate was generated.
    pub generation_error: Option<String>,
    /// Errors of rustc; `None` if it was not run.
    pub errors: Option<Vec<String>>,
    /// Warnings of rustc and rustdoc.
    pub warnings: Vec<String>,
    /// The results of the examples: how many there are, and which changed when decoded and encoded again.
    pub examples: Option<Value>,
    /// The time that `cargo check` took, in milliseconds.
    pub check_milliseconds: u64,
}

impl DocumentOutcome {
    /// Returns whether the crate was generated, compiles without warnings (if that was requested), and contains
    /// everything that the document declares. Each example must be unchanged, or invalid against its own schema.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.generation_error.is_none()
            && self.errors.as_ref().is_none_or(Vec::is_empty)
            && self.warnings.is_empty()
            && self.count("unaccounted") == 0
            && self.failed_examples().all(|failed| !failed["schema_error"].is_null())
    }

    /// Returns the examples that changed when decoded and encoded again.
    pub(super) fn failed_examples(&self) -> impl Iterator<Item = &Value> {
        let failed = self.examples.as_ref().and_then(|examples| examples["failed"].as_array());
        failed.into_iter().flatten()
    }

    /// Returns a number of the generator's report, or 0 if it isn't there.
    #[must_use]
    pub fn number(&self, key: &str) -> u64 {
        self.report.get(key).and_then(Value::as_u64).unwrap_or_default()
    }

    /// Returns the length of an array of the generator's report, or 0 if it isn't there.
    #[must_use]
    pub fn count(&self, key: &str) -> usize {
        self.report.get(key).and_then(Value::as_array).map_or(0, Vec::len)
    }

    pub(super) fn to_json(&self) -> Value {
        json!({
            "name": self.name,
            "good": self.is_good(),
            "generated": self.generation_error.is_none(),
            "generation_failure": self.generation_error,
            "compiled": self.errors.as_ref().is_some_and(Vec::is_empty),
            "compiler_errors": self.errors,
            "compiler_warnings": self.warnings,
            "examples": self.examples,
            "check_milliseconds": self.check_milliseconds,
            "report": self.report,
        })
    }
}

/// Generates and compiles one document. `worker` is the number of the thread, which has its own folder.
pub(super) fn process_document(
    entry: &Entry,
    setup: &CorpusSetup,
    worker: usize,
) -> io::Result<DocumentOutcome> {
    let package = setup.out.join("crates").join(&entry.name);
    let scratch = setup.out.join("scratch").join(worker.to_string());
    fs::create_dir_all(&scratch)?;
    let mut outcome = DocumentOutcome { name: entry.name.clone(), ..DocumentOutcome::default() };

    let report = scratch.join("report.json");
    let _ = fs::remove_file(&report);
    let generated = generate(entry, setup, &package, &report, &scratch)?;
    outcome.report =
        fs::read(&report).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    if !generated.succeeded() {
        outcome.generation_error = Some(failure_reason(&generated, &outcome.report));
        return Ok(outcome);
    }

    if !setup.compile {
        return Ok(outcome);
    }
    compile(setup, &package, &scratch, worker, &mut outcome)?;
    Ok(outcome)
}

/// Compiles the crate, and runs rustdoc and the examples if the setup requests them.
fn compile(
    setup: &CorpusSetup,
    package: &Path,
    scratch: &Path,
    worker: usize,
    outcome: &mut DocumentOutcome,
) -> io::Result<()> {
    let target = setup.out.join("target").join(worker.to_string());
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(arguments).args(["--quiet", "--message-format=json"]).current_dir(package);
        command.env("CARGO_TARGET_DIR", &target).env("CARGO_INCREMENTAL", "0").env_remove("RUSTFLAGS");
        process::run(&mut command, setup.limit, scratch)
    };
    let checked = cargo(&["check", "--all-features"])?;
    outcome.check_milliseconds = checked.milliseconds;
    let (errors, warnings) = messages(&checked);
    outcome.errors = Some(errors);
    outcome.warnings = warnings;
    if setup.doc && checked.succeeded() {
        let documented = cargo(&["doc", "--no-deps", "--all-features"])?;
        let (errors, warnings) = messages(&documented);
        outcome.warnings.extend(errors.into_iter().chain(warnings));
    }
    if setup.run && checked.succeeded() {
        let features = features_of_endpoints(&fs::read_to_string(package.join("Cargo.toml"))?);
        let features = format!("--features={}", features.join(","));
        let tested = cargo(&["test", "--no-default-features", &features, "--test", examples::TEST])?;
        outcome.examples = examples::results(package);
        if !tested.succeeded() {
            outcome.errors.get_or_insert_default().extend(messages(&tested).0);
        }
    }
    Ok(())
}

fn generate(
    entry: &Entry,
    setup: &CorpusSetup,
    package: &Path,
    report: &Path,
    scratch: &Path,
) -> io::Result<ProcessResult> {
    let name = format!("corpus-{}", entry.name);
    let flags = ["--spec", "--out", "--json", "--name", "--within"].map(OsStr::new);
    let within = setup.documents.as_os_str();
    let values = [entry.path.as_os_str(), package.as_os_str(), report.as_os_str(), OsStr::new(&name), within];
    let mut command = Command::new(&setup.program);
    command.arg("corpus-crate").args(flags.into_iter().zip(values).flat_map(|(flag, value)| [flag, value]));
    if setup.run {
        command.arg("--examples");
    }
    process::run(&mut command, setup.limit, scratch)
}

/// Returns the reason why a document was not generated: its first error, or the last line that the program printed.
fn failure_reason(ended: &ProcessResult, report: &Value) -> String {
    let Some(errors) = report.get("errors").and_then(Value::as_array).filter(|errors| !errors.is_empty())
    else {
        return ended.failure_message();
    };
    let text = |key: &str| errors[0].get(key).and_then(Value::as_str).unwrap_or_default();
    format!("{} errors; {} ({})", errors.len(), text("message"), text("pointer"))
}

/// Returns the rendered errors and warnings of rustc or rustdoc.
fn messages(ended: &ProcessResult) -> (Vec<String>, Vec<String>) {
    let (mut errors, mut warnings) = (Vec::new(), Vec::new());
    for line in ended.stdout.lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        let Some(diagnostic) = message.get("message") else { continue };
        let text = diagnostic.get("rendered").and_then(Value::as_str).unwrap_or_default().to_owned();
        match diagnostic.get("level").and_then(Value::as_str) {
            Some("warning") if !is_summary(&text) => warnings.push(text),
            Some("error") => errors.push(text),
            _ => {}
        }
    }
    if !ended.succeeded() && errors.is_empty() {
        errors.push(ended.failure_message());
    }
    (errors, warnings)
}

/// Returns whether a message is rustc's last one, which only counts the warnings.
fn is_summary(text: &str) -> bool {
    text.lines().next().is_some_and(|line| line.ends_with("emitted"))
}
