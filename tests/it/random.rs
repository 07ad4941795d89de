//! Random documents: invariants of any document, and crates of valid ones.
//!
//! `RANDOM_SEEDS=100..900` selects other seeds than the default ones. A failure names its seed.

mod compiled;
mod fuzz_inputs;
mod invariants;
mod json;
mod minimized;

use std::ops::Range;

use self::invariants::Invariants;

/// The seeds of documents that are generated but not compiled.
const GENERATED: Range<u64> = 0..100;
/// The seeds of texts in Markdown.
const MARKDOWN: Range<u64> = 0..60;
/// The seeds of documents that are compiled.
const COMPILED: Range<u64> = 0..30;

/// Returns the seeds of the environment variable, or the default ones.
fn seeds(default: Range<u64>) -> Range<u64> {
    let Ok(range) = std::env::var("RANDOM_SEEDS") else { return default };
    let (first, end) = range.split_once("..").expect("RANDOM_SEEDS is written as 100..900");
    first.parse().expect("the first seed")..end.parse().expect("the seed after the last one")
}

#[test]
fn valid_documents_keep_the_invariants() {
    let invariants = Invariants::new();
    each(seeds(GENERATED), |seed| invariants.check_valid(&::random::valid(seed).to_string()));
}

#[test]
fn hostile_documents_keep_the_invariants() {
    let invariants = Invariants::new();
    each(seeds(GENERATED), |seed| invariants.check(&::random::hostile(&::random::bytes(seed)).to_string()));
}

#[test]
fn no_markdown_becomes_markup() {
    let invariants = Invariants::new();
    seeds(MARKDOWN).for_each(|seed| invariants.check_prose(&::random::bytes(seed)));
}

/// Documents from no bytes, and from the same byte many times.
#[test]
fn few_bytes_make_a_document() {
    let invariants = Invariants::new();
    for bytes in [&[][..], &[0], &[0xff; 64], &[7; 600]] {
        invariants.check(&::random::document(bytes).to_string()).unwrap_or_else(|broken| panic!("{broken}"));
        invariants.check(&::random::hostile(bytes).to_string()).unwrap_or_else(|broken| panic!("{broken}"));
    }
}

/// Checks each seed, and reports all that break an invariant.
fn each(seeds: Range<u64>, check: impl Fn(u64) -> Result<(), String>) {
    let broken: Vec<_> =
        seeds.filter_map(|seed| check(seed).err().map(|problem| format!("seed {seed}: {problem}"))).collect();
    assert!(broken.is_empty(), "{} seeds:\n{}", broken.len(), broken.join("\n\n"));
}
