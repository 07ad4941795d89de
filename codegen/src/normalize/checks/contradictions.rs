//! Reports keywords of the schemas of one value that exclude each other, so that no value is valid.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::bounds::{Bound, FAMILIES, Family};
use super::checker::Checker;
use super::members::{Member, members as collected};
use super::values::conflict;
use crate::base::digits;
use crate::base::json_object::JsonObject;
use crate::base::node_path::NodePath;
use crate::base::pointer::Pointer;

/// Formats of strings of which no string has two.
const DISJOINT_FORMATS: [&str; 8] =
    ["date", "date-time", "time", "duration", "uuid", "ipv4", "ipv6", "email"];

/// Keywords of which a schema has one if its own keywords exclude each other.
const LIMITING: [&str; 8] =
    ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "const", "enum", "required"];

/// The maximum number of combinations of schemas that are compared, for documents made to have many.
const MAX_COMPARED: usize = 10_000;

/// The maximum number of properties and items inside each other whose schemas are compared.
const MAX_DEPTH: usize = 32;

const HELP: &str = "fix one of the two";

/// Reports the contradictions in a schema, and between its members.
pub(super) fn report<'v>(checker: &mut Checker<'v, '_>, at: &NodePath<'_>, schema: &'v JsonObject) {
    // A reference alone says nothing more than its target, and a schema without members needs one of these keywords.
    let is_composed = schema.contains_key("allOf") || schema.contains_key("$ref") && schema.len() > 1;
    if !is_composed && !LIMITING.iter().any(|keyword| schema.contains_key(*keyword)) {
        return;
    }
    let members = collected(checker, at.to_pointer(), schema);
    compare(checker, &members, 0);
}

/// Reports the contradictions between schemas of one value, and between those of its properties and items.
fn compare<'v>(checker: &mut Checker<'v, '_>, members: &[Member<'v>], depth: usize) {
    report_found(checker, members);
    if depth == MAX_DEPTH {
        return;
    }
    for parts in shared_parts(members) {
        let mut all: Vec<Member<'v>> = Vec::new();
        for part in parts {
            let own = collected(checker, part.at, part.schema);
            all.extend(
                own.into_iter().filter(|own| !all.iter().any(|known| known.at == own.at)).collect::<Vec<_>>(),
            );
        }
        let pointers: Vec<Pointer> = all.iter().map(|member| member.at.clone()).collect();
        let is_new = checker.compared.len() < MAX_COMPARED && checker.compared.insert(pointers);
        if all.len() > 1 && is_new {
            compare(checker, &all, depth + 1);
        }
    }
}

/// Returns the schemas of each property, of items and of other properties, where several members declare them.
fn shared_parts<'v>(members: &[Member<'v>]) -> impl Iterator<Item = Vec<Member<'v>>> {
    let mut parts: IndexMap<(&str, &str), Vec<Member<'v>>> = IndexMap::new();
    for member in members {
        let properties = member.schema.get("properties").and_then(Value::as_object);
        let properties =
            properties.into_iter().flatten().map(|(name, schema)| ("properties", name.as_str(), schema));
        let others = ["items", "additionalProperties"].into_iter();
        let others = others.filter_map(|keyword| Some((keyword, "", member.schema.get(keyword)?)));
        for (keyword, name, schema) in properties.chain(others) {
            let Value::Object(schema) = schema else { continue };
            let at = member.at.child(keyword);
            let at = if name.is_empty() { at } else { at.child(name) };
            parts.entry((keyword, name)).or_default().push(Member { schema, at });
        }
    }
    parts.into_values().filter(|parts| parts.len() > 1)
}

fn report_found<'v>(checker: &mut Checker<'v, '_>, members: &[Member<'v>]) {
    let mut found = Vec::new();
    for family in FAMILIES.iter().filter(|family| may_apply(members, family.types)) {
        found.extend(bounds(family, members));
        found.extend(values_outside(family, members));
    }
    found.extend(formats(members));
    found.extend(values_of_other_types(members));
    found.extend(members.iter().filter_map(constant_not_listed));
    found.extend(absent_properties(members));
    let only_null = members.iter().all(Member::allows_null)
        && members
            .iter()
            .any(|member| member.declared_types().is_some() || member.schema.contains_key("nullable"));
    let subject = if only_null { "no value but null is valid" } else { "no value is valid" };
    for (at, message) in found {
        checker.findings.warning_once(&at, format!("{subject}: {message}"), HELP);
    }
}

