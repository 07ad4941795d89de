//! The weight of the crate in counts that are the same on every machine. Times are not measured here.
//!
//! The files in `weight/` contain the figures. A test fails if a figure grows or shrinks by more than a tenth.
//! `UPDATE_WEIGHT=1 cargo test -p tests --test it weight::` updates the files.

mod figures;
mod generation;
mod scale;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use simulator::{Config, Simulator};
use zendesk_client::{Auth, Client, Timestamp, incremental_export};

use self::figures::{Figures, compare, count, figure};
use crate::project;

fn cargo(arguments: &[&str]) -> Command {
    let mut command = project::cargo();
    command.args(arguments).current_dir(project::root());
    command
}

fn output(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The size of a target's LLVM IR before optimization.
struct Compiled {
    functions: f64,
    instructions: f64,
}

fn compiled(target: &[&str]) -> Compiled {
    let folder = tempfile::tempdir().unwrap();
    let code = folder.path().join("code.ll");
    let mut command = cargo(&["rustc", "--quiet", "--offline"]);
    command.args(target).args(["--", "-Ccodegen-units=1"]);
    output(command.arg(format!("--emit=llvm-ir={}", code.display())));
    let text = std::fs::read_to_string(code).unwrap();
    Compiled {
        functions: count(text.lines().filter(|line| line.starts_with("define "))),
        instructions: count(text.lines().filter(|line| line.starts_with("  "))),
    }
}

/// Compares the emitted code with the runtime, and a user's program with the same program written by hand.
#[test]
fn unused_endpoints_cost_nothing() {
    let library = |package: &str| compiled(&["--package", package, "--lib", "--features", "export"]);
    let example = |name: &str| compiled(&["--package", "bench", "--example", name]);
    let (runtime, emitted) = (library("clientwright-runtime"), library("zendesk-client"));
    let (by_hand, user) = (example("by_hand"), example("user"));
    compare(
        "compiled",
        &Figures::from([
            figure("functions, endpoints and models : runtime", emitted.functions / runtime.functions),
            figure(
                "instructions, endpoints and models : runtime",
                emitted.instructions / runtime.instructions,
            ),
            figure("functions, a user's program : by hand", user.functions / by_hand.functions),
            figure("instructions, a user's program : by hand", user.instructions / by_hand.instructions),
        ]),
    );
}

#[tokio::test]
async fn a_page_is_read_with_few_allocations() {
    let simulator = Simulator::start(Config::default().tickets(2000).check_responses(false)).await;
    let client = Client::builder()
        .base_url(simulator.url())
        .auth(Auth::bearer(simulator.credentials().access_token))
        .build()
        .unwrap();
    let start = Timestamp::from_seconds(1_262_304_000).unwrap();
    let export = client.export(incremental_export::tickets_by_cursor().start_time(start));
    let page = export.raw().pages().next().await.unwrap().unwrap();
    let records: Vec<_> = page.records.iter().map(AsRef::as_ref).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.json");
    std::fs::write(&path, format!(r#"{{"tickets":[{}],"end_of_stream":false}}"#, records.join(","))).unwrap();

    let mut command = cargo(&["run", "--quiet", "--offline", "--package", "bench", "--bin", "allocations"]);
    let measured: Value = serde_json::from_str(&output(command.arg("--").arg(&path))).unwrap();
    let per_record = |name: &str, what: &str| {
        let contenders = measured["contenders"].as_array().unwrap();
        let contender = contenders.iter().find(|one| one["name"] == name).unwrap();
        assert_eq!(contender["records"].as_u64(), Some(records.len() as u64));
        contender[what].as_f64().unwrap() / contender["records"].as_f64().unwrap()
    };
    let (typed, raw, structs) = ("ours, typed", "ours, raw records", "serde_json, structs");
    compare(
        "allocations",
        &Figures::from([
            figure("allocations for a ticket, typed", per_record(typed, "allocations")),
            figure(
                "allocations for a ticket, typed : structs that drop what they don't name",
                per_record(typed, "allocations") / per_record(structs, "allocations"),
            ),
            figure("bytes for a ticket, typed", per_record(typed, "bytes")),
            figure("allocations for a ticket, raw", per_record(raw, "allocations")),
            figure("bytes for a ticket, raw", per_record(raw, "bytes")),
        ]),
    );
}

/// Returns the texts of the files in a folder.
fn texts(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap();
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

/// Counts the lines that are neither empty nor comments.
fn lines_of_code(folder: &Path) -> f64 {
    let texts = texts(folder);
    let lines = texts.iter().flat_map(|text| text.lines()).map(str::trim);
    count(lines.filter(|line| !line.is_empty() && !line.starts_with("//")))
}

fn is_type(line: &str) -> bool {
    line.starts_with("pub struct ") || line.starts_with("pub enum ")
}

#[test]
fn little_code_is_emitted() {
    let source: PathBuf = project::root().join("generated/src");
    let operations = count(project::output().api.operations());
    let models = count(
        texts(&source.join("models")).iter().flat_map(|text| text.lines()).filter(|line| is_type(line)),
    );
    compare(
        "lines",
        &Figures::from([
            figure("lines of code for an operation", lines_of_code(&source.join("endpoints")) / operations),
            figure("lines of code for a model", lines_of_code(&source.join("models")) / models),
        ]),
    );
}
