//! The crates that are compiled: ours, and those of other generators.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::super::documents::Documents;
use super::super::peers::{PEERS, Peer, clear};
use super::super::repair;
use super::super::setup::Setup;
use super::super::table::Outcome;
use super::package::{Mode, Package, ROOT};

/// A crate of ours, and how many operations it has.
pub(super) struct Generated {
    pub(super) folder: PathBuf,
    pub(super) operations: f64,
}

/// Has the document's crate made in a folder, of these tags or of all.
pub(super) fn generate(program: &Path, spec: &Path, out: &Path, tags: &[String]) -> io::Result<Generated> {
    clear(out)?;
    let report = out.with_extension("json");
    let mut command = Command::new(program);
    command.arg("generate").arg(spec).arg("--out").arg(out).arg("--json").arg(&report);
    // Not that of a crate beside it, whose build would be counted for this one.
    command.arg("--runtime").arg(format!("copy={}", out.join("runtime").display()));
    command.args(tags.iter().flat_map(|tag| ["--include-tag", tag]));
    let output = command.output()?;
    if !output.status.success() {
        return Err(io::Error::other(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    let told: Value = serde_json::from_slice(&fs::read(report)?)?;
    Ok(Generated { folder: out.to_owned(), operations: told["operations"].as_f64().unwrap_or_default() })
}

/// Another generator's crate.
pub(super) struct Other {
    pub(super) name: &'static str,
    /// What to know about its figures.
    pub(super) note: Option<String>,
    /// The crate, or why there is none.
    pub(super) package: Result<Package, Outcome>,
}

impl Other {
    fn new(name: &'static str, package: Result<Package, Outcome>) -> Self {
        Self { name, note: None, package }
    }
}

/// The other generators' crates, of the document or, where that does not compile, of its mended copy.
pub(super) fn others(setup: &Setup, documents: &Documents, folder: &Path) -> io::Result<Vec<Other>> {
    let mut others = Vec::new();
    for peer in PEERS {
        let Some(program) = peer.find(setup.peers.as_deref()) else {
            let cure = format!("{}, or --peers DIR", peer.cure);
            others.push(Other::new(peer.name, Err(Outcome::Absent(cure))));
            continue;
        };
        let mut one = other(setup, &peer, &program, documents.published(), folder)?;
        if one.package.is_err() {
            one = other(setup, &peer, &program, documents.mended()?, folder)?;
            one.note = one.package.is_ok().then(|| repair::NOTE.to_owned());
        }
        others.push(one);
    }
    Ok(others)
}

/// Another generator's crate of a document, if it compiles.
fn other(setup: &Setup, peer: &Peer, program: &Path, document: &Path, folder: &Path) -> io::Result<Other> {
    let out = folder.join(peer.name);
    let ended = setup.meter.run(&peer.command(program, document, &out)?)?;
    if !ended.succeeded {
        return Ok(Other::new(peer.name, Err(Outcome::Failed(ended.last_words()))));
    }
    if let Err(error) = peer.finish(&out) {
        return Ok(Other::new(peer.name, Err(Outcome::Failed(error.to_string()))));
    }
    let target = folder.join(format!("target-{}", peer.name));
    let package = Package { folder: out, target, features: Vec::new(), source: ROOT };
    let first = package.first(Mode::Check)?;
    let package = first.error.map_or(Ok(package), |error| Err(Outcome::Failed(error)));
    Ok(Other::new(peer.name, package))
}
