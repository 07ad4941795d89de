//! Circles of files and of folders, and imports of what is above.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::arrows::Arrows;
use super::source::{Module, Source};

/// Who uses whom.
type Graph<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// Everything that is wrong, in words.
pub(super) fn problems(source: &Source, arrows: &Arrows) -> Vec<String> {
    let uses = uses(source, arrows);
    let mut problems = circles_of_files(&uses);
    problems.extend(circles_of_folders(source, &uses));
    problems.extend(upward(source, arrows));
    problems
}

/// One file's use of another.
struct Use<'a> {
    from: &'a str,
    to: &'a str,
    names: BTreeSet<&'a str>,
}

impl Use<'_> {
    fn tell(&self, text: &mut String) {
        let names: Vec<_> = self.names.iter().copied().collect();
        let _ = write!(text, "\n  {} uses {} of {}", self.from, names.join(", "), self.to);
    }
}

fn uses<'a>(source: &'a Source, arrows: &'a Arrows) -> Vec<Use<'a>> {
    let mut uses: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for ((from, to), names) in arrows {
        let ends = (source.modules[*from].file.as_str(), source.modules[*to].file.as_str());
        uses.entry(ends).or_default().extend(names.iter().map(String::as_str));
    }
    uses.into_iter().map(|((from, to), names)| Use { from, to, names }).collect()
}

fn circles_of_files(uses: &[Use<'_>]) -> Vec<String> {
    let mut graph = Graph::new();
    for one in uses {
        graph.entry(one.from).or_default().insert(one.to);
    }
    let tell = |circle: &BTreeSet<&str>| {
        let mut text = format!("{} files use each other in a circle:", circle.len());
        let inner = uses.iter().filter(|one| circle.contains(one.from) && circle.contains(one.to));
        inner.for_each(|one| one.tell(&mut text));
        text
    };
    circles(&graph).iter().map(tell).collect()
}

/// Looks at the files and folders of each folder; a folder uses what anything in it uses.
fn circles_of_folders(source: &Source, uses: &[Use<'_>]) -> Vec<String> {
    let places = places(source);
    let folders: BTreeSet<&[String]> =
        places.values().flat_map(|place| (0..place.len()).map(|depth| &place[..depth])).collect();
    let mut problems = Vec::new();
    for folder in folders {
        let child = |file: &str| {
            let (name, rest) = places[file].strip_prefix(folder)?.split_first()?;
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
        for circle in circles(&graph) {
            // A circle of files alone is told already.
            if circle.is_disjoint(&whole_folders) {
                continue;
            }
            let names: Vec<_> = circle.iter().copied().collect();
            let place = if folder.is_empty() { "the crate".to_owned() } else { folder.join("/") };
            let mut text = format!("in {place}, these use each other in a circle: {}:", names.join(", "));
            for one in uses {
                let (Some((from, _)), Some((to, _))) = (child(one.from), child(one.to)) else { continue };
                if from != to && circle.contains(from) && circle.contains(to) {
                    one.tell(&mut text);
                }
            }
            problems.push(text);
        }
    }
    problems
}

/// Where each file stands: that of a module with others in files below it stands in their folder, as `mod.rs` does.
fn places(source: &Source) -> BTreeMap<&str, Vec<String>> {
    let mut places = BTreeMap::new();
    for module in &source.modules {
        let begins = module.parent.is_none_or(|parent| source.modules[parent].file != module.file);
        if begins {
            let below = |other: &Module| other.file != module.file && other.path.starts_with(&module.path);
            let mut place = module.path.clone();
            if source.modules.iter().any(below) || module.file.ends_with("/mod.rs") || place.is_empty() {
                place.push(module.file.rsplit('/').next().unwrap_or_default().to_owned());
            }
            places.insert(module.file.as_str(), place);
        }
    }
    places
}

fn upward(source: &Source, arrows: &Arrows) -> Vec<String> {
    let mut found: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for ((from, to), names) in arrows {
        let (from, to) = (&source.modules[*from], &source.modules[*to]);
        if from.path.len() > to.path.len() && from.path.starts_with(&to.path) {
            let ends = (from.file.as_str(), to.file.as_str());
            found.entry(ends).or_default().extend(names.iter().map(String::as_str));
        }
    }
    let tell = |((from, to), names): ((&str, &str), BTreeSet<&str>)| {
        let names: Vec<_> = names.into_iter().collect();
        format!("{from} uses {}, which {to} defines above it", names.join(", "))
    };
    found.into_iter().map(tell).collect()
}

/// The sets of those that lead to each other.
fn circles<'a>(graph: &Graph<'a>) -> Vec<BTreeSet<&'a str>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        graph.keys().map(|start| (*start, reachable(graph, start))).collect();
    let mut circles = Vec::new();
    let mut told = BTreeSet::new();
    for (start, reached_from) in &reached {
        if told.contains(start) {
            continue;
        }
        let mut circle: BTreeSet<_> = reached_from
            .iter()
            .copied()
            .filter(|other| reached.get(other).is_some_and(|back| back.contains(start)))
            .collect();
        circle.insert(start);
        if circle.len() > 1 {
            told.extend(circle.iter().copied());
            circles.push(circle);
        }
    }
    circles
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
