//! Finds the parts of a description that have no effect: without them, the emitted files, the skipped parts and the
//! diagnostics are the same.
//!
//! Nothing in here knows what the generator does with a part. It removes or changes one part at a time, and generates again.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::base::diagnostic::Diagnostics;
use crate::base::options::Options;
use crate::base::pointer::Pointer;
use crate::grammar::json_type::TYPES;
use crate::grammar::object_kind::ObjectKind;
use crate::grammar::value_kind::{Step, ValueKind};
use crate::output::generator_output::Output;
use crate::pipeline::generate_with;
use crate::read::tree::file::Source;

/// A key of an object of the standard: the object as the standard names it, and the key.
pub type StandardKey = (&'static str, &'static str);

/// The result of [`removals`].
#[derive(Clone, Debug, Default)]
pub struct Removals {
    /// The keys of the standard whose values were removed or changed.
    pub tried: BTreeSet<StandardKey>,
    /// The parts that have no effect.
    pub without_effect: Vec<Pointer>,
}

/// Returns the keys of OpenAPI that have an effect: all but annotations, such as examples.
#[must_use]
pub fn effective_keys() -> BTreeSet<StandardKey> {
    let mut keys = BTreeSet::new();
    let mut kinds = vec![ObjectKind::Root];
    let mut known = Vec::new();
    while let Some(kind) = kinds.pop() {
        if known.contains(&kind) {
            continue;
        }
        known.push(kind);
        let fields = kind.fixed_fields().iter().filter(|(key, _)| has_effect(kind, key));
        for (key, value_kind) in fields {
            keys.insert((kind.with_article(), *key));
            kinds.extend(value_kind.object_kind());
        }
        kinds.extend(kind.patterned_field().and_then(ValueKind::object_kind));
    }
    keys
}

/// Removes or changes each part of a description in turn. Parts without an effect are those without which the result is
/// the same. Generates as often as the description has parts, so it is for small descriptions.
///
/// # Errors
///
/// Returns the diagnostics if the description can't be generated.
pub fn removals(description: &Source, options: &Options<'_>) -> Result<Removals, Diagnostics> {
    let output = generate_with(description, &[], options)?;
    let mut run = Run {
        name: description.name.clone(),
        options,
        whole: fingerprint(&output),
        skipped: output.api.skipped.iter().map(|skipped| skipped.pointer.clone()).collect(),
        tree: output.patched,
        removals: Removals::default(),
    };
    let root = run.tree.clone();
    run.object(ObjectKind::Root, &root, &Pointer::root());
    Ok(run.removals)
}

/// Whether a key of an object may change the result.
fn has_effect(kind: ObjectKind, key: &str) -> bool {
    !kind.unused_keys().contains(&key)
}

struct Run<'o> {
    name: String,
    options: &'o Options<'o>,
    whole: String,
    skipped: Vec<Pointer>,
    tree: Value,
    removals: Removals,
}

