//! Requests and answers held against the description.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::description::{Description, Operation, PathParameters, resolve};
use crate::http::answer::Kind;
use crate::http::{Answer, Request};
use crate::lock::lock;
use crate::schema;

/// Most problems that are kept, and most of one body.
const MOST: usize = 1_000;
const MOST_OF_BODY: usize = 5;

/// The problems found.
#[derive(Default)]
pub(crate) struct Checks {
    problems: Mutex<Vec<String>>,
}

impl Checks {
    /// What has been found.
    pub(crate) fn problems(&self) -> Vec<String> {
        lock(&self.problems).clone()
    }

    fn report(&self, operation: &Operation, problem: &str) {
        let mut problems = lock(&self.problems);
        if problems.len() < MOST {
            problems.push(format!("{}: {problem}", operation.id));
        }
    }

    /// Notes a request for something that the description does not have.
    pub(crate) fn unknown(&self, request: &Request) {
        lock(&self.problems).push(format!("{} {}: there is no such operation", request.method, request.path));
    }

    /// Holds a request against its operation.
    pub(crate) fn request(
        &self,
        description: &Description,
        operation: &Operation,
        request: &Request,
        path: &PathParameters,
    ) {
        for name in operation.undeclared(request) {
            self.report(operation, &format!("query parameter {name} is not declared"));
        }
        for parameter in &operation.parameters {
            self.parameter(description, operation, request, path, parameter);
        }
        self.rules(operation, request);
        self.body(description, operation, request);
    }

    fn parameter(
        &self,
        description: &Description,
        operation: &Operation,
        request: &Request,
        path: &PathParameters,
        parameter: &Value,
    ) {
        let name = parameter["name"].as_str().unwrap_or_default();
        let sent: Vec<&str> = if parameter["in"] == "path" {
            path.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
        } else {
            request.params(name).collect()
        };
        if sent.is_empty() {
            if parameter["required"] == true && parameter["in"] == "query" {
                self.report(operation, &format!("query parameter {name} is required"));
            }
            return;
        }
        let declared = resolve(&description.tree, &parameter["schema"]);
        let value = if declared["type"] == "array" {
            let items = resolve(&description.tree, &declared["items"]);
            let explode = parameter["explode"] != false;
            let texts =
                sent.iter().flat_map(|text| if explode { vec![*text] } else { text.split(',').collect() });
            texts.map(|text| typed(items, text)).collect()
        } else {
            if sent.len() > 1 {
                self.report(operation, &format!("parameter {name} is sent {} times", sent.len()));
            }
            typed(declared, sent[0])
        };
        let key = format!("{} parameter {name}", operation.id);
        let schema = || schema::of_request(&description.tree, &parameter["schema"]);
        for problem in violations(description, &key, schema, &value) {
            self.report(operation, &format!("parameter {name}: {problem}"));
        }
    }

    fn rules(&self, operation: &Operation, request: &Request) {
        let rules = &operation.node["x-parameter-rules"];
        for (rule, most_only) in [("exactly-one-of", false), ("at-most-one-of", true)] {
            for group in rules[rule].as_array().into_iter().flatten() {
                let names: Vec<&str> =
                    group.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                let sent = names.iter().filter(|name| request.param(name).is_some()).count();
                if sent > 1 || (sent == 0 && !most_only) {
                    self.report(operation, &format!("{rule} {names:?}: {sent} were sent"));
                }
            }
        }
    }

    fn body(&self, description: &Description, operation: &Operation, request: &Request) {
        let declared = resolve(&description.tree, &operation.node["requestBody"]);
        let schema = &declared["content"]["application/json"]["schema"];
        match (schema.is_null(), request.body.is_empty()) {
            (true, true) => {}
            (true, false) => self.report(operation, "a body was sent where none is declared"),
            (false, true) => {
                if declared["required"] == true {
                    self.report(operation, "the body is required");
                }
            }
            (false, false) => match serde_json::from_slice(&request.body) {
                Ok(body) => {
                    let key = format!("{} request", operation.id);
                    let schema = || schema::of_request(&description.tree, schema);
                    for problem in violations(description, &key, schema, &body) {
                        self.report(operation, &format!("request body: {problem}"));
                    }
                }
                Err(error) => self.report(operation, &format!("the request's body is no JSON: {error}")),
            },
        }
    }

