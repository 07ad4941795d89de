//! Error responses.

use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime};

use serde_json::Value;

use super::advice::advice;
use super::arrival::Arrival;
use super::body::ErrorBody;
use super::item::ApiErrorItem;
use super::retry_after;
use super::server_text::{listed, reason, shortened};
use crate::api::{Api, ErrorHint};
use crate::decode::error::DecodeError;
use crate::decode::text::decode;
use crate::model::node::Decode;
use crate::operation::Operation;
use crate::response::{FromResponse, Received, ResponseHeader, charset, compression, media_type};
use crate::secrets::Secrets;

/// An API without error hints.
static UNKNOWN: Api = Api::new("");
/// An operation of which nothing is known.
static UNKNOWN_OPERATION: Operation = Operation::get("", "/");

/// An error response of the server.
///
/// The body can have any content: a JSON object with one of the usual structures, plain text, HTML, or nothing. Parts
/// that it doesn't contain are empty.
///
/// `Display` shows the status code, the server's code and message (shortened), help if there is some, and the request
/// ID. Neither `Display` nor `Debug` shows the entire body.
#[derive(Clone, PartialEq)]
pub struct ApiError {
    api: &'static Api,
    status: u16,
    code: Option<String>,
    title: Option<String>,
    message: Option<String>,
    /// The single errors in one line, if there are any.
    listed: Option<String>,
    details: Value,
    errors: Vec<ApiErrorItem>,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    /// The names are in lower case.
    headers: Vec<(String, String)>,
    body: String,
    /// Whether the body was longer than what is kept.
    is_cut: bool,
    /// A description of the body, if it is compressed and can't be read.
    compressed: Option<String>,
    /// Whether sending the request again has the same effect as sending it once.
    is_idempotent: bool,
}

impl ApiError {
    /// The maximum length of a body that is kept, in bytes.
    pub(crate) const MAX_BODY: usize = 1 << 20;

