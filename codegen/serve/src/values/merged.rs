//! The keywords of all schemas that apply to one value.

use serde_json::Value;

use crate::schema::kinds::{Kinds, own};
use crate::schema::tree::{entries, items};

/// The keywords of all schemas that apply to one value.
#[derive(Debug)]
pub(super) struct Merged<'s> {
    pub(super) kinds: Kinds,
    /// The schemas, each without its subschemas.
    pub(super) schemas: Vec<&'s Value>,
    /// The values of discriminators.
    pub(super) tags: Vec<(&'s str, &'s str)>,
}

impl<'s> Merged<'s> {
    pub(super) fn new() -> Self {
        Self { kinds: Kinds::ALL, schemas: Vec::new(), tags: Vec::new() }
    }

    /// Adds the keywords of a schema. Returns false if no value has the types of all.
    pub(super) fn add(&mut self, schema: &'s Value) -> bool {
        self.schemas.push(schema);
        self.kinds = self.kinds.and(own(schema));
        !self.kinds.is_empty()
    }

    /// Returns the values of a keyword.
    pub(super) fn all(&self, key: &'s str) -> impl Iterator<Item = &'s Value> {
        self.schemas.iter().filter_map(move |schema| schema.get(key))
    }

    pub(super) fn first_text(&self, key: &'s str) -> Option<&'s str> {
        self.all(key).find_map(Value::as_str)
    }

    /// Returns the largest value of a keyword that is a number of items or characters.
    pub(super) fn at_least(&self, key: &'s str) -> usize {
        let values = self.all(key).filter_map(Value::as_u64).max().unwrap_or_default();
        usize::try_from(values).unwrap_or(usize::MAX)
    }

    /// Returns the smallest value of a keyword that is a number of items or characters.
    pub(super) fn at_most(&self, key: &'s str) -> Option<usize> {
        let value = self.all(key).filter_map(Value::as_u64).min()?;
        Some(usize::try_from(value).unwrap_or(usize::MAX))
    }

    /// Returns the schemas of each declared property.
    pub(super) fn properties(&self) -> Vec<(&'s str, Vec<&'s Value>)> {
        let mut all: Vec<(&str, Vec<&Value>)> = Vec::new();
        for (name, property) in self.schemas.iter().flat_map(|schema| entries(schema, "properties")) {
            match all.iter_mut().find(|(own, _)| own == name) {
                Some((_, schemas)) => schemas.push(property),
                None => all.push((name, vec![property])),
            }
        }
        all
    }

    /// Returns the names of required properties.
    pub(super) fn required(&self) -> Vec<&'s str> {
        let names = self.schemas.iter().flat_map(|schema| items(schema, "required"));
        names.filter_map(Value::as_str).collect()
    }

    /// Returns the values that enums and constants allow; `None` if there are no such keywords.
    pub(super) fn listed(&self) -> Option<Vec<&'s Value>> {
        let constants = self.all("const").map(|value| vec![value]);
        let enums = self.schemas.iter().filter(|schema| schema.get("enum").is_some());
        let lists: Vec<Vec<_>> =
            constants.chain(enums.map(|schema| items(schema, "enum").collect())).collect();
        let (first, others) = lists.split_first()?;
        let in_all = |value: &&&Value| others.iter().all(|list| list.contains(*value));
        Some(first.iter().filter(in_all).copied().collect())
    }
}
