//! Compiles crates of synthetic documents of increasing size.

use std::fs;
use std::io;
use std::path::Path;

use clientwright::generate::features_of_endpoints;

use crate::corpus::copy_lock;

use super::super::growth::{self, SyntheticDocument};
use super::super::measure::Measurement;
use super::super::rounds::Contender;
use super::super::setup::BenchSetup;
use super::super::synthetic::Kind;
use super::super::table::Group;
use super::crates::generate_with;
use super::package::{BuildMode, Package, SOURCE_ROOT};

const ROUNDS: usize = 3;
const SIZES: [usize; 2] = [250, 1_000];
/// The size of the largest documents of all kinds.
const LARGE: usize = 4_000;
/// The size of the largest document: that of operations without models of their own. With such models, rustc would need more
/// than 16 GiB of memory.
const LARGEST: usize = 20_000;

/// Checks the crates in alternation. The largest ones are checked once.
pub(super) fn run(setup: &BenchSetup, program: &Path, folder: &Path) -> io::Result<Group> {
    let folder = folder.join("growth");
    fs::create_dir_all(&folder)?;
    let documents = growth::documents(&folder, |kind| sizes(kind, setup.large))?;
    let mut crates = Vec::new();
    for document in &documents {
        crates.push(package(setup, program, &folder, document)?);
    }
    let contenders: Vec<_> = documents
        .iter()
        .zip(&crates)
        .map(|(document, package)| {
            let package = package.clone();
            Contender::ours(&document.name(), move || Ok(package.cargo(BuildMode::Check)))
        })
        .collect();
    let mut runs: Vec<Vec<Measurement>> = documents.iter().map(|_| Vec::new()).collect();
    for round in 1..=setup.rounds.unwrap_or(ROUNDS) {
        for ((document, package), runs) in documents.iter().zip(&crates).zip(&mut runs) {
            if round > 1 && document.parts >= LARGE {
                continue;
            }
            eprintln!("build, growth, round {round}: {}", document.name());
            runs.push(package.again(setup, BuildMode::Check)?);
        }
    }
    Ok(growth::table("build, growth", &documents, &contenders, &runs))
}

fn sizes(kind: &Kind, large: bool) -> Vec<usize> {
    let largest = (kind.name == "operations").then_some(LARGEST);
    let large = large.then_some([Some(LARGE), largest]).into_iter().flatten().flatten();
    SIZES.into_iter().chain(large).collect()
}

/// Generates the crate of a document, with all endpoints but without the HTTP client, which costs the same in all crates.
/// Compiles its dependencies. All crates share a runtime and a target folder.
fn package(
    setup: &BenchSetup,
    program: &Path,
    folder: &Path,
    document: &SyntheticDocument,
) -> io::Result<Package> {
    let out = folder.join(document.folder_name());
    let runtime = format!("path={}", setup.repository.join("codegen/runtime").display());
    let name = format!("synthetic-{}", document.folder_name());
    let arguments = ["--runtime", &runtime, "--name", &name];
    let generated = generate_with(program, &document.path, &out, &arguments)?;
    copy_lock(&setup.repository, &out).map_err(io::Error::other)?;
    let endpoints = features_of_endpoints(&fs::read_to_string(out.join("Cargo.toml"))?);
    let package = Package {
        folder: generated.folder,
        target: folder.join("target"),
        features: vec!["--no-default-features".to_owned(), format!("--features={}", endpoints.join(","))],
        source: SOURCE_ROOT,
    };
    if document.parts == 0 {
        package.first(BuildMode::Check)?;
    }
    Ok(package)
}