impl Run<'_> {
    fn object(&mut self, kind: ObjectKind, value: &Value, at: &Pointer) {
        let Value::Object(entries) = value else { return };
        for (key, child) in entries {
            let at = at.child(key.as_str());
            let fixed = kind.fixed_fields().iter().find(|(name, _)| name == key);
            match (fixed, kind.patterned_field()) {
                (Some((name, value_kind)), _) if has_effect(kind, name) => {
                    self.removals.tried.insert((kind.with_article(), *name));
                    self.value(*value_kind, (name, child), &at);
                }
                (None, Some(value_kind)) if !key.starts_with("x-") => {
                    self.value(value_kind, (key, child), &at)
                }
                _ => {}
            }
        }
    }

    fn value(&mut self, value_kind: ValueKind, (key, value): (&str, &Value), at: &Pointer) {
        // What a skipped part contains is skipped, too.
        if self.skipped.contains(at) {
            return;
        }
        if !self.matters(at, None)
            && !alternatives(key, value).into_iter().any(|other| self.matters(at, Some(other)))
        {
            self.removals.without_effect.push(at.clone());
            return;
        }
        value_kind.each_object(value, &mut |kind, step, value| match step {
            Step::Key(key) => self.value(ValueKind::Object(kind), (key, value), &step.to_pointer(at)),
            Step::Here | Step::Index(_) => self.object(kind, value, &step.to_pointer(at)),
        });
        match (value_kind, value) {
            (ValueKind::Any, Value::Object(entries)) => {
                for (key, entry) in entries {
                    self.value(ValueKind::String, (key, entry), &at.child(key.as_str()));
                }
            }
            (ValueKind::Any | ValueKind::Array | ValueKind::Strings, Value::Array(items)) => {
                let matters = |index: usize| {
                    let others = items.iter().enumerate().filter(|(other, _)| *other != index);
                    json!(others.map(|(_, item)| item.clone()).collect::<Vec<_>>())
                };
                for index in 0..items.len() {
                    if !self.matters(at, Some(matters(index))) {
                        self.removals.without_effect.push(at.index(index));
                    }
                }
            }
            _ => {}
        }
    }

    /// Returns whether the result differs if a node is removed or replaced.
    fn matters(&self, at: &Pointer, replacement: Option<Value>) -> bool {
        let mut tree = self.tree.clone();
        if !replaced(&mut tree, at, replacement) {
            return true;
        }
        let source = Source::new(self.name.as_str(), tree.to_string());
        generate_with(&source, &[], self.options).map_or(true, |output| fingerprint(&output) != self.whole)
    }
}

/// Replaces a node, or removes it. Returns `false` if there is no such node.
fn replaced(tree: &mut Value, at: &Pointer, replacement: Option<Value>) -> bool {
    let (Some(parent), Some(last)) = (at.parent(), at.last()) else { return false };
    let parent = parent.tokens().iter().try_fold(tree, |node, token| match node {
        Value::Object(entries) => entries.get_mut(token),
        Value::Array(items) => items.get_mut(token.parse::<usize>().ok()?),
        _ => None,
    });
    match (parent, replacement) {
        (Some(Value::Object(entries)), Some(value)) => entries.insert(last.to_owned(), value).is_some(),
        (Some(Value::Object(entries)), None) => entries.shift_remove(last).is_some(),
        _ => false,
    }
}

/// Other values of a key, for values that equal the default: their removal changes nothing.
fn alternatives(key: &str, value: &Value) -> Vec<Value> {
    const STYLES: [&str; 7] =
        ["simple", "form", "label", "matrix", "spaceDelimited", "pipeDelimited", "deepObject"];
    match (key, value) {
        (_, Value::Bool(flag)) => vec![json!(!flag)],
        ("type", Value::String(_)) => TYPES.map(|name| json!(name)).to_vec(),
        ("style", Value::String(_)) => STYLES.map(|name| json!(name)).to_vec(),
        (_, Value::String(text)) => vec![json!(format!("{text}x"))],
        (_, Value::Number(number)) => vec![json!(number.as_f64().unwrap_or_default() + 1.0)],
        (_, Value::Array(items)) if !items.is_empty() => vec![json!([])],
        (_, Value::Object(entries)) if !entries.is_empty() => vec![Value::Object(Map::new())],
        _ => Vec::new(),
    }
}

/// Everything that a run says about the description. Indexes in pointers change with the items before, so they are left out.
fn fingerprint(output: &Output) -> String {
    let mut text = String::new();
    for file in &output.files {
        let _ = writeln!(text, "{}\n{}", file.path, file.text);
    }
    let api = &output.api;
    // The README shows these.
    let _ = writeln!(text, "{} {} {} {:?}", api.title, api.version, api.docs, api.access);
    for skipped in &api.skipped {
        let _ = writeln!(text, "{} {}", skipped.pointer, skipped.reason);
    }
    for warning in &output.warnings {
        let _ = writeln!(text, "{} {}", warning.pointer, warning.message);
    }
    text
}
