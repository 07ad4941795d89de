//! Names for the inline branches of a union, from what they contain. They don't depend on the order of the branches.

use std::collections::HashMap;

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Value;

use crate::base::digits;
use crate::lower::context::rust_name;
use crate::lower::document::reference::key_of;
use crate::lower::document::view::{Properties, View, is_type_name};

/// The maximum length of a title that becomes a name. Longer ones are sentences.
const LONGEST_TITLE: usize = 40;

/// The names of a branch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::lower) struct BranchNames {
    /// The name of the variant; `None` if it is named after its type.
    pub(in crate::lower) name: Option<String>,
    /// What distinguishes the name of a type for the branch.
    suffix: String,
}

impl BranchNames {
    /// The name of the variant, or what distinguishes the name of its type.
    pub(in crate::lower) fn hint(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.suffix)
    }

    fn variant(name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), suffix: String::new() }
    }
}

/// The names of all branches. A branch is named after its title, its constant, or its type.
pub(in crate::lower) fn names(branches: &[ReferenceOr<Schema>]) -> Vec<BranchNames> {
    let views: Vec<Option<View<'_>>> =
        branches.iter().map(|branch| branch.as_item().map(View::new)).collect();
    let occurrences = Occurrences::of(&views);
    let of = |view: &View<'_>| {
        if let Some(name) = title(view).or_else(|| constant(view)) {
            return BranchNames::variant(name);
        }
        if view.has_properties() {
            return BranchNames::variant(object_name(view, &occurrences));
        }
        if view.values().len() > 1 {
            return BranchNames::variant("Enum");
        }
        let suffix = match view.all_of.iter().find_map(reference) {
            Some(reference) => key_of(reference),
            None if is_array(view) => String::new(),
            None if !view.one_of.is_empty() || !view.any_of.is_empty() => "Union".to_owned(),
            None if matches!(view.additional, Some(AdditionalProperties::Schema(_))) => String::new(),
            None => "Object".to_owned(),
        };
        BranchNames { name: None, suffix }
    };
    views.iter().map(|view| view.as_ref().map_or_else(BranchNames::default, of)).collect()
}

/// The title or `x-rust-name` of a branch, if it is a name.
fn title(view: &View<'_>) -> Option<String> {
    let given = rust_name(&view.data.extensions).filter(|name| is_type_name(name));
    let title = view.data.title.as_deref().map(str::trim);
    let title = title.filter(|title| title.len() <= LONGEST_TITLE && title.starts_with(char::is_alphabetic));
    given.or(title).map(str::to_owned)
}

/// The only value of a branch, as a name.
fn constant(view: &View<'_>) -> Option<String> {
    match view.values().as_slice() {
        [value] if digits::is_number(value) => Some(digits::json(value)),
        [Value::String(value)] if value.contains(char::is_alphanumeric) => Some(value.clone()),
        [value @ (Value::Bool(_) | Value::Null)] => Some(value.to_string()),
        _ => None,
    }
}

/// In how many objects among the branches a property, or a property with a constant, occurs.
struct Occurrences<'a> {
    objects: usize,
    constants: HashMap<(String, String), usize>,
    properties: HashMap<&'a str, usize>,
}

impl<'a> Occurrences<'a> {
    fn of(views: &[Option<View<'a>>]) -> Self {
        let mut found = Self { objects: 0, constants: HashMap::new(), properties: HashMap::new() };
        for view in views.iter().flatten().filter(|view| view.has_properties()) {
            found.objects += 1;
            for constant in constants(view) {
                *found.constants.entry(constant).or_default() += 1;
            }
            for name in view.properties.into_iter().flat_map(Properties::keys) {
                *found.properties.entry(name).or_default() += 1;
            }
        }
        found
    }
}

/// The name of an object: the value that only it has, or a property that only it has. The only object needs none.
fn object_name(view: &View<'_>, occurrences: &Occurrences<'_>) -> String {
    let value = constants(view).into_iter().find(|constant| occurrences.constants.get(constant) == Some(&1));
    if let Some((_, value)) = value {
        return value;
    }
    if occurrences.objects == 1 {
        return "Object".to_owned();
    }
    let required = view.required.iter().filter(|name| has(view.properties, name));
    let mut names = required.chain(view.properties.into_iter().flat_map(Properties::keys));
    let own = names.find(|name| occurrences.properties.get(name.as_str()) == Some(&1));
    own.map_or_else(|| "Object".to_owned(), |name| format!("With {name}"))
}

/// The properties with only one value.
fn constants(view: &View<'_>) -> Vec<(String, String)> {
    let properties = view.properties.into_iter().flatten();
    let constants = properties
        .filter_map(|(name, schema)| Some((name.clone(), constant(&View::new(schema.as_item()?))?)));
    constants.collect()
}

fn reference(member: &ReferenceOr<Schema>) -> Option<&str> {
    match member {
        ReferenceOr::Reference { reference } => Some(reference),
        ReferenceOr::Item(_) => None,
    }
}

fn has(properties: Option<&Properties>, name: &str) -> bool {
    properties.is_some_and(|properties| properties.contains_key(name))
}

fn is_array(view: &View<'_>) -> bool {
    view.ty == Some("array") || (view.ty.is_none() && view.items.is_some())
}
