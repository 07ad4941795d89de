//! Reports keywords of the schemas of one value that exclude each other, so that no value is valid.

use std::borrow::Cow;
use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::Value;

use super::bounds::{Bound, FAMILIES, Family};
use super::checker::Checker;
use super::disjoint;
use super::members::{Member, allows_nothing, members as collected};
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
    let is_only =
        |keyword: &str| schema.get(keyword).and_then(Value::as_array).is_some_and(|list| list.len() == 1);
    let has_other = schema.contains_key("$ref") || is_only("oneOf") || is_only("anyOf");
    let is_composed = schema.contains_key("allOf") || has_other && schema.len() > 1;
    if !is_composed && !LIMITING.iter().any(|keyword| schema.contains_key(*keyword)) {
        return;
    }
    let members = collected(checker, Member { schema, at: at.to_pointer(), via: None });
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
            let own = collected(checker, part);
            all.extend(
                own.into_iter().filter(|own| !all.iter().any(|known| known.at == own.at)).collect::<Vec<_>>(),
            );
        }
        let pointers: Vec<Pointer> = all.iter().map(|member| member.at.clone()).collect();
        let is_new = checker.compared.len() < MAX_COMPARED && checker.compared.insert(pointers);
        if is_new {
            compare(checker, &all, depth + 1);
        }
    }
}

/// The schemas of the parts of a value, by keyword and by the name or index below it.
type Parts<'v> = IndexMap<(&'static str, Cow<'v, str>), Vec<Member<'v>>>;

/// Returns the schemas of each property, of items and of other properties, where several members declare them. Those of
/// other properties apply to a property that a member doesn't declare, and those of items to items that it doesn't list.
fn shared_parts<'v>(members: &[Member<'v>]) -> impl Iterator<Item = Vec<Member<'v>>> {
    let mut parts = Parts::new();
    for member in members {
        for (keyword, name, schema) in declared_parts(member.schema) {
            let Value::Object(schema) = schema else { continue };
            let at = member.at.child(keyword);
            let at = if name.is_empty() { at } else { at.child(&*name) };
            parts.entry((keyword, name)).or_default().push(Member { schema, at, via: member.via.clone() });
        }
    }
    for member in members {
        add_rest(&mut parts, member);
    }
    parts.into_values().filter(|parts| {
        let [first, rest @ ..] = parts.as_slice() else { return false };
        rest.iter().any(|part| !part.is_beside(first))
    })
}

/// Returns the schemas of the parts that a schema declares.
fn declared_parts(schema: &JsonObject) -> impl Iterator<Item = (&'static str, Cow<'_, str>, &Value)> {
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    let properties = properties.map(|(name, schema)| ("properties", Cow::from(name), schema));
    let listed = schema.get("prefixItems").and_then(Value::as_array).into_iter().flatten().enumerate();
    let listed = listed.map(|(index, schema)| ("prefixItems", Cow::from(index.to_string()), schema));
    let others = ["items", "additionalProperties"].into_iter();
    let others = others.filter_map(|keyword| Some((keyword, Cow::from(""), schema.get(keyword)?)));
    properties.chain(listed).chain(others)
}

/// Adds the schemas of a member that apply to parts that only others declare.
fn add_rest<'v>(parts: &mut Parts<'v>, member: &Member<'v>) {
    let properties = member.schema.get("properties");
    let listed = member.schema.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
    let (others, items) = (others_of(member), member.schema.get("items").and_then(Value::as_object));
    for ((keyword, name), parts) in parts {
        let (rest, below) = match *keyword {
            "properties" if properties.is_none_or(|own| own.get(&**name).is_none()) => {
                (others, "additionalProperties")
            }
            "prefixItems" if name.parse::<usize>().is_ok_and(|index| index >= listed) => (items, "items"),
            _ => continue,
        };
        if let Some(schema) = rest {
            parts.push(Member { schema, at: member.at.child(below), via: member.via.clone() });
        }
    }
}

/// Returns the schema of all properties that a member doesn't declare.
fn others_of<'v>(member: &Member<'v>) -> Option<&'v JsonObject> {
    let others = member.schema.get("additionalProperties")?.as_object()?;
    (!member.schema.contains_key("patternProperties") && !others.is_empty()).then_some(others)
}

