//! The way of a request through the server.

use std::cell::Cell;

use crate::auth::Scheme;
use crate::description::{Operation, PathParameters};
use crate::endpoints::{self, Call};
use crate::failure;
use crate::fault::Fault;
use crate::http::{Answer, Request};
use crate::limits::Bucket;
use crate::lock::lock;
use crate::log::Seen;
use crate::server::Server;
use crate::time::http_date;

/// Where tokens are refreshed; the description does not hold it.
const TOKENS: &str = "/oauth/tokens";

/// An answer on its way out.
pub(crate) struct Outcome {
    pub(crate) answer: Answer,
    pub(crate) fault: Option<Fault>,
}

impl Server {
    /// Answers a request, or breaks on purpose.
    pub(crate) fn handle(&self, request: &Request) -> Outcome {
        let now = self.clock.now();
        let found = self.description.find(&request.method, &request.path);
        let operation = found.as_ref().map(|(operation, _)| *operation);
        self.check(request, found.as_ref());
        let mut outcome = match self.gate(request, operation, now) {
            Err(refusal) => Outcome { answer: refusal, fault: None },
            Ok(headers) => {
                let mut outcome = match found {
                    Some((operation, path)) => self.operate(request, operation, path, now),
                    None => Outcome { answer: unknown(request), fault: None },
                };
                outcome.answer.headers.extend(headers);
                outcome
            }
        };
        if let Some(operation) = operation.filter(|_| self.config.checked_answers && outcome.fault.is_none())
        {
            self.checks.answer(self.description, operation, &outcome.answer);
        }
        outcome.answer.headers.push(("date", http_date(now)));
        let silent = outcome.fault == Some(Fault::ResetBeforeResponse);
        self.seen().push(Seen {
            method: request.method.clone(),
            path: request.path.clone(),
            query: request.raw_query.clone(),
            status: (!silent).then_some(outcome.answer.status),
            fault: outcome.fault,
            time: now,
            operation: operation.map(|operation| operation.id.clone()),
            bucket: operation.map(|operation| Bucket::of(&operation.id)),
        });
        outcome
    }

    /// Holds a request against the description. An address that an answer has named is the server's own
    /// affair.
    fn check(&self, request: &Request, found: Option<&(&Operation, PathParameters)>) {
        match found {
            Some((operation, path)) if !self.was_issued(request) => {
                self.checks.request(self.description, operation, request, path);
            }
            None if request.path != TOKENS => self.checks.unknown(request),
            _ => {}
        }
    }

    /// Everything before the operation itself: host, sign-in, limits. Gives the headers to add.
    fn gate(
        &self,
        request: &Request,
        operation: Option<&Operation>,
        now: i64,
    ) -> Result<Vec<(&'static str, String)>, Answer> {
        let name = request.host().rsplit_once(':').map_or(request.host(), |(name, _)| name);
        if !matches!(name, "127.0.0.1" | "localhost") {
            let title = format!("No help desk at {name}");
            return Err(Answer::titled(404, &title, "There is no help desk configured at this address."));
        }
        if request.method == "POST" && request.path == TOKENS {
            return Err(self.auth().refresh(request, now));
        }
        let scheme = self.auth().check(request.authorization(), now)?;
        let Some(operation) = operation else { return Ok(Vec::new()) };
        let bucket = Bucket::of(&operation.id);
        if bucket == Bucket::Chat && scheme == Scheme::Basic {
            let text = "Missing the following required scopes: read, chat";
            return Err(Answer::error(403, "Forbidden", text));
        }
        let mut headers = lock(&self.buckets).take(bucket, now)?;
        let undeclared = operation.undeclared(request);
        if !undeclared.is_empty() && !self.was_issued(request) {
            headers.push((
                "x-zendesk-api-warn",
                format!("Removed restricted keys {undeclared:?} from parameters"),
            ));
        }
        Ok(headers)
    }

    fn operate(&self, request: &Request, operation: &Operation, path: PathParameters, now: i64) -> Outcome {
        let large = self.config.faults.large_page;
        let fits = |fault| failure::fits(operation, request, fault, large);
        let fault = lock(&self.draws).draw(&operation.id, fits);
        if let Some(answer) = fault.and_then(|fault| failure::answer(request, fault, &self.foreign.url, now))
        {
            return Outcome { answer, fault };
        }
        let call = Call { server: self, operation, request, path, now, fault, faulty: Cell::new(false) };
        let answer = endpoints::answer(&call).unwrap_or_else(|| unknown(request));
        let fault = fault.filter(|fault| {
            let fitted = !fault.is_of_page() || call.faulty.get();
            if !fitted {
                lock(&self.draws).undo(&operation.id, *fault);
            }
            fitted
        });
        if let Some((resource, end)) = answer.page {
            self.world().go_on(resource, end, now);
        }
        Outcome { answer, fault }
    }
}

fn unknown(request: &Request) -> Answer {
    let description = if request.path.starts_with("/api/v2") { "Not found" } else { "No such page" };
    Answer::error(404, "InvalidEndpoint", description)
}
