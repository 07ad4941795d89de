//! What the server says when it refuses.

use std::fmt;
use std::time::{Duration, SystemTime};

use serde_json::Value;

use super::advice::advice;
use super::effort::Effort;
use super::retry_after;
use crate::api::{Api, ErrorHint};
use crate::decode::error::DecodeError;
use crate::decode::text::decode;
use crate::model::node::Node;

/// For errors of which nothing is known but what any server means by them.
static UNKNOWN: Api = Api::new("");

/// How much of the server's words is shown, in characters.
const SHOWN: usize = 200;

/// The server refused a request.
///
/// Whatever the body looks like (an object in one of several shapes, plain text, HTML, nothing), this error
/// can be made of it; the parts that are not there are empty.
#[derive(Clone, PartialEq)]
pub struct ApiError {
    api: &'static Api,
    status: u16,
    code: Option<String>,
    message: Option<String>,
    details: Value,
    errors: Vec<ApiErrorItem>,
    request_id: Option<String>,
    retry_after: Option<String>,
    body: String,
    pub(super) effort: Effort,
}

/// One of the errors that the server lists.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiErrorItem {
    /// The server's name for it.
    pub code: Option<String>,
    /// What it says.
    pub title: Option<String>,
}

impl ApiError {
    /// How much of a body is kept, in bytes.
    pub(crate) const KEPT: usize = 64 * 1024;

    /// Makes the error of a response: its status, its headers and its body.
    ///
    /// The client does this itself; it is here for those who bring a transport of their own. See also [`Self::of`].
    pub fn new<'a>(status: u16, headers: impl IntoIterator<Item = (&'a str, &'a str)>, body: &[u8]) -> Self {
        Self::of(&UNKNOWN, status, headers, body)
    }

    /// The same, with what is known of the errors of an API.
    pub fn of<'a>(
        api: &'static Api,
        status: u16,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
        body: &[u8],
    ) -> Self {
        let kept = body.get(..Self::KEPT).unwrap_or(body);
        let mut error = Self {
            api,
            status,
            code: None,
            message: None,
            details: Value::Null,
            errors: Vec::new(),
            request_id: None,
            retry_after: None,
            body: String::from_utf8_lossy(kept).into_owned(),
            effort: Effort::default(),
        };
        for (name, value) in headers {
            error.read_header(name, value);
        }
        match decode::<Value>(body) {
            Ok(value) => error.read_json(value),
            Err(_) => error.read_text(),
        }
        error
    }

    fn read_header(&mut self, name: &str, value: &str) {
        let place = if name.eq_ignore_ascii_case("retry-after") {
            &mut self.retry_after
        } else if self.api.request_ids().iter().any(|known| name.eq_ignore_ascii_case(known)) {
            &mut self.request_id
        } else {
            return;
        };
        place.get_or_insert_with(|| value.to_owned());
    }

    fn read_json(&mut self, mut value: Value) {
        match value.get("error") {
            // A name without spaces is a code, a sentence is a message.
            Some(Value::String(error)) if !error.contains(char::is_whitespace) => self.code = filled(error),
            Some(Value::String(error)) => self.message = filled(error),
            Some(error @ Value::Object(_)) => {
                self.code = text(error, "code").or_else(|| text(error, "title"));
                self.message = text(error, "message").or_else(|| text(error, "description"));
            }
            _ => {}
        }
        self.errors = value.get("errors").and_then(Value::as_array).into_iter().flatten().map(item).collect();
        let first = self.errors.first();
        self.code = self.code.take().or_else(|| first.and_then(|item| item.code.clone()));
        let said =
            ["description", "message", "error_description", "title"].iter().find_map(|key| text(&value, key));
        // A sentence in `error` says less than the description beside it.
        self.message = said.or(self.message.take()).or_else(|| first.and_then(|item| item.title.clone()));
        if let Value::String(message) = &value {
            self.message = filled(message);
        }
        if let Some(details) = value.get_mut("details") {
            self.details = details.take();
        }
    }

    fn read_text(&mut self) {
        let text = self.body.trim();
        if !text.starts_with('<') {
            self.message = filled(text);
        }
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The server's name for the error, such as `RecordInvalid`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// What the server says.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// What the server says of single fields; null if it says nothing. The shape differs from error to error.
    #[must_use]
    pub fn details(&self) -> &Value {
        &self.details
    }

    /// The errors that the server lists.
    #[must_use]
    pub fn errors(&self) -> &[ApiErrorItem] {
        &self.errors
    }

    /// The number of the request, which the vendor's support asks for.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// When to ask again, as the server sent it: mostly seconds, sometimes a date.
    #[must_use]
    pub fn retry_after(&self) -> Option<&str> {
        self.retry_after.as_deref()
    }

    /// How long to wait from now on before asking again, if the server sent seconds or a date to come.
    #[must_use]
    pub fn retry_after_from(&self, now: SystemTime) -> Option<Duration> {
        retry_after::parse(self.retry_after()?, now)
    }

    /// How many times the request went out.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.effort.attempts
    }

    /// How long the client waited between these attempts.
    #[must_use]
    pub fn waited(&self) -> Duration {
        self.effort.waited
    }

    /// Reads the body as what the API declares for this refusal; the function of the operation names the type.
    ///
    /// # Errors
    ///
    /// If the body does not have that shape, or is longer than 64 KiB, of which the rest was not kept.
    pub fn decode<T: Node + Default>(&self) -> Result<T, DecodeError> {
        decode(self.body.as_bytes())
    }

    /// The body as text, at most 64 KiB of it. It may hold data of your account.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }

    /// Whether the server asks to slow down.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.status == 429
    }

    /// Whether there is nothing at that address.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status == 404
    }

    /// Whether the credentials were not accepted.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.status == 401
    }

    /// Whether the credentials were accepted but do not allow this.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.status == 403
    }

    /// Whether the server, or something on the way to it, took too long: less at once may help.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.status, 408 | 504 | 522 | 524)
    }

    /// Whether what was asked for is not there yet, and will be: ask again a minute later.
    #[must_use]
    pub fn is_too_early(&self) -> bool {
        self.status == 425 || self.hint().is_some_and(ErrorHint::is_too_early)
    }

    /// What the API's description says of such errors.
    fn hint(&self) -> Option<&'static ErrorHint> {
        let words = [self.message(), self.code()];
        self.api.hints().iter().find(|hint| hint.fits(self.status, self.code(), words))
    }
}

