//! Schemas with a discriminator that other schemas build on by `allOf`. A value of such a schema is of one of these.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use openapiv3::{Discriminator, OpenAPI, ReferenceOr, Schema};

use super::reference::{SCHEMAS, key_in, key_of};
use super::view::View;

/// The maximum number of components that build on each other. Each of them has the properties of all below it, so that
/// their number would grow with the square of the document.
pub(in crate::lower) const MAX_DEPTH: usize = 64;

/// The schemas that build on a component.
pub(in crate::lower) struct Family<'a> {
    /// The discriminator of the component, or of one that it builds on.
    pub(in crate::lower) discriminator: &'a Discriminator,
    /// The key of the component that declares the discriminator.
    pub(in crate::lower) declared_by: String,
    /// The component itself, and those that it builds on.
    pub(in crate::lower) ancestors: Vec<String>,
    /// The components that build on it, directly or not.
    pub(in crate::lower) members: Vec<String>,
}

/// Finds all families, by the key of the component.
pub(in crate::lower) fn families(openapi: &OpenAPI) -> IndexMap<String, Family<'_>> {
    let schemas = openapi.components.iter().flat_map(|components| &components.schemas);
    let schemas: IndexMap<&str, &Schema> =
        schemas.filter_map(|(key, schema)| Some((key.as_str(), schema.as_item()?))).collect();
    let bases: HashMap<&str, Vec<String>> =
        schemas.iter().map(|(key, schema)| (*key, bases(&View::new(schema)))).collect();
    let mut children: HashMap<&str, Vec<String>> = HashMap::new();
    for key in schemas.keys() {
        for base in &bases[key] {
            children.entry(base).or_default().push((*key).to_owned());
        }
    }
    let is_needed = schemas.values().any(|schema| View::new(schema).data.discriminator.is_some());
    let family = |key: &&str| {
        let ancestors = closure(key, &bases);
        let own = |key: &String| {
            let view = View::new(schemas.get(key.as_str())?);
            view.data.discriminator.as_ref().filter(|_| !view.is_union()).map(|by| (key.clone(), by))
        };
        let is_union = View::new(schemas.get(*key)?).is_union();
        let (declared_by, discriminator) = ancestors.iter().find_map(own).filter(|_| !is_union)?;
        let mut members: Vec<String> = closure(key, &children).split_off(1);
        if declared_by == **key && !has_branches(&View::new(schemas.get(*key)?)) {
            // A mapped schema is a choice, even if it doesn't build on the component.
            let known: HashSet<String> = members.iter().chain(&ancestors).cloned().collect();
            for key in discriminator.mapping.values().map(|target| key_of(target)) {
                let is_new = !known.contains(&key) && !members.contains(&key);
                if is_new && schemas.contains_key(key.as_str()) {
                    members.push(key);
                }
            }
        }
        let family = Family { discriminator, declared_by, ancestors, members };
        (!family.members.is_empty()).then(|| ((*key).to_owned(), family))
    };
    if is_needed { schemas.keys().filter_map(family).collect() } else { IndexMap::new() }
}

/// Whether a schema lists its own alternatives.
fn has_branches(view: &View<'_>) -> bool {
    !view.one_of.is_empty() || !view.any_of.is_empty()
}

/// The components that a schema builds on.
fn bases(view: &View<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for member in view.all_of {
        match member {
            ReferenceOr::Reference { reference } => found.extend(key_in(SCHEMAS, reference)),
            ReferenceOr::Item(member) => found.extend(bases(&View::new(member))),
        }
    }
    found
}

/// A component, and those that are reached from it in at most [`MAX_DEPTH`] steps, the nearest first.
fn closure(key: &str, next: &HashMap<&str, Vec<String>>) -> Vec<String> {
    let mut found = vec![key.to_owned()];
    let mut seen: HashSet<String> = found.iter().cloned().collect();
    let mut at = 0;
    for _ in 0..MAX_DEPTH {
        let end = found.len();
        while at < end {
            let new = found.get(at).and_then(|key| next.get(key.as_str())).into_iter().flatten();
            let new: Vec<String> = new.filter(|key| seen.insert((*key).clone())).cloned().collect();
            found.extend(new);
            at += 1;
        }
    }
    found
}
