//! Pairs of documents: one of some bases or a random one, and what a seed makes of it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use codegen::{Mode, Options, Output, Report, Source};
use fastrand::Rng;
use serde_json::Value;

use super::mutations;
use super::user::{self, Piece};

/// Those written by hand.
const WRITTEN: [&str; 4] = ["shop", "feed", "files", "shapes"];
/// Seeds of random ones.
const RANDOM: std::ops::Range<u64> = 0..6;
/// One document of so many is a random one.
const EACH: u8 = 6;

/// A document that changes, and what it gives.
pub(super) struct Base {
    pub(super) name: String,
    document: Value,
    pub(super) output: Output,
    /// Code that uses all of it.
    pub(super) pieces: Vec<Piece>,
}

/// What a seed made of a document.
pub(super) struct Mutant {
    pub(super) seed: u64,
    pub(super) base: &'static Base,
    pub(super) how: Vec<String>,
    /// What it gives, or why there is nothing.
    pub(super) output: Result<Output, Report>,
}

/// All documents that change.
pub(super) fn bases() -> &'static [Base] {
    static BASES: LazyLock<Vec<Base>> = LazyLock::new(|| {
        let written = WRITTEN.iter().map(|name| {
            let path =
                Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("it/changes/compiled/bases/{name}.yaml"));
            let text = std::fs::read_to_string(path).unwrap();
            ((*name).to_owned(), serde_yaml::from_str(&text).unwrap())
        });
        let random =
            RANDOM.map(|seed| (format!("random {seed}"), ::random::document(&::random::bytes(seed))));
        written
            .chain(random)
            .map(|(name, document)| {
                let output = generate(&document).unwrap_or_else(|report| panic!("{name}: {report}"));
                let pieces = user::pieces(&output.api);
                Base { name, document, output, pieces }
            })
            .collect()
    });
    &BASES
}

/// What a seed makes.
pub(super) fn mutant(seed: u64) -> Mutant {
    let mut rng = Rng::with_seed(seed);
    let (written, random) = bases().split_at(WRITTEN.len());
    let from = if rng.u8(..EACH) == 0 { random } else { written };
    let base = &from[rng.usize(..from.len())];
    let mut document = base.document.clone();
    let how = mutations::mutate(&mut document, &mut rng);
    Mutant { seed, base, how, output: generate(&document) }
}

impl Mutant {
    /// What it is, for a failure.
    pub(super) fn name(&self) -> String {
        format!("seed {} of {}: {}", self.seed, self.base.name, self.how.join("; "))
    }
}

fn generate(document: &Value) -> Result<Output, Report> {
    let source = Source::new("document.json", document.to_string());
    codegen::generate_with(&source, &[], &Options::new(Mode::Strict))
}

/// The code of an output, without what only people read.
pub(super) fn code(output: &Output) -> BTreeMap<&str, String> {
    let without = |text: &str| -> String {
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.map(|line| format!("{line}\n")).collect()
    };
    output.files.iter().map(|file| (file.path.as_str(), without(&file.text))).collect()
}
