//! Checks requests and responses against the description.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::description::{Description, Operation, PathParameters, resolve};
use crate::http::response::BodyKind;
use crate::http::{Request, Response};
use crate::lock::lock;
use crate::schema;

/// The maximum number of problems that are kept, and of problems in one body.
const MAX_PROBLEMS: usize = 1_000;
const MAX_PROBLEMS_OF_BODY: usize = 5;

/// The problems found so far.
#[derive(Default)]
pub(crate) struct Checks {
    problems: Mutex<Vec<String>>,
}

impl Checks {
    /// Returns the problems found so far.
    pub(crate) fn problems(&self) -> Vec<String> {
        lock(&self.problems).clone()
    }

    fn report(&self, operation: &Operation, problem: &str) {
        let mut problems = lock(&self.problems);
        if problems.len() < MAX_PROBLEMS {
            problems.push(format!("{}: {problem}", operation.id));
        }
    }

    /// Adds a problem: the request matches no operation.
    pub(crate) fn unknown(&self, request: &Request) {
        lock(&self.problems).push(format!("{} {}: no operation matches", request.method, request.path));
    }

    /// Checks a request against its operation.
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
        self.parameter_rules(operation, request);
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
            texts.map(|text| convert(items, text)).collect()
        } else {
            if sent.len() > 1 {
                self.report(operation, &format!("parameter {name} is sent {} times", sent.len()));
            }
            convert(declared, sent[0])
        };
        let key = format!("{} parameter {name}", operation.id);
        let schema = || schema::of_request(&description.tree, &parameter["schema"]);
        for problem in violations(description, &key, schema, &value) {
            self.report(operation, &format!("parameter {name}: {problem}"));
        }
    }

    fn parameter_rules(&self, operation: &Operation, request: &Request) {
        let parameter_rules = &operation.node["x-parameter-rules"];
        for (rule, most_only) in [("exactly-one-of", false), ("at-most-one-of", true)] {
            for group in parameter_rules[rule].as_array().into_iter().flatten() {
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
            (true, false) => self.report(operation, "a body was sent, but none is declared"),
            (false, true) => {
                if declared["required"] == true {
                    self.report(operation, "request body: required");
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
                Err(error) => self.report(operation, &format!("request body: not valid JSON: {error}")),
            },
        }
    }

    /// Checks a response against its operation.
    pub(crate) fn response(&self, description: &Description, operation: &Operation, response: &Response) {
        let status = response.status.to_string();
        let declared = resolve(&description.tree, &operation.node["responses"][&status]);
        if declared.is_null() && response.status < 400 {
            self.report(operation, &format!("status {status} is not declared"));
            return;
        }
        // Most error responses are not declared per operation. They share one schema.
        let shared = json!({"$ref": "#/components/schemas/Error"});
        let schema = match &declared["content"]["application/json"]["schema"] {
            Value::Null if response.status >= 400 && response.kind == BodyKind::Json => &shared,
            schema => schema,
        };
        if schema.is_null() || response.kind != BodyKind::Json {
            return;
        }
        match serde_json::from_slice(&response.body) {
            Ok(body) => {
                let key = format!("{} {status}", operation.id);
                for problem in
                    violations(description, &key, || schema::of_response(&description.tree, schema), &body)
                {
                    self.report(operation, &format!("response {status}: {problem}"));
                }
            }
            Err(error) => self.report(operation, &format!("response {status}: not valid JSON: {error}")),
        }
    }
}

/// Returns the problems of a value. `name` is the cache key of the schema's validator.
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
            let errors = validator.iter_errors(value).take(MAX_PROBLEMS_OF_BODY);
            errors.map(|error| format!("{error} at {}", error.instance_path())).collect()
        }
        Err(reason) => vec![reason],
    }
}

impl Operation {
    /// Returns the names of undeclared query parameters.
    pub(crate) fn undeclared<'a>(&self, request: &'a Request) -> Vec<&'a str> {
        let known = |name: &str| {
            self.parameters.iter().any(|parameter| parameter["in"] == "query" && parameter["name"] == name)
        };
        request.query.iter().map(|(name, _)| name.as_str()).filter(|name| !known(name)).collect()
    }
}

/// Converts the string of a parameter to its schema's type; returns the string if that fails.
fn convert(schema: &Value, text: &str) -> Value {
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

    /// Returns the problems of a response of the ticket export.
    fn problems_of(response: &Response) -> Vec<String> {
        let description = Description::of_project().unwrap();
        let operation = description.operations.iter().find(|known| known.id == "IncrementalTicketExportTime");
        let checks = Checks::default();
        checks.response(description, operation.unwrap(), response);
        checks.problems()
    }

    #[test]
    fn an_invalid_response_is_a_problem_with_its_pointer() {
        for (body, problem) in [
            (json!({"tickets": 7}), "7 is not of type \"array\" at /tickets"),
            (json!({"count": 0}), "\"tickets\" is a required property at "),
            (json!({"tickets": [{"id": "1"}]}), "\"1\" is not of type \"integer\" at /tickets/0/id"),
            (json!({"tickets": [{"id": 1, "due_at": "soon"}]}), "/tickets/0/due_at"),
        ] {
            let problems = problems_of(&Response::value(200, &body));
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert!(problems[0].ends_with(problem), "{problems:?}");
        }
        assert_eq!(
            problems_of(&Response::value(200, &json!({"tickets": [{"id": 1, "due_at": null}]}))),
            [""; 0]
        );
    }

    #[test]
    fn an_undeclared_status_is_a_problem_unless_it_is_an_error() {
        assert_eq!(problems_of(&Response::no_content()).len(), 1);
        assert_eq!(problems_of(&Response::html(502, "Bad Gateway")), [""; 0]);
        assert_eq!(problems_of(&Response::not_found()), [""; 0]);
        assert_eq!(problems_of(&Response::value(404, &json!({"error": 7}))).len(), 1);
    }
}
