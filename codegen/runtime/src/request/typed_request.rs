//! The request with the type of its response.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use super::body::{self, Body, Chunk};
use super::error::{RequestError, RequestProblem};
use super::file_part::Part;
use super::options::RequestOptions;
use super::parts::RequestParts;
use super::style::Style;
use super::upload::Upload;
use super::value_string;
use crate::decode::error::DecodeError;
use crate::encode::text::{encode, to_vec};
use crate::json::raw_properties::{RawProperties, raw};
use crate::model::node::{Node, View};
use crate::nodes::lenient::Lenient;
use crate::operation::{Method, Operation};
use crate::percent::percent_encode;
use crate::response::media_type::{is_json, is_text};
use crate::response::{Received, sequence};

pub(crate) const JSON: &str = "application/json";
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// A request, with the type of its response. `Client::send` sends it.
///
/// It is a plain value: it can be inspected, stored, and cloned to send it several times.
#[must_use = "a request does nothing until it is sent"]
pub struct Request<T> {
    pub(super) parts: RequestParts,
    pub(super) decode: fn(&Received<'_>) -> Result<T, DecodeError>,
}

/// A type that can be converted into a [`Request`]: a request, or a builder for one.
pub trait IntoRequest {
    /// The type of the response.
    type Output: Send;

    /// Converts into a request, and checks its parameters.
    ///
    /// # Errors
    ///
    /// Returns an error if a parameter is missing, contradicts another one, or has a value that cannot be sent.
    fn into_request(self) -> Result<Request<Self::Output>, RequestError>;
}

/// Parameters.
#[doc(hidden)]
impl<T> Request<T> {
    /// Sets what the value that is set next has to meet, as JSON.
    #[cfg(feature = "validate")]
    pub fn limited(mut self, limits: &'static str) -> Self {
        self.parts.limit_next(limits);
        self
    }

    /// Sets a path parameter.
    pub fn path(self, name: &str, value: &dyn Node) -> Self {
        self.path_as(name, value, Style::SIMPLE)
    }

    /// Sets a path parameter in a style.
    pub fn path_as(mut self, name: &str, value: &dyn Node, style: Style) -> Self {
        self.parts.fill_path(name, value.full_view(), style);
        self
    }

    /// Sets a query parameter, or removes it if the value is absent. The items of an array repeat its name.
    pub fn query(self, name: &'static str, value: &dyn Node) -> Self {
        self.query_as(name, value, Style::FORM.exploded())
    }

    /// Sets a query parameter, with the items of an array in one value, separated by commas.
    pub fn query_joined(self, name: &'static str, value: &dyn Node) -> Self {
        self.query_as(name, value, Style::FORM)
    }

    /// Sets a query parameter in a style.
    pub fn query_as(mut self, name: &'static str, value: &dyn Node, style: Style) -> Self {
        self.parts.set_query(name, value.full_view(), style);
        self
    }

    /// Sets the entire query to a form, with some fields in a style, or to a string. An absent value removes it.
    pub fn query_form(mut self, name: &'static str, value: &dyn Node, styles: &[(&str, Style)]) -> Self {
        let view = value.full_view();
        self.parts.set_query_string(name, view, |view| match value_string::scalar(view) {
            Some(text) => Some(percent_encode(&text)),
            None => body::form(view, styles),
        });
        self
    }

    /// Sets the entire query to JSON. An absent value removes it.
    pub fn query_json(mut self, name: &'static str, value: &dyn Node) -> Self {
        self.parts.set_query_string(name, value.full_view(), |view| {
            value_string::json(view).map(|json| percent_encode(&json))
        });
        self
    }

    /// Sets a header, or removes it if the value is absent.
    pub fn header(self, name: &'static str, value: &dyn Node) -> Self {
        self.header_as(name, value, Style::SIMPLE)
    }

    /// Sets a header in a style.
    pub fn header_as(mut self, name: &'static str, value: &dyn Node, style: Style) -> Self {
        self.parts.set_header(name, value.full_view(), style);
        self
    }

    /// Sets a cookie, or removes it if the value is absent.
    pub fn cookie(self, name: &'static str, value: &dyn Node) -> Self {
        self.cookie_as(name, value, Style::FORM.exploded())
    }

