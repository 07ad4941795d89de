//! A request to an operation, and helpers for its handler.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::Value;

use crate::account::Row;
use crate::description::{Operation, PathParameters};
use crate::fault::Fault;
use crate::http::{Request, Response};
use crate::lock::lock;
use crate::resource::Resource;
use crate::server::Server;
use crate::time::{MINUTE, SECOND};

/// A request to an operation, with the data that its handler needs.
pub(crate) struct Call<'a> {
    pub(crate) server: &'a Server,
    pub(crate) operation: &'a Operation,
    pub(crate) request: &'a Request,
    pub(crate) path: PathParameters,
    /// Simulated time in microseconds.
    pub(crate) now: i64,
    /// The fault to inject into the page.
    pub(crate) fault: Option<Fault>,
    /// Whether the fault was applied to the page.
    pub(crate) fault_applied: Cell<bool>,
}

impl Call<'_> {
    /// Returns whether this fault is to be injected, and records that it was. Called only where it has an effect.
    pub(super) fn has_fault(&self, fault: Fault) -> bool {
        let wanted = self.fault == Some(fault);
        self.fault_applied.set(self.fault_applied.get() || wanted);
        wanted
    }

    /// Returns the newest instant that exports show.
    pub(super) fn horizon(&self) -> i64 {
        self.now - MINUTE
    }

    /// Returns a URL of this path for a response. With [`Fault::OtherHostNextPage`], it is a URL of the other host.
    pub(super) fn url(&self, query: &[(&str, String)]) -> String {
        let own = || format!("http://{}", self.request.host());
        let host =
            if self.has_fault(Fault::OtherHostNextPage) { self.server.other_host.url.clone() } else { own() };
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        self.server.note_url(&self.request.path, &query);
        let path = &self.request.path;
        let suffix = if path.starts_with("/api/v2/chat/") { "" } else { ".json" };
        format!("{host}{path}{suffix}?{query}")
    }

    /// Returns the request's values of these parameters, for the URL of the next page.
    pub(super) fn sent_parameters<'b>(&self, names: &[&'b str]) -> Vec<(&'b str, String)> {
        names.iter().filter_map(|name| Some((*name, self.request.param(name)?.to_owned()))).collect()
    }

    /// Returns the requested number of records.
    pub(super) fn limit(&self, parameter: &str) -> Result<usize, Response> {
        let Some(text) = self.request.param(parameter) else { return Ok(1_000) };
        match text.parse() {
            Ok(limit @ 1..=1_000) => Ok(limit),
            _ => Err(Response::invalid_pagination(parameter, &format!("{parameter} must be from 1 to 1000"))),
        }
    }

    /// Returns `start_time` in seconds, or an error response if it is too recent.
    pub(super) fn start_time(&self) -> Result<Option<i64>, Response> {
        let Some(text) = self.request.param("start_time") else { return Ok(None) };
        // Clients send fractions, too.
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let is_number = fraction.bytes().all(|byte| byte.is_ascii_digit());
        let start: Option<i64> = whole.parse().ok().filter(|_| is_number);
        let start = start
            .ok_or_else(|| Response::error(400, "InvalidValue", "start_time must be a time in seconds"))?;
        if start.saturating_mul(SECOND) > self.now - 61 * SECOND {
            return Err(self.too_recent());
        }
        Ok(Some(start))
    }

    /// Returns whether an export shows a ticket: by default, those of AI agents are left out.
    pub(super) fn is_in_scope(&self, resource: Resource, row: &Row) -> bool {
        let scope = self.request.param("support_type_scope").unwrap_or("agent");
        let is_ai = self.server.config.ai_agent_tickets && row.index.is_multiple_of(3);
        resource != Resource::Tickets || scope == "all" || (scope == "ai_agent") == is_ai
    }

    /// Repeats some rows of a page, with [`Fault::RepeatedRecord`].
    pub(super) fn repeat_rows<T: Clone>(&self, rows: &mut Vec<T>) {
        if let Some(first) = rows.first().cloned()
            && self.has_fault(Fault::RepeatedRecord)
        {
            rows.insert(1, first);
            rows.extend(rows.last().cloned());
        }
    }

    /// Replaces the rows of a page by those of the last page, with [`Fault::RepeatedPage`]. Returns whether it did. `last`
    /// are the last pages of each path.
    pub(super) fn repeat_page<T: Clone>(
        &self,
        rows: &mut Vec<T>,
        last: &Mutex<BTreeMap<String, Vec<T>>>,
    ) -> bool {
        let mut last = lock(last);
        if let Some(known) = last.get(&self.request.path)
            && self.has_fault(Fault::RepeatedPage)
        {
            rows.clone_from(known);
            return true;
        }
        if !rows.is_empty() {
            last.insert(self.request.path.clone(), rows.clone());
        }
        false
    }

    /// Returns a number for a new cursor of the same position.
    pub(super) fn new_number(&self) -> usize {
        self.server.requests().len()
    }

    /// Returns a path parameter by its position.
    pub(super) fn id(&self, position: usize) -> &str {
        self.path.get(position).map_or("", |(_, value)| value)
    }

    /// Returns the body.
    pub(super) fn body(&self) -> Result<Value, Response> {
        let unread = |_| Response::error(400, "InvalidValue", "The body is no JSON");
        serde_json::from_slice(&self.request.body).map_err(unread)
    }

    /// Returns the name in the body, below this key.
    pub(super) fn name(&self, key: &str) -> Result<String, Response> {
        let body = self.body()?;
        let missing = || Response::error(400, "ParameterMissing", &format!("Parameter {key} is required"));
        let fields = body.get(key).ok_or_else(missing)?;
        let name = fields["name"].as_str().unwrap_or_default();
        if name.trim().is_empty() {
            return Err(Response::invalid_record("name", "Name: cannot be blank", Some("BlankValue")));
        }
        Ok(name.to_owned())
    }

    pub(super) fn too_recent(&self) -> Response {
        if self.server.config.plain_too_recent {
            return Response::text(422, "Too recent start_time.");
        }
        let text = "Too recent start_time. Use a start_time older than 60 seconds";
        Response::error(400, "StartTimeTooRecent", text)
    }
}