    /// Holds an answer against its operation.
    pub(crate) fn answer(&self, description: &Description, operation: &Operation, answer: &Answer) {
        let status = answer.status.to_string();
        let declared = resolve(&description.tree, &operation.node["responses"][&status]);
        if declared.is_null() && answer.status < 400 {
            self.report(operation, &format!("status {status} is not declared"));
            return;
        }
        // Most errors are declared for none of the operations; they share one schema.
        let shared = json!({"$ref": "#/components/schemas/Error"});
        let schema = match &declared["content"]["application/json"]["schema"] {
            Value::Null if answer.status >= 400 && answer.kind == Kind::Json => &shared,
            schema => schema,
        };
        if schema.is_null() || answer.kind != Kind::Json {
            return;
        }
        match serde_json::from_slice(&answer.body) {
            Ok(body) => {
                let key = format!("{} {status}", operation.id);
                for problem in
                    violations(description, &key, || schema::of_answer(&description.tree, schema), &body)
                {
                    self.report(operation, &format!("answer {status}: {problem}"));
                }
            }
            Err(error) => self.report(operation, &format!("answer {status} is no JSON: {error}")),
        }
    }
}

/// What is wrong with a value; `name` stands for the schema.
fn violations(
    description: &Description,
    name: &str,
    schema: impl FnOnce() -> Value,
    value: &Value,
) -> Vec<String> {
    let known = lock(&description.validators).get(name).cloned();
    let validator = known.unwrap_or_else(|| {
        let made = jsonschema::options().should_validate_formats(true).build(&schema());
        let made = made.map(Arc::new).map_err(|error| format!("{name}: {error}"));
        lock(&description.validators).entry(name.to_owned()).or_insert(made).clone()
    });
    match validator {
        Ok(validator) => {
            let errors = validator.iter_errors(value).take(MOST_OF_BODY);
            errors.map(|error| format!("{error} at {}", error.instance_path())).collect()
        }
        Err(reason) => vec![reason],
    }
}

impl Operation {
    /// Names of query parameters that were sent but are not declared.
    pub(crate) fn undeclared<'a>(&self, request: &'a Request) -> Vec<&'a str> {
        let known = |name: &str| {
            self.parameters.iter().any(|parameter| parameter["in"] == "query" && parameter["name"] == name)
        };
        request.query.iter().map(|(name, _)| name.as_str()).filter(|name| !known(name)).collect()
    }
}

/// A text as the value that its schema wants, or as text where it can't be that.
fn typed(schema: &Value, text: &str) -> Value {
    let wants = |kind: &str| {
        schema["type"] == kind
            || schema["type"].as_array().is_some_and(|kinds| kinds.iter().any(|k| k == kind))
    };
    let number = || text.parse::<i64>().map(Value::from).ok();
    let decimal = || text.parse::<f64>().map(Value::from).ok();
    let value = if wants("integer") || wants("number") {
        number().or_else(|| if wants("number") { decimal() } else { None })
    } else if wants("boolean") {
        text.parse::<bool>().map(Value::from).ok()
    } else {
        None
    };
    value.unwrap_or_else(|| Value::from(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in an answer to the export of tickets.
    fn found(answer: &Answer) -> Vec<String> {
        let description = Description::of_project().unwrap();
        let operation = description.operations.iter().find(|known| known.id == "IncrementalTicketExportTime");
        let checks = Checks::default();
        checks.answer(description, operation.unwrap(), answer);
        checks.problems()
    }

    #[test]
    fn a_wrong_answer_is_found_with_its_place() {
        for (body, problem) in [
            (json!({"tickets": 7}), "7 is not of type \"array\" at /tickets"),
            (json!({"count": 0}), "\"tickets\" is a required property at "),
            (json!({"tickets": [{"id": "1"}]}), "\"1\" is not of type \"integer\" at /tickets/0/id"),
            (json!({"tickets": [{"id": 1, "due_at": "soon"}]}), "/tickets/0/due_at"),
        ] {
            let problems = found(&Answer::value(200, &body));
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert!(problems[0].ends_with(problem), "{problems:?}");
        }
        assert_eq!(found(&Answer::value(200, &json!({"tickets": [{"id": 1, "due_at": null}]}))), [""; 0]);
    }

    #[test]
    fn statuses_that_are_not_declared_are_found_unless_they_are_errors() {
        assert_eq!(found(&Answer::no_content()).len(), 1);
        assert_eq!(found(&Answer::html(502, "Bad Gateway")), [""; 0]);
        assert_eq!(found(&Answer::no_record()), [""; 0]);
        assert_eq!(found(&Answer::value(404, &json!({"error": 7}))).len(), 1);
    }
}
