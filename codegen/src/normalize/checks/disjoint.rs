//! Types, values and items of the schemas of one value that have none in common.

use serde_json::Value;

use super::members::{Member, allows_nothing};
use crate::base::digits::ValueSet;
use crate::base::pointer::Pointer;

/// Types that no value has all of. Null is left out where all members allow it.
pub(super) fn types(members: &[Member<'_>]) -> Option<(Pointer, String)> {
    let is_null = |member: &Member<'_>| member.declared_types().is_some_and(|types| types == ["null"]);
    // Null is valid.
    if members.iter().any(is_null) && members.iter().all(Member::allows_null) {
        return None;
    }
    let mut declared = members.iter().filter_map(|member| Some((member, other_types(member)?)));
    let (mut narrowest, mut common) = declared.next()?;
    for (member, types) in declared {
        let left = both(&common, &types);
        if left.is_empty() && !member.is_beside(narrowest) {
            let (own, known) = (shown(member), shown(narrowest));
            let message = format!("the type is {own} {}, and {known} at {}", member.here(), narrowest.at);
            return Some((member.reported_at("type"), message));
        }
        if left.len() < common.len() || left.is_empty() {
            narrowest = member;
        }
        common = if left.is_empty() { types } else { left };
    }
    None
}

/// Returns the declared types but null.
fn other_types<'v>(member: &Member<'v>) -> Option<Vec<&'v str>> {
    let mut types = member.declared_types()?;
    types.retain(|name| *name != "null");
    Some(types)
}

fn shown(member: &Member<'_>) -> String {
    member.declared_types().unwrap_or_default().join(" or ")
}

/// Returns the types of values that are valid for both lists.
fn both<'v>(one: &[&'v str], other: &[&'v str]) -> Vec<&'v str> {
    let is_in =
        |name: &str, types: &[&str]| types.contains(&name) || name == "integer" && types.contains(&"number");
    let own = one.iter().filter(|name| is_in(name, other));
    let others = other.iter().filter(|name| is_in(name, one) && !one.contains(name));
    own.chain(others).copied().collect()
}

/// Lists of values that have none in common.
pub(super) fn values(members: &[Member<'_>]) -> Option<(Pointer, String)> {
    let mut listed = members.iter().filter_map(|member| Some((member, member.values()?)));
    let (mut first, (_, known)) = listed.next()?;
    let mut common = known;
    for (member, (keyword, values)) in listed {
        let owned: Vec<Value> = values.iter().map(|value| (*value).clone()).collect();
        let set = ValueSet::of(&owned);
        let left: Vec<&Value> = common.iter().copied().filter(|value| set.contains(value)).collect();
        if left.is_empty() && !member.is_beside(first) {
            let here = member.here();
            let message = format!("the values {here} and those at {} have none in common", first.at);
            return Some((member.reported_at(keyword), message));
        }
        first = member;
        common = if left.is_empty() { values } else { left };
    }
    None
}

/// A minimum of items above the number that a schema allows.
pub(super) fn items(members: &[Member<'_>]) -> Option<(Pointer, String)> {
    let is_array = |member: &Member<'_>| member.declared_types().is_none_or(|types| types.contains(&"array"));
    if !members.iter().all(is_array) {
        return None;
    }
    members.iter().find_map(|member| {
        if !allows_nothing(member.schema.get("items")?) {
            return None;
        }
        let first = member.schema.get("prefixItems").and_then(Value::as_array).map_or(0, Vec::len);
        let least = |by: &Member<'_>| by.schema.get("minItems").and_then(Value::as_u64);
        let is_above = |by: &&Member<'_>| {
            least(by).is_some_and(|least| usize::try_from(least).is_ok_and(|least| least > first))
        };
        let by = members.iter().find(is_above).filter(|by| !by.is_beside(member))?;
        let bound = least(by).unwrap_or_default();
        let here = member.here();
        let by = if by.at == member.at { String::new() } else { format!(" at {}", by.at) };
        let message = format!("`items` allows no item {here}, and `minItems` is {bound}{by}");
        Some((member.reported_at("items"), message))
    })
}