    /// Sets a cookie in a style.
    pub fn cookie_as(mut self, name: &'static str, value: &dyn Node, style: Style) -> Self {
        self.parts.set_cookie(name, value.full_view(), style);
        self
    }
}

/// Bodies. An absent value sets no body.
#[doc(hidden)]
impl<T> Request<T> {
    /// Sets the body to JSON.
    pub fn json(mut self, body: &dyn Node) -> Self {
        if matches!(body.full_view(), View::Absent) {
            return self;
        }
        self.parts.check_value("", body.full_view());
        match encode(body) {
            Ok(body) => self.parts.set_body(Body::new(JSON, body)),
            Err(error) => self.parts.fail(RequestProblem::Body(error)),
        }
        self
    }

    /// Sets a property of a JSON object in the body to true.
    pub fn json_flag(mut self, name: &str) -> Self {
        if let Some(body) = self.parts.body_mut() {
            let flagged = body.whole().and_then(|text| with_flag(text, name));
            if let Some(text) = flagged {
                *body = Body::new(body.content_type().to_owned(), text);
            }
        }
        self
    }

    /// Sets the body to a sequence of JSON values: one in each line, or each after a separator.
    pub fn sequence(mut self, body: &dyn Node, content_type: &'static str) -> Self {
        let View::Array(values) = body.full_view() else { return self };
        self.parts.check_value("", body.full_view());
        let mut text = Vec::new();
        let mut problem = None;
        values.each(&mut |value| match to_vec(value) {
            Ok(value) => sequence::push(&mut text, &value, content_type),
            Err(error) => problem = problem.take().or(Some(error)),
        });
        match problem {
            None => self.parts.set_body(Body::new("", text)),
            Some(error) => self.parts.fail(RequestProblem::Body(error)),
        }
        self.content_type(content_type)
    }

    /// Sets the body to a form.
    pub fn form(self, body: &dyn Node) -> Self {
        self.form_as(body, &[])
    }

    /// Sets the body to a form, with some fields in a style.
    pub fn form_as(mut self, body: &dyn Node, styles: &[(&str, Style)]) -> Self {
        if matches!(body.full_view(), View::Absent) {
            return self;
        }
        self.parts.check_value("", body.full_view());
        match body::form(body.full_view(), styles) {
            Some(form) => self.parts.set_body(Body::new(FORM, form.into_bytes())),
            None => self.parts.fail(RequestProblem::Form),
        }
        self
    }

    /// Sets the body to bytes or a stream with a media type.
    pub fn raw(mut self, body: impl Into<Upload>, content_type: impl Into<Cow<'static, str>>) -> Self {
        self.parts.set_body(Body::new("", body));
        self.content_type(content_type)
    }

    /// Sets the body to bytes or a stream with a media type, if there is one.
    pub fn raw_optional(self, body: Option<(Upload, &str)>) -> Self {
        match body {
            Some((body, content_type)) => self.raw(body, content_type.to_owned()),
            None => self,
        }
    }

    /// Sets the body to a multipart one.
    pub fn multipart(mut self) -> Self {
        self.parts.multipart();
        self
    }

    /// Sets a part of the body to a value, or removes it if the value is absent.
    pub fn part(mut self, name: &'static str, value: &dyn Node) -> Self {
        self.parts.check_value(name, value.full_view());
        self.set_parts(name, |parts| parts.push(name, value.full_view(), None))
    }

    /// Sets a part of the body to a value with a media type.
    pub fn part_as(mut self, name: &'static str, value: &dyn Node, content_type: &str) -> Self {
        self.parts.check_value(name, value.full_view());
        self.set_parts(name, |parts| parts.push(name, value.full_view(), Some(content_type)))
    }

    /// Sets the parts with a name to a value in a style, as the pairs of a form. Each pair is a part.
    pub fn part_styled(mut self, name: &'static str, value: &dyn Node, style: Style) -> Self {
        self.parts.check_value(name, value.full_view());
        self.set_parts(name, |parts| parts.push_styled(name, value.full_view(), style))
    }

