//! Generates the crates to compile: ours, and those of other generators.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::super::documents::DocumentCopies;
use super::super::peers::{PEERS, Peer, remove_folder};
use super::super::repair;
use super::super::setup::BenchSetup;
use super::super::table::ContenderOutcome;
use super::package::{BuildMode, Package, SOURCE_ROOT};

/// A crate of ours, and its number of operations.
pub(super) struct Generated {
    pub(super) folder: PathBuf,
    pub(super) operations: f64,
}

/// Generates the document's crate into a folder, with the operations of these tags, or with all if there are no tags.
pub(super) fn generate(program: &Path, spec: &Path, out: &Path, tags: &[String]) -> io::Result<Generated> {
    // A separate copy, so that compiling one crate doesn't compile the runtime of another.
    let runtime = format!("copy={}", out.join("runtime").display());
    let tags = tags.iter().flat_map(|tag| ["--include-tag", tag]);
    generate_with(program, spec, out, &["--runtime", &runtime].into_iter().chain(tags).collect::<Vec<_>>())
}

/// Generates the document's crate into a folder, with these arguments.
pub(super) fn generate_with(
    program: &Path,
    spec: &Path,
    out: &Path,
    arguments: &[&str],
) -> io::Result<Generated> {
    remove_folder(out)?;
    let report = out.with_extension("json");
    let mut command = Command::new(program);
    command.arg("generate").arg(spec).arg("--out").arg(out).arg("--json").arg(&report).args(arguments);
    let output = command.output()?;
    if !output.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    let report: Value = serde_json::from_slice(&fs::read(report)?)?;
    Ok(Generated { folder: out.to_owned(), operations: report["operations"].as_f64().unwrap_or_default() })
}

/// Another generator's crate.
pub(super) struct Other {
    pub(super) name: &'static str,
    /// A note about its figures.
    pub(super) note: Option<String>,
    /// The crate, or why there is none.
    pub(super) package: Result<Package, ContenderOutcome>,
}

impl Other {
    fn new(name: &'static str, package: Result<Package, ContenderOutcome>) -> Self {
        Self { name, note: None, package }
    }
}

/// Returns the other generators' crates: of the document or, if that doesn't compile, of its repaired copy. The crates of
/// all documents share the target folders beside `folder`.
pub(super) fn others(
    setup: &BenchSetup,
    documents: &DocumentCopies,
    folder: &Path,
) -> io::Result<Vec<Other>> {
    let mut others = Vec::new();
    for peer in PEERS {
        let Some(program) = peer.find(setup.peers.as_deref()) else {
            let install_help = format!("{}, or --peers DIR", peer.install_help);
            others.push(Other::new(peer.name, Err(ContenderOutcome::Absent(install_help))));
            continue;
        };
        let mut one = other(setup, &peer, &program, documents.published(), folder)?;
        if let Err(ContenderOutcome::Failed(failure)) = &one.package {
            let note = repair::note(failure);
            one = other(setup, &peer, &program, documents.repaired()?, folder)?;
            one.note = one.package.is_ok().then_some(note);
        }
        others.push(one);
    }
    Ok(others)
}

/// Generates the crate of a document with another generator, and checks that it compiles.
fn other(
    setup: &BenchSetup,
    peer: &Peer,
    program: &Path,
    document: &Path,
    folder: &Path,
) -> io::Result<Other> {
    let out = folder.join(peer.name);
    let ended = setup.meter.run(&peer.command(program, document, &out)?)?;
    if !ended.succeeded {
        return Ok(Other::new(peer.name, Err(ContenderOutcome::Failed(ended.failure_message()))));
    }
    if let Err(error) = peer.finish(&out) {
        return Ok(Other::new(peer.name, Err(ContenderOutcome::Failed(error.to_string()))));
    }
    let target = folder.with_file_name(format!("target-{}", peer.name));
    let package = Package { folder: out, target, features: Vec::new(), source: SOURCE_ROOT };
    let first = package.first(BuildMode::Check)?;
    let package = first.error.map_or(Ok(package), |error| Err(ContenderOutcome::Failed(error)));
    Ok(Other::new(peer.name, package))
}
