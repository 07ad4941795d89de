//! The values of a discriminator, by variant.
//!
//! A variant has the values that the mapping gives its schema, else those that its schema allows for the property, else the
//! name of the schema. The name is also valid beside mapped values, unless the mapping has it.
//!
//! A union without a discriminator has an implied one, if its schemas have different constants for one property.

use std::collections::{HashMap, HashSet};

use openapiv3::{AdditionalProperties, Discriminator, ReferenceOr, Schema};
use serde_json::Value;

use crate::base::diagnostic::Findings;
use crate::base::digits;
use crate::base::pointer::Pointer;
use crate::lower::document::families::MAX_DEPTH;
use crate::lower::document::lookup::Document;
use crate::lower::document::reference::key_of;
use crate::lower::document::view::View;
use crate::normalize::normalized_extensions::DEFAULT_MAPPING;

/// A schema that a discriminator selects.
#[derive(Clone)]
pub(in crate::lower) struct Branch<'a> {
    /// The key of the component; `None` for an inline schema.
    pub(in crate::lower) key: Option<String>,
    pub(in crate::lower) schema: Option<&'a ReferenceOr<Schema>>,
}

impl<'a> Branch<'a> {
    pub(in crate::lower) fn new(document: &Document<'a>, branch: &'a ReferenceOr<Schema>) -> Self {
        match branch {
            ReferenceOr::Reference { reference } => {
                let key = final_key(document, &key_of(reference));
                Self { schema: document.schema(&key).map(|component| component.schema), key: Some(key) }
            }
            ReferenceOr::Item(_) => Self { key: None, schema: Some(branch) },
        }
    }
}

/// The values of the variants that one branch gives: one variant for each list. The first value of a list is the one that
/// is written.
pub(in crate::lower) type Tags = Vec<Vec<String>>;

/// What a discriminator says about its branches. Values that several branches declare distinguish none of them.
pub(in crate::lower) struct Selection {
    /// The variants of each branch.
    pub(in crate::lower) tags: Vec<Tags>,
    /// The branch of all other values.
    pub(in crate::lower) default: Option<usize>,
}

impl Selection {
    /// Whether no value selects a branch.
    pub(in crate::lower) fn is_empty(&self) -> bool {
        self.default.is_none() && self.tags.iter().flatten().all(Vec::is_empty)
    }
}

/// Reads a discriminator.
pub(in crate::lower) struct Selector<'s, 'a> {
    pub(in crate::lower) document: &'s Document<'a>,
    pub(in crate::lower) discriminator: &'s Discriminator,
    /// Components whose declarations of the property hold for all branches, and distinguish none.
    pub(in crate::lower) common: Vec<String>,
}

/// The values of a discriminator by branch; `None` if it can't have any. The property may be declared beside the branches.
pub(in crate::lower) fn selection<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
    (discriminator, is_shared): (&'a Discriminator, bool),
    branches: &'a [ReferenceOr<Schema>],
    at: &Pointer,
) -> Option<Selection> {
    let branches: Vec<_> = branches.iter().map(|branch| Branch::new(document, branch)).collect();
    let selector = Selector { document, discriminator, common: Vec::new() };
    let (is_declared, is_open) = selector.is_declared(&branches);
    let is_declared = is_declared || is_shared;
    if !is_declared {
        let property = &discriminator.property_name;
        let message = format!("no schema of the union declares the discriminator property `{property}`");
        let help = "declare it in each schema; values without it are recognized by their shape";
        findings.warning(&at.child("propertyName"), message, help);
    }
    if !is_declared && !is_open {
        return None;
    }
    Some(selector.select(findings, &branches, at)).filter(|selection| !selection.is_empty())
}

/// The property for which each branch has another constant, with these constants; `None` if there is none. Constants that
/// are not strings, or could be read as other values, are left to the shape.
pub(in crate::lower) fn implied<'a>(
    document: &Document<'a>,
    branches: &'a [ReferenceOr<Schema>],
) -> Option<(String, Vec<String>)> {
    let branches: Vec<_> = branches.iter().map(|branch| Branch::new(document, branch)).collect();
    let (first, others) = branches.split_first().filter(|(_, others)| !others.is_empty())?;
    let is_union = |branch: &Branch<'a>| {
        branch
            .schema
            .and_then(|schema| document.item(schema))
            .is_some_and(|schema| View::new(schema).is_union())
    };
    if branches.iter().any(is_union) {
        return None;
    }
    let mut names = Vec::new();
    property_names(document, first, &mut HashSet::new(), &mut names);
    names.into_iter().find_map(|property_name| {
        let discriminator = Discriminator { property_name, ..Discriminator::default() };
        let selector = Selector { document, discriminator: &discriminator, common: Vec::new() };
        let mut constants = Vec::with_capacity(branches.len());
        for branch in std::iter::once(first).chain(others) {
            let [constant] = <[String; 1]>::try_from(selector.declared(branch)).ok()?;
            let is_number = digits::json_number(&constant).is_some_and(|number| number == constant);
            let is_text = !is_number && serde_json::from_str::<Value>(&constant).is_err();
            if !is_text || constants.contains(&constant) {
                return None;
            }
            constants.push(constant);
        }
        Some((discriminator.property_name, constants))
    })
}