    /// Creates the error of a response from its status code, header fields and body.
    ///
    /// The client calls it for each error response. Call it only if you send requests with another HTTP client. See
    /// also [`for_api`](Self::for_api).
    pub fn new<'a>(status: u16, headers: impl IntoIterator<Item = (&'a str, &'a str)>, body: &[u8]) -> Self {
        Self::for_api(&UNKNOWN, status, headers, body)
    }

    /// Creates the error that a body describes.
    pub(super) fn of_body(status: u16, body: &[u8], secrets: &Secrets) -> Self {
        let arrival = Arrival { now: SystemTime::UNIX_EPOCH, is_idempotent: true, secrets };
        Self::received(&arrival, &UNKNOWN, status, [], body)
    }

    /// Creates the error that an item of a stream reports.
    #[cfg(feature = "client")]
    pub(crate) fn of_event(status: u16, data: &[u8], secrets: &Secrets) -> Self {
        Self::of_body(status, data, secrets)
    }

    /// Writes the error that an item of a stream reports.
    #[cfg(feature = "client")]
    pub(super) fn describe_event(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the server reported an error in the stream")?;
        self.words().iter().try_for_each(|part| write!(f, ": {part}"))
    }

    /// Creates the error of a response, with the error hints of an API.
    pub fn for_api<'a>(
        api: &'static Api,
        status: u16,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
        body: &[u8],
    ) -> Self {
        let arrival = Arrival { now: SystemTime::now(), is_idempotent: true, secrets: &Secrets::default() };
        Self::received(&arrival, api, status, headers, body)
    }

    /// Creates the error of a response that has arrived. A date in `Retry-After` is compared with the server's own clock
    /// if the response has a `Date`, and with the time of the arrival otherwise. The credentials are removed from all
    /// texts but the body.
    pub(crate) fn received<'a>(
        arrival: &Arrival<'_>,
        api: &'static Api,
        status: u16,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
        body: &[u8],
    ) -> Self {
        let mut error = Self {
            api,
            status,
            code: None,
            title: None,
            message: None,
            listed: None,
            details: Value::Null,
            errors: Vec::new(),
            request_id: None,
            retry_after: None,
            headers: Vec::new(),
            body: String::new(),
            is_cut: body.len() > Self::MAX_BODY,
            compressed: None,
            is_idempotent: arrival.is_idempotent,
        };
        let content = error.read_headers(arrival, headers);
        let text = charset::text(body, content.media_type.and_then(media_type::charset));
        error.compressed = compression::compressed(content.encoding, body);
        if error.compressed.is_none() {
            let said = match decode::<Value>(text.as_bytes()) {
                Ok(value) => ErrorBody::of_json(status, value),
                Err(_) => ErrorBody::of_text(&text),
            };
            error.read_body(said.redacted(arrival.secrets));
        }
        error.body = beginning(text, Self::MAX_BODY);
        error
    }

    /// Reads the header fields. Returns those that describe the body.
    fn read_headers<'a>(
        &mut self,
        arrival: &Arrival<'_>,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> ContentHeaders<'a> {
        let (mut date, mut retry_after) = (None, None);
        let mut content = ContentHeaders::default();
        for (name, value) in headers {
            self.headers.push((name.to_ascii_lowercase(), arrival.secrets.redacted(value).into_owned()));
            if name.eq_ignore_ascii_case("retry-after") {
                retry_after.get_or_insert(value);
            } else if name.eq_ignore_ascii_case("date") {
                date = date.or_else(|| httpdate::parse_http_date(value).ok());
            } else if name.eq_ignore_ascii_case("content-type") {
                content.media_type.get_or_insert(value);
            } else if name.eq_ignore_ascii_case("content-encoding") {
                content.encoding.get_or_insert(value);
            } else if self
                .api
                .declared_request_id_headers()
                .iter()
                .any(|known| name.eq_ignore_ascii_case(known))
            {
                self.request_id.get_or_insert_with(|| arrival.secrets.redacted(value).into_owned());
            }
        }
        self.retry_after =
            retry_after.and_then(|value| retry_after::parse(value, date.unwrap_or(arrival.now)));
        content
    }

    fn read_body(&mut self, body: ErrorBody) {
        let ErrorBody { code, title, message, details, errors } = body;
        let single = errors.first().filter(|_| message.is_none() && title.is_none());
        self.code = code.or_else(|| single.and_then(|item| item.code.clone()));
        self.listed = (!errors.is_empty()).then(|| listed(&errors));
        (self.title, self.message, self.details, self.errors) = (title, message, details, errors);
    }

    /// Returns the status code.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Returns the server's code for the error, such as `RecordInvalid`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Returns the server's message. If the body only lists single errors, the message consists of them.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref().or(self.listed.as_deref()).or(self.title.as_deref())
    }

    /// Returns the server's details about the error, such as invalid fields; null if there are none. Their structure
    /// depends on the error.
    #[must_use]
    pub fn details(&self) -> &Value {
        &self.details
    }

    /// Returns the single errors that the body lists, such as one for each invalid field; empty if it lists none.
    #[must_use]
    pub fn errors(&self) -> &[ApiErrorItem] {
        &self.errors
    }

    /// Returns the request ID in the response. Quote it when you report a problem to the vendor.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Returns the delay in the `Retry-After` header, counted from when the response arrived.
    ///
    /// Returns `None` if the header is missing or invalid, contains a date in the past, or exceeds a year.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }

    /// Returns the value of a header; the first one if there are several.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let named = |(other, _): &&(String, String)| other.eq_ignore_ascii_case(name);
        self.headers.iter().find(named).map(|(_, value)| value.as_str())
    }

    /// Returns the names and values of the headers that are visible ASCII. The names are in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the value of a header that the description declares; `None` if it is missing.
    ///
    /// # Errors
    ///
    /// Returns an error if the value doesn't match the declared type.
    pub fn typed_header<H: Decode>(&self, header: ResponseHeader<H>) -> Result<Option<H>, DecodeError> {
        let named = self.headers().filter(|(name, _)| name.eq_ignore_ascii_case(header.name()));
        header.parse(named.map(|(_, value)| value))
    }

    /// Decodes the body as the type that the description declares for the status code of the error response, of which the
    /// emitted type has a variant for each.
    ///
    /// # Errors
    ///
    /// Returns an error if the body doesn't match the type that is declared for the status code.
    pub fn decode_by_status<T: FromResponse>(&self) -> Result<T, DecodeError> {
        T::from_response(&Received {
            status: self.status,
            content_type: self.header("content-type"),
            ..Received::of_body(&UNKNOWN_OPERATION, self.body.as_bytes())
        })
    }

    /// Decodes the body as the type that the description declares for the error response. The docs of the endpoint
    /// function name the type.
    ///
    /// # Errors
    ///
    /// Returns an error if the body doesn't match the type, or is longer than 1 MiB: only that much of it is kept.
    pub fn decode<T: Decode>(&self) -> Result<T, DecodeError> {
        decode(self.body.as_bytes()).map_err(|error| {
            if self.is_cut {
                DecodeError::content("the entire body".to_owned(), "its first MiB".to_owned(), None)
            } else {
                error
            }
        })
    }

    /// Returns the body as text, 1 MiB at most. It may contain confidential data, also credentials of the client that the
    /// server repeats. The other methods return `***` instead of these.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }

    /// Returns true if the status is 429 Too Many Requests.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.status == 429
    }

    /// Returns true if the status is 404 Not Found.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status == 404
    }

    /// Returns true if the status is 401 Unauthorized: the server did not accept the credentials.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.status == 401
    }

    /// Returns true if the status is 403 Forbidden: the credentials don't allow the request.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.status == 403
    }

    /// Returns true if the server or a gateway timed out: the status is 408, 504, 522 or 524. Requesting less data at
    /// once may help.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.status, 408 | 504 | 522 | 524)
    }

    /// Returns true if the requested data isn't available yet but will be: try again a minute later. The status is 425
    /// Too Early, or an error hint of the API marks the error.
    #[must_use]
    pub fn is_too_early(&self) -> bool {
        self.status == 425 || self.hint().is_some_and(ErrorHint::is_too_early)
    }

    /// Returns what the server said, without repetitions and without the name of the status code.
    pub(super) fn words(&self) -> Vec<String> {
        let reason = reason(self.status);
        let (listed, message) = (self.listed.as_deref(), self.message.as_deref());
        let message =
            message.filter(|message| !self.errors.iter().any(|item| item.title.as_deref() == Some(*message)));
        let said = [self.code(), self.title.as_deref(), message].into_iter().flatten();
        let status = self.status.to_string();
        let is_reason = |part: &str| {
            let part = part.strip_prefix(&status).unwrap_or(part).trim_matches([' ', '.', '-', ':']);
            reason.is_some_and(|reason| part.eq_ignore_ascii_case(reason))
        };
        let said = said.filter(|part| !is_reason(part));
        let mut words: Vec<_> = said.map(|part| shortened(part.trim_end_matches(':'))).collect();
        words.extend(listed.map(str::to_owned));
        words.dedup();
        let last = words.len().saturating_sub(1);
        // A colon follows.
        for part in &mut words[..last] {
            part.truncate(part.trim_end_matches('.').len());
        }
        words
    }

    /// Returns the hint of the API for this error.
    fn hint(&self) -> Option<&'static ErrorHint> {
        let texts = [self.message(), self.code()];
        self.api.declared_error_hints().iter().find(|hint| hint.applies_to(self.status, self.code(), texts))
    }
}

