//! A request that the server of the API sends, and the hook for its signature.

use std::borrow::Cow;
use std::fmt;
use std::time::SystemTime;

use serde_json::{Map, Value};

use super::error::WebhookError;
use super::form;
use super::signature_error::SignatureError;
use crate::decode::error::DecodeError;
use crate::decode::text::decode;
use crate::model::node::Decode;
use crate::response::{charset, media_type};

/// A request that the server of the API sends: a webhook or a callback.
///
/// It borrows the parts of a request of any HTTP framework. The body has to be passed exactly as it came: its bytes are
/// signed.
///
/// ```
/// # use clientwright_runtime::webhook::IncomingRequest;
/// let headers = [("Content-Type", "application/json")];
/// let request = IncomingRequest::new("POST", headers, br#"{"id": 5}"#);
/// assert_eq!(request.header("content-type"), Some(&b"application/json"[..]));
/// ```
#[derive(Clone)]
pub struct IncomingRequest<'r> {
    method: &'r str,
    headers: Vec<(&'r str, &'r [u8])>,
    body: &'r [u8],
}

impl<'r> IncomingRequest<'r> {
    /// Creates a request of its parts. A reference to a header map of the crate `http` is a list of headers.
    pub fn new<N, V>(
        method: &'r str,
        headers: impl IntoIterator<Item = (&'r N, &'r V)>,
        body: &'r [u8],
    ) -> Self
    where
        N: AsRef<str> + ?Sized + 'r,
        V: AsRef<[u8]> + ?Sized + 'r,
    {
        let headers = headers.into_iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
        Self { method, headers, body }
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &'r str {
        self.method
    }

    /// Returns the value of a header, the first one if there are several. Names are case-insensitive.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&'r [u8]> {
        self.headers(name).next()
    }

    /// Returns all values of a header.
    pub fn headers<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'r [u8]> + 'n {
        let values = self.headers.iter().filter(move |(own, _)| own.eq_ignore_ascii_case(name));
        values.map(|(_, value)| *value)
    }

    /// Returns the body as it came.
    #[must_use]
    pub fn body(&self) -> &'r [u8] {
        self.body
    }

    /// Checks the signature of the request. `now` is the current time.
    ///
    /// # Errors
    ///
    /// Returns an error if the signature is missing, wrong or too old.
    pub fn verify(&self, verifier: &dyn VerifySignature, now: SystemTime) -> Result<(), WebhookError> {
        Ok(verifier.verify(self, now)?)
    }

    /// Reads the body as JSON. To leave out what doesn't match the type, use
    /// [`decode_lenient`](crate::decode_lenient) with the [`body`](Self::body).
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not JSON, or doesn't match the type.
    pub fn json<T: Decode>(&self) -> Result<T, WebhookError> {
        Ok(decode(&self.json_text()?)?)
    }

    /// Reads the body as a form, or as JSON if the header `Content-Type` names that, or is missing and the body looks so.
    ///
    /// A value is read as a number, a boolean or JSON if it doesn't match the type as a string. A name with several values
    /// is an array.
    ///
    /// # Errors
    ///
    /// Returns an error if the body doesn't match the type.
    pub fn form<T: Decode>(&self) -> Result<T, WebhookError> {
        let is_json = match self.content_type() {
            Some(content_type) => media_type::is_json(content_type),
            None => matches!(self.body.trim_ascii_start().first(), Some(b'{' | b'[')),
        };
        if is_json {
            return self.json();
        }
        Ok(form::decode_form(self.body)?)
    }

    /// Reads the body as text.
    ///
    /// # Errors
    ///
    /// Returns an error if the body is not text in its charset.
    pub fn text(&self) -> Result<String, WebhookError> {
        let charset = self.content_type().and_then(media_type::charset);
        let text = charset::decode(self.body, charset).map(Cow::into_owned);
        text.map_err(|_| {
            DecodeError::content("text".to_owned(), "bytes that are not text".to_owned(), None).into()
        })
    }

    /// Returns whether a header has one of these values.
    #[doc(hidden)]
    #[must_use]
    pub fn has_header(&self, name: &str, values: &[&str]) -> bool {
        self.headers(name).any(|own| values.iter().any(|value| own.trim_ascii() == value.as_bytes()))
    }

    /// Returns whether the body is an object with a property that has one of these values.
    #[doc(hidden)]
    #[must_use]
    pub fn has_property(&self, name: &str, values: &[&str]) -> bool {
        let object = self.json::<Map<String, Value>>().or_else(|_| self.form()).unwrap_or_default();
        let value = object.get(name).and_then(Value::as_str);
        value.is_some_and(|value| values.contains(&value))
    }

    /// Returns the JSON text, unless the body is of another kind.
    fn json_text(&self) -> Result<Cow<'r, [u8]>, DecodeError> {
        let expected = || "`application/json`".to_owned();
        let content_type = self.content_type();
        let text = charset::json_text(self.body, content_type.and_then(media_type::charset));
        let start = text.trim_ascii_start().first();
        let is_other =
            |content_type| !media_type::is_json(content_type) && !media_type::is_generic(content_type);
        if start.is_none() {
            return Err(DecodeError::content(expected(), "no content".to_owned(), None));
        }
        match content_type.filter(|content_type| is_other(content_type)) {
            Some(other) if !matches!(start, Some(b'{' | b'[')) => {
                let found = format!("`{}`", media_type::essence(other).escape_debug());
                Err(DecodeError::content(expected(), found, None))
            }
            _ => Ok(text),
        }
    }

    fn content_type(&self) -> Option<&'r str> {
        self.header("content-type").and_then(|value| str::from_utf8(value).ok())
    }
}

/// Shows the names of the headers and the size of the body: both may contain secrets.
impl fmt::Debug for IncomingRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.headers.iter().map(|(name, _)| name).collect();
        let mut output = f.debug_struct("IncomingRequest");
        output.field("method", &self.method).field("headers", &names);
        output.field("body", &format_args!("{} bytes", self.body.len())).finish()
    }
}

/// Checks that a request comes from the server of the API, and that it was not changed on the way.
///
/// A [`SignatureScheme`](super::SignatureScheme) makes a verifier for the usual schemes. Implement the trait for others.
pub trait VerifySignature {
    /// Checks the signature of a request. `now` is the current time, against which the age of the request is checked.
    ///
    /// # Errors
    ///
    /// Returns an error if the signature is missing, wrong or too old.
    fn verify(&self, request: &IncomingRequest<'_>, now: SystemTime) -> Result<(), SignatureError>;
}