/// Collects the names of the properties that a branch declares, also in members of `allOf`.
pub(in crate::lower) fn property_names<'a>(
    document: &Document<'a>,
    branch: &Branch<'a>,
    seen: &mut HashSet<String>,
    names: &mut Vec<String>,
) {
    if branch.key.as_ref().is_some_and(|key| !seen.insert(key.clone())) {
        return;
    }
    let Some(schema) = branch.schema.and_then(|schema| document.item(schema)) else { return };
    let view = View::new(schema);
    names.extend(view.properties.into_iter().flat_map(|properties| properties.keys().cloned()));
    for member in view.all_of {
        property_names(document, &Branch::new(document, member), seen, names);
    }
}

impl<'a> Selector<'_, 'a> {
    /// The values of each branch. `at` is the location of the discriminator.
    pub(in crate::lower) fn select(
        &self,
        findings: &mut Findings,
        branches: &[Branch<'a>],
        at: &Pointer,
    ) -> Selection {
        let mapping = &self.discriminator.mapping;
        let targets = mapping.iter().map(|(tag, target)| (tag, final_key(self.document, &key_of(target))));
        let mut mapped: HashMap<String, Vec<String>> = HashMap::new();
        for (tag, key) in targets {
            mapped.entry(key).or_default().push(tag.clone());
        }
        let declared: Vec<Vec<String>> = branches.iter().map(|branch| self.declared(branch)).collect();
        let shared = shared(&declared);
        let mut taken: HashSet<String> = mapping.keys().cloned().collect();
        let mut tags = Vec::with_capacity(branches.len());
        for (branch, declared) in branches.iter().zip(declared) {
            let mapped = branch.key.as_ref().and_then(|key| mapped.remove(key)).unwrap_or_default();
            let is_allowed = |key: &String| declared.is_empty() || declared.contains(key);
            let name = branch.key.clone().filter(is_allowed);
            let own = declared.iter().filter(|tag| !shared.contains(*tag)).cloned();
            let mut others: Vec<String> = own.chain(name).collect();
            others.retain(|tag| taken.insert(tag.clone()));
            let is_union = self.item(branch.schema).is_some_and(|schema| View::new(schema).is_union());
            let own = if mapped.is_empty() && !is_union {
                others.into_iter().map(|tag| vec![tag]).collect()
            } else if is_union {
                vec![mapped.into_iter().chain(others).collect()]
            } else {
                let mut own: Tags = mapped.into_iter().map(|tag| vec![tag]).collect();
                own.iter_mut().take(1).for_each(|first| first.append(&mut others));
                own
            };
            tags.push(if own.is_empty() { vec![Vec::new()] } else { own });
        }
        self.report_unused(findings, mapped, at);
        let default = self.default(findings, branches, at);
        Selection { tags, default }
    }

    /// Reports mapped schemas that are no branches. Values that name no schema are reported by the checks.
    fn report_unused(&self, findings: &mut Findings, mapped: HashMap<String, Vec<String>>, at: &Pointer) {
        // Other schemas may be mapped for a component that some of them build on.
        if !self.common.is_empty() {
            return;
        }
        let is_known = |key: &String| self.document.schema(key).is_some();
        let mut unused: Vec<_> = mapped.into_keys().filter(is_known).collect();
        unused.sort_unstable();
        for key in unused {
            let message = format!("the discriminator maps to {key:?}, which is not a branch");
            findings.warning(at, message, "add the branch, or remove it from `mapping`");
        }
    }

    /// The branch that `defaultMapping` names.
    fn default(&self, findings: &mut Findings, branches: &[Branch<'a>], at: &Pointer) -> Option<usize> {
        let target = self.discriminator.extensions.get(DEFAULT_MAPPING)?.as_str()?;
        let key = final_key(self.document, &key_of(target));
        let index = branches.iter().position(|branch| branch.key.as_ref() == Some(&key));
        if index.is_none() && self.common.is_empty() {
            let message = format!("`defaultMapping` names {target:?}, which is not a branch");
            findings.warning(at, message, "name the schema of a branch");
        }
        index
    }

    /// Whether any branch declares the property, and whether any allows properties that it doesn't declare.
    pub(in crate::lower) fn is_declared(&self, branches: &[Branch<'a>]) -> (bool, bool) {
        let schemas = || branches.iter().filter_map(|branch| branch.schema);
        let is_declared = schemas().any(|schema| self.declares(schema, &mut HashSet::new(), 0));
        let is_open = schemas().any(|schema| {
            let schema = self.item(Some(schema));
            let additional = schema.and_then(|schema| View::new(schema).additional);
            !matches!(additional, Some(AdditionalProperties::Any(false)))
        });
        (is_declared, is_open)
    }

    fn declares(&self, schema: &'a ReferenceOr<Schema>, seen: &mut HashSet<String>, depth: usize) -> bool {
        let schema = if depth < MAX_DEPTH { self.enter(schema, seen) } else { None };
        let Some(schema) = schema else { return false };
        let view = View::new(schema);
        let property = &self.discriminator.property_name;
        view.properties.is_some_and(|properties| properties.contains_key(property))
            || view
                .all_of
                .iter()
                .chain(view.one_of)
                .chain(view.any_of)
                .any(|part| self.declares(part, seen, depth + 1))
    }

    /// The values that a branch allows for the property.
    pub(in crate::lower) fn declared(&self, branch: &Branch<'a>) -> Vec<String> {
        let mut seen: HashSet<String> = self.common.iter().chain(&branch.key).cloned().collect();
        let schema = self.item(branch.schema);
        schema.map(|schema| self.values(schema, &mut seen, 0)).unwrap_or_default()
    }

    /// The values that a schema allows for the property: its own, else those of a member of `allOf`, else those of all
    /// branches of a union.
    fn values(&self, schema: &'a Schema, seen: &mut HashSet<String>, depth: usize) -> Vec<String> {
        if depth > MAX_DEPTH {
            return Vec::new();
        }
        let view = View::new(schema);
        let property =
            view.properties.and_then(|properties| properties.get(&self.discriminator.property_name));
        let own = property.and_then(|property| self.document.item(property));
        let own = own.map(|schema| texts(&View::new(schema).values())).filter(|values| !values.is_empty());
        if let Some(own) = own {
            return own;
        }
        for member in view.all_of.iter().rev() {
            let values = self.enter(member, seen).map(|schema| self.values(schema, seen, depth + 1));
            if let Some(values) = values.filter(|values| !values.is_empty()) {
                return values;
            }
        }
        if view.is_union() { self.values_of_union(&view, seen, depth) } else { Vec::new() }
    }

    /// The values of a nested union: those of its own discriminator, if it is for the same property, or of its branches.
    fn values_of_union(&self, view: &View<'a>, seen: &mut HashSet<String>, depth: usize) -> Vec<String> {
        let branches: Vec<&ReferenceOr<Schema>> = view.one_of.iter().chain(view.any_of).collect();
        let by = view.data.discriminator.as_ref();
        let by = by.filter(|by| by.property_name == self.discriminator.property_name);
        let mut values: Vec<String> = by.iter().flat_map(|by| by.mapping.keys().cloned()).collect();
        for branch in branches {
            let name = Branch::new(self.document, branch).key;
            let known = self.enter(branch, seen).map(|schema| self.values(schema, seen, depth + 1));
            let known = known.unwrap_or_default();
            let name = name.filter(|_| known.is_empty() && by.is_some());
            values.extend(known.into_iter().chain(name));
        }
        let mut unique = HashSet::new();
        values.retain(|value| unique.insert(value.clone()));
        values
    }

    fn item(&self, schema: Option<&'a ReferenceOr<Schema>>) -> Option<&'a Schema> {
        self.document.item(schema?)
    }

    /// The schema of a part. A component that was visited before adds nothing.
    fn enter(&self, part: &'a ReferenceOr<Schema>, seen: &mut HashSet<String>) -> Option<&'a Schema> {
        let Branch { key, schema } = Branch::new(self.document, part);
        let is_new = key.is_none_or(|key| seen.insert(key));
        is_new.then(|| self.item(schema)).flatten()
    }
}

/// Values that several branches declare.
fn shared(declared: &[Vec<String>]) -> HashSet<String> {
    let mut seen = HashSet::new();
    let mut shared = HashSet::new();
    for values in declared {
        let values: HashSet<&String> = values.iter().collect();
        shared.extend(values.into_iter().filter(|value| !seen.insert((*value).clone())).cloned());
    }
    shared
}

/// The component that a component stands for, if it is only a reference.
pub(in crate::lower) fn final_key(document: &Document<'_>, key: &str) -> String {
    let mut key = key.to_owned();
    let mut seen = HashSet::new();
    while let Some(ReferenceOr::Reference { reference }) =
        document.schema(&key).map(|component| component.schema)
        && seen.insert(key.clone())
    {
        key = key_of(reference);
    }
    key
}

/// The values as text. Numbers and booleans are sent as such, and mapped by their text.
fn texts(values: &[Value]) -> Vec<String> {
    let text = |value: &Value| match value {
        value if digits::is_number(value) => Some(digits::json(value)),
        Value::String(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    };
    values.iter().filter_map(text).collect()
}
