//! Decodes each example of a description into its type and encodes it again. This test is added to crates of the
//! corpus.

#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints, reason = "types are named by the description")]

use client::{Decode, Timestamp};
use serde_json::{Value, json};

type Reencode = fn(&[u8]) -> Result<Vec<u8>, String>;

fn reencode<T: Decode>(json: &[u8]) -> Result<Vec<u8>, String> {
    let decoded: T = client::decode(json).map_err(|error| error.to_string())?;
    client::encode(&decoded).map_err(|error| error.to_string())
}

/// Returns the first path at which the values differ. The format of numbers and timestamps may differ.
fn difference(path: &str, before: &Value, after: &Value) -> Option<String> {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            let missing = before.iter().find_map(|(key, value)| match after.get(key) {
                Some(other) => difference(&format!("{path}.{key}"), value, other),
                None => Some(format!("{path}.{key} is missing")),
            });
            let added = || after.keys().find(|key| !before.contains_key(*key));
            missing.or_else(|| added().map(|key| format!("{path}.{key} was added")))
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            before.iter().zip(after).find_map(|(a, b)| difference(&format!("{path}[]"), a, b))
        }
        _ if before == after || is_equivalent(before, after) => None,
        _ => Some(format!("{path} was {before} and is {after}")),
    }
}

fn is_equivalent(before: &Value, after: &Value) -> bool {
    match (before, after) {
        (Value::Number(before), Value::Number(after)) => before.as_f64() == after.as_f64(),
        (Value::String(before), Value::String(after)) => {
            matches!((before.parse::<Timestamp>(), after.parse::<Timestamp>()), (Ok(a), Ok(b)) if a == b)
        }
        _ => false,
    }
}

/// Returns the value and the reason if the example is changed by decoding and encoding.
fn outcome(example: &Value) -> Option<(Value, String)> {
    let value = &example["value"];
    let reencode = usize::try_from(example["type"].as_u64()?).ok().and_then(|index| TYPES.get(index))?;
    let failure = round_trip(*reencode, value)?;
    // Some descriptions write an example as a string of JSON. `null` in such a string is not a value of the type.
    match value.as_str().map(serde_json::from_str::<Value>) {
        Some(Ok(inner)) if !inner.is_null() => round_trip(*reencode, &inner).map(|failure| (inner, failure)),
        _ => Some((value.clone(), failure)),
    }
}

fn round_trip(reencode: Reencode, value: &Value) -> Option<String> {
    match reencode(value.to_string().as_bytes()) {
        Ok(bytes) => match serde_json::from_slice(&bytes) {
            Ok(after) => difference("$", value, &after),
            Err(error) => Some(error.to_string()),
        },
        Err(error) => Some(error),
    }
}

#[test]
fn examples_round_trip() {
    let all: Vec<Value> = serde_json::from_str(include_str!("examples.json")).expect("examples");
    let failed: Vec<_> = all
        .iter()
        .filter_map(|example| {
            let (value, why) = outcome(example)?;
            let (pointer, schema) = (&example["pointer"], &example["schema"]);
            Some(json!({ "pointer": pointer, "schema": schema, "value": value, "why": why }))
        })
        .collect();
    let results = json!({ "count": all.len(), "failed": failed });
    std::fs::write(env!("CARGO_MANIFEST_DIR").to_owned() + "/tests/results.json", results.to_string()).expect("a file");
}
