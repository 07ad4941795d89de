//! Costs that grow with a document: what each operation, model, enum or union of a synthetic document costs.
//!
//! A cost is a difference: the figure of a document with a number of parts, minus that of the document without them,
//! divided by the number.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::measure::Measurement;
use super::rounds::Contender;
use super::synthetic::{KINDS, Kind};
use super::table::{Column, Group, Unit, number};

/// The seed of all documents.
const SEED: u64 = 1;
/// The kind that all others are compared with.
const BASELINE: &str = "models of ten fields";

/// The columns of a table of documents.
const COLUMNS: [Column; 6] = [
    Column { name: "wall", unit: Unit::Milliseconds },
    Column { name: "cpu", unit: Unit::Milliseconds },
    Column { name: "peak", unit: Unit::Mebibytes },
    Column { name: "wall each", unit: Unit::Microseconds },
    Column { name: "cpu each", unit: Unit::Microseconds },
    Column { name: "peak each", unit: Unit::Kibibytes },
];

/// A synthetic document.
#[derive(Clone, Debug)]
pub(super) struct SyntheticDocument {
    pub(super) kind: Kind,
    /// The number of parts.
    pub(super) parts: usize,
    pub(super) path: PathBuf,
}

impl SyntheticDocument {
    /// Returns the name of its row.
    pub(super) fn name(&self) -> String {
        #[allow(clippy::cast_precision_loss, reason = "they are few")]
        let parts = self.parts as f64;
        let parts = if parts < 1e3 { parts.to_string() } else { number(parts) };
        format!("{parts} {}", self.kind.name)
    }

    /// Returns the name of a folder for it.
    pub(super) fn folder_name(&self) -> String {
        format!("{}-{}", self.kind.name.replace(' ', "-"), self.parts)
    }
}

/// Writes the documents of all kinds: those without parts, and those of the sizes that `sizes` returns for a kind.
pub(super) fn documents(
    folder: &Path,
    sizes: impl Fn(&Kind) -> Vec<usize>,
) -> io::Result<Vec<SyntheticDocument>> {
    let mut documents = Vec::new();
    for kind in KINDS {
        for parts in [vec![0], sizes(&kind)].concat() {
            let mut document = SyntheticDocument { kind, parts, path: PathBuf::new() };
            document.path = folder.join(document.folder_name()).with_extension("yaml");
            fs::write(&document.path, kind.document(parts, SEED))?;
            documents.push(document);
        }
    }
    Ok(documents)
}

/// Returns the table of documents. `contenders` and `runs` are those of the documents.
pub(super) fn table(
    name: &str,
    documents: &[SyntheticDocument],
    contenders: &[Contender],
    runs: &[Vec<Measurement>],
) -> Group {
    let of_documents: Vec<_> = documents.iter().zip(contenders.iter().zip(runs)).collect();
    let mut group = Group::new(name, &COLUMNS, None);
    group.detail = Some(format!("synthetic documents, seed {SEED}; `each` is without the empty document"));
    for (document, (contender, runs)) in of_documents.iter().filter(|(document, _)| document.parts > 0) {
        let is_empty = |other: &SyntheticDocument| other.kind.name == document.kind.name && other.parts == 0;
        let empty = of_documents.iter().find(|(other, _)| is_empty(other));
        let empty = empty.and_then(|(_, (_, runs))| Measurement::median(runs)).filter(|run| run.succeeded);
        group.rows.push(contender.row(runs, |run| figures(run, empty.as_ref(), document.parts)));
    }
    let smallest = documents.iter().find(|document| document.kind.name == BASELINE && document.parts > 0);
    group.baseline = smallest.map(SyntheticDocument::name);
    compare_sizes(&mut group, documents);
    group
}

fn figures(run: &Measurement, empty: Option<&Measurement>, parts: usize) -> Vec<Option<f64>> {
    #[allow(clippy::cast_precision_loss, reason = "they are few")]
    let parts = parts as f64;
    let all: [fn(&Measurement) -> Option<f64>; 3] = [|run| Some(run.wall), |run| run.cpu, |run| run.peak];
    let each =
        all.map(|figure| figure(run).zip(empty.and_then(figure)).map(|(all, empty)| (all - empty) / parts));
    all.iter().map(|figure| figure(run)).chain(each).collect()
}

/// Adds the ratios of costs in the largest and the smallest document of a kind.
fn compare_sizes(group: &mut Group, documents: &[SyntheticDocument]) {
    for kind in KINDS {
        let mut of_kind: Vec<_> = documents
            .iter()
            .filter(|document| document.kind.name == kind.name && document.parts > 0)
            .collect();
        of_kind.sort_by_key(|document| document.parts);
        let [smallest, .., largest] = &of_kind[..] else { continue };
        for (what, column) in [("cpu", 4), ("peak", 5)] {
            let text = format!("{what} each, {} : {}", largest.name(), smallest.parts);
            group.compare(&text, &largest.name(), &smallest.name(), column);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    fn run(cpu: f64, peak: f64) -> Measurement {
        Measurement {
            wall: cpu,
            cpu: Some(cpu),
            peak: Some(peak),
            memory: Vec::new(),
            succeeded: true,
            stdout: String::new(),
            stderr: String::new(),
        }
    }

    #[test]
    fn each_part_costs_the_difference_to_the_empty_document() {
        let kind = KINDS.into_iter().find(|kind| kind.name == BASELINE).unwrap();
        let document = |parts| SyntheticDocument { kind, parts, path: PathBuf::new() };
        let documents = [0, 10, 40].map(document);
        let contenders =
            documents.each_ref().map(|one| Contender::ours(&one.name(), || Ok(Command::new("x"))));
        let runs = [vec![run(1.0, 100.0)], vec![run(2.0, 200.0)], vec![run(9.0, 500.0)]];
        let group = table("growth", &documents, &contenders, &runs);
        let each: Vec<_> = group.rows.iter().map(|row| (row.figure(4), row.figure(5))).collect();
        assert_eq!(each, [(Some(0.1), Some(10.0)), (Some(0.2), Some(10.0))]);
        let ratios: Vec<_> = group.ratios.iter().map(|(text, ratio)| (&text[..], *ratio)).collect();
        let names = ["cpu each, 40 models of ten fields : 10", "peak each, 40 models of ten fields : 10"];
        assert_eq!(ratios, [(names[0], 2.0), (names[1], 1.0)]);
    }
}
