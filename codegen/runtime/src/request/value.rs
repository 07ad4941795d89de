//! The request itself.

use std::borrow::Cow;
use std::fmt;

use super::body::{self, Body, Chunk};
use super::error::{Problem, RequestError};
use super::part::Part;
use super::parts::Parts;
use super::style::Style;
use crate::decode::error::DecodeError;
use crate::decode::text::decode;
use crate::encode::text::encode;
use crate::model::node::{Node, View};
use crate::operation::{Method, Operation};

pub(crate) const JSON: &str = "application/json";
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// A request that was put together but not sent, and how to read its answer.
///
/// It is a plain value: it can be looked at, kept, and sent more than once.
#[must_use = "a request does nothing until it is sent"]
pub struct Request<T> {
    parts: Parts,
    decode: fn(&[u8]) -> Result<T, DecodeError>,
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

#[doc(hidden)]
impl<T: Node + Default> Request<T> {
    /// A request whose answer is JSON.
    pub fn new(operation: &'static Operation) -> Self {
        Self { parts: Parts::new(operation), decode: decode::<T> }
    }
}

#[doc(hidden)]
impl<T: Node + Default> Request<Option<T>> {
    /// A request whose answer is JSON or nothing at all.
    pub fn or_empty(operation: &'static Operation) -> Self {
        let decode = |body: &[u8]| match body.trim_ascii() {
            b"" => Ok(None),
            body => decode(body),
        };
        Self { parts: Parts::new(operation), decode }
    }
}

#[doc(hidden)]
impl Request<String> {
    /// A request whose answer is text.
    pub fn text(operation: &'static Operation) -> Self {
        let decode = |body: &[u8]| match str::from_utf8(body) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(DecodeError::not_text(body, &error)),
        };
        Self { parts: Parts::new(operation), decode }
    }
}

#[doc(hidden)]
impl Request<Vec<u8>> {
    /// A request whose answer is bytes.
    pub fn bytes(operation: &'static Operation) -> Self {
        Self { parts: Parts::new(operation), decode: |body| Ok(body.to_vec()) }
    }
}

/// Parameters.
#[doc(hidden)]
impl<T> Request<T> {
    /// Fills a parameter of the path.
    pub fn path(self, name: &str, value: &dyn Node) -> Self {
        self.path_as(name, value, Style::SIMPLE)
    }

    /// The same, in a style.
    pub fn path_as(mut self, name: &str, value: &dyn Node, style: Style) -> Self {
        self.parts.fill_path(name, value.whole_view(), style);
        self
    }

    /// Sets a query parameter, or takes it out if the value is absent; the items of a list repeat its name.
    pub fn query(self, name: &'static str, value: &dyn Node) -> Self {
        self.query_as(name, value, Style::FORM.exploded())
    }

    /// The same with the items of a list in one value, separated by commas.
    pub fn query_joined(self, name: &'static str, value: &dyn Node) -> Self {
        self.query_as(name, value, Style::FORM)
    }

    /// The same, in a style.
    pub fn query_as(mut self, name: &'static str, value: &dyn Node, style: Style) -> Self {
        self.parts.set_query(name, value.whole_view(), style);
        self
    }

    /// Sets a header, or takes it out if the value is absent.
    pub fn header(self, name: &'static str, value: &dyn Node) -> Self {
        self.header_as(name, value, Style::SIMPLE)
    }

    /// The same, in a style.
    pub fn header_as(mut self, name: &'static str, value: &dyn Node, style: Style) -> Self {
        self.parts.set_header(name, value.whole_view(), style);
        self
    }

    /// Sets a cookie, or takes it out if the value is absent.
    pub fn cookie(self, name: &'static str, value: &dyn Node) -> Self {
        self.cookie_as(name, value, Style::FORM.exploded())
    }

    /// The same, in a style.
    pub fn cookie_as(mut self, name: &'static str, value: &dyn Node, style: Style) -> Self {
        self.parts.set_cookie(name, value.whole_view(), style);
        self
    }
}

/// Bodies. None is set where the value is absent.
#[doc(hidden)]
impl<T> Request<T> {
    /// Sets the body to JSON.
    pub fn json(mut self, body: &dyn Node) -> Self {
        if matches!(body.whole_view(), View::Absent) {
            return self;
        }
        match encode(body) {
            Ok(body) => self.parts.set_body(Body::new(JSON, body)),
            Err(error) => self.parts.fail(Problem::Body(error)),
        }
        self
    }