/// Returns whether values may have one of these types.
fn may_apply(members: &[Member<'_>], types: &[&str]) -> bool {
    members.iter().all(|member| {
        let declared = member.declared_types();
        declared.is_none_or(|declared| declared.iter().any(|name| types.contains(name)))
    })
}

/// A minimum above a maximum.
fn bounds(family: &Family, members: &[Member<'_>]) -> Option<(Pointer, String)> {
    let (Some(lower), Some(upper)) = family.narrowest(members) else { return None };
    if !lower.excludes(&upper) {
        return None;
    }
    if lower.member.at == upper.member.at {
        let message = format!("{}, and {}", lower.text(), upper.text());
        return Some((lower.member.keyword_at(lower.keyword), message));
    }
    let is_before = |bound: &Bound<'_, '_>| members.iter().position(|member| member.at == bound.member.at);
    let (first, second) = if is_before(&lower) < is_before(&upper) { (lower, upper) } else { (upper, lower) };
    let message = format!("{} here, and {} at {}", second.text(), first.text(), first.member.at);
    Some((second.member.keyword_at(second.keyword), message))
}

/// Listed values that are all below a minimum, or above a maximum.
fn values_outside(family: &Family, members: &[Member<'_>]) -> Option<(Pointer, String)> {
    let (lower, upper) = family.narrowest(members);
    let bounds: Vec<_> = lower.into_iter().chain(upper).collect();
    members.iter().find_map(|member| {
        let (keyword, values) = member.values()?;
        let bound = bounds.iter().find(|bound| values.iter().all(|value| family.is_outside(bound, value)))?;
        let what = bound.text();
        let by = if bound.member.at == member.at { what } else { format!("{what} at {}", bound.member.at) };
        Some((member.keyword_at(keyword), format!("{by}, which excludes {}", listed(keyword))))
    })
}

/// Formats that no string has both of.
fn formats(members: &[Member<'_>]) -> Option<(Pointer, String)> {
    if !may_apply(members, &["string"]) {
        return None;
    }
    let format = |member: &Member<'_>| {
        let format = member.schema.get("format").and_then(Value::as_str)?;
        DISJOINT_FORMATS.into_iter().find(|known| *known == format)
    };
    let mut declared = members.iter().filter_map(|member| Some((member, format(member)?)));
    let (first, known) = declared.next()?;
    let (second, other) = declared.find(|(_, other)| *other != known)?;
    let message = format!("the format is {other} here, and {known} at {}", first.at);
    Some((second.keyword_at("format"), message))
}

/// Listed values none of which has the type that another schema declares. A schema with a type of its own contradicts the
/// other one's type, which is reported where they are merged.
fn values_of_other_types(members: &[Member<'_>]) -> Option<(Pointer, String)> {
    members.iter().find_map(|member| {
        let (keyword, values) = member.values().filter(|_| !member.schema.contains_key("type"))?;
        let others = members.iter().filter(|other| other.at != member.at);
        let excludes =
            |other: &&Member<'_>| values.iter().all(|value| conflict(other.schema, value).is_some());
        let other = others.into_iter().find(excludes)?;
        let types = other.declared_types()?.join(" or ");
        let message = format!("the type is {types} at {}, which excludes {}", other.at, listed(keyword));
        Some((member.keyword_at(keyword), message))
    })
}

/// A constant that is not one of the listed values.
fn constant_not_listed(member: &Member<'_>) -> Option<(Pointer, String)> {
    let constant = member.schema.get("const")?;
    let values = member.schema.get("enum")?.as_array()?;
    let is_listed = digits::contains(values, constant);
    let message = format!("`const` is {}, which `enum` doesn't list", digits::json(constant));
    (!is_listed).then(|| (member.keyword_at("const"), message))
}

/// Required properties for which no value is valid.
fn absent_properties(members: &[Member<'_>]) -> Vec<(Pointer, String)> {
    if !may_apply(members, &["object"]) {
        return Vec::new();
    }
    let mut required: HashMap<&str, &Member<'_>> = HashMap::new();
    for member in members {
        let names = member.schema.get("required").and_then(Value::as_array);
        for name in names.into_iter().flatten().filter_map(Value::as_str) {
            required.entry(name).or_insert(member);
        }
    }
    let mut found = Vec::new();
    for member in members {
        let properties = member.schema.get("properties").and_then(Value::as_object);
        for (name, _) in properties.into_iter().flatten().filter(|(_, schema)| allows_nothing(schema)) {
            let Some(by) = required.get(name.as_str()) else { continue };
            let at = member.at.child("properties").child(name.as_str());
            let message = if by.at == member.at {
                format!("`{name}` is required, and its schema allows no value")
            } else {
                format!("the schema of `{name}` allows no value here, and `{name}` is required at {}", by.at)
            };
            found.push((at, message));
        }
    }
    found
}

/// Returns whether a schema is `false`, in any spelling.
fn allows_nothing(schema: &Value) -> bool {
    let excluded = schema.get("not").filter(|_| schema.as_object().is_some_and(|entries| entries.len() == 1));
    *schema == json!(false) || excluded.is_some_and(|not| *not == json!({}) || *not == json!(true))
}

fn listed(keyword: &str) -> &'static str {
    if keyword == "const" { "the value of `const` here" } else { "all values of `enum` here" }
}
