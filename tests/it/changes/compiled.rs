//! Compares the verdicts of `diff` with the compiler: code that uses every item of the old crate compiles with the new
//! crate, unless a breaking change is reported.
//!
//! A seed determines how a document changes. `MUTATIONS=500..900` selects other seeds than the default ones. A failure
//! names its seed.

mod compiler;
mod documents;
mod mutations;
mod user;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use codegen::diff::{Change, ChangeKind, Effect, diff};

use self::compiler::{Case, Rejections, path, rejections};
use self::documents::{Base, Mutant, bases, code, mutant};
use self::user::Piece;
use self::verdict::CompiledPiece;
use super::kinds;

/// The seeds of changes that are compiled.
const COMPILED: Range<u64> = 0..500;
/// The seeds of changes that are only compared.
const COMPARED: Range<u64> = 0..500;

/// Returns the seeds of the environment variable, or the default ones.
fn seeds(default: Range<u64>) -> Range<u64> {
    let Ok(range) = std::env::var("MUTATIONS") else { return default };
    let (first, end) = range.split_once("..").expect("MUTATIONS is written as 500..900");
    first.parse().expect("the first seed")..end.parse().expect("the seed after the last one")
}

#[test]
fn the_compiler_agrees_with_the_verdicts() {
    let mut figures = Figures::default();
    let (mut cases, mut comparisons) = (Vec::new(), Vec::new());
    for (index, base) in bases().iter().enumerate() {
        cases.push(case(format!("base_{index}"), base, &base.output));
    }
    for seed in seeds(COMPILED) {
        let mutant = mutant(seed);
        let Ok(output) = &mutant.output else {
            figures.not_generated += 1;
            continue;
        };
        let changes = diff(&mutant.base.output, output);
        figures.count(&changes);
        let module = format!("case_{seed}");
        // Identical code needs no compilation.
        if code(&mutant.base.output) == code(output) {
            figures.same_code += 1;
        } else {
            cases.push(case(module.clone(), mutant.base, output));
        }
        comparisons.push(Comparison { module, name: mutant.name(), pieces: &mutant.base.pieces, changes });
    }
    let rejected = rejections("changes", &cases);
    let of_bases = rejected.iter().filter(|((module, _), _)| module.starts_with("base_"));
    let of_bases: Vec<_> =
        of_bases.map(|((module, _), messages)| format!("{module}: {}", messages[0])).collect();
    assert!(of_bases.is_empty(), "code for a crate doesn't compile with it: {}", of_bases.join("\n"));
    let mut wrong = Vec::new();
    for comparison in &comparisons {
        let pieces = comparison.compiled(&rejected);
        figures.compiled(&pieces);
        wrong.extend(verdict::disagreement(&comparison.name, &comparison.changes, &pieces));
    }
    println!("{figures}");
    assert!(wrong.is_empty(), "{} disagreements:\n{}", wrong.len(), wrong.join("\n"));
}

/// The fixture of each kind of change is compiled, too.
#[test]
fn the_compiler_agrees_with_each_change_kind() {
    let fixtures: Vec<_> = kinds::fixtures().iter().map(kinds::changes).collect();
    let pieces: Vec<_> = fixtures.iter().map(|(old, ..)| user::pieces(&old.api)).collect();
    let (mut cases, mut comparisons) = (Vec::new(), Vec::new());
    for (index, ((_, new, changes), pieces)) in fixtures.into_iter().zip(&pieces).enumerate() {
        let (module, name) = (format!("kind_{index}"), ChangeKind::ALL[index].code().to_owned());
        let code = pieces.iter().map(|piece| piece.code.clone()).collect();
        cases.push(Case {
            files: new.files,
            head: user::head(&path(&module)),
            pieces: code,
            module: module.clone(),
        });
        comparisons.push(Comparison { module, name, pieces, changes });
    }
    let rejected = rejections("kinds", &cases);
    let wrong: Vec<_> = comparisons
        .iter()
        .filter_map(|one| verdict::disagreement(&one.name, &one.changes, &one.compiled(&rejected)))
        .collect();
    assert!(wrong.is_empty(), "{} disagreements:\n{}", wrong.len(), wrong.join("\n"));
}

/// The reported changes of a document, and the code that uses the old crate.
struct Comparison<'a> {
    module: String,
    name: String,
    pieces: &'a [Piece],
    changes: Vec<Change>,
}

