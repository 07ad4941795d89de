//! Handles a request: authentication, rate limits, faults, the operation, the log.

use std::cell::Cell;

use crate::auth::AuthScheme;
use crate::description::{Operation, PathParameters};
use crate::endpoints::{self, Call};
use crate::fault::Fault;
use crate::fault_response;
use crate::http::{Request, Response};
use crate::limits::Bucket;
use crate::lock::lock;
use crate::request_log::LoggedRequest;
use crate::server::Server;
use crate::time::http_date;

/// The path where tokens are refreshed. It isn't in the description.
const TOKENS: &str = "/oauth/tokens";

/// A response, and the fault to inject when it is sent.
pub(crate) struct ResponseWithFault {
    pub(crate) response: Response,
    pub(crate) fault: Option<Fault>,
}

impl Server {
    /// Handles a request, and may inject a fault.
    pub(crate) fn handle(&self, request: &Request) -> ResponseWithFault {
        let now = self.clock.now();
        let found = self.description.find(&request.method, &request.path);
        let operation = found.as_ref().map(|(operation, _)| *operation);
        self.check(request, found.as_ref());
        let mut planned = match self.authorize(request, operation, now) {
            Err(response) => ResponseWithFault { response, fault: None },
            Ok(headers) => {
                let mut planned = match found {
                    Some((operation, path)) => self.respond(request, operation, path, now),
                    None => ResponseWithFault { response: unknown_endpoint(request), fault: None },
                };
                planned.response.headers.extend(headers);
                planned
            }
        };
        if let Some(operation) = operation.filter(|_| self.config.check_responses && planned.fault.is_none())
        {
            self.checks.response(self.description, operation, &planned.response);
        }
        let date = if planned.fault == Some(Fault::EpochDate) { 0 } else { now };
        planned.response.headers.push(("date", http_date(date)));
        let reset = planned.fault == Some(Fault::ResetBeforeResponse);
        self.requests().push(LoggedRequest {
            method: request.method.clone(),
            path: request.path.clone(),
            query: request.raw_query.clone(),
            status: (!reset).then_some(planned.response.status),
            fault: planned.fault,
            time: now,
            operation: operation.map(|operation| operation.id.clone()),
            bucket: operation.map(|operation| Bucket::of(&operation.id)),
        });
        planned
    }

    /// Checks a request against the description, unless its URL was sent in a response: then the server chose the URL.
    fn check(&self, request: &Request, found: Option<&(&Operation, PathParameters)>) {
        match found {
            Some((operation, path)) if !self.was_sent(request) => {
                self.checks.request(self.description, operation, request, path);
            }
            None if request.path != TOKENS => self.checks.unknown(request),
            _ => {}
        }
    }

    /// Checks everything before the operation: host, authentication, rate limits. Returns the headers to add.
    fn authorize(
        &self,
        request: &Request,
        operation: Option<&Operation>,
        now: i64,
    ) -> Result<Vec<(&'static str, String)>, Response> {
        let name = request.host().rsplit_once(':').map_or(request.host(), |(name, _)| name);
        if !matches!(name, "127.0.0.1" | "localhost") {
            let title = format!("No help desk at {name}");
            return Err(Response::error_with_title(
                404,
                &title,
                "There is no help desk configured at this address.",
            ));
        }
        if request.method == "POST" && request.path == TOKENS {
            return Err(self.auth().refresh(request, now));
        }
        let scheme = self.auth().check(request.authorization(), now)?;
        let Some(operation) = operation else { return Ok(Vec::new()) };
        let bucket = Bucket::of(&operation.id);
        if bucket == Bucket::Chat && scheme == AuthScheme::Basic {
            let text = "Missing the following required scopes: read, chat";
            return Err(Response::error(403, "Forbidden", text));
        }
        let mut headers = lock(&self.buckets).take(bucket, now)?;
        let undeclared = operation.undeclared(request);
        if !undeclared.is_empty() && !self.was_sent(request) {
            headers.push((
                "x-zendesk-api-warn",
                format!("Removed restricted keys {undeclared:?} from parameters"),
            ));
        }
        Ok(headers)
    }

    fn respond(
        &self,
        request: &Request,
        operation: &Operation,
        path: PathParameters,
        now: i64,
    ) -> ResponseWithFault {
        let large = self.config.faults.large_page;
        let applies = |fault| fault_response::applies_to(operation, request, fault, large);
        let fault = lock(&self.fault_picker).pick(&operation.id, applies);
        let other_host = &self.other_host.url;
        let replacement = |fault| fault_response::replacement(operation, request, fault, other_host, now);
        if let Some(response) = fault.and_then(replacement) {
            return ResponseWithFault { response, fault };
        }
        let call =
            Call { server: self, operation, request, path, now, fault, fault_applied: Cell::new(false) };
        let response = endpoints::respond(&call).unwrap_or_else(|| unknown_endpoint(request));
        let fault = fault.filter(|fault| {
            let is_page = *fault != Fault::TruncatedJson || response.status == 200;
            let applied = is_page && (!fault.is_in_page() || call.fault_applied.get());
            if !applied {
                lock(&self.fault_picker).undo(&operation.id, *fault);
            }
            applied
        });
        if let Some((resource, end)) = response.page {
            self.account().apply_changes(resource, end, now);
        }
        ResponseWithFault { response, fault }
    }
}

fn unknown_endpoint(request: &Request) -> Response {
    let description = if request.path.starts_with("/api/v2") { "Not found" } else { "No such page" };
    Response::error(404, "InvalidEndpoint", description)
}