    /// Sets a header of the parts with a name, or removes it if the value is absent.
    pub fn part_header(mut self, part: &'static str, name: &'static str, value: &dyn Node) -> Self {
        let value = value.full_view();
        self.parts.check_value(name, value);
        let header = match value {
            View::Absent => Some(None),
            value => Style::SIMPLE.header(value).filter(|text| body::is_header_value(text)).map(Some),
        };
        match (header, self.parts.multipart().parts()) {
            (Some(header), Some(parts)) => parts.set_header(part, name, header),
            _ => self.parts.fail(RequestProblem::Value(name.to_owned())),
        }
        self
    }

    /// Sets the parts with a name to files. The media type is for files that have none.
    pub fn files(self, name: &'static str, files: &[Part], content_type: Option<&str>) -> Self {
        self.set_parts(name, |parts| files.iter().all(|file| parts.push_file(name, file, content_type)))
    }

    fn set_parts(mut self, name: &'static str, set: impl FnOnce(&mut body::Multipart) -> bool) -> Self {
        let is_valid = self.parts.multipart().parts().is_some_and(|parts| {
            parts.remove(name);
            set(parts)
        });
        if !is_valid {
            self.parts.fail(RequestProblem::Value(name.to_owned()));
        }
        self
    }

    /// Sets the media type of the body, if there is a body.
    pub fn content_type(mut self, content_type: impl Into<Cow<'static, str>>) -> Self {
        let content_type = content_type.into();
        if content_type.is_empty() || !body::is_header_value(&content_type) {
            self.parts.fail(RequestProblem::Value("content_type".to_owned()));
        } else if let Some(body) = self.parts.body_mut() {
            body.set_content_type(content_type);
        }
        self
    }
}

/// Returns a JSON object with a property that is true instead of what it was; `None` if it is no object.
fn with_flag(text: &[u8], name: &str) -> Option<String> {
    let text = str::from_utf8(text).ok().filter(|text| text.starts_with('{'))?;
    let mut properties = RawProperties::default();
    for (key, value) in raw(text).filter(|(key, _)| key != name) {
        properties.push(key, value);
    }
    let others = if properties.is_empty() { "{}".to_owned() } else { properties.text() };
    let comma = if properties.is_empty() { "" } else { "," };
    let others = others.strip_suffix('}')?;
    Some(format!("{others}{comma}{}:true}}", serde_json::Value::from(name)))
}

impl<T> Request<T> {
    /// Returns the operation.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.parts.operation()
    }

    /// Returns the HTTP method.
    #[must_use]
    pub fn method(&self) -> Method {
        self.operation().method()
    }

    /// Returns the percent-encoded path.
    #[must_use]
    pub fn encoded_path(&self) -> &str {
        self.parts.path()
    }

    /// Returns the percent-encoded query, without the question mark; empty if there is none.
    #[must_use]
    pub fn query_string(&self) -> String {
        self.parts.query_string()
    }

    /// Returns the percent-encoded path and query.
    #[must_use]
    pub fn path_and_query(&self) -> String {
        self.parts.path_and_query()
    }

    /// Returns the headers that are set by parameters, including `cookie`. The client adds those for authentication and
    /// content.
    pub fn headers(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.parts.headers()
    }

    /// Returns the media type of the body: the value of the `Content-Type` header.
    #[must_use]
    pub fn body_type(&self) -> Option<&str> {
        self.parts.body().map(Body::content_type)
    }

    /// Returns the body; `None` for a multipart body or a stream. For a multipart body, use [`body_chunks`](Self::body_chunks).
    #[must_use]
    pub fn body(&self) -> Option<&[u8]> {
        self.parts.body().and_then(Body::whole)
    }

    /// Returns the chunks of the body, in the order in which they are sent, without the streams among them.
    pub fn body_chunks(&self) -> impl Iterator<Item = &[u8]> {
        self.parts.body().map(Body::chunks).unwrap_or_default().into_iter().filter_map(Chunk::into_bytes)
    }

    /// Converts into a request for the response as text, whatever its declared type.
    ///
    /// `Accept` then names the declared media types that are text; all of them if none is. To ask for one of them, use
    /// [`with_accept`](Self::with_accept). The text is decoded in the charset that the server or the description names.
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method has another lifetime")]
    pub fn into_text(self) -> Request<String> {
        self.into_raw(is_text, |response| response.text())
    }

