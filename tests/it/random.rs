//! Random documents: what must hold for any, and what is made of those without mistakes.
//!
//! `RANDOM_SEEDS=100..900` tries others than the usual ones; a failure names its seed.

mod compiled;
mod found;
mod json;
mod laws;
mod regressions;

use std::ops::Range;

use self::laws::Laws;

/// A seed of the documents that only are looked at, and one of those that are compiled.
const LOOKED_AT: Range<u64> = 0..100;
const COMPILED: Range<u64> = 0..30;

/// The seeds that the environment asks for, or the usual ones.
fn seeds(usual: Range<u64>) -> Range<u64> {
    let Ok(asked) = std::env::var("RANDOM_SEEDS") else { return usual };
    let (first, end) = asked.split_once("..").expect("RANDOM_SEEDS is written as 100..900");
    first.parse().expect("the first seed")..end.parse().expect("the seed behind the last one")
}

#[test]
fn valid_documents_keep_the_laws() {
    let laws = Laws::new();
    each(seeds(LOOKED_AT), |seed| laws.check_valid(&::random::valid(seed).to_string()));
}

#[test]
fn hostile_documents_keep_the_laws() {
    let laws = Laws::new();
    each(seeds(LOOKED_AT), |seed| laws.check(&::random::hostile(&::random::bytes(seed)).to_string()));
}

/// A document that is made of nothing, and one that is made of the same choice again and again.
#[test]
fn few_bytes_make_a_document_too() {
    let laws = Laws::new();
    for bytes in [&[][..], &[0], &[0xff; 64], &[7; 600]] {
        laws.check(&::random::document(bytes).to_string()).unwrap_or_else(|broken| panic!("{broken}"));
        laws.check(&::random::hostile(bytes).to_string()).unwrap_or_else(|broken| panic!("{broken}"));
    }
}

/// Tries each seed, and tells of all that break something.
fn each(seeds: Range<u64>, check: impl Fn(u64) -> Result<(), String>) {
    let broken: Vec<_> =
        seeds.filter_map(|seed| check(seed).err().map(|problem| format!("seed {seed}: {problem}"))).collect();
    assert!(broken.is_empty(), "{} seeds:\n{}", broken.len(), broken.join("\n\n"));
}
