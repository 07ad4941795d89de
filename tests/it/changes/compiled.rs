//! The verdict on changes, held against the compiler: code that uses all of the old crate compiles with the new one,
//! unless a change says that it is refused.
//!
//! Documents are changed by seed. `MUTATIONS=500..900` tries others than the usual ones; a failure names its seed.

mod compiler;
mod documents;
mod mutations;
mod user;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use codegen::diff::{Change, Effect, Kind, diff};

use self::compiler::{Case, Refusals, path, refusals};
use self::documents::{Base, Mutant, bases, code, mutant};
use self::user::Piece;
use self::verdict::Judged;
use super::kinds;

/// Seeds of changes that are compiled, and of those that only are compared.
const COMPILED: Range<u64> = 0..500;
const COMPARED: Range<u64> = 0..500;

/// The seeds that the environment asks for, or the usual ones.
fn seeds(usual: Range<u64>) -> Range<u64> {
    let Ok(asked) = std::env::var("MUTATIONS") else { return usual };
    let (first, end) = asked.split_once("..").expect("MUTATIONS is written as 500..900");
    first.parse().expect("the first seed")..end.parse().expect("the seed behind the last one")
}

#[test]
fn code_compiles_as_the_changes_say() {
    let mut figures = Figures::default();
    let (mut cases, mut told) = (Vec::new(), Vec::new());
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
        // What the compiler says of the same code is known.
        if code(&mutant.base.output) == code(output) {
            figures.same_code += 1;
        } else {
            cases.push(case(module.clone(), mutant.base, output));
        }
        told.push(Told { module, name: mutant.name(), pieces: &mutant.base.pieces, changes });
    }
    let refused = refusals("changes", &cases);
    let of_bases = refused.iter().filter(|((module, _), _)| module.starts_with("base_"));
    let of_bases: Vec<_> =
        of_bases.map(|((module, _), messages)| format!("{module}: {}", messages[0])).collect();
    assert!(of_bases.is_empty(), "code for a crate doesn't compile with it: {}", of_bases.join("\n"));
    let mut wrong = Vec::new();
    for told in &told {
        let judged = told.judged(&refused);
        figures.compiled(&judged);
        wrong.extend(verdict::disagreement(&told.name, &told.changes, &judged));
    }
    println!("{figures}");
    assert!(wrong.is_empty(), "{} disagreements:\n{}", wrong.len(), wrong.join("\n"));
}

/// The fixture of each kind, too: none is judged by words alone.
#[test]
fn each_kind_is_what_the_compiler_says() {
    let fixtures: Vec<_> = kinds::fixtures().iter().map(kinds::changes).collect();
    let pieces: Vec<_> = fixtures.iter().map(|(old, ..)| user::pieces(&old.api)).collect();
    let (mut cases, mut told) = (Vec::new(), Vec::new());
    for (index, ((_, new, changes), pieces)) in fixtures.into_iter().zip(&pieces).enumerate() {
        let (module, name) = (format!("kind_{index}"), Kind::ALL[index].code().to_owned());
        let code = pieces.iter().map(|piece| piece.code.clone()).collect();
        cases.push(Case {
            files: new.files,
            head: user::head(&path(&module)),
            pieces: code,
            module: module.clone(),
        });
        told.push(Told { module, name, pieces, changes });
    }
    let refused = refusals("kinds", &cases);
    let wrong = told
        .iter()
        .filter_map(|told| verdict::disagreement(&told.name, &told.changes, &told.judged(&refused)));
    let wrong: Vec<_> = wrong.collect();
    assert!(wrong.is_empty(), "{} disagreements:\n{}", wrong.len(), wrong.join("\n"));
}

/// What was told of a change, and the code that it is told of.
struct Told<'a> {
    module: String,
    name: String,
    pieces: &'a [Piece],
    changes: Vec<Change>,
}

impl Told<'_> {
    fn judged<'r>(&'r self, refused: &'r Refusals) -> Vec<Judged<'r>> {
        let messages =
            |number| refused.get(&(self.module.clone(), number)).map(Vec::as_slice).unwrap_or_default();
        self.pieces.iter().enumerate().map(|(number, piece)| (piece, messages(number))).collect()
    }
}

fn case(module: String, old: &Base, new: &codegen::Output) -> Case {
    let pieces = old.pieces.iter().map(|piece| piece.code.clone()).collect();
    Case { files: new.files.clone(), head: user::head(&path(&module)), pieces, module }
}

/// How often was met what.
#[derive(Default)]
struct Figures {
    not_generated: usize,
    unchanged: usize,
    same_code: usize,
    accepted: usize,
    refused: usize,
    pieces: usize,
    refused_pieces: usize,
    /// By the most severe effect.
    effects: BTreeMap<Effect, usize>,
    kinds: BTreeMap<Kind, usize>,
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

    fn compiled(&mut self, judged: &[Judged<'_>]) {
        let refused = judged.iter().filter(|(_, messages)| !messages.is_empty()).count();
        self.pieces += judged.len();
        self.refused_pieces += refused;
        if refused == 0 { self.accepted += 1 } else { self.refused += 1 }
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            f,
            "refused by the compiler: {}; accepted: {}, of which the same code: {}",
            self.refused, self.accepted, self.same_code
        )?;
        writeln!(f, "pieces of code: {}; refused of them: {}", self.pieces, self.refused_pieces)?;
        writeln!(f, "nothing generated: {}; no change: {}", self.not_generated, self.unchanged)?;
        for (effect, count) in &self.effects {
            writeln!(f, "{} ({}): {count}", effect.name(), effect.verdict())?;
        }
        for (kind, count) in &self.kinds {
            writeln!(f, "  {}: {count}", kind.code())?;
        }
        let never = Kind::ALL.iter().filter(|kind| !self.kinds.contains_key(kind));
        let never: Vec<_> = never.map(|kind| kind.code()).collect();
        writeln!(f, "never met: {}", never.join(", "))
    }
}

/// What needs no compiler: nothing changes into itself, each difference of what is emitted is told, and each change
/// stands somewhere.
#[test]
fn every_difference_is_told() {
    for base in bases() {
        assert_eq!(diff(&base.output, &base.output), [], "{}", base.name);
    }
    let wrong: Vec<_> = seeds(COMPARED).filter_map(|seed| untold(&mutant(seed))).collect();
    assert!(wrong.is_empty(), "{} mutants:\n{}", wrong.len(), wrong.join("\n"));
}

fn untold(mutant: &Mutant) -> Option<String> {
    let (old, new) = (&mutant.base.output, mutant.output.as_ref().ok()?);
    let changes = diff(old, new);
    if let Some(change) = diff(new, new).first() {
        return Some(format!("{} changes into itself: {change}", mutant.name()));
    }
    for change in &changes {
        for (site, output) in [(&change.old, old), (&change.new, new)] {
            let lost =
                site.as_ref().is_some_and(|site| output.patched.pointer(&site.pointer.to_path()).is_none());
            if lost {
                return Some(format!("{}: {change:?} stands nowhere", mutant.name()));
            }
        }
    }
    let silent = changes.is_empty() && old.files != new.files;
    silent.then(|| format!("{}: nothing is told of\n{}", mutant.name(), difference(old, new)))
}

/// The first lines that differ.
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
