//! Mutations of descriptions as API vendors make them. A seed determines the kind and the node.

mod choices;
mod contents;
mod document;
mod operations;
mod parameters;
mod pointers;
mod properties;
mod schemas;

use fastrand::Rng;
use serde_json::Value;

/// A name, and a function that changes the document and describes where; `None` if no node of the document fits.
type Mutation = (&'static str, fn(&mut Value, &mut Rng) -> Option<String>);

const ALL: [&[Mutation]; 7] = [
    properties::ALL,
    choices::ALL,
    schemas::ALL,
    parameters::ALL,
    contents::ALL,
    operations::ALL,
    document::ALL,
];

/// The maximum number of mutations that are tried.
const TRIES: usize = 20;

/// Changes a document once or a few times, and describes the changes.
pub(super) fn mutate(document: &mut Value, rng: &mut Rng) -> Vec<String> {
    let all: Vec<Mutation> = ALL.iter().copied().flatten().copied().collect();
    let times = if rng.u8(..6) == 0 { rng.usize(2..4) } else { 1 };
    let mut done = Vec::new();
    for _ in 0..TRIES {
        let (name, make) = all[rng.usize(..all.len())];
        done.extend(make(document, rng).map(|node| format!("{name} {node}")));
        if done.len() == times {
            break;
        }
    }
    done
}

/// Returns a random element.
fn one<T: Clone>(of: &[T], rng: &mut Rng) -> Option<T> {
    (!of.is_empty()).then(|| of[rng.usize(..of.len())].clone())
}

/// Moves the last item of an array to a random position, or the first member of an object to the end.
fn shuffle(list: &mut Value, rng: &mut Rng) -> Option<()> {
    match list {
        Value::Array(items) if items.len() > 1 => {
            let item = items.pop()?;
            items.insert(rng.usize(..items.len()), item);
        }
        Value::Object(entries) if entries.len() > 1 => {
            let name = entries.keys().next()?.clone();
            let value = entries.shift_remove(&name)?;
            entries.insert(name, value);
        }
        _ => return None,
    }
    Some(())
}

/// Sets a flag, or clears it if it is set.
fn toggle(node: &mut Value, key: &str) {
    match node.get(key) {
        Some(Value::Bool(true)) => node[key] = Value::Bool(false),
        _ => node[key] = Value::Bool(true),
    }
}
