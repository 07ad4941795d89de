//! Pairs of documents: a base, which is written by hand or random, and its mutation by a seed.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use codegen::{Diagnostics, Mode, Options, Output, Source};
use fastrand::Rng;
use serde_json::Value;

use super::mutations;
use super::user::{self, Piece};

/// The bases that are written by hand.
const WRITTEN: [&str; 4] = ["shop", "feed", "files", "shapes"];
/// The seeds of the random bases.
const RANDOM: std::ops::Range<u64> = 0..6;
/// One of this many mutants has a random base.
const RANDOM_SHARE: u8 = 6;

/// A document before its mutation, with its generated code.
pub(super) struct Base {
    pub(super) name: String,
    document: Value,
    pub(super) output: Output,
    /// Code that uses every item of the generated code.
    pub(super) pieces: Vec<Piece>,
}

/// A document that a seed has changed.
pub(super) struct Mutant {
    pub(super) seed: u64,
    pub(super) base: &'static Base,
    pub(super) how: Vec<String>,
    /// The generated code, or why there is none.
    pub(super) output: Result<Output, Diagnostics>,
}

/// Returns all bases.
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

/// Returns the mutant of a seed.
pub(super) fn mutant(seed: u64) -> Mutant {
    let mut rng = Rng::with_seed(seed);
    let (written, random) = bases().split_at(WRITTEN.len());
    let from = if rng.u8(..RANDOM_SHARE) == 0 { random } else { written };
    let base = &from[rng.usize(..from.len())];
    let mut document = base.document.clone();
    let how = mutations::mutate(&mut document, &mut rng);
    Mutant { seed, base, how, output: generate(&document) }
}

impl Mutant {
    /// Describes it for a failure message.
    pub(super) fn name(&self) -> String {
        format!("seed {} of {}: {}", self.seed, self.base.name, self.how.join("; "))
    }
}

fn generate(document: &Value) -> Result<Output, Diagnostics> {
    let source = Source::new("document.json", document.to_string());
    codegen::generate_with(&source, &[], &Options::new(Mode::Strict))
}

/// Returns the code of an output without comments.
pub(super) fn code(output: &Output) -> BTreeMap<&str, String> {
    let without = |text: &str| -> String {
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.map(|line| format!("{line}\n")).collect()
    };
    output.files.iter().map(|file| (file.path.as_str(), without(&file.text))).collect()
}
