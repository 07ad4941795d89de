//! What becomes of descriptions as time goes by: changes of many kinds, at places that a seed decides.

mod choices;
mod contents;
mod document;
mod operations;
mod parameters;
mod places;
mod properties;
mod schemas;

use fastrand::Rng;
use serde_json::Value;

/// A change: what it is called, and what makes it and says where; nothing where the document has no place for it.
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

/// How many times a change is tried for that finds no place.
const TRIES: usize = 20;

/// Changes a document, once or a few times; says how.
pub(super) fn mutate(document: &mut Value, rng: &mut Rng) -> Vec<String> {
    let all: Vec<Mutation> = ALL.iter().copied().flatten().copied().collect();
    let times = if rng.u8(..6) == 0 { rng.usize(2..4) } else { 1 };
    let mut done = Vec::new();
    for _ in 0..TRIES {
        let (name, make) = all[rng.usize(..all.len())];
        done.extend(make(document, rng).map(|place| format!("{name} {place}")));
        if done.len() == times {
            break;
        }
    }
    done
}

/// One of some things.
fn one<T: Clone>(of: &[T], rng: &mut Rng) -> Option<T> {
    (!of.is_empty()).then(|| of[rng.usize(..of.len())].clone())
}

/// Puts the last of a list, or of an object's entries, before all others, or somewhere between.
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

/// Sets a flag where there is none, and takes it away where there is one.
fn toggle(node: &mut Value, key: &str) {
    match node.get(key) {
        Some(Value::Bool(true)) => node[key] = Value::Bool(false),
        _ => node[key] = Value::Bool(true),
    }
}
