//! A request for an operation, and what handlers ask of it.

use std::cell::Cell;

use serde_json::Value;

use crate::description::{Operation, PathParameters};
use crate::fault::Fault;
use crate::http::{Answer, Request};
use crate::server::Server;
use crate::time::{MINUTE, SECOND};

/// A request for an operation, with all that it takes to answer it.
pub(crate) struct Call<'a> {
    pub(crate) server: &'a Server,
    pub(crate) operation: &'a Operation,
    pub(crate) request: &'a Request,
    pub(crate) path: PathParameters,
    /// Simulated time in microseconds.
    pub(crate) now: i64,
    /// What is to be wrong with the page.
    pub(crate) fault: Option<Fault>,
    /// Whether that fitted the page, and so was done.
    pub(crate) faulty: Cell<bool>,
}

impl Call<'_> {
    /// Whether this is to be wrong. Asked only where it would show.
    pub(super) fn wants(&self, fault: Fault) -> bool {
        let wanted = self.fault == Some(fault);
        self.faulty.set(self.faulty.get() || wanted);
        wanted
    }

    /// The newest instant that exports show.
    pub(super) fn horizon(&self) -> i64 {
        self.now - MINUTE
    }

    /// The path as answers name it, at this host or, with that fault, at another.
    pub(super) fn url(&self, query: &[(&str, String)]) -> String {
        let own = || format!("http://{}", self.request.host());
        let host = if self.wants(Fault::ForeignNextPage) { self.server.foreign.url.clone() } else { own() };
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        self.server.issued(&self.request.path, &query);
        let path = &self.request.path;
        let suffix = if path.starts_with("/api/v2/chat/") { "" } else { ".json" };
        format!("{host}{path}{suffix}?{query}")
    }

    /// Parameters to send again, such as `per_page`.
    pub(super) fn kept<'b>(&self, names: &[&'b str]) -> Vec<(&'b str, String)> {
        names.iter().filter_map(|name| Some((*name, self.request.param(name)?.to_owned()))).collect()
    }

    /// How many records are asked for.
    pub(super) fn limit(&self, parameter: &str) -> Result<usize, Answer> {
        let Some(text) = self.request.param(parameter) else { return Ok(1_000) };
        match text.parse() {
            Ok(limit @ 1..=1_000) => Ok(limit),
            _ => Err(Answer::bad_paging(parameter, &format!("{parameter} must be from 1 to 1000"))),
        }
    }

    /// `start_time` in seconds, if there is one and it is old enough.
    pub(super) fn start_time(&self) -> Result<Option<i64>, Answer> {
        let Some(text) = self.request.param("start_time") else { return Ok(None) };
        let start: i64 = text
            .parse()
            .map_err(|_| Answer::error(400, "InvalidValue", "start_time must be a time in seconds"))?;
        if start.saturating_mul(SECOND) > self.now - 61 * SECOND {
            return Err(self.too_recent());
        }
        Ok(Some(start))
    }

    /// A parameter of the path, by its position.
    pub(super) fn id(&self, position: usize) -> &str {
        self.path.get(position).map_or("", |(_, value)| value)
    }

    /// The body.
    pub(super) fn body(&self) -> Result<Value, Answer> {
        let unread = |_| Answer::error(400, "InvalidValue", "The body is no JSON");
        serde_json::from_slice(&self.request.body).map_err(unread)
    }

    /// The name in the body, under this key.
    pub(super) fn name(&self, key: &str) -> Result<String, Answer> {
        let body = self.body()?;
        let missing = || Answer::error(400, "ParameterMissing", &format!("Parameter {key} is required"));
        let fields = body.get(key).ok_or_else(missing)?;
        let name = fields["name"].as_str().unwrap_or_default();
        if name.trim().is_empty() {
            return Err(Answer::invalid("name", "Name: cannot be blank", Some("BlankValue")));
        }
        Ok(name.to_owned())
    }

    pub(super) fn too_recent(&self) -> Answer {
        if self.server.config.plain_too_recent {
            return Answer::text(422, "Too recent start_time.");
        }
        let text = "Too recent start_time. Use a start_time older than 60 seconds";
        Answer::error(400, "StartTimeTooRecent", text)
    }
}