fn report_found<'v>(checker: &mut Checker<'v, '_>, members: &[Member<'v>]) {
    let mut found = Vec::new();
    for family in FAMILIES.iter().filter(|family| may_apply(members, family.types)) {
        found.extend(bounds(family, members));
        found.extend(values_outside(family, members));
    }
    found.extend(disjoint::types(members));
    found.extend(disjoint::values(members));
    found.extend(disjoint::items(members));
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
    if lower.member.is_beside(upper.member) {
        return None;
    }
    if lower.member.at == upper.member.at {
        let message = format!("{}, and {}", lower.text(), upper.text());
        return Some((lower.member.reported_at(lower.keyword), message));
    }
    let is_before = |bound: &Bound<'_, '_>| members.iter().position(|member| member.at == bound.member.at);
    let (first, second) = if is_before(&lower) < is_before(&upper) { (lower, upper) } else { (upper, lower) };
    let here = second.member.here();
    let message = format!("{} {here}, and {} at {}", second.text(), first.text(), first.member.at);
    Some((second.member.reported_at(second.keyword), message))
}

/// Listed values that are all below a minimum, or above a maximum.
fn values_outside(family: &Family, members: &[Member<'_>]) -> Option<(Pointer, String)> {
    let (lower, upper) = family.narrowest(members);
    let bounds: Vec<_> = lower.into_iter().chain(upper).collect();
    members.iter().find_map(|member| {
        let (keyword, values) = member.values()?;
        let mut bounds = bounds.iter().filter(|bound| !bound.member.is_beside(member));
        let bound = bounds.find(|bound| values.iter().all(|value| family.is_outside(bound, value)))?;
        let what = bound.text();
        let by = if bound.member.at == member.at { what } else { format!("{what} at {}", bound.member.at) };
        let listed = listed(keyword, member);
        Some((member.reported_at(keyword), format!("{by}, which excludes {listed}")))
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
    let (second, other) = declared.find(|(second, other)| *other != known && !second.is_beside(first))?;
    let message = format!("the format is {other} {}, and {known} at {}", second.here(), first.at);
    Some((second.reported_at("format"), message))
}

/// Listed values none of which has the type that another schema declares. A schema with a type of its own contradicts the
/// other one's type.
fn values_of_other_types(members: &[Member<'_>]) -> Option<(Pointer, String)> {
    members.iter().find_map(|member| {
        let (keyword, values) = member.values().filter(|_| !member.schema.contains_key("type"))?;
        let others = members.iter().filter(|other| !other.is_beside(member));
        let excludes =
            |other: &&Member<'_>| values.iter().all(|value| conflict(other.schema, value).is_some());
        let other = others.into_iter().find(excludes)?;
        let types = other.declared_types()?.join(" or ");
        let listed = listed(keyword, member);
        let message = format!("the type is {types} at {}, which excludes {listed}", other.at);
        Some((member.reported_at(keyword), message))
    })
}

/// A constant that is not one of the listed values.
fn constant_not_listed(member: &Member<'_>) -> Option<(Pointer, String)> {
    let constant = member.schema.get("const").filter(|_| member.via.is_none())?;
    let values = member.schema.get("enum")?.as_array()?;
    let is_listed = digits::contains(values, constant);
    let message = format!("`const` is {}, which `enum` doesn't list", digits::json(constant));
    (!is_listed).then(|| (member.reported_at("const"), message))
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
            let Some(by) = required.get(name.as_str()).filter(|by| !by.is_beside(member)) else { continue };
            let at = member.at.child("properties").child(name.as_str());
            let message = if by.at == member.at {
                format!("`{name}` is required, and its schema allows no value")
            } else {
                let here = member.here();
                format!(
                    "the schema of `{name}` allows no value {here}, and `{name}` is required at {}",
                    by.at
                )
            };
            found.push((member.via.clone().unwrap_or(at), message));
        }
    }
    found.extend(members.iter().filter_map(|member| excluded(member, &required)));
    found
}

/// A required property that another schema doesn't declare, which allows only declared ones.
fn excluded(member: &Member<'_>, required: &HashMap<&str, &Member<'_>>) -> Option<(Pointer, String)> {
    const KEYWORD: &str = "additionalProperties";
    let schema = member.schema;
    if !allows_nothing(schema.get(KEYWORD)?) || schema.contains_key("patternProperties") {
        return None;
    }
    let properties = schema.get("properties");
    let is_excluded = |(name, by): &(&&str, &&Member<'_>)| {
        let is_declared = properties.is_some_and(|properties| properties.get(**name).is_some());
        !is_declared && by.at != member.at && !by.is_beside(member)
    };
    // The first name, whatever the order of the map.
    let (name, by) = required.iter().filter(is_excluded).min_by_key(|(name, _)| **name)?;
    let here = member.here();
    let message = format!(
        "`{KEYWORD}` is false {here}, and `{name}`, which isn't declared {here}, is required at {}",
        by.at
    );
    Some((member.reported_at(KEYWORD), message))
}

fn listed(keyword: &str, member: &Member<'_>) -> String {
    let what = if keyword == "const" { "the value of `const`" } else { "all values of `enum`" };
    format!("{what} {}", member.here())
}
