//! What generating costs for one operation, model, enum or union, and that it costs the same in a large document.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use xtask::bench::synthetic::{KINDS, Kind};

use super::figures::{Figures, TOLERANCE, compare_within, figure};
use crate::project;

/// The number of parts of the small and the large document.
const SIZES: [usize; 2] = [100, 1_000];
const SEED: u64 = 1;
/// What is counted, each with the largest ratio of a cost in the large document to that in the small one. The peak depends on
/// the unused capacity of collections, and on the number of threads.
const COUNTS: [(&str, f64); 3] = [("allocations", 1.1), ("bytes", 1.1), ("peak", 1.3)];
/// How much a peak may differ from the known one.
const PEAK_TOLERANCE: f64 = 0.3;

/// Builds the program that counts, and returns its path.
fn program() -> PathBuf {
    let mut command = project::cargo();
    command.args(["build", "--quiet", "--offline", "--package", "bench", "--bin", "generation"]);
    let output = command.arg("--message-format=json").current_dir(project::root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let messages = String::from_utf8(output.stdout).unwrap();
    let messages = messages.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut programs = messages.filter_map(|message| message["executable"].as_str().map(PathBuf::from));
    programs.next_back().expect("cargo reports the program")
}

/// Returns what generating the crate of a document costs.
fn costs(program: &Path, kind: &Kind, parts: usize) -> [f64; 3] {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("synthetic.yaml");
    std::fs::write(&path, kind.document(parts, SEED)).unwrap();
    let output = Command::new(program).arg(&path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let counts: Value = serde_json::from_slice(&output.stdout).unwrap();
    COUNTS.map(|(count, _)| counts[count].as_f64().unwrap())
}

#[test]
fn generating_each_part_costs_the_same_in_a_large_document() {
    let (program, mut figures, mut growing) = (program(), Figures::new(), Vec::new());
    for kind in KINDS {
        let empty = costs(&program, &kind, 0);
        let [small, large] = SIZES.map(|parts| {
            let count = f64::from(u32::try_from(parts).unwrap());
            let all = costs(&program, &kind, parts);
            std::array::from_fn::<_, 3, _>(|index| (all[index] - empty[index]) / count)
        });
        for ((what, max_growth), (small, large)) in COUNTS.into_iter().zip(small.into_iter().zip(large)) {
            let name = kind.name;
            if large > small * max_growth {
                growing.push(format!("{what}, {name}: {small:.1} each, {large:.1} in a large document"));
            }
            figures.extend([figure(&format!("{name}, {what}"), large)]);
        }
    }
    assert!(growing.is_empty(), "{}", growing.join("\n"));
    let tolerance = |name: &str| if name.ends_with("peak") { PEAK_TOLERANCE } else { TOLERANCE };
    compare_within("generation", &figures, tolerance);
}
