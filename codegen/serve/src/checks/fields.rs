//! The pairs of a query, a form or cookies.

use serde_json::{Map, Value};

use super::scalar::value_of;
use crate::base::message::decoded;
use crate::schema::kinds::Kinds;
use crate::schema::lookup::{declares, is_map, item_schema, property_schema};

/// The pairs of a query, a form or cookies: decoded names, and values as they were sent.
pub(super) struct Fields<'f> {
    pub(super) pairs: &'f [(String, String)],
    /// The names that belong to other parameters, and those before a bracket.
    pub(super) others: Vec<String>,
    /// The properties that other parameters declare, whose pairs have their names.
    pub(super) claimed: Vec<String>,
}

/// A step from a value to a part of it: a key, an index or an item.
type Path = Vec<String>;

impl<'f> Fields<'f> {
    pub(super) fn first(&self, name: &str) -> Option<&'f str> {
        self.pairs.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Returns the values with a name.
    pub(super) fn all(&self, name: &str) -> Vec<&'f str> {
        self.pairs.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Returns the pairs that are properties of an object.
    pub(super) fn of_object(&self, root: &Value) -> Vec<(&'f str, &'f str)> {
        let takes_others = is_map(root, root);
        let is_other = |name: &str| {
            let base = name.split('[').next().unwrap_or_default();
            self.others.iter().any(|other| other == name || other == base)
        };
        let is_free = |name: &str| takes_others && !self.claimed.iter().any(|claimed| claimed == name);
        let is_own = |name: &str| !is_other(name) && (declares(root, root, name) || is_free(name));
        let own = self.pairs.iter().filter(|(name, _)| is_own(name));
        own.map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// Reads `name[key]=value` at any depth; `None` if there are no such pairs.
    pub(super) fn nested(&self, name: &str, root: &Value, plain: &dyn Fn(&str) -> String) -> Option<Value> {
        let mut leaves: Vec<(Path, String)> = Vec::new();
        for (own, value) in self.pairs {
            let Some(path) = own.strip_prefix(name).and_then(path_of) else { continue };
            leaves.push((path, plain(value)));
        }
        (!leaves.is_empty()).then(|| nested(root, root, &leaves))
    }
}

/// Returns the keys of `[a][b]`.
fn path_of(text: &str) -> Option<Path> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    Some(inner.split("][").map(decoded).collect())
}

fn nested(root: &Value, schema: &Value, leaves: &[(Path, String)]) -> Value {
    if let [(path, text)] = leaves
        && path.is_empty()
    {
        return value_of(root, schema, text);
    }
    let mut children: Vec<(String, Vec<(Path, String)>)> = Vec::new();
    for (path, text) in leaves {
        let Some((key, rest)) = path.split_first() else { continue };
        let leaf = (rest.to_vec(), text.clone());
        match children.iter_mut().find(|(own, _)| own == key) {
            Some((_, leaves)) if !key.is_empty() => leaves.push(leaf),
            _ => children.push((key.clone(), vec![leaf])),
        }
    }
    let is_index =
        |(key, _): &(String, Vec<_>)| key.is_empty() || key.bytes().all(|byte| byte.is_ascii_digit());
    let is_array = Kinds::of(root, schema).has(Kinds::ARRAY);
    if is_array && children.iter().all(is_index) {
        let items = children
            .iter()
            .enumerate()
            .map(|(index, (_, leaves))| nested(root, &item_schema(root, schema, index), leaves));
        return Value::Array(items.collect());
    }
    let entries = children.into_iter().map(|(key, leaves)| {
        let value = nested(root, &property_schema(root, schema, &key), &leaves);
        (key, value)
    });
    Value::Object(entries.collect::<Map<_, _>>())
}
