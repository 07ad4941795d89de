//! The response to a request that matches the description.

use super::accept::Accept;
use super::choose::{any_success, first_success, wanted};
use super::content::{Generated, content};
use super::headers::headers;
use super::prefer::Prefer;
use super::problem::problem;
use crate::base::message::{Request, Response};
use crate::base::seed::random;
use crate::base::violation::Violation;
use crate::document::api::Api;
use crate::document::operation::{Content, DeclaredResponse, Operation};
use crate::schema::direction_rules::Direction;
use crate::schema::kinds::Kinds;

/// How responses are chosen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice {
    pub(crate) seed: u64,
    /// Whether examples take precedence over generated values.
    pub(crate) examples: bool,
    /// Whether the seed chooses among all successful responses.
    pub(crate) any_status: bool,
}

/// A response, and the problems that the description has with it.
pub(crate) struct Responded {
    pub(crate) response: Response,
    /// What the client wants and the description doesn't have.
    pub(crate) violations: Vec<Violation>,
    /// A note that the content doesn't match its schema.
    pub(crate) note: Option<String>,
}

/// Returns the response of an operation to a request.
pub(crate) fn respond(api: &Api, operation: &Operation, request: &Request, choice: Choice) -> Responded {
    let prefer = Prefer::of(request);
    let texts = [operation.method.as_str(), &operation.path, &request.target];
    let chosen = match prefer.code {
        Some(code) => match wanted(operation, code) {
            Some(chosen) => Some(chosen),
            None => {
                return not_declared(
                    operation,
                    format!("no response with the status code {code} is declared"),
                );
            }
        },
        None if choice.any_status => {
            let any = any_success(operation, &mut random(choice.seed, &texts));
            any.or_else(|| first_success(operation))
        }
        None => first_success(operation),
    };
    let Some((declared, status)) = chosen else {
        return plain(Response { status: 200, ..Response::default() });
    };
    let examples = prefer.dynamic.map_or(choice.examples, |dynamic| !dynamic);
    let generated = Generated { seed: choice.seed, texts: &texts, examples };
    let mut response =
        Response { status, headers: headers(api, declared, status, generated), body: Vec::new() };
    if declared.contents.is_empty() || has_no_content(operation, status) {
        return plain(response);
    }
    let is_string = |content: &Content| {
        let schema = content.schema.as_ref().map(|at| api.schemas.get(&api.tree, at, Direction::Response));
        schema
            .is_some_and(|schema| Kinds::of(&schema.root, &schema.root).without(Kinds::NULL) == Kinds::STRING)
    };
    let Some((chosen, media_type)) = Accept::of(request).best(&declared.contents, is_string) else {
        return not_acceptable(declared);
    };
    match content(api, chosen, &media_type, &prefer, generated) {
        Ok(found) => {
            response.headers.insert(0, ("content-type".to_owned(), media_type));
            response.body = found.body;
            Responded { response, violations: Vec::new(), note: found.problem }
        }
        Err(name) => not_declared(operation, format!("the response has no example called `{name}`")),
    }
}

fn has_no_content(operation: &Operation, status: u16) -> bool {
    operation.method == "HEAD" || matches!(status, 204 | 205 | 304)
}

fn plain(response: Response) -> Responded {
    Responded { response, violations: Vec::new(), note: None }
}

fn not_declared(operation: &Operation, message: String) -> Responded {
    let violations = vec![Violation::new("/header/prefer", &operation.at, message)];
    let response = problem(404, "The description has no such response", &violations);
    Responded { response, violations, note: None }
}

fn not_acceptable(declared: &DeclaredResponse) -> Responded {
    let known: Vec<_> = declared.contents.iter().map(|content| content.media_type.as_str()).collect();
    let message = format!("the response has only these media types: {}", known.join(", "));
    let violations = vec![Violation::new("/header/accept", &declared.at, message)];
    let response = problem(406, "No media type of the response is accepted", &violations);
    Responded { response, violations, note: None }
}