    /// Sets the body to a form.
    pub fn form(self, body: &dyn Node) -> Self {
        self.form_as(body, &[])
    }

    /// The same, with some fields in a style.
    pub fn form_as(mut self, body: &dyn Node, styles: &[(&str, Style)]) -> Self {
        if matches!(body.whole_view(), View::Absent) {
            return self;
        }
        match body::form(body.whole_view(), styles) {
            Some(form) => self.parts.set_body(Body::new(FORM, form.into_bytes())),
            None => self.parts.fail(Problem::Form),
        }
        self
    }

    /// Sets the body to bytes of a media type.
    pub fn raw(mut self, body: impl Into<Vec<u8>>, content_type: impl Into<Cow<'static, str>>) -> Self {
        self.parts.set_body(Body::new("", body.into()));
        self.content_type(content_type)
    }

    /// Makes the body one of parts.
    pub fn multipart(mut self) -> Self {
        self.parts.multipart();
        self
    }

    /// Sets a part of the body to a value, or takes it out if the value is absent.
    pub fn part(self, name: &'static str, value: &dyn Node) -> Self {
        self.set_parts(name, |parts| parts.push(name, value.whole_view(), None))
    }

    /// The same with a media type.
    pub fn part_as(self, name: &'static str, value: &dyn Node, content_type: &str) -> Self {
        self.set_parts(name, |parts| parts.push(name, value.whole_view(), Some(content_type)))
    }

    /// Sets the parts of a name to files. The media type is that of files which name none.
    pub fn files(self, name: &'static str, files: &[Part], content_type: Option<&str>) -> Self {
        self.set_parts(name, |parts| files.iter().all(|file| parts.push_file(name, file, content_type)))
    }

    fn set_parts(mut self, name: &'static str, set: impl FnOnce(&mut body::Multipart) -> bool) -> Self {
        let fine = self.parts.multipart().parts().is_some_and(|parts| {
            parts.remove(name);
            set(parts)
        });
        if !fine {
            self.parts.fail(Problem::Value(name.to_owned()));
        }
        self
    }

    /// Says that the body, if there is one, is of another media type than the usual one of its kind.
    pub fn content_type(mut self, content_type: impl Into<Cow<'static, str>>) -> Self {
        let content_type = content_type.into();
        if content_type.is_empty() || !body::is_header_value(&content_type) {
            self.parts.fail(Problem::Value("content_type".to_owned()));
        } else if let Some(body) = self.parts.body_mut() {
            body.set_content_type(content_type);
        }
        self
    }
}

impl<T> Request<T> {
    /// What is known of the operation.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.parts.operation()
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> Method {
        self.operation().method()
    }

    /// The path, percent-encoded.
    #[must_use]
    pub fn encoded_path(&self) -> &str {
        self.parts.path()
    }

    /// The query, percent-encoded and without the question mark; empty if there is none.
    #[must_use]
    pub fn query_string(&self) -> String {
        self.parts.query().to_string()
    }

    /// The path and the query, as they stand in the first line of the request.
    #[must_use]
    pub fn url_path(&self) -> String {
        self.parts.url_path()
    }

    /// The headers that the operation declares, cookies included; those for authentication and content are the
    /// client's.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.parts.headers()
    }

    /// The header `Content-Type`; none without a body.
    #[must_use]
    pub fn body_type(&self) -> Option<&str> {
        self.parts.body().map(Body::content_type)
    }

    /// The body, unless it is made of parts: then it is had by [`body_chunks`](Self::body_chunks) alone.
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.parts.body().and_then(Body::whole)
    }

    /// The body in pieces, to be sent one after the other; none without a body.
    pub fn body_chunks(&self) -> impl Iterator<Item = &[u8]> {
        self.parts.body().map(Body::chunks).unwrap_or_default().into_iter().map(Chunk::into_bytes)
    }

    /// Reads the body of a successful answer.
    ///
    /// # Errors
    ///
    /// If it does not have the declared shape.
    pub fn decode(&self, body: &[u8]) -> Result<T, DecodeError> {
        (self.decode)(body)
    }

    #[cfg_attr(not(feature = "client"), expect(dead_code, reason = "for the client"))]
    pub(crate) fn parts(&self) -> &Parts {
        &self.parts
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
        output.field("operation", &self.operation().id());
        output.field("method", &self.method());
        output.field("url_path", &self.url_path());
        output.field("body_length", &self.parts.body().map(Body::len));
        output.finish_non_exhaustive()
    }
}
