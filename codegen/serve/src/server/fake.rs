//! The fake server as a function from requests to responses.

use serde_json::Value;

use super::exchange::Exchange;
use super::options::{ServeOptions, Values};
use super::sample::{Sample, sample};
use crate::base::message::{Request, Response};
use crate::base::violation::Violation;
use crate::checks::request::check;
use crate::document::api::{Api, Route};
use crate::document::operation::Operation;
use crate::responses::accept::preference;
use crate::responses::problem::problem;
use crate::responses::respond::{Choice, respond};

/// A fake server for a description.
#[derive(Debug)]
pub struct FakeServer {
    api: Api,
    options: ServeOptions,
}

impl FakeServer {
    /// Creates a server for a document of OpenAPI 3.0, 3.1 or 3.2 with all references in itself.
    ///
    /// Parts of the document that are invalid accept every value.
    #[must_use]
    pub fn new(document: &Value, options: ServeOptions) -> Self {
        Self { api: Api::new(document.clone()), options }
    }

    /// Returns the options.
    #[must_use]
    pub fn options(&self) -> &ServeOptions {
        &self.options
    }

    /// Returns the methods and path templates of all operations, with their operation ids.
    #[must_use]
    pub fn operations(&self) -> Vec<(&str, &str, Option<&str>)> {
        let operations = self.api.operations.iter();
        operations
            .map(|operation| (operation.method.as_str(), operation.path.as_str(), self.api.id(operation)))
            .collect()
    }

    /// Returns values for the parameters and the body of an operation, by a seed. `media_type` selects one of several
    /// bodies.
    #[must_use]
    pub fn sample(&self, method: &str, path: &str, media_type: Option<&str>, seed: u64) -> Option<Sample> {
        self.api.operation(method, path).map(|operation| sample(&self.api, operation, media_type, seed))
    }

    /// Checks a request, and returns it with its response.
    #[must_use]
    pub fn respond(&self, request: Request) -> Exchange {
        match self.api.find(&request, |operation| preference(operation, &request)) {
            Route::Found(operation, paths) => self.of_operation(operation, &paths, request),
            Route::OtherMethods(methods) => {
                let allow = methods.join(", ");
                let message = format!("the path has no method {}, but {allow}", request.method);
                let violations = vec![Violation::new("/method", "/paths", message)];
                let mut response = problem(405, "The description has no such method", &violations);
                response.headers.push(("allow".to_owned(), allow));
                without_operation(request, response, violations)
            }
            Route::NotFound => {
                let message = format!("no path template matches {}", request.path());
                let violations = vec![Violation::new("/path", "/paths", message)];
                let response = problem(404, "The description has no such path", &violations);
                without_operation(request, response, violations)
            }
        }
    }

    fn of_operation(
        &self,
        operation: &Operation,
        paths: &[Vec<(String, String)>],
        request: Request,
    ) -> Exchange {
        let checked = check(&self.api, operation, paths, &request, self.options.checks_security);
        let parameters = checked
            .parameters
            .into_iter()
            .map(|(parameter, value)| (parameter.location.as_str().to_owned(), parameter.name, value));
        let mut exchange = Exchange {
            response: Response::default(),
            operation: Some((operation.method.clone(), operation.path.clone())),
            violations: checked.violations,
            note: None,
            parameters: parameters.collect(),
            body: checked.body,
            request,
        };
        if exchange.violations.is_empty() {
            let choice = Choice {
                seed: self.options.seed,
                examples: self.options.values == Values::Examples,
                any_status: self.options.any_status,
            };
            let responded = respond(&self.api, operation, &exchange.request, choice);
            exchange.response = responded.response;
            exchange.violations = responded.violations;
            exchange.note = responded.note;
            return exchange;
        }
        let title = "The request doesn't match the description";
        exchange.response = problem(checked.status, title, &exchange.violations);
        let challenge = checked.challenge.map(|challenge| ("www-authenticate".to_owned(), challenge));
        exchange.response.headers.extend(challenge);
        exchange
    }
}

fn without_operation(request: Request, response: Response, violations: Vec<Violation>) -> Exchange {
    Exchange {
        request,
        response,
        operation: None,
        violations,
        note: None,
        parameters: Vec::new(),
        body: None,
    }
}
