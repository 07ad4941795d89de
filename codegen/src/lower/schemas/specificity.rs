//! Which member of an `allOf` restricts its values most, if none of them is an object.

use std::collections::HashSet;

use openapiv3::{ReferenceOr, Schema};

use crate::lower::document::lookup::Document;
use crate::lower::document::reference::{SCHEMAS, key_in};
use crate::lower::document::view::View;

/// How much a schema restricts its values, from least to most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Specificity {
    #[default]
    None,
    Type,
    Values,
    Object,
}

/// The index of the member that restricts values most; `None` if one is an object, or none restricts them.
pub(in crate::lower) fn most_specific<'a>(
    document: &Document<'a>,
    members: &'a [ReferenceOr<Schema>],
) -> Option<usize> {
    let specificity: Vec<_> =
        members.iter().map(|member| specificity(document, member, &mut HashSet::new())).collect();
    if specificity.iter().any(|specificity| matches!(specificity, Specificity::Object)) {
        return None;
    }
    let (index, best) = specificity.iter().enumerate().rev().max_by_key(|(_, specificity)| **specificity)?;
    (*best != Specificity::None).then_some(index)
}

/// How much a member restricts values. A component that was seen before adds nothing.
fn specificity<'a>(
    document: &Document<'a>,
    member: &'a ReferenceOr<Schema>,
    seen: &mut HashSet<String>,
) -> Specificity {
    let schema = match member {
        ReferenceOr::Item(schema) => schema,
        ReferenceOr::Reference { reference } => {
            let key = key_in(SCHEMAS, reference);
            let Some(component) = key.as_ref().and_then(|key| document.schema(key)) else {
                return Specificity::None;
            };
            let new = key.is_some_and(|key| seen.insert(key));
            return if new { specificity(document, component.schema, seen) } else { Specificity::None };
        }
    };
    let view = View::new(schema);
    let parts = view.all_of.iter().chain(view.one_of).chain(view.any_of);
    let object = view.ty == Some("object")
        || view.has_properties()
        || view.additional.is_some()
        || !view.required.is_empty();
    match view.ty {
        _ if object => Specificity::Object,
        _ if !view.values.is_empty() => Specificity::Values,
        None => parts.map(|part| specificity(document, part, seen)).max().unwrap_or_default(),
        Some(_) => Specificity::Type,
    }
}