fn item(value: &Value) -> ApiErrorItem {
    let title = ["title", "message", "description", "detail"].iter().find_map(|key| text(value, key));
    ApiErrorItem { code: text(value, "code"), title: title.or_else(|| value.as_str().and_then(filled)) }
}

/// The text or number at a key.
fn text(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) => filled(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The start of a text, in one line.
fn short(text: &str) -> String {
    let mut line: String =
        text.chars().map(|char| if char.is_control() { ' ' } else { char }).take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        line.push('…');
    }
    line
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the server answered {}", self.status)?;
        if let Some(code) = self.code() {
            write!(f, " {}", short(code))?;
        }
        if let Some(message) = self.message() {
            write!(f, ": {}", short(message))?;
        }
        if let Some(advice) = advice(self.hint(), self.status) {
            write!(f, " ({advice})")?;
        }
        if let Some(id) = self.request_id() {
            write!(f, " [request {}]", short(id))?;
        }
        self.effort.fmt(f)
    }
}

/// The same parts as in the text, and what else there is without its contents.
impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("api", &self.api.user_agent())
            .field("status", &self.status)
            .field("code", &self.code().map(short))
            .field("message", &self.message().map(short))
            .field("has_details", &!self.details.is_null())
            .field("errors", &self.errors.len())
            .field("request_id", &self.request_id().map(short))
            .field("retry_after", &self.retry_after().map(short))
            .field("body_length", &self.body.len())
            .field("effort", &self.effort)
            .finish()
    }
}

impl std::error::Error for ApiError {}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use serde_json::{Value, json};

    use super::{Api, ApiError, ErrorHint};

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
    fn reads_every_known_shape() {
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
    fn keeps_details_of_any_shape() {
        let details = json!({"base": [{"description": "é", "error": null, "field_id": 5}]});
        let body =
            json!({"error": "RecordInvalid", "description": "Record validation errors", "details": details});
        assert_eq!(
            check(422, &body, Some("RecordInvalid"), Some("Record validation errors")).details(),
            &details
        );
    }

    #[test]
    fn takes_anything_for_a_body() {
        static API: Api =
            Api::new("").error_hints(&[ErrorHint::new("wait").phrase("too recent").too_early()]);
        assert_eq!(read(422, "Too recent start_time.\n").message(), Some("Too recent start_time."));
        assert!(!read(422, "Too recent.").is_too_early() && read(425, "").is_too_early());
        let error = ApiError::of(&API, 422, [], b"Too recent.");
        assert!(error.is_too_early() && error.to_string().contains("(wait)"), "{error}");
        for body in
            ["", " ", "<html><body>Bad gateway</body></html>", "null", "[]", "{}", "5", r#"{"error": null}"#]
        {
            let error = read(502, body);
            assert_eq!((error.code(), error.message()), (None, None), "{body}");
        }
        for body in [
            json!({"error": [1], "errors": {"a": 1}, "details": [null]}),
            json!({"errors": [null, 5, "text", {"code": 7}]}),
        ] {
            assert_eq!(read(400, &body.to_string()).status(), 400);
        }
        assert!(ApiError::new(500, [], b"\xff\xfe").message().is_some());
    }

    #[test]
    fn long_bodies_are_cut_and_not_shown() {
        let body = "x".repeat(100_000);
        let error = read(500, &body);
        assert_eq!(error.body().len(), 65_536);
        assert!(error.to_string().len() < 400 && format!("{error:?}").len() < 500);
        let secret = json!({"error": "RecordInvalid", "details": {"email": "someone@example.com"}});
        let error = read(422, &secret.to_string());
        assert!(!format!("{error} {error:?}").contains("someone"));
        assert!(error.body().contains("someone"));
    }

    #[test]
    fn reads_headers_in_any_case() {
        let headers = [("Retry-After", "93"), ("X-Correlation-Id", "abc"), ("x-request-id", "def")];
        let error = ApiError::new(429, headers, b"");
        assert_eq!((error.retry_after(), error.request_id()), (Some("93"), Some("abc")));
        assert_eq!(error.retry_after_from(UNIX_EPOCH), Some(Duration::from_secs(93)));
        assert!(error.is_rate_limited() && !error.is_timeout());
        let dated = ApiError::new(504, [("retry-after", "Thu, 01 Jan 1970 00:01:00 GMT")], b"");
        assert_eq!(dated.retry_after_from(UNIX_EPOCH), Some(Duration::from_secs(60)));
        assert!(dated.is_timeout());
    }
}