    /// Converts into a request for the response as bytes, whatever its declared type.
    ///
    /// `Accept` then names the declared media types that are neither JSON nor text; all of them if there are none. To
    /// ask for one of them, use [`with_accept`](Self::with_accept).
    pub fn into_bytes(self) -> Request<Vec<u8>> {
        self.into_raw(
            |media_type| !is_text(media_type) && !is_json(media_type),
            |response| Ok(response.bytes()),
        )
    }

    fn into_raw<R>(
        mut self,
        fits: fn(&str) -> bool,
        decode: fn(&Received<'_>) -> Result<R, DecodeError>,
    ) -> Request<R> {
        let fitting: Vec<_> = self.operation().media_types().filter(|media_type| fits(media_type)).collect();
        let all = || self.operation().media_types().collect();
        let accept: Vec<_> = if fitting.is_empty() { all() } else { fitting };
        if !accept.is_empty() {
            self.parts.set_accept(accept.join(", "));
        }
        Request { parts: self.parts, decode }
    }

    /// Sets the options of this request, such as its timeout or further headers. They replace options that were set
    /// before.
    pub fn with_options(mut self, options: RequestOptions) -> Self {
        self.parts.set_options(options);
        self
    }

    /// Returns the options of this request, if any are set.
    #[must_use]
    pub fn options(&self) -> Option<&RequestOptions> {
        self.parts.options()
    }

    /// Sets the `Accept` header: the media types that the response may have, such as `text/csv`.
    pub fn with_accept(mut self, media_types: impl Into<String>) -> Self {
        self.parts.set_accept(media_types.into());
        self
    }

    /// Returns the value of the `Accept` header: the media types that the response may have.
    #[must_use]
    pub fn accept(&self) -> &str {
        self.parts.accept()
    }

    /// Decodes the body of a successful response.
    ///
    /// If the type depends on the status code or the media type, use [`decode_as`](Self::decode_as).
    ///
    /// # Errors
    ///
    /// Returns an error if the body doesn't match the declared type.
    pub fn decode(&self, body: &[u8]) -> Result<T, DecodeError> {
        (self.decode)(&Received::of_body(self.operation(), body))
    }

    /// Decodes the body of a successful response with a status code and the value of its `Content-Type` header.
    ///
    /// The client does it for each response. Call it only if you send requests with another HTTP client.
    ///
    /// # Errors
    ///
    /// Returns an error if the body doesn't match the declared type.
    pub fn decode_as(&self, status: u16, content_type: Option<&str>, body: &[u8]) -> Result<T, DecodeError> {
        (self.decode)(&Received { status, content_type, ..Received::of_body(self.operation(), body) })
    }

    /// Decodes the body of a successful response, and leaves out what doesn't match its declared type. See [`Lenient`].
    ///
    /// # Errors
    ///
    /// Returns an error if a required part of the body doesn't match the declared type.
    pub fn decode_lenient(&self, body: &[u8]) -> Result<Lenient<T>, DecodeError> {
        self.read(Received { is_lenient: true, ..Received::of_body(self.operation(), body) })
    }

    /// Decodes a successful response. Returns the value with what was left out of it.
    pub(crate) fn read(&self, response: Received<'_>) -> Result<Lenient<T>, DecodeError> {
        let left_out = RefCell::default();
        let value = (self.decode)(&Received { left_out: Some(&left_out), ..response })?;
        Ok(Lenient::new(value, left_out.into_inner()))
    }

    #[cfg_attr(not(feature = "client"), expect(dead_code, reason = "for the client"))]
    pub(crate) fn parts(&self) -> &RequestParts {
        &self.parts
    }

    #[cfg(feature = "client")]
    pub(crate) fn parts_mut(&mut self) -> &mut RequestParts {
        &mut self.parts
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
        output.field("path_and_query", &self.parts.declared_path_and_query());
        output.field("body_length", &self.parts.body().and_then(Body::len));
        if let Some(options) = self.options() {
            output.field("options", options);
        }
        output.finish_non_exhaustive()
    }
}
