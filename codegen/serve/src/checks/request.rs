//! All checks of a request.

use super::body::body;
use super::parameters::{ReadParameter, parameters};
use super::security::{challenge, security};
use crate::base::message::Request;
use crate::base::violation::Violation;
use crate::document::api::Api;
use crate::document::operation::Operation;

/// The result of the checks of a request.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    pub(crate) violations: Vec<Violation>,
    /// The status code of the response, if there are violations.
    pub(crate) status: u16,
    /// The value of `WWW-Authenticate`, if credentials are missing.
    pub(crate) challenge: Option<String>,
    /// The parameters that were sent.
    pub(crate) parameters: Vec<ReadParameter>,
    /// The value of the body.
    pub(crate) body: Option<serde_json::Value>,
}

/// Checks a request. `paths` are the ways to divide its path among parameters: the one with the fewest violations counts.
pub(crate) fn check(
    api: &Api,
    operation: &Operation,
    paths: &[Vec<(String, String)>],
    request: &Request,
    checks_security: bool,
) -> Checked {
    if checks_security && let Some(violation) = security(operation, request) {
        let challenge = Some(challenge(operation));
        return Checked { violations: vec![violation], status: 401, challenge, ..Checked::default() };
    }
    let mut best: Option<(Vec<ReadParameter>, Vec<Violation>)> = None;
    for path in paths {
        let mut violations = Vec::new();
        let read = parameters(api, operation, request, path, &mut violations);
        let is_better = best.as_ref().is_none_or(|(_, others)| violations.len() < others.len());
        if is_better {
            let is_valid = violations.is_empty();
            best = Some((read, violations));
            if is_valid {
                break;
            }
        }
    }
    let (parameters, mut violations) = best.unwrap_or_default();
    let checked = body(api, operation.body.as_ref(), request, &mut violations);
    let status = if checked.is_unsupported { 415 } else { 400 };
    Checked { violations, status, challenge: None, parameters, body: checked.value }
}
