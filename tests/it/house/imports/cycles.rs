//! Cycles of files and of folders, and imports from a file above.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::edges::Edges;
use super::source::{Module, Source};

/// The files or folders that each file or folder uses.
type Graph<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// Describes every problem.
pub(super) fn problems(source: &Source, edges: &Edges) -> Vec<String> {
    let uses = uses(source, edges);
    let mut problems = cycles_of_files(&uses);
    problems.extend(cycles_of_folders(source, &uses));
    problems.extend(upward(source, edges));
    problems
}

/// The items that one file uses of another.
struct Use<'a> {
    from: &'a str,
    to: &'a str,
    names: BTreeSet<&'a str>,
}

impl Use<'_> {
    fn describe(&self, text: &mut String) {
        let names: Vec<_> = self.names.iter().copied().collect();
        let _ = write!(text, "\n  {} uses {} of {}", self.from, names.join(", "), self.to);
    }
}

fn uses<'a>(source: &'a Source, edges: &'a Edges) -> Vec<Use<'a>> {
    let mut uses: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for ((from, to), names) in edges {
        let ends = (source.modules[*from].file.as_str(), source.modules[*to].file.as_str());
        uses.entry(ends).or_default().extend(names.iter().map(String::as_str));
    }
    uses.into_iter().map(|((from, to), names)| Use { from, to, names }).collect()
}

fn cycles_of_files(uses: &[Use<'_>]) -> Vec<String> {
    let mut graph = Graph::new();
    for one in uses {
        graph.entry(one.from).or_default().insert(one.to);
    }
    let describe = |cycle: &BTreeSet<&str>| {
        let mut text = format!("{} files use each other in a cycle:", cycle.len());
        let inner = uses.iter().filter(|one| cycle.contains(one.from) && cycle.contains(one.to));
        inner.for_each(|one| one.describe(&mut text));
        text
    };
    cycles(&graph).iter().map(describe).collect()
}

/// Checks the files and folders of each folder. A folder uses everything that its files use.
fn cycles_of_folders(source: &Source, uses: &[Use<'_>]) -> Vec<String> {
    let locations = locations(source);
    let folders: BTreeSet<&[String]> =
        locations.values().flat_map(|path| (0..path.len()).map(|depth| &path[..depth])).collect();
    let mut problems = Vec::new();
    for folder in folders {
        let child = |file: &str| {
            let (name, rest) = locations[file].strip_prefix(folder)?.split_first()?;
            Some((name.as_str(), rest.is_empty()))
        };
        let mut graph = Graph::new();
        let mut whole_folders = BTreeSet::new();
        for one in uses {
            let (Some((from, from_file)), Some((to, to_file))) = (child(one.from), child(one.to)) else {
                continue;
            };
            graph.entry(from).or_default().insert(to);
            whole_folders.extend((!from_file).then_some(from));
            whole_folders.extend((!to_file).then_some(to));
        }
        for cycle in cycles(&graph) {
            // A cycle of files alone is already reported.
            if cycle.is_disjoint(&whole_folders) {
                continue;
            }
            let names: Vec<_> = cycle.iter().copied().collect();
            let location = if folder.is_empty() { "the crate".to_owned() } else { folder.join("/") };
            let mut text = format!("in {location}, these use each other in a cycle: {}:", names.join(", "));
            for one in uses {
                let (Some((from, _)), Some((to, _))) = (child(one.from), child(one.to)) else { continue };
                if from != to && cycle.contains(from) && cycle.contains(to) {
                    one.describe(&mut text);
                }
            }
            problems.push(text);
        }
    }
    problems
}

/// Returns the location of each file. The file of a module with child files is in their folder, like `mod.rs`.
fn locations(source: &Source) -> BTreeMap<&str, Vec<String>> {
    let mut locations = BTreeMap::new();
    for module in &source.modules {
        let begins = module.parent.is_none_or(|parent| source.modules[parent].file != module.file);
        if begins {
            let below = |other: &Module| other.file != module.file && other.path.starts_with(&module.path);
            let mut location = module.path.clone();
            if source.modules.iter().any(below) || module.file.ends_with("/mod.rs") || location.is_empty() {
                location.push(module.file.rsplit('/').next().unwrap_or_default().to_owned());
            }
            locations.insert(module.file.as_str(), location);
        }
    }
    locations
}

fn upward(source: &Source, edges: &Edges) -> Vec<String> {
    let mut found: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for ((from, to), names) in edges {
        let (from, to) = (&source.modules[*from], &source.modules[*to]);
        if from.path.len() > to.path.len() && from.path.starts_with(&to.path) {
            let ends = (from.file.as_str(), to.file.as_str());
            found.entry(ends).or_default().extend(names.iter().map(String::as_str));
        }
    }
    let describe = |((from, to), names): ((&str, &str), BTreeSet<&str>)| {
        let names: Vec<_> = names.into_iter().collect();
        format!("{from} uses {}, which {to} defines above it", names.join(", "))
    };
    found.into_iter().map(describe).collect()
}

/// Returns the sets of nodes that reach each other.
fn cycles<'a>(graph: &Graph<'a>) -> Vec<BTreeSet<&'a str>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        graph.keys().map(|start| (*start, reachable(graph, start))).collect();
    let mut cycles = Vec::new();
    let mut visited = BTreeSet::new();
    for (start, reached_from) in &reached {
        if visited.contains(start) {
            continue;
        }
        let mut cycle: BTreeSet<_> = reached_from
            .iter()
            .copied()
            .filter(|other| reached.get(other).is_some_and(|back| back.contains(start)))
            .collect();
        cycle.insert(start);
        if cycle.len() > 1 {
            visited.extend(cycle.iter().copied());
            cycles.push(cycle);
        }
    }
    cycles
}

fn reachable<'a>(graph: &Graph<'a>, start: &str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = vec![start];
    while let Some(next) = open.pop() {
        for other in graph.get(next).into_iter().flatten() {
            if found.insert(*other) {
                open.push(other);
            }
        }
    }
    found
}
