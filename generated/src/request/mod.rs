//! Requests as values: what will be sent, and how to read the answer. No I/O happens here.

#[macro_use]
mod builder;

mod error;
mod query;
mod text;

#[cfg(test)]
mod tests;

use std::fmt;

pub(crate) use builder::list;
use error::Problem;
pub use error::RequestError;
pub(crate) use query::Query;

use crate::operation::{Method, Operation, Rule};
use crate::wire::{Decode, DecodeError, Encode, View, decode, encode};

/// A request that was put together but not sent, and how to read its answer.
///
/// It is a plain value: it can be looked at, kept, and sent more than once.
#[must_use = "a request does nothing until it is sent"]
pub struct Request<T> {
    parts: Parts,
    decode: fn(&[u8]) -> Result<T, DecodeError>,
}

/// All of a request but the type of its answer.
#[derive(Clone)]
pub(crate) struct Parts {
    operation: &'static Operation,
    path: String,
    query: Query,
    headers: Vec<(&'static str, String)>,
    body: Option<Vec<u8>>,
    problem: Option<RequestError>,
}

/// What can be sent: a [`Request`], or a builder of one.
pub trait IntoRequest {
    /// The type of the answer.
    type Output: Send;

    /// Checks the request as a whole.
    ///
    /// # Errors
    ///
    /// If a parameter is missing, contradicts another one, or has a value that cannot be sent.
    fn into_request(self) -> Result<Request<Self::Output>, RequestError>;
}

impl<T> Request<T> {
    pub(crate) fn new(operation: &'static Operation) -> Self
    where
        T: Decode,
    {
        let path = operation.path().to_owned();
        let parts = Parts {
            operation,
            path,
            query: Query::default(),
            headers: Vec::new(),
            body: None,
            problem: None,
        };
        Self { parts, decode: decode::<T> }
    }

    /// Fills a parameter of the path.
    pub(crate) fn path(mut self, name: &str, value: &dyn Encode) -> Self {
        self.parts.fill_path(name, value.view());
        self
    }

    /// Sets a query parameter, or takes it out if the value is absent; the items of a list repeat its name.
    pub(crate) fn query(mut self, name: &'static str, value: &dyn Encode) -> Self {
        let values =
            text::all(value.view()).map(|values| values.iter().map(|value| text::encoded(value)).collect());
        self.parts.set_query(name, values);
        self
    }

    /// The same with the items of a list in one value, separated by commas.
    pub(crate) fn query_joined(mut self, name: &'static str, value: &dyn Encode) -> Self {
        let values = text::all(value.view()).map(|values| {
            let encoded: Vec<_> = values.iter().map(|value| text::encoded(value)).collect();
            if encoded.is_empty() { Vec::new() } else { vec![encoded.join(",")] }
        });
        self.parts.set_query(name, values);
        self
    }

    /// Sets a header.
    pub(crate) fn header(mut self, name: &'static str, value: &dyn Encode) -> Self {
        self.parts.set_header(name, value.view());
        self
    }

    /// Sets the body.
    pub(crate) fn json(mut self, body: &dyn Encode) -> Self {
        match encode(body) {
            Ok(body) => self.parts.body = Some(body),
            Err(error) => self.parts.fail(Problem::Body(error)),
        }
        self
    }

    /// What is known of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.parts.operation
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> Method {
        self.parts.operation.method()
    }

    /// The path, percent-encoded.
    #[must_use]
    pub fn encoded_path(&self) -> &str {
        &self.parts.path
    }

    /// The query, percent-encoded and without the question mark; empty if there is none.
    #[must_use]
    pub fn query_string(&self) -> String {
        self.parts.query.to_string()
    }

    /// The path and the query, as they stand in the first line of the request.
    #[must_use]
    pub fn url_path(&self) -> String {
        self.parts.url_path()
    }

    /// The headers that the operation declares; those for authentication and content are the client's.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.parts.headers()
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.parts.body()
    }

    /// Reads the body of a successful answer.
    ///
    /// # Errors
    ///
    /// If it is not JSON, or does not have the declared shape.
    pub fn decode(&self, body: &[u8]) -> Result<T, DecodeError> {
        (self.decode)(body)
    }

    #[cfg_attr(not(feature = "client"), expect(dead_code, reason = "for the client"))]
    pub(crate) fn parts(&self) -> &Parts {
        &self.parts
    }
}

impl Parts {
    #[cfg_attr(not(feature = "client"), expect(dead_code, reason = "for the client"))]
    pub(crate) fn method(&self) -> Method {
        self.operation.method()
    }

