//! Every JSON example of the description decodes into its type and encodes again with nothing lost.
//!
//! The examples hold what the vendor's documents show and, named `wire_…`, what the live server was seen to send
//! beyond that.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use zendesk_client::models as m;
use zendesk_client::{Node, Timestamp, decode, encode};

use crate::cases::calls;
use crate::project;

type Reencode = Box<dyn Fn(&[u8]) -> Result<Vec<u8>, String>>;

fn reencode<T: Node + Default>() -> Reencode {
    Box::new(|json| {
        let decoded: T = decode(json).map_err(|error| error.to_string())?;
        encode(&decoded).map_err(|error| error.to_string())
    })
}

/// What reads the examples of a component schema, and of media types that refer to it.
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

/// An example: where it stands, its value, and what reads it.
struct Example<'a> {
    at: String,
    value: &'a Value,
    reencode: Reencode,
}

/// All examples of whole JSON values; those of single parameters are no wire format.
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
    answer_to: Option<&str>,
    found: &mut Vec<Example<'static>>,
) {
    let tree = &project::output().patched;
    for (name, example) in media["examples"].as_object().into_iter().flatten() {
        let example = match example["$ref"].as_str() {
            Some(reference) => tree.pointer(&reference[1..]).unwrap(),
            None => example,
        };
        let schema = media["schema"]["$ref"].as_str().unwrap().rsplit('/').next().unwrap();
        let reencode = match answer_to {
            Some(id) => calls().into_iter().find(|call| call.operation == id).unwrap().reencode.unwrap(),
            None => {
                by_schema(schema).unwrap_or_else(|| panic!("by_schema doesn't know {schema}, which {at} has"))
            }
        };
        found.push(Example { at: format!("{at} {name}"), value: &example["value"], reencode });
    }
}

/// What re-encoding changed, by key path; list indices are left out of the paths.
#[derive(Default)]
struct Changes {
    lost: Vec<String>,
    respelt: BTreeSet<String>,
}

impl Changes {
    fn compare(&mut self, path: &str, before: &Value, after: &Value) {
        match (before, after) {
            (Value::Object(before), Value::Object(after)) => {
                for (key, value) in before {
                    match after.get(key) {
                        Some(other) => self.compare(&format!("{path}.{key}"), value, other),
                        None => self.lost.push(format!("{path}.{key} is gone; it was {value}")),
                    }
                }
                let added = after.keys().filter(|key| !before.contains_key(*key));
                self.lost.extend(added.map(|key| format!("{path}.{key} was not there before")));
            }
            (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
                for (before, after) in before.iter().zip(after) {
                    self.compare(&format!("{path}[]"), before, after);
                }
            }
            _ if before == after => {}
            _ => match respelt(before, after) {
                Some(how) => {
                    self.respelt.insert(format!("{path}: {how}"));
                }
                None => self.lost.push(format!("{path} was {before} and is {after}")),
            },
        }
    }
}

/// The same value in another spelling.
fn respelt(before: &Value, after: &Value) -> Option<&'static str> {
    match (before, after) {
        (Value::Number(before), Value::Number(after)) => {
            (before.as_f64() == after.as_f64()).then_some("number")
        }
        (Value::String(before), Value::Number(after)) => {
            (*before == after.to_string()).then_some("integer sent as text")
        }
        (Value::String(before), Value::String(after)) => {
            let instants = (before.parse::<Timestamp>(), after.parse::<Timestamp>());
            matches!(instants, (Ok(before), Ok(after)) if before == after).then_some("instant")
        }
        _ => None,
    }
}

#[test]
fn all_survive_a_round_trip() {
    let mut failures = Vec::new();
    let mut respelt: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for Example { at, value, reencode } in examples() {
        let mut changes = Changes::default();
        match reencode(value.to_string().as_bytes()) {
            Ok(json) => changes.compare("$", value, &serde_json::from_slice(&json).unwrap()),
            Err(error) => changes.lost.push(error),
        }
        failures.extend(changes.lost.into_iter().map(|lost| format!("{at}: {lost}")));
        for change in changes.respelt {
            respelt.entry(change).or_default().insert(at.split(' ').next().unwrap().to_owned());
        }
    }
    assert!(failures.is_empty(), "{} values were lost:\n{}", failures.len(), failures.join("\n"));
    let respelt: Vec<_> = respelt
        .into_iter()
        .map(|(change, operations)| {
            format!("{change} ({})", operations.into_iter().collect::<Vec<_>>().join(", "))
        })
        .collect();
    insta::assert_snapshot!("respelt", respelt.join("\n"));
}

/// The list of examples: one that disappears shows in review.
#[test]
fn list() {
    let list: Vec<_> = examples().into_iter().map(|example| example.at).collect();
    insta::assert_snapshot!(list.join("\n"));
}

/// No example of the description is left out of the tests above.
#[test]
fn none_is_forgotten() {
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
