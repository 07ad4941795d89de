//! Generates objects.

use serde_json::{Map, Value};

use super::generator::Generator;
use super::merged::Merged;
use crate::schema::lookup::resolved;
use crate::schema::tree::{entries, flag};

/// The maximum number of properties, also if the schema requires more.
const MAX_PROPERTIES: usize = 200;

impl<'s> Generator<'s> {
    pub(super) fn object(&mut self, merged: &Merged<'s>, depth: usize) -> Option<Value> {
        let required = merged.required();
        let most = merged.at_most("maxProperties").unwrap_or(usize::MAX);
        let declared = merged.properties();
        let mut object = Map::new();
        for (name, schemas) in &declared {
            let is_required = required.contains(name);
            let is_first = self.wish.plain && object.is_empty();
            let is_wanted = is_required || object.len() < most && (is_first || self.wants(depth));
            if !is_wanted || !is_required && schemas.iter().any(|schema| self.is_unsent(schema)) {
                continue;
            }
            match self.of_all(schemas, depth + 1) {
                Some(value) => drop(object.insert((*name).to_owned(), value)),
                None if is_required => return None,
                None => {}
            }
        }
        for name in required {
            if !object.contains_key(name) {
                let value = self.other(merged, name, depth)?;
                object.insert(name.to_owned(), value);
            }
        }
        for (property, value) in &merged.tags {
            object.insert((*property).to_owned(), Value::from(*value));
        }
        self.add_others(&mut object, merged, &declared, depth);
        Some(Value::Object(object))
    }

    /// Returns whether an optional property is generated.
    fn wants(&mut self, depth: usize) -> bool {
        !Self::is_deep(depth) && !self.chance(4)
    }

    /// Returns whether a property isn't sent in this direction.
    fn is_unsent(&self, schema: &Value) -> bool {
        let keyword = self.wish.direction.unsent();
        let target = resolved(self.root, schema);
        let parts = target.get("allOf").and_then(Value::as_array).into_iter().flatten();
        flag(schema, keyword)
            || flag(target, keyword)
            || parts.into_iter().any(|part| flag(resolved(self.root, part), keyword))
    }

    /// Generates the value of a property that is not declared.
    fn other(&mut self, merged: &Merged<'s>, name: &str, depth: usize) -> Option<Value> {
        let mut schemas: Vec<&'s Value> = merged.all("additionalProperties").collect();
        let patterns = merged.schemas.iter().flat_map(|schema| entries(schema, "patternProperties"));
        // Its name would have to match: this is checked later.
        let patterns = patterns.filter(|(pattern, _)| {
            let literal = pattern.trim_start_matches('^').trim_end_matches('$');
            name.starts_with(literal)
        });
        let patterned: Vec<_> = patterns.map(|(_, schema)| schema).collect();
        if !patterned.is_empty() {
            schemas = patterned;
        }
        self.of_all(&schemas, depth + 1)
    }

    /// Adds properties that are not declared, to a map or where too few are.
    fn add_others(
        &mut self,
        object: &mut Map<String, Value>,
        merged: &Merged<'s>,
        declared: &[(&str, Vec<&Value>)],
        depth: usize,
    ) {
        let least = merged.at_least("minProperties").min(MAX_PROPERTIES);
        let patterns: Vec<_> =
            merged.schemas.iter().flat_map(|schema| entries(schema, "patternProperties")).collect();
        let is_map = merged.all("additionalProperties").any(Value::is_object) || !patterns.is_empty();
        let is_closed = merged.all("additionalProperties").any(|others| *others == Value::Bool(false));
        // An object without properties can't be written as a parameter.
        let is_any = self.wish.plain && declared.is_empty() && !is_closed;
        let is_map = is_any || is_map && (declared.is_empty() || self.chance(3));
        let usual = if is_map && !Self::is_deep(depth) { 1 + self.up_to(1) } else { 0 };
        let most = merged.at_most("maxProperties").unwrap_or(usize::MAX);
        let wanted = least.max(object.len() + usual).min(most);
        for number in 1..=wanted {
            if object.len() >= wanted {
                break;
            }
            let pattern = self.pick(&patterns);
            let (name, value) = if let Some((pattern, schema)) = pattern {
                (self.matching(pattern), self.of_all(&[schema], depth + 1))
            } else {
                let name = format!("key{number}");
                let value = self.other(merged, &name, depth);
                (Some(name), value)
            };
            if let (Some(name), Some(value)) = (name, value) {
                object.entry(name).or_insert(value);
            }
        }
    }
}
