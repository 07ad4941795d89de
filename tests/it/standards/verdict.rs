//! Compares the outcome of a row with what the row expects.

use serde_json::{Map, Value};

use super::documents::{Document, SERVER};
use super::driver::Outcome;
use super::row::Row;

/// Returns the differences between an outcome and what a row expects; none if the requirement is met.
pub(super) fn differences(row: &Row, document: &Document, outcome: &Outcome) -> Vec<String> {
    let mut differences = Vec::new();
    let said = document.messages(row.declaring());
    for key in ["warns", "rejects"] {
        let words = row.text(key).filter(|words| !said.iter().any(|line| line.contains(words)));
        differences
            .extend(words.map(|words| format!("{key}: expected {words:?}, the generator said {said:?}")));
    }
    if row.get("rejects").is_some() {
        if document.result.is_ok() {
            differences.push("the document is not rejected".to_owned());
        }
        return differences;
    }
    match outcome {
        Outcome::NoCode(reason) => differences.push(reason.clone()),
        Outcome::Ran(outcome) => Comparison { row, outcome, differences: &mut differences }.compare(),
    }
    differences
}

struct Comparison<'a> {
    row: &'a Row,
    outcome: &'a Map<String, Value>,
    differences: &'a mut Vec<String>,
}

impl Comparison<'_> {
    fn compare(&mut self) {
        if let Some(panic) = self.outcome.get("panic") {
            self.differences.push(format!("the driver panicked: {panic}"));
            return;
        }
        self.compare_result();
        self.compare_requests();
    }

    fn differs(&mut self, what: &str, expected: &Value, found: &Value) {
        if expected != found {
            self.differences.push(format!("{what}: expected {expected}, found {found}"));
        }
    }

    fn compare_result(&mut self) {
        let (row, outcome) = (self.row, self.outcome);
        match (row.get("error"), outcome.get("error")) {
            (None, Some(error)) => self.differences.push(format!("failed: {error}")),
            (Some(expected), None) => {
                self.differences.push(format!("expected the error {expected}, found none"))
            }
            (Some(expected), Some(error)) => {
                self.compare_error(expected, error);
                self.compare_shown("fails", &outcome["seen"]);
            }
            (None, None) => self.compare_seen(&outcome["seen"]),
        }
    }

    fn compare_error(&mut self, expected: &Value, error: &Value) {
        for key in ["kind", "status"] {
            if let Some(expected) = expected.get(key) {
                self.differs(key, expected, &error[key]);
            }
        }
        let words = expected.get("says").and_then(Value::as_str).unwrap_or_default();
        let message = error["message"].as_str().unwrap_or_default();
        if !message.contains(words) {
            self.differences.push(format!("the error doesn't contain {words:?}: {message}"));
        }
    }

    fn compare_seen(&mut self, seen: &Value) {
        let row = self.row;
        self.compare_shown("reads", seen);
        let encoded = seen[""].as_str().unwrap_or_default();
        if let Some(expected) = row.get("text") {
            self.differs("encoded", expected, &encoded.into());
        }
        if let Some(expected) = row.value() {
            self.differs("encoded", expected, &serde_json::from_str(encoded).unwrap_or_default());
        }
    }

    fn compare_shown(&mut self, key: &str, seen: &Value) {
        let row = self.row;
        for (expression, expected) in row.entries(key) {
            self.differs(expression, expected, &seen[expression]);
        }
    }

    fn compare_requests(&mut self) {
        let row = self.row;
        let requests = self.outcome["requests"].as_array().unwrap();
        let times = row.get("times").and_then(Value::as_u64);
        let unsent =
            row.get("error").is_some_and(|error| error["kind"] == "Request" || error["kind"] == "Config");
        self.differs("times", &times.unwrap_or(u64::from(!unsent)).into(), &requests.len().into());
        let Some(request) = requests.first() else { return };
        let (head, body) = (request[0].as_str().unwrap(), request[1].as_str().unwrap());
        let (line, headers) = head.split_once("\r\n").unwrap();
        if let Some(expected) = row.get("request") {
            let line =
                line.strip_suffix(" HTTP/1.1").unwrap_or(line).replacen(&format!(" {SERVER}/"), " /", 1);
            self.differs("request", expected, &line.into());
        }
        let boundary =
            value_of(headers, "content-type").and_then(|value| Some(value.split_once("boundary=")?.1));
        let readable =
            |text: &str| boundary.map_or(text.to_owned(), |boundary| text.replace(boundary, "BOUNDARY"));
        for (name, expected) in row.entries("headers") {
            let found = value_of(headers, name).map_or(Value::Null, |value| readable(value).into());
            self.differs(name, expected, &found);
        }
        if let Some(expected) = row.get("sent") {
            let found = match expected {
                Value::String(_) if boundary.is_some() => readable(body).replace("\r\n", "\n").into(),
                Value::String(_) => body.into(),
                _ => serde_json::from_str(body).unwrap_or_else(|_| body.into()),
            };
            self.differs("sent", expected, &found);
        }
    }
}

/// Returns the value of a header. Several headers with the name are joined.
fn value_of<'a>(headers: &'a str, name: &str) -> Option<&'a str> {
    let mut fields = headers.lines().filter_map(|line| line.split_once(": "));
    fields.find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}