    pub(crate) fn url_path(&self) -> String {
        let query = self.query.to_string();
        if query.is_empty() { self.path.clone() } else { format!("{}?{query}", self.path) }
    }

    /// What is known of the operation.
    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The query.
    pub(crate) fn query(&self) -> &Query {
        &self.query
    }

    /// The query, to be changed from one page to the next.
    pub(crate) fn query_mut(&mut self) -> &mut Query {
        &mut self.query
    }

    /// Leads to an address that the server gave, as it stands there; only the path and query of it.
    pub(crate) fn follow(&mut self, target: &str) {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        path.clone_into(&mut self.path);
        self.query = Query::verbatim(query);
    }

    pub(crate) fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.headers.iter().map(|(name, value)| (*name, value.as_str()))
    }

    pub(crate) fn body(&self) -> Option<&[u8]> {
        self.body.as_deref()
    }

    /// Remembers the first thing that went wrong; it is reported when the request is complete.
    fn fail(&mut self, problem: Problem) {
        let id = self.operation.id();
        self.problem.get_or_insert_with(|| RequestError::new(id, problem));
    }

    fn fill_path(&mut self, name: &str, value: View<'_>) {
        match text::one(value) {
            Some(value) if value.is_empty() || value == "." || value == ".." => {
                self.fail(Problem::PathValue(name.to_owned()));
            }
            Some(value) => self.path = self.path.replace(&format!("{{{name}}}"), &text::encoded(&value)),
            None => self.fail(Problem::Value(name.to_owned())),
        }
    }

    fn set_query(&mut self, name: &'static str, values: Option<Vec<String>>) {
        match values {
            Some(values) => self.query.set(name, values),
            None => self.fail(Problem::Value(name.to_owned())),
        }
    }

    fn set_header(&mut self, name: &'static str, value: View<'_>) {
        self.headers.retain(|(other, _)| *other != name);
        match text::one(value) {
            Some(value) if value.bytes().all(|byte| byte == b'\t' || (b' '..0x7f).contains(&byte)) => {
                self.headers.push((name, value));
            }
            None if matches!(value, View::Absent) => {}
            _ => self.fail(Problem::Value(name.to_owned())),
        }
    }

    /// The problem of the request as a whole.
    fn check(&self) -> Result<(), RequestError> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone());
        }
        let unfilled = self.path.split_once('{').and_then(|(_, rest)| rest.split_once('}'));
        if let Some((name, _)) = unfilled {
            return Err(RequestError::new(self.operation.id(), Problem::Missing(name.to_owned())));
        }
        self.operation.rules().try_for_each(|rule| self.check_rule(rule))
    }

    fn check_rule(&self, rule: Rule) -> Result<(), RequestError> {
        let given = |name: &str| self.query.get(name).is_some();
        let count = |names: &[&str]| names.iter().filter(|name| given(name)).count();
        let problem = match rule {
            Rule::ExactlyOneOf(names) if count(names) != 1 => Some(Problem::ExactlyOneOf(names)),
            Rule::AtMostOneOf(names) if count(names) > 1 => Some(Problem::AtMostOneOf(names)),
            Rule::Required(names) => {
                names.iter().find(|name| !given(name)).map(|name| Problem::Missing((*name).to_owned()))
            }
            Rule::ExactlyOneOf(_) | Rule::AtMostOneOf(_) => None,
        };
        let (Rule::ExactlyOneOf(names) | Rule::AtMostOneOf(names) | Rule::Required(names)) = rule;
        let empty = names.iter().find(|name| self.query.has_empty(name));
        let problem = problem.or_else(|| empty.map(|name| Problem::Empty((*name).to_owned())));
        problem.map_or(Ok(()), |problem| Err(RequestError::new(self.operation.id(), problem)))
    }
}

impl<T: Send> IntoRequest for Request<T> {
    type Output = T;

    fn into_request(self) -> Result<Self, RequestError> {
        self.parts.check().map(|()| self)
    }
}

impl<T> Clone for Request<T> {
    fn clone(&self) -> Self {
        Self { parts: self.parts.clone(), decode: self.decode }
    }
}

impl<T> fmt::Debug for Request<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut output = f.debug_struct("Request");
        output.field("operation", &self.parts.operation.id());
        output.field("method", &self.method());
        output.field("url_path", &self.url_path());
        output.field("body_length", &self.body().map(<[u8]>::len));
        output.finish_non_exhaustive()
    }
}
