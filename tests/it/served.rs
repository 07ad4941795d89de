//! The emitted client and the fake server: for each operation of a document, the client sends values that are valid for it,
//! over HTTP on loopback. The server accepts each request with the same values, and each response is decoded, and encoded as what
//! the server sent.
//!
//! `SERVED_SEEDS=0..200` or `SERVED_SEEDS=7,12` selects other random documents than the default ones, and `SERVED_DOCUMENT=FILE` adds a document.

mod calls;
mod document;
mod package;
mod verdict;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use self::document::Document;
use self::verdict::Verdict;
use crate::project;

/// The number of random documents.
const RANDOM: std::ops::Range<u64> = 0..24;
/// The rounds of calls: with all parameters, and with the required ones only.
const ROUNDS: u64 = 2;

/// Makes all calls of the documents, and fails if the client and the server disagree about one.
fn agree(name: &str, documents: &[Document]) -> Verdict {
    let calls: Vec<_> =
        documents.iter().enumerate().flat_map(|(index, document)| calls::of(index, document)).collect();
    let package = package::Package::new(name, documents, &calls);
    let served: Vec<_> = documents.iter().map(Document::serve).collect();
    let outcomes = package.run(documents, &served, &calls, ROUNDS);
    let verdict = Verdict::of(documents, &served, &calls, &outcomes);
    println!("{name}: {} documents, {verdict}", documents.len());
    assert!(
        verdict.disagreements.is_empty(),
        "{name}: {} disagreements, {verdict}\n{}",
        verdict.disagreements.len(),
        verdict.disagreements.join("\n\n")
    );
    verdict
}

#[test]
fn random_documents_agree() {
    let given = std::env::var("SERVED_SEEDS").unwrap_or_default();
    let number = |text: &str| text.parse::<u64>().expect("a seed");
    let seeds: Vec<u64> = match given.split_once("..") {
        Some((first, end)) => (number(first)..number(end)).collect(),
        None if given.is_empty() => RANDOM.collect(),
        None => given.split(',').map(number).collect(),
    };
    let documents: Vec<_> = seeds
        .into_iter()
        .map(|seed| Document::new(&format!("seed_{seed}"), ::random::valid(seed), seed))
        .collect();
    let count = documents.len();
    let verdict = agree("served-random", &documents);
    assert!(verdict.agreed > count, "too few calls were made: {verdict}");
}

#[test]
fn fixtures_agree() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let documents = ["responses", "swagger", "awkward"].map(|name| {
        let text = std::fs::read_to_string(fixtures.join(format!("{name}.yaml"))).unwrap();
        let tree: Value = serde_yaml::from_str(&text).unwrap();
        Document::new(name, tree, 0)
    });
    agree("served-fixtures", &documents);
}

/// The document of the environment variable: `SERVED_DOCUMENT=api.yaml`.
#[test]
fn a_given_document_agrees() {
    let Some(path) = std::env::var_os("SERVED_DOCUMENT") else {
        println!("skipped: SERVED_DOCUMENT is not set");
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let tree: Value = serde_yaml::from_str(&text).unwrap();
    agree("served-document", &[Document::new("given", tree, 0)]);
}

/// The program stops with the test.
struct Served(std::process::Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Swagger 2.0 in several files, with an overlay.
#[test]
fn the_command_serves_what_generate_reads() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "api.yaml",
        "swagger: '2.0'\ninfo: {title: Books, version: '1'}\nbasePath: /v1\nproduces: [application/json]\npaths:\n  /books/{id}:\n    \
         get:\n      parameters: [{name: id, in: path, required: true, type: integer}]\n      \
         responses: {'200': {description: A book., schema: {$ref: 'book.yaml'}}}\n",
    );
    write("book.yaml", "type: object\nrequired: [title]\nproperties: {title: {type: string}}\n");
    write(
        "fix.yaml",
        "overlay: 1.0.0\ninfo: {title: Fix, version: '1'}\nactions:\n- target: $.paths['/books/{id}'].get.responses['200']\n  \
         update: {examples: {application/json: {title: Emma}}}\n",
    );
    let mut command = project::clientwright(folder.path());
    command
        .args(["serve", "api.yaml", "--overlay", "fix.yaml"])
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit());
    let mut served = Served(command.spawn().unwrap());
    let mut lines = BufReader::new(served.0.stdout.take().unwrap()).lines().map(Result::unwrap);
    let url = lines.next().unwrap();
    let get = |path: &str| {
        let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap()).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    };
    let response = get("/v1/books/7");
    assert!(
        response.starts_with("HTTP/1.1 200 OK") && response.ends_with(r#"{"title":"Emma"}"#),
        "{response}"
    );
    assert_eq!(lines.next().unwrap(), "GET /v1/books/7 200");
    assert!(get("/books/seven").starts_with("HTTP/1.1 400 Bad Request"));
    assert_eq!(lines.next().unwrap(), "GET /books/seven 400");
    let problem = lines.next().unwrap();
    assert!(problem.starts_with("  /path/id: \"seven\" is not of type \"integer\""), "{problem}");
}
