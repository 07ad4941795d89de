//! Names for the inline branches of a union, from what they contain. They don't depend on the order of the branches.

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
    let of = |view: &View<'_>| {
        if let Some(name) = title(view).or_else(|| constant(view)) {
            return BranchNames::variant(name);
        }
        if view.has_properties() {
            return BranchNames::variant(object_name(view, &views));
        }
        if view.values.len() > 1 {
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
    match view.values.as_slice() {
        [value] if digits::is_number(value) => Some(digits::json(value)),
        [Value::String(value)] if value.contains(char::is_alphanumeric) => Some(value.clone()),
        [value @ (Value::Bool(_) | Value::Null)] => Some(value.to_string()),
        _ => None,
    }
}

/// The name of an object: the value that only it has, or a property that only it has. The only object needs none.
fn object_name(view: &View<'_>, views: &[Option<View<'_>>]) -> String {
    let objects = || views.iter().flatten().filter(|view| view.has_properties());
    let is_only = |has: &dyn Fn(&View<'_>) -> bool| objects().filter(|view| has(view)).count() == 1;
    let own = constants(view);
    let value = own.iter().find(|constant| is_only(&|other| constants(other).contains(constant)));
    if let Some((_, value)) = value {
        return value.clone();
    }
    if objects().count() == 1 {
        return "Object".to_owned();
    }
    let required = view.required.iter().filter(|name| has(view.properties, name));
    let mut names = required.chain(view.properties.into_iter().flat_map(Properties::keys));
    let own = names.find(|name| is_only(&|other| has(other.properties, name)));
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
