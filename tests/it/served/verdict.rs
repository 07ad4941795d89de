//! Compares what the client sent and read with what the server read and sent.

use std::collections::BTreeMap;
use std::fmt;

use clientwright_serve::{Exchange, ListeningServer};
use codegen::ir::ResponseFormat;
use serde_json::Value;

use super::calls::Call;
use super::document::Document;
use super::package::{Outcome, Outcomes};

/// What the client and the server agree on.
#[derive(Default)]
pub(super) struct Verdict {
    /// The number of calls that both agree on.
    pub(super) agreed: usize,
    /// How many of them have an error response, as the operation has no other one.
    error_responses: usize,
    /// The number of calls without a valid value.
    left_out: usize,
    /// The number of responses for which no valid value was found.
    invalid_responses: usize,
    pub(super) disagreements: Vec<String>,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} calls agree, {} of them with an error response; {} without valid values left out, {} responses without a valid value",
            self.agreed, self.error_responses, self.left_out, self.invalid_responses
        )
    }
}

impl Verdict {
    pub(super) fn of(
        documents: &[Document],
        served: &[ListeningServer],
        calls: &[Call],
        outcomes: &Outcomes,
    ) -> Self {
        let mut verdict = Self { left_out: calls.len() * 2 - outcomes.len(), ..Self::default() };
        let exchanges = served.iter().flat_map(ListeningServer::take_exchanges);
        let exchanges: BTreeMap<_, _> = exchanges
            .map(|exchange| (exchange.request.header("user-agent").unwrap_or_default().to_owned(), exchange))
            .collect();
        for (agent, outcome) in outcomes {
            let call = &calls[outcome.call];
            let exchange = exchanges.get(agent);
            let problem = match exchange {
                None => Some("no request arrived".to_owned()),
                Some(exchange) => verdict.problem(call, outcome, exchange),
            };
            match problem {
                None => verdict.agreed += 1,
                Some(problem) => verdict.disagreements.push(described(
                    &documents[call.document],
                    (agent, call),
                    outcome,
                    exchange,
                    &problem,
                )),
            }
        }
        verdict
    }

    /// Returns what the client and the server don't agree on.
    fn problem(&mut self, call: &Call, outcome: &Outcome, exchange: &Exchange) -> Option<String> {
        if !exchange.violations.is_empty() {
            return Some("the request was rejected".to_owned());
        }
        if let Some(problem) = sent_problem(outcome, exchange) {
            return Some(problem);
        }
        if let Some(note) = &exchange.note {
            println!("{} {}: {note}", exchange.request.method, exchange.request.target);
            self.invalid_responses += 1;
            return None;
        }
        let status = exchange.response.status;
        match &outcome.result {
            Err(error) if status >= 400 && error.contains(&status.to_string()) => {
                self.error_responses += 1;
                None
            }
            Err(error) => Some(format!("the response was not decoded: {error}")),
            Ok(_) if status >= 400 => Some("an error response became a value".to_owned()),
            Ok(value) => read_problem(call, value, exchange),
        }
    }
}

/// Compares the values of a request with those that the server read.
fn sent_problem(outcome: &Outcome, exchange: &Exchange) -> Option<String> {
    for (location, name, value) in &outcome.sent.parameters {
        let mut read = exchange.parameters.iter().filter(|(own, other, _)| own == location && other == name);
        let read = read.next().map(|(_, _, value)| value.clone()).unwrap_or_default();
        if plain(&read) != plain(value) {
            let path = difference("$", &plain(value), &plain(&read)).unwrap_or_default();
            return Some(format!("{location} {name}: {path} differs; {value} was sent, and {read} was read"));
        }
    }
    match (&outcome.sent.body, &exchange.body) {
        (Some(sent), Some(read)) if plain(sent) != plain(read) => {
            Some(format!("body: {sent} was sent, and {read} was read"))
        }
        _ => None,
    }
}

/// Returns the first path at which two values differ.
fn difference(path: &str, one: &Value, other: &Value) -> Option<String> {
    match (one, other) {
        (Value::Object(entries), Value::Object(others)) => {
            let missing = others.keys().find(|key| !entries.contains_key(*key));
            missing.map(|key| format!("{path}/{key}")).or_else(|| {
                entries.iter().find_map(|(key, value)| {
                    let path = format!("{path}/{key}");
                    others
                        .get(key)
                        .map_or_else(|| Some(path.clone()), |other| difference(&path, value, other))
                })
            })
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            items.iter().zip(others).find_map(|(one, other)| difference(&format!("{path}[]"), one, other))
        }
        _ => (one != other).then(|| format!("{path} ({one}, {other})")),
    }
}

