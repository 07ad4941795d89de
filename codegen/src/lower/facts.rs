//! How much members of `allOf` say about values, where none of them is an object.

use std::collections::HashSet;

use openapiv3::{ReferenceOr, Schema};

use super::document::Document;
use super::reference::{SCHEMAS, key_in};
use super::view::View;

/// How much a member says about values, least first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Facts {
    #[default]
    None,
    Type,
    Values,
    Object,
}

/// The member that says most; `None` where one is an object, or none says anything.
pub(super) fn telling_most<'a>(document: &Document<'a>, members: &'a [ReferenceOr<Schema>]) -> Option<usize> {
    let facts: Vec<_> = members.iter().map(|member| facts(document, member, &mut HashSet::new())).collect();
    if facts.iter().any(|facts| matches!(facts, Facts::Object)) {
        return None;
    }
    let (index, best) = facts.iter().enumerate().rev().max_by_key(|(_, facts)| **facts)?;
    (*best != Facts::None).then_some(index)
}

/// What a member says; a component that has been seen says nothing new.
fn facts<'a>(document: &Document<'a>, member: &'a ReferenceOr<Schema>, seen: &mut HashSet<String>) -> Facts {
    let schema = match member {
        ReferenceOr::Item(schema) => schema,
        ReferenceOr::Reference { reference } => {
            let key = key_in(SCHEMAS, reference);
            let Some(component) = key.as_ref().and_then(|key| document.schema(key)) else {
                return Facts::None;
            };
            let new = key.is_some_and(|key| seen.insert(key));
            return if new { facts(document, component.schema, seen) } else { Facts::None };
        }
    };
    let view = View::new(schema);
    let parts = view.all_of.iter().chain(view.one_of).chain(view.any_of);
    let object = view.ty == Some("object")
        || view.has_properties()
        || view.additional.is_some()
        || !view.required.is_empty();
    match view.ty {
        _ if object => Facts::Object,
        _ if !view.values.is_empty() => Facts::Values,
        None => parts.map(|part| facts(document, part, seen)).max().unwrap_or_default(),
        Some(_) => Facts::Type,
    }
}
