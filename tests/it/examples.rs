//! Every JSON example of the description is decoded and encoded again without data loss.
//!
//! The examples are from the vendor's documents. Those named `wire_…` show what the live server sends beyond that.

use serde_json::Value;
use zendesk_client::models as m;
use zendesk_client::{Decode, decode, encode};

use crate::cases::calls;
use crate::project;

type Reencode = Box<dyn Fn(&[u8]) -> Result<Vec<u8>, String>>;

fn reencode<T: Decode>() -> Reencode {
    Box::new(|json| {
        let decoded: T = decode(json).map_err(|error| error.to_string())?;
        encode(&decoded).map_err(|error| error.to_string())
    })
}

/// Returns the function that reads and writes the examples of a component schema.
fn by_schema(name: &str) -> Option<Reencode> {
    Some(match name {
        "TimeBasedExportIncrementalTicketsResponse" => reencode::<m::TicketPage>(),
        "CursorBasedExportIncrementalTicketsResponse" => reencode::<m::TicketCursorPage>(),
        "TimeBasedExportIncrementalUsersResponse" => reencode::<m::UserPage>(),
        "CursorBasedExportIncrementalUsersResponse" => reencode::<m::UserCursorPage>(),
        "ExportIncrementalOrganizationsResponse" => reencode::<m::OrganizationPage>(),
        "ExportIncrementalTicketEventsResponse" => reencode::<m::TicketEventPage>(),
        "TicketMetricEventBaseObject" => reencode::<m::TicketMetricEvent>(),
        "TicketChildEvent" => reencode::<m::TicketChildEvent>(),
        "IncrementalSkillBasedRoutingAttribute" => reencode::<m::RoutingAttributeChange>(),
        "IncrementalSkillBasedRoutingAttributeValue" => reencode::<m::RoutingAttributeValueChange>(),
        "IncrementalSkillBasedRoutingInstanceValue" => reencode::<m::RoutingInstanceValueChange>(),
        "RoutingAttribute" => reencode::<m::RoutingAttribute>(),
        "CreateAttributeRequest" => reencode::<m::CreateAttributeRequest>(),
        "UpdateAttributeRequest" => reencode::<m::UpdateAttributeRequest>(),
        "CreateAttributeValueRequest" => reencode::<m::CreateAttributeValueRequest>(),
        "UpdateAttributeValueRequest" => reencode::<m::UpdateAttributeValueRequest>(),
        "SetAttributeValuesRequest" => reencode::<m::SetAttributeValuesRequest>(),
        "AgentAttributeValuesJobRequest" => reencode::<m::AgentAttributeValuesJobRequest>(),
        "Error" => reencode::<m::ErrorBody>(),
        _ => return None,
    })
}

/// An example: its location, its value, and the function that reads and writes it.
struct Example<'a> {
    at: String,
    value: &'a Value,
    reencode: Reencode,
}

/// Returns all examples of JSON bodies. Examples of parameters are not JSON on the wire.
fn examples() -> Vec<Example<'static>> {
    let tree = &project::output().patched;
    let mut found = Vec::new();
    for (name, schema) in tree["components"]["schemas"].as_object().unwrap() {
        if let Some(value) = schema.get("example") {
            let reencode = by_schema(name)
                .unwrap_or_else(|| panic!("by_schema doesn't know {name}, which has an example"));
            found.push(Example { at: format!("schema {name}"), value, reencode });
        }
    }
    for (_, operation) in project::output().api.operations() {
        let declared = tree.pointer(&operation.pointer.to_path()).unwrap();
        let body = &declared["requestBody"]["content"]["application/json"];
        of_media_type(&format!("{} body", operation.id), body, None, &mut found);
        for (status, response) in declared["responses"].as_object().unwrap() {
            let media = &response["content"]["application/json"];
            let success = status.starts_with('2').then_some(operation.id.as_str());
            of_media_type(&format!("{} {status}", operation.id), media, success, &mut found);
        }
    }
    found
}

fn of_media_type(
    at: &str,
    media: &'static Value,
    response_to: Option<&str>,
    found: &mut Vec<Example<'static>>,
) {
    let tree = &project::output().patched;
    for (name, example) in media["examples"].as_object().into_iter().flatten() {
        let example = match example["$ref"].as_str() {
            Some(reference) => tree.pointer(&reference[1..]).unwrap(),
            None => example,
        };
        let schema = media["schema"]["$ref"].as_str().unwrap().rsplit('/').next().unwrap();
        let reencode = match response_to {
            Some(id) => calls().into_iter().find(|call| call.operation == id).unwrap().reencode.unwrap(),
            None => {
                by_schema(schema).unwrap_or_else(|| panic!("by_schema doesn't know {schema}, which {at} has"))
            }
        };
        found.push(Example { at: format!("{at} {name}"), value: &example["value"], reencode });
    }
}

/// Lists what changes by encoding again.
fn compare(path: &str, before: &Value, after: &Value, changes: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (key, value) in before {
                match after.get(key) {
                    Some(other) => compare(&format!("{path}.{key}"), value, other, changes),
                    None => changes.push(format!("{path}.{key} is missing; it was {value}")),
                }
            }
            let added = after.keys().filter(|key| !before.contains_key(*key));
            changes.extend(added.map(|key| format!("{path}.{key} is new")));
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (index, (before, after)) in before.iter().zip(after).enumerate() {
                compare(&format!("{path}[{index}]"), before, after, changes);
            }
        }
        // A float without a fraction is written as an integer.
        (Value::Number(before), Value::Number(after)) if before.as_f64() == after.as_f64() => {}
        _ if before == after => {}
        _ => changes.push(format!("{path} was {before} and is {after}")),
    }
}

#[test]
fn every_example_survives_a_round_trip() {
    let mut failures = Vec::new();
    for Example { at, value, reencode } in examples() {
        let mut changes = Vec::new();
        match reencode(value.to_string().as_bytes()) {
            Ok(json) => compare("$", value, &serde_json::from_slice(&json).unwrap(), &mut changes),
            Err(error) => changes.push(error),
        }
        failures.extend(changes.into_iter().map(|change| format!("{at}: {change}")));
    }
    assert!(failures.is_empty(), "{} values changed:\n{}", failures.len(), failures.join("\n"));
}

/// A removed example shows in the review of the snapshot.
#[test]
fn the_examples_are_listed() {
    let list: Vec<_> = examples().into_iter().map(|example| example.at).collect();
    insta::assert_snapshot!("list", list.join("\n"));
}

/// The tests above cover every example of the description.
#[test]
fn every_example_is_tested() {
    fn count(node: &Value, parent: &str) -> usize {
        match node {
            Value::Object(entries) => entries
                .iter()
                .map(|(key, value)| match (key.as_str(), value) {
                    ("examples", Value::Object(named))
                        if parent != "components" && parent != "properties" =>
                    {
                        named.len()
                    }
                    ("parameters", _) => 0,
                    ("example", _) if parent != "properties" && parent != "parameters" => 1,
                    _ => count(value, key),
                })
                .sum(),
            Value::Array(items) => items.iter().map(|item| count(item, parent)).sum(),
            _ => 0,
        }
    }
    assert_eq!(examples().len(), count(&project::output().patched, ""));
}