/// Returns a value with all scalars as strings: a form doesn't distinguish `1` and `"1"`.
fn plain(value: &Value) -> Value {
    match value {
        Value::Null => Value::from(""),
        Value::String(text) => match serde_json::from_str::<Value>(text) {
            Ok(inner) if inner.is_array() || inner.is_object() => plain(&inner),
            _ => value.clone(),
        },
        Value::Number(number) => Value::from(number.as_f64().unwrap_or_default().to_string()),
        Value::Bool(value) => Value::from(value.to_string()),
        // A field with one value may be an array.
        Value::Array(items) if items.len() == 1 => items.first().map(plain).unwrap_or_default(),
        Value::Array(items) => Value::Array(items.iter().map(plain).collect()),
        // A form has no null and no empty array.
        Value::Object(entries) => {
            let is_sent = |value: &Value| !value.is_null() && value != &Value::Array(Vec::new());
            Value::Object(
                entries
                    .iter()
                    .filter(|(_, value)| is_sent(value))
                    .map(|(key, value)| (key.clone(), plain(value)))
                    .collect(),
            )
        }
    }
}

/// Compares the value of a response, encoded again, with what the server sent.
fn read_problem(call: &Call, value: &Value, exchange: &Exchange) -> Option<String> {
    let response = &exchange.response;
    let body = &response.body;
    let media_type = response.header("content-type").unwrap_or_default();
    let format = call.operation.response_format;
    let expected: Value = match format {
        _ if call.operation.response.is_none() => return None,
        // Without content, the value is none or empty.
        _ if body.is_empty() && format != ResponseFormat::Redirect => {
            let is_empty = value.is_null()
                || value.as_str().is_some_and(|text| text.is_empty() || text.starts_with("debug "));
            return (!is_empty).then(|| format!("nothing was sent, and {value} was read"));
        }
        ResponseFormat::Redirect => {
            let location = response.header("location").unwrap_or_default();
            Value::from(format!("{} {location}", response.status))
        }
        ResponseFormat::Bytes => Value::from(body.escape_ascii().to_string()),
        ResponseFormat::Text => Value::from(String::from_utf8_lossy(body)),
        // The debug output names the variant, not what it holds.
        ResponseFormat::ByStatus if value.as_str().is_some_and(|text| text.starts_with("debug ")) => {
            return None;
        }
        ResponseFormat::ByStatus if !media_type.contains("json") => {
            Value::from(String::from_utf8_lossy(body))
        }
        ResponseFormat::Items | ResponseFormat::ByStatus
            if media_type.contains("json") && serde_json::from_slice::<Value>(body).is_err() =>
        {
            let lines = body.split(|byte| [b'\n', 0x1e].contains(byte)).filter(|line| !line.is_empty());
            lines.map(|line| serde_json::from_slice::<Value>(line).unwrap()).collect()
        }
        ResponseFormat::Events if media_type.contains("event-stream") => {
            let text = String::from_utf8_lossy(body);
            let data = text.lines().filter_map(|line| line.strip_prefix("data: "));
            let json = |data: &str| serde_json::from_str(data).unwrap_or_else(|_| Value::from(data));
            let items: Vec<Value> = data.map(json).collect();
            let has_whole_events = call.operation.streaming.as_ref().is_some_and(|own| own.has_whole_events);
            // Of whole events and strings, the text of the data is not what is encoded again.
            let is_same_count = value.as_array().is_some_and(|read| read.len() == items.len());
            return if has_whole_events || !same(value, &Value::from(items.clone())) {
                (!is_same_count).then(|| format!("{} items were sent, and {value} was read", items.len()))
            } else {
                None
            };
        }
        ResponseFormat::Items | ResponseFormat::Events => {
            let lines = body.split(|byte| [b'\n', 0x1e].contains(byte)).filter(|line| !line.is_empty());
            lines.map(|line| serde_json::from_slice::<Value>(line).unwrap()).collect()
        }
        ResponseFormat::Json | ResponseFormat::ByStatus => serde_json::from_slice(body).unwrap(),
    };
    if same(value, &expected) { None } else { Some(format!("{expected} was sent, and {value} was read")) }
}

/// Returns whether values are equal. The format of numbers may differ.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| other.get(key).is_some_and(|other| same(value, other)))
        }
        _ => one == other,
    }
}

fn described(
    document: &Document,
    (agent, call): (&str, &Call),
    outcome: &Outcome,
    exchange: Option<&Exchange>,
    problem: &str,
) -> String {
    let mut text = format!(
        "{} {agent}: {} {} ({})\n  {problem}",
        document.name,
        call.operation.method.as_str(),
        call.operation.path,
        call.operation.id
    );
    for (location, name, value) in &outcome.sent.parameters {
        text.push_str(&format!("\n  {location} {name}: {value}"));
    }
    if let Err(error) = &outcome.result {
        text.push_str(&format!("\n  client: {error}"));
    }
    if let Some(exchange) = exchange {
        let body = |bytes: &[u8]| String::from_utf8_lossy(bytes).chars().take(1_000).collect::<String>();
        text.push_str(&format!(
            "\n  request: {} {} {}\n  response: {} {}",
            exchange.request.method,
            exchange.request.target,
            body(&exchange.request.body),
            exchange.response.status,
            body(&exchange.response.body)
        ));
        for violation in &exchange.violations {
            text.push_str(&format!(
                "\n  {}: {} (#{})",
                violation.request, violation.message, violation.description
            ));
        }
    }
    text
}