impl Comparison<'_> {
    fn compiled<'r>(&'r self, rejected: &'r Rejections) -> Vec<CompiledPiece<'r>> {
        let messages =
            |number| rejected.get(&(self.module.clone(), number)).map(Vec::as_slice).unwrap_or_default();
        self.pieces.iter().enumerate().map(|(number, piece)| (piece, messages(number))).collect()
    }
}

fn case(module: String, old: &Base, new: &codegen::Output) -> Case {
    let pieces = old.pieces.iter().map(|piece| piece.code.clone()).collect();
    Case { files: new.files.clone(), head: user::head(&path(&module)), pieces, module }
}

/// How often each case occurred.
#[derive(Default)]
struct Figures {
    not_generated: usize,
    unchanged: usize,
    same_code: usize,
    accepted: usize,
    rejected: usize,
    pieces: usize,
    rejected_pieces: usize,
    /// The number of documents by their most severe effect.
    effects: BTreeMap<Effect, usize>,
    kinds: BTreeMap<ChangeKind, usize>,
}

impl Figures {
    fn count(&mut self, changes: &[Change]) {
        match changes.iter().map(|change| change.kind.effect()).min() {
            Some(effect) => *self.effects.entry(effect).or_default() += 1,
            None => self.unchanged += 1,
        }
        let kinds: BTreeSet<_> = changes.iter().map(|change| change.kind).collect();
        for kind in kinds {
            *self.kinds.entry(kind).or_default() += 1;
        }
    }

    fn compiled(&mut self, pieces: &[CompiledPiece<'_>]) {
        let rejected = pieces.iter().filter(|(_, messages)| !messages.is_empty()).count();
        self.pieces += pieces.len();
        self.rejected_pieces += rejected;
        if rejected == 0 { self.accepted += 1 } else { self.rejected += 1 }
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            f,
            "rejected by the compiler: {}; accepted: {}, of which the same code: {}",
            self.rejected, self.accepted, self.same_code
        )?;
        writeln!(f, "pieces of code: {}; rejected of them: {}", self.pieces, self.rejected_pieces)?;
        writeln!(f, "nothing generated: {}; no change: {}", self.not_generated, self.unchanged)?;
        for (effect, count) in &self.effects {
            writeln!(f, "{} ({}): {count}", effect.name(), effect.verdict())?;
        }
        for (kind, count) in &self.kinds {
            writeln!(f, "  {}: {count}", kind.code())?;
        }
        let never = ChangeKind::ALL.iter().filter(|kind| !self.kinds.contains_key(kind));
        let never: Vec<_> = never.map(|kind| kind.code()).collect();
        writeln!(f, "never reported: {}", never.join(", "))
    }
}

/// Without the compiler: a document has no changes to itself, each difference of emitted code is reported, and each
/// change points to a node.
#[test]
fn every_difference_of_emitted_code_is_reported() {
    for base in bases() {
        assert_eq!(diff(&base.output, &base.output), [], "{}", base.name);
    }
    let wrong: Vec<_> = seeds(COMPARED).filter_map(|seed| unreported(&mutant(seed))).collect();
    assert!(wrong.is_empty(), "{} mutants:\n{}", wrong.len(), wrong.join("\n"));
}

fn unreported(mutant: &Mutant) -> Option<String> {
    let (old, new) = (&mutant.base.output, mutant.output.as_ref().ok()?);
    let changes = diff(old, new);
    if let Some(change) = diff(new, new).first() {
        return Some(format!("{} has a change to itself: {change}", mutant.name()));
    }
    for change in &changes {
        for (site, output) in [(&change.old, old), (&change.new, new)] {
            let is_missing =
                site.as_ref().is_some_and(|site| output.patched.pointer(&site.pointer.to_path()).is_none());
            if is_missing {
                return Some(format!("{}: {change:?} points to a missing node", mutant.name()));
            }
        }
    }
    let is_unreported = changes.is_empty() && old.files != new.files;
    is_unreported.then(|| format!("{}: no change is reported for\n{}", mutant.name(), difference(old, new)))
}

/// Returns the first lines that differ.
fn difference(old: &codegen::Output, new: &codegen::Output) -> String {
    let lines = |output: &codegen::Output| -> Vec<String> {
        let lines = output.files.iter().flat_map(|file| {
            file.text.lines().map(|line| format!("{}: {line}", file.path)).collect::<Vec<_>>()
        });
        lines.collect()
    };
    let (old, new) = (lines(old), lines(new));
    let differ = old.iter().zip(&new).find(|(old, new)| old != new);
    differ.map_or_else(|| "more or fewer lines".to_owned(), |(old, new)| format!("  - {old}\n  + {new}"))
}
