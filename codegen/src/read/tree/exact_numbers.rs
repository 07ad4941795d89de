//! Restores the digits of numbers that the tree doesn't hold as they are written.

use serde_json::{Number, Value};

use super::document::Document;
use super::file::ParsedFile;
use crate::base::digits;
use crate::base::node_path::NodePath;

/// The keys whose values, or values inside them, are numbers that are emitted, or may be meant as strings.
const KEYS: [&str; 9] = [
    "const",
    "default",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maximum",
    "minimum",
    "multipleOf",
    "version",
];

impl Document<'_> {
    /// Replaces the numbers in a copy of the tree, or of a part of it, by their digits, where these matter. Returns
    /// whether there are any.
    pub(crate) fn restore_digits(&self, tree: &mut Value) -> bool {
        let find = |at: &NodePath<'_>, number: &Number| self.other_number(at, number);
        self.has_other_numbers() && restore(&NodePath::Root, tree, &KEYS, &find)
    }
}

impl ParsedFile<'_> {
    /// Replaces all numbers in a copy of the tree, or of a part of it, by their digits.
    pub(crate) fn restore_digits(&self, tree: &mut Value) {
        let find = |at: &NodePath<'_>, number: &Number| {
            let written = || self.number(&at.to_pointer(), number).map(str::to_owned);
            self.may_have(number).then(written).flatten()
        };
        restore(&NodePath::Root, tree, &[], &find);
    }
}

/// Replaces numbers below the keys, or all numbers if there are no keys.
fn restore(
    at: &NodePath<'_>,
    value: &mut Value,
    keys: &[&str],
    find: &dyn Fn(&NodePath<'_>, &Number) -> Option<String>,
) -> bool {
    let mut is_changed = false;
    match value {
        Value::Number(number) if keys.is_empty() => {
            if let Some(written) = find(at, number) {
                *value = digits::marked(&written);
                is_changed = true;
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                is_changed |= restore(&NodePath::Index(at, index), item, keys, find);
            }
        }
        Value::Object(entries) => {
            for (key, value) in entries.iter_mut() {
                let is_extension = key.starts_with("x-") && !keys.is_empty();
                let keys = if keys.contains(&key.as_str()) { &[] } else { keys };
                is_changed |= !is_extension && restore(&NodePath::Key(at, key), value, keys, find);
            }
        }
        _ => {}
    }
    is_changed
}