/// The header fields that describe a body.
#[derive(Default)]
struct ContentHeaders<'a> {
    media_type: Option<&'a str>,
    encoding: Option<&'a str>,
}

/// Returns the beginning of a text, at most a number of bytes.
fn beginning(text: Cow<'_, str>, maximum: usize) -> String {
    let mut text = text.into_owned();
    let is_end = |end: &usize| text.is_char_boundary(*end);
    if let Some(end) = (0..=maximum).rev().find(is_end).filter(|end| *end < text.len()) {
        text.truncate(end);
    }
    text
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server responded with {}", self.status)?;
        let words = self.words();
        if words.is_empty()
            && let Some(reason) = reason(self.status)
        {
            write!(f, " {reason}")?;
        }
        for part in &words {
            write!(f, ": {part}")?;
        }
        if let Some(compressed) = &self.compressed {
            write!(f, ", with {compressed}")?;
        }
        let is_explained = !words.is_empty();
        let advice = advice(self.hint(), self.status, self.retry_after, is_explained, self.is_idempotent);
        if let Some(advice) = advice {
            write!(f, " ({advice})")?;
        }
        if let Some(id) = self.request_id() {
            write!(f, " [request {}]", shortened(id))?;
        }
        Ok(())
    }
}

/// Shows the parts that `Display` shows, and only the sizes of the details and the body.
impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("api", &self.api.user_agent())
            .field("status", &self.status)
            .field("code", &self.code().map(shortened))
            .field("title", &self.title.as_deref().map(shortened))
            .field("message", &self.message.as_deref().map(shortened))
            .field("listed", &self.listed)
            .field("has_details", &!self.details.is_null())
            .field("errors", &self.errors.len())
            .field("request_id", &self.request_id().map(shortened))
            .field("retry_after", &self.retry_after)
            .field("body_length", &self.body.len())
            .field("is_cut", &self.is_cut)
            .field("compressed", &self.compressed)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ApiError {}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use serde_json::{Value, json};

    use super::{Api, ApiError, Arrival, ErrorHint, Secrets, UNKNOWN};

    fn read(status: u16, body: &str) -> ApiError {
        ApiError::new(status, [], body.as_bytes())
    }

    #[track_caller]
    fn check(status: u16, body: &Value, code: Option<&str>, message: Option<&str>) -> ApiError {
        let error = read(status, &body.to_string());
        assert_eq!((error.code(), error.message()), (code, message));
        assert_eq!(error.body(), body.to_string());
        error
    }

    #[test]
    fn every_known_form_of_error_is_read() {
        let missing = json!({"error": "ParameterMissing", "description": "Parameter start_time is required"});
        check(400, &missing, Some("ParameterMissing"), Some("Parameter start_time is required"));
        let forbidden = json!({"error": {"title": "Forbidden", "message": "No access"}});
        check(403, &forbidden, Some("Forbidden"), Some("No access"));
        let server = json!({"status": 500, "error": "Internal Server Error"});
        check(500, &server, None, Some("Internal Server Error"));
        let login = json!({"error": "Couldn't authenticate you"});
        check(401, &login, None, Some("Couldn't authenticate you"));
        let listed =
            json!({"errors": [{"code": "InvalidPaginationDepth", "title": "Too deep"}], "max_count": 100});
        let error = check(400, &listed, Some("InvalidPaginationDepth"), Some("Too deep"));
        assert_eq!(error.errors().len(), 1);
        let oauth = json!({"error": "invalid_token", "error_description": "The access token expired"});
        check(401, &oauth, Some("invalid_token"), Some("The access token expired"));
        check(404, &json!({"message": "not here"}), None, Some("not here"));
    }

    #[test]
    fn details_of_any_form_are_kept() {
        let details = json!({"base": [{"description": "é", "error": null, "field_id": 5}]});
        let body =
            json!({"error": "RecordInvalid", "description": "Record validation errors", "details": details});
        assert_eq!(
            check(422, &body, Some("RecordInvalid"), Some("Record validation errors")).details(),
            &details
        );
    }

    #[test]
    fn any_body_makes_an_error() {
        static API: Api =
            Api::new("").error_hints(&[ErrorHint::new("wait").phrase("too recent").too_early()]);
        assert_eq!(read(422, "Too recent start_time.\n").message(), Some("Too recent start_time."));
        assert!(!read(422, "Too recent.").is_too_early() && read(425, "").is_too_early());
        let error = ApiError::for_api(&API, 422, [], b"Too recent.");
        assert!(error.is_too_early() && error.to_string().contains("(wait)"), "{error}");
        for body in ["", " ", "<html><body></body></html>", "null", "[]", "{}", "5", r#"{"error": null}"#] {
            let error = read(502, body);
            assert_eq!((error.code(), error.message()), (None, None), "{body}");
        }
        for body in [
            json!({"error": [1], "errors": {"a": 1}, "details": [null]}),
            json!({"errors": [null, 5, "text", {"code": 7}]}),
        ] {
            assert_eq!(read(400, &body.to_string()).status(), 400);
        }
        assert!(ApiError::new(500, [], b"\xff\xfd").message().is_some());
    }

    #[test]
    fn long_bodies_are_truncated_and_not_shown() {
        let body = "x".repeat(2_000_000);
        let error = read(500, &body);
        assert_eq!(error.body().len(), 1_048_576);
        assert!(error.to_string().len() < 400 && format!("{error:?}").len() < 500);
        let secret = json!({"error": "RecordInvalid", "details": {"email": "someone@example.com"}});
        let error = read(422, &secret.to_string());
        assert!(!format!("{error} {error:?}").contains("someone"));
        assert!(error.body().contains("someone"));
    }

    #[test]
    fn header_names_are_case_insensitive() {
        let headers = [("Retry-After", "93"), ("X-Correlation-Id", "abc"), ("x-request-id", "def")];
        let error = ApiError::new(429, headers, b"");
        assert_eq!((error.retry_after(), error.request_id()), (Some(Duration::from_secs(93)), Some("abc")));
        assert!(error.is_rate_limited() && !error.is_timeout());
    }

    #[test]
    fn a_date_in_retry_after_is_compared_with_the_clock_of_the_server() {
        let headers = [("retry-after", "Thu, 01 Jan 1970 00:01:00 GMT")];
        let arrival = Arrival { now: UNIX_EPOCH, is_idempotent: true, secrets: &Secrets::default() };
        let error = ApiError::received(&arrival, &UNKNOWN, 504, headers, b"");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
        assert!(error.is_timeout());
        assert_eq!(ApiError::new(504, headers, b"").retry_after(), None);
        let [retry_after] = headers;
        let error = ApiError::new(504, [retry_after, ("Date", "Thu, 01 Jan 1970 00:00:50 GMT")], b"");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(10)));
    }
}
