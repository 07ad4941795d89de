//! `cargo xtask corpus`: the table and the JSON for a folder of documents.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::project;

const GOOD: &str = "\
openapi: 3.0.3
info: {title: Good, version: '1'}
paths:
  /a: {get: {responses: {'200': {description: Fine., content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}
components: {schemas: {A: {type: object, properties: {b: {$ref: '#/components/schemas/Gone'}}}}}
";
const MULTIPLE: &str = "\
openapi: 3.1.0
info: {title: Several files, version: '1'}
paths: {}
components: {schemas: {A: {$ref: 'parts/a.json'}}}
";

/// Runs the command on a folder of documents, and returns its exit code, table and JSON.
fn corpus(prepare: impl Fn(&TempDir), flags: &[&str]) -> (Option<i32>, String, Value) {
    let folder = tempfile::tempdir().unwrap();
    let json = folder.path().join("report.json");
    let documents = tempfile::tempdir().unwrap();
    prepare(&documents);
    let mut command = project::cargo();
    command.args(["run", "--quiet", "--offline", "--package", "xtask", "--", "corpus"]);
    command.arg(documents.path()).arg("--generate-only").arg("--out").arg(folder.path().join("out"));
    command.arg("--json").arg(&json).args(flags).current_dir(project::root());
    let output = command.output().unwrap();
    let report = fs::read(&json).map(|bytes| serde_json::from_slice(&bytes).unwrap()).unwrap_or_default();
    (output.status.code(), String::from_utf8(output.stdout).unwrap(), report)
}

fn write(folder: &TempDir, path: &str, text: &[u8]) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Returns the columns of a row except for the times.
fn row<'t>(table: &'t str, name: &str) -> Vec<&'t str> {
    let row = table.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("{name}: {table}"));
    row.split_whitespace().take(6).collect()
}

#[test]
fn each_document_has_a_row() {
    let (code, table, report) = corpus(
        |folder| {
            write(folder, "good.yaml", GOOD.as_bytes());
            write(folder, "multi/several/api.yaml", MULTIPLE.as_bytes());
            write(folder, "multi/several/parts/a.json", b"{\"type\": \"string\"}");
            write(folder, "notes.md", b"openapi: nothing\n");
        },
        &[],
    );
    assert_eq!(code, Some(0), "{table}");
    assert_eq!(row(&table, "good"), ["good", "yes", "-", "0", "1", "0"]);
    assert_eq!(row(&table, "multi-several-api"), ["multi-several-api", "yes", "-", "0", "0", "0"]);
    assert_eq!(report["good"], true);
    assert_eq!(report["documents"].as_array().unwrap().len(), 2);
    let warning = &report["documents"][0]["report"]["warnings"][0];
    assert!(warning["message"].as_str().unwrap().contains("#/components/schemas/Gone"), "{warning}");
    assert_eq!(warning["line"], 5);
}

#[test]
fn a_document_is_found_by_a_key_of_its_root() {
    let long = "x".repeat(100_000);
    let paths = format!(r#"{{"a": {{}}, "info": {{"title": "{long}", "version": "1"}}, "paths": {{}}"#);
    let (code, table, report) = corpus(
        |folder| {
            write(folder, "last.json", format!(r#"{paths}, "swagger": "2.0"}}"#).as_bytes());
            write(folder, "last.yaml", format!("# {long}\n{GOOD}").as_bytes());
            write(folder, "package.json", br#"{"dependencies": {"swagger": "1.0.0"}}"#);
        },
        &[],
    );
    assert_eq!(code, Some(0), "{table}");
    let names: Vec<_> =
        report["documents"].as_array().unwrap().iter().map(|document| &document["name"]).collect();
    assert_eq!(names, ["last", "last-2"]);
}

#[test]
fn a_failed_document_fails_the_run() {
    let (code, table, report) = corpus(
        |folder| {
            write(folder, "good.yaml", GOOD.as_bytes());
            write(folder, "bad.yaml", b"openapi: 3.0.3\npaths: [\n");
        },
        &[],
    );
    assert_eq!(code, Some(1), "{table}");
    assert_eq!(row(&table, "bad")[..3], ["bad", "no", "-"]);
    assert!(table.contains("not generated: 1 errors; invalid YAML"), "{table}");
    assert_eq!(
        (&report["good"], &report["documents"][0]["generated"]),
        (&Value::Bool(false), &Value::Bool(false))
    );
}

#[test]
fn a_document_that_takes_too_long_is_stopped() {
    let (code, table, _) = corpus(|folder| write(folder, "good.yaml", GOOD.as_bytes()), &["--limit", "0"]);
    assert_eq!(code, Some(1));
    assert!(table.contains("not generated: timed out"), "{table}");
}

#[test]
fn a_manifest_selects_the_documents() {
    let (code, table, report) = corpus(
        |folder| {
            write(folder, "MANIFEST.tsv", b"name\tfile\nfirst\tdeep/first.yaml\n");
            write(folder, "deep/first.yaml", GOOD.as_bytes());
            write(folder, "second.yaml", GOOD.as_bytes());
        },
        &["--only", "first"],
    );
    assert_eq!(code, Some(0), "{table}");
    let names: Vec<_> =
        report["documents"].as_array().unwrap().iter().map(|document| &document["name"]).collect();
    assert_eq!(names, ["first"]);
}
