//! The parts of a request that don't depend on the type of its response.

use super::body::{Body, is_header_value};
use super::error::{RequestError, RequestProblem};
use super::options::RequestOptions;
use super::query::Query;
use super::style::Style;
use super::value_string;
use crate::model::node::View;
use crate::operation::{Method, Operation, Rule};
#[cfg(feature = "validate")]
use crate::validate::violations_of;

/// The parts of a request that don't depend on the type of its response.
#[derive(Clone)]
pub(crate) struct RequestParts {
    operation: &'static Operation,
    path: String,
    query: Query,
    headers: Vec<(&'static str, String)>,
    /// The pairs of the header `cookie`, each with the name of its parameter.
    cookies: Vec<(&'static str, String)>,
    body: Option<Body>,
    /// The value of the header `accept`; `None` for that of the operation.
    accept: Option<String>,
    options: Option<Box<RequestOptions>>,
    problem: Option<RequestError>,
    /// What the next value has to meet.
    #[cfg(feature = "validate")]
    limits: &'static str,
}

impl RequestParts {
    /// Creates a request. The path template of the operation may contain a query. A fragment after `#`, which only
    /// distinguishes operations, is removed.
    pub(super) fn new(operation: &'static Operation) -> Self {
        let template = operation.path().split('#').next().unwrap_or_default();
        let (path, query) = template.split_once('?').unwrap_or((template, ""));
        Self {
            operation,
            path: path.to_owned(),
            query: Query::verbatim(query),
            headers: Vec::new(),
            cookies: Vec::new(),
            body: None,
            accept: None,
            options: None,
            problem: None,
            #[cfg(feature = "validate")]
            limits: "",
        }
    }

    #[cfg_attr(not(feature = "client"), expect(dead_code, reason = "for the client"))]
    pub(crate) fn method(&self) -> Method {
        self.operation.method()
    }

    /// Returns the percent-encoded path.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    pub(crate) fn path_and_query(&self) -> String {
        let query = self.query_string();
        if query.is_empty() { self.path.clone() } else { format!("{}?{query}", self.path) }
    }

    /// Returns the percent-encoded path and query, without the pairs of the options.
    pub(super) fn declared_path_and_query(&self) -> String {
        let query = self.query.to_string();
        if query.is_empty() { self.path.clone() } else { format!("{}?{query}", self.path) }
    }

    /// Returns the percent-encoded query, with the pairs of the options that it doesn't contain yet: the URL of a next page
    /// has them.
    pub(super) fn query_string(&self) -> String {
        let mut query = self.query.to_string();
        for pair in self.options().map(RequestOptions::encoded_query).unwrap_or_default() {
            if !query.split('&').any(|own| own == pair) {
                query.push_str(if query.is_empty() { "" } else { "&" });
                query.push_str(pair);
            }
        }
        query
    }

    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    pub(crate) fn query(&self) -> &Query {
        &self.query
    }

    pub(crate) fn query_mut(&mut self) -> &mut Query {
        &mut self.query
    }

    /// Replaces the path and query with those of a URL from the server, unchanged.
    pub(crate) fn follow(&mut self, target: &str) {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        path.clone_into(&mut self.path);
        self.query = Query::verbatim(query);
    }

    pub(crate) fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.headers.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// Returns the value of the header `accept`.
    pub(crate) fn accept(&self) -> &str {
        self.accept.as_deref().unwrap_or(self.operation.accept())
    }

    pub(super) fn set_accept(&mut self, accept: String) {
        if accept.is_empty() || !is_header_value(&accept) {
            self.fail(RequestProblem::Value("accept".to_owned()));
        }
        self.accept = Some(accept);
    }

    /// Returns the options, if any are set.
    pub(crate) fn options(&self) -> Option<&RequestOptions> {
        self.options.as_deref()
    }

    pub(super) fn set_options(&mut self, options: RequestOptions) {
        if let Some(name) = options.invalid_header() {
            self.fail(RequestProblem::Value(name.to_owned()));
        }
        self.options = Some(Box::new(options));
    }

    /// Returns whether sending the request twice has the same effect as sending it once.
    #[cfg_attr(not(feature = "client"), expect(dead_code, reason = "for the client"))]
    pub(crate) fn is_idempotent(&self) -> bool {
        self.operation.method().is_idempotent() || self.options().is_some_and(RequestOptions::is_idempotent)
    }

    pub(crate) fn body(&self) -> Option<&Body> {
        self.body.as_ref()
    }

    pub(super) fn set_body(&mut self, body: Body) {
        self.body = Some(body);
    }

    pub(super) fn body_mut(&mut self) -> Option<&mut Body> {
        self.body.as_mut()
    }

    /// Returns the body. If there is none, it becomes an empty multipart body.
    pub(super) fn multipart(&mut self) -> &mut Body {
        self.body.get_or_insert_with(Body::multipart)
    }

    /// Records a problem. The first one is reported by `check`.
    pub(super) fn fail(&mut self, problem: RequestProblem) {
        let id = self.operation.id();
        self.problem.get_or_insert_with(|| RequestError::new(id, problem));
    }

    /// Sets what the next value has to meet.
    #[cfg(feature = "validate")]
    pub(super) fn limit_next(&mut self, limits: &'static str) {
        self.limits = limits;
    }

    /// Checks a value against what it has to meet, with the feature `validate`. `name` is that of the parameter; the body
    /// has none.
    #[cfg_attr(
        not(feature = "validate"),
        expect(clippy::unused_self, unused_variables, reason = "for `validate`")
    )]
    pub(super) fn check_value(&mut self, name: &str, value: View<'_>) {
        #[cfg(feature = "validate")]
        if let Err(violations) = violations_of(value, std::mem::take(&mut self.limits)) {
            self.fail(RequestProblem::Invalid(name.to_owned(), violations));
        }
    }

    pub(super) fn fill_path(&mut self, name: &str, value: View<'_>, style: Style) {
        self.check_value(name, value);
        let Some(value) = style.path(name, value) else {
            return self.fail(RequestProblem::Value(name.to_owned()));
        };
        let expression = format!("{{{name}}}");
        if self.changes_path(&expression, &value) {
            return self.fail(RequestProblem::PathValue(name.to_owned()));
        }
        self.path = self.path.replace(&expression, &value);
        self.query.fill(&expression, &value);
    }

    /// Returns whether a value would make a whole segment of the path empty, `.` or `..`.
    fn changes_path(&self, expression: &str, value: &str) -> bool {
        let is_suspicious = value.is_empty() || value.contains(['.', '%']);
        let mut filled = self.path.split('/').filter(|segment| is_suspicious && segment.contains(expression));
        filled.any(|segment| {
            let segment = segment.replace(expression, value);
            segment.is_empty() || has_dot_segment(&segment)
        })
    }

    pub(super) fn set_query(&mut self, name: &'static str, value: View<'_>, style: Style) {
        self.check_value(name, value);
        let is_item = value_string::scalar(value).is_none();
        match style.pairs(name, value) {
            Some(pairs) => self.query.set(name, pairs, is_item),
            None => self.fail(RequestProblem::Value(name.to_owned())),
        }
    }

    /// Replaces the query by a value, which `write` encodes.
    pub(super) fn set_query_string(
        &mut self,
        name: &str,
        value: View<'_>,
        write: impl FnOnce(View<'_>) -> Option<String>,
    ) {
        self.check_value(name, value);
        self.query = Query::default();
        if matches!(value, View::Absent) {
            return;
        }
        match write(value) {
            Some(query) => self.query = Query::verbatim(&query),
            None => self.fail(RequestProblem::Value(name.to_owned())),
        }
    }

    pub(super) fn set_header(&mut self, name: &'static str, value: View<'_>, style: Style) {
        self.check_value(name, value);
        self.headers.retain(|(other, _)| *other != name);
        if matches!(value, View::Absent) {
            return;
        }
        match style.header(value).filter(|text| is_header_value(text)) {
            Some(text) => self.headers.push((name, text)),
            None => self.fail(RequestProblem::Value(name.to_owned())),
        }
    }

    pub(super) fn set_cookie(&mut self, name: &'static str, value: View<'_>, style: Style) {
        const COOKIE: &str = "cookie";
        self.check_value(name, value);
        self.cookies.retain(|(other, _)| *other != name);
        self.headers.retain(|(other, _)| *other != COOKIE);
        // A semicolon would begin another cookie.
        let is_sendable =
            |pairs: &Vec<String>| pairs.iter().all(|pair| is_header_value(pair) && !pair.contains(';'));
        match style.pairs(name, value).filter(is_sendable) {
            Some(pairs) => self.cookies.extend(pairs.into_iter().map(|pair| (name, pair))),
            None => self.fail(RequestProblem::Value(name.to_owned())),
        }
        let cookies: Vec<_> = self.cookies.iter().map(|(_, pair)| pair.as_str()).collect();
        if !cookies.is_empty() {
            self.headers.push((COOKIE, cookies.join("; ")));
        }
    }

    /// Returns the first problem of the request.
    pub(super) fn check(&self) -> Result<(), RequestError> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone());
        }
        let in_path = self.path.split_once('{').and_then(|(_, rest)| rest.split_once('}'));
        let in_query = || self.query.unfilled(self.operation.path().split_once('?')?.1);
        if let Some(name) = in_path.map(|(name, _)| name).or_else(in_query) {
            return Err(RequestError::new(self.operation.id(), RequestProblem::Missing(name.to_owned())));
        }
        self.operation.rules().try_for_each(|rule| self.check_rule(rule))
    }

    fn check_rule(&self, rule: Rule) -> Result<(), RequestError> {
        let count = |names: &[&str]| names.iter().filter(|name| self.has(name)).count();
        let problem = match rule {
            Rule::ExactlyOneOf(names) if count(names) != 1 => Some(RequestProblem::ExactlyOneOf(names)),
            Rule::AtMostOneOf(names) if count(names) > 1 => Some(RequestProblem::AtMostOneOf(names)),
            Rule::Required(names) => names
                .iter()
                .find(|name| !self.has(name))
                .map(|name| RequestProblem::Missing((*name).to_owned())),
            Rule::ExactlyOneOf(_) | Rule::AtMostOneOf(_) => None,
        };
        let (Rule::ExactlyOneOf(names) | Rule::AtMostOneOf(names) | Rule::Required(names)) = rule;
        let empty = names.iter().find(|name| self.query.has_empty(name));
        let problem = problem.or_else(|| empty.map(|name| RequestProblem::Empty((*name).to_owned())));
        problem.map_or(Ok(()), |problem| Err(RequestError::new(self.operation.id(), problem)))
    }

    /// Returns whether a query, header or cookie parameter is set.
    fn has(&self, name: &str) -> bool {
        let named = |(other, _): &(&str, String)| *other == name;
        self.query.get(name).is_some() || self.headers.iter().any(named) || self.cookies.iter().any(named)
    }
}

/// Returns true if a segment of a path is `.` or `..`, also percent-encoded: such a URL would lead to another path.
fn has_dot_segment(path: &str) -> bool {
    let is_dot =
        |segment: &str| matches!(segment.replace("%2e", ".").replace("%2E", ".").as_str(), "." | "..");
    path.split('/').any(is_dot)
}
