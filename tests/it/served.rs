//! The emitted client and the fake server: for each operation of a document, the client sends values that are valid for it,
//! over HTTP on loopback. The server accepts each request with the same values, and each response is decoded, and encoded as what
//! the server sent.
//!
//! `SERVED_SEEDS=0..200` or `SERVED_SEEDS=7,12` selects other random documents than the default ones, and `SERVED_DOCUMENT=FILE` adds a document.

mod calls;
mod document;
mod package;
mod verdict;

use std::path::Path;

use serde_json::Value;

use self::document::Document;
use self::verdict::Verdict;

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
