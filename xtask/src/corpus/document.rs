//! One document of the corpus: generated, compiled, and what there is to tell about it.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use super::discover::Entry;
use super::process::{self, Ended};
use super::trial;
use clientwright::generate::features_of_endpoints;

/// Where and how the documents are tried.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The folder of the documents, which files that they refer to are read from.
    pub documents: PathBuf,
    /// Folder of the crates and of what is built.
    pub out: PathBuf,
    /// The repository that the crates are made after.
    pub repository: PathBuf,
    /// This program, which generates each crate in a process of its own.
    pub program: PathBuf,
    /// Time for each step of a document.
    pub limit: Duration,
    /// Whether the crates are compiled.
    pub compile: bool,
    /// Whether rustdoc is run, too.
    pub doc: bool,
    /// Whether the examples are tried, too.
    pub run: bool,
}

/// What became of one document.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The document's name.
    pub name: String,
    /// What the generator told; null if it told nothing.
    pub report: Value,
    /// Why nothing was generated.
    pub generation: Option<String>,
    /// rustc's errors; `None` if it was not run.
    pub errors: Option<Vec<String>>,
    /// rustc's and rustdoc's warnings.
    pub warnings: Vec<String>,
    /// What became of the examples: how many there are, and which did not come back as they were.
    pub examples: Option<Value>,
    /// Time that rustc took.
    pub check_milliseconds: u64,
}

impl Outcome {
    /// Whether the document became a crate that compiles without warnings, as far as that was wanted, nothing of it
    /// got lost, and each example came back as it was or is refused by its own schema.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.generation.is_none()
            && self.errors.as_ref().is_none_or(Vec::is_empty)
            && self.warnings.is_empty()
            && self.count("unaccounted") == 0
            && self.failed_examples().all(|failed| !failed["mistake"].is_null())
    }

    /// Examples that did not come back as they were.
    pub(super) fn failed_examples(&self) -> impl Iterator<Item = &Value> {
        let failed = self.examples.as_ref().and_then(|told| told["failed"].as_array());
        failed.into_iter().flatten()
    }

    /// A number that the generator told.
    #[must_use]
    pub fn number(&self, key: &str) -> u64 {
        self.report.get(key).and_then(Value::as_u64).unwrap_or_default()
    }

    /// The length of a list that the generator told.
    #[must_use]
    pub fn count(&self, key: &str) -> usize {
        self.report.get(key).and_then(Value::as_array).map_or(0, Vec::len)
    }

    pub(super) fn to_json(&self) -> Value {
        json!({
            "name": self.name,
            "good": self.is_good(),
            "generated": self.generation.is_none(),
            "generation_failure": self.generation,
            "compiled": self.errors.as_ref().is_some_and(Vec::is_empty),
            "compiler_errors": self.errors,
            "compiler_warnings": self.warnings,
            "examples": self.examples,
            "check_milliseconds": self.check_milliseconds,
            "report": self.report,
        })
    }
}

/// Tries one document; `worker` tells apart those that run at once.
pub(super) fn try_document(entry: &Entry, setup: &Setup, worker: usize) -> io::Result<Outcome> {
    let package = setup.out.join("crates").join(&entry.name);
    let scratch = setup.out.join("scratch").join(worker.to_string());
    fs::create_dir_all(&scratch)?;
    let mut outcome = Outcome { name: entry.name.clone(), ..Outcome::default() };

    let report = scratch.join("report.json");
    let _ = fs::remove_file(&report);
    let generated = generate(entry, setup, &package, &report, &scratch)?;
    outcome.report =
        fs::read(&report).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    if !generated.succeeded() {
        outcome.generation = Some(why(&generated, &outcome.report));
        return Ok(outcome);
    }

    if !setup.compile {
        return Ok(outcome);
    }
    compile(setup, &package, &scratch, worker, &mut outcome)?;
    Ok(outcome)
}

/// Compiles the crate, and goes on as far as the setup wants it.
fn compile(
    setup: &Setup,
    package: &Path,
    scratch: &Path,
    worker: usize,
    outcome: &mut Outcome,
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
        let tried = cargo(&["test", "--no-default-features", &features, "--test", trial::TEST])?;
        outcome.examples = trial::told(package);
        if !tried.succeeded() {
            outcome.errors.get_or_insert_default().extend(messages(&tried).0);
        }
    }
    Ok(())
}

fn generate(
    entry: &Entry,
    setup: &Setup,
    package: &Path,
    report: &Path,
    scratch: &Path,
) -> io::Result<Ended> {
    let name = format!("corpus-{}", entry.name);
    let flags = ["--spec", "--out", "--json", "--name", "--within"].map(OsStr::new);
    let within = setup.documents.as_os_str();
    let values = [entry.path.as_os_str(), package.as_os_str(), report.as_os_str(), OsStr::new(&name), within];
    let mut command = Command::new(&setup.program);
    command.arg("trial").args(flags.into_iter().zip(values).flat_map(|(flag, value)| [flag, value]));
    if setup.run {
        command.arg("--examples");
    }
    process::run(&mut command, setup.limit, scratch)
}

/// Why a document was not generated: its first error, or what the program said last.
fn why(ended: &Ended, report: &Value) -> String {
    let Some(errors) = report.get("errors").and_then(Value::as_array).filter(|errors| !errors.is_empty())
    else {
        return ended.last_words();
    };
    let text = |key: &str| errors[0].get(key).and_then(Value::as_str).unwrap_or_default();
    format!("{} errors; {} ({})", errors.len(), text("message"), text("pointer"))
}

/// The errors and warnings that rustc or rustdoc gave, as rendered.
fn messages(ended: &Ended) -> (Vec<String>, Vec<String>) {
    let (mut errors, mut warnings) = (Vec::new(), Vec::new());
    for line in ended.stdout.lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        let Some(told) = message.get("message") else { continue };
        let text = told.get("rendered").and_then(Value::as_str).unwrap_or_default().to_owned();
        match told.get("level").and_then(Value::as_str) {
            Some("warning") if !is_count(&text) => warnings.push(text),
            Some("error") => errors.push(text),
            _ => {}
        }
    }
    if !ended.succeeded() && errors.is_empty() {
        errors.push(ended.last_words());
    }
    (errors, warnings)
}

/// What rustc says last: how many warnings there were.
fn is_count(text: &str) -> bool {
    text.lines().next().is_some_and(|line| line.ends_with("emitted"))
}
