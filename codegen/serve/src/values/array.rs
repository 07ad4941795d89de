//! Generates arrays.

use serde_json::Value;

use super::generator::Generator;
use super::merged::Merged;
use crate::schema::tree::items;

/// The usual maximum number of items.
const USUAL: usize = 3;
/// The maximum number of items, also if the schema requires more.
const MAX_ITEMS: usize = 1_000;
/// The number of times that an item is generated again if it isn't unique.
const TRIES: usize = 20;

impl<'s> Generator<'s> {
    pub(super) fn array(&mut self, merged: &Merged<'s>, depth: usize) -> Option<Value> {
        let first: Vec<Vec<&'s Value>> = first_items(merged);
        let others: Vec<&'s Value> = merged.all("items").collect();
        let contained = usize::from(merged.all("contains").next().is_some());
        let is_closed = others.contains(&&Value::Bool(false));
        let least = merged.at_least("minItems").max(merged.at_least("minContains")).max(contained);
        let least = least.max(usize::from(self.wish.plain));
        let most = merged.at_most("maxItems").unwrap_or(usize::MAX);
        let usual = if Self::is_deep(depth) { 0 } else { self.up_to(USUAL) };
        let mut count = least.max(usual.max(first.len())).min(most).min(MAX_ITEMS);
        if is_closed {
            count = count.min(first.len());
        }
        let is_unique = merged.all("uniqueItems").any(|value| *value == Value::Bool(true));
        let mut values: Vec<Value> = Vec::new();
        for index in 0..count {
            let mut schemas = first.get(index).cloned().unwrap_or_else(|| others.clone());
            if index >= first.len() && values.len() < merged.at_least("minContains").max(1) {
                schemas.extend(merged.all("contains"));
            }
            match self.item(&schemas, is_unique, &values, depth) {
                Some(value) => values.push(value),
                None if values.len() >= least => break,
                None => return None,
            }
        }
        Some(Value::Array(values))
    }

    fn item(
        &mut self,
        schemas: &[&'s Value],
        is_unique: bool,
        others: &[Value],
        depth: usize,
    ) -> Option<Value> {
        for _ in 0..TRIES {
            let value = self.of_all(schemas, depth + 1)?;
            if !is_unique || !others.contains(&value) {
                return Some(value);
            }
        }
        None
    }
}

/// Returns the schemas of each of the first items.
fn first_items<'s>(merged: &Merged<'s>) -> Vec<Vec<&'s Value>> {
    let mut first: Vec<Vec<&'s Value>> = Vec::new();
    for schema in &merged.schemas {
        for (index, item) in items(schema, "prefixItems").enumerate() {
            match first.get_mut(index) {
                Some(schemas) => schemas.push(item),
                None => first.push(vec![item]),
            }
        }
    }
    first
}
