//! What is particular to this API: where it is, how a client signs in, what its errors mean.
//!
//! The rest of the runtime is the same for any API.

use crate::declared::{Server, ServerVariable};
use crate::error::ApiError;

/// The account's own host: `https://{subdomain}.zendesk.com`.
pub const SERVER: Server =
    Server::new("https://{subdomain}.zendesk.com", &[ServerVariable::new("subdomain", "example", &[])]);

/// The server of a client that names none.
#[cfg(feature = "client")]
pub(crate) const DEFAULT_SERVER: Option<Server> = None;

/// What sets an address.
#[cfg(feature = "client")]
pub(crate) const ADDRESS: &str = "set `subdomain` or `base_url`";

/// Whether a client must have credentials.
#[cfg(feature = "client")]
pub(crate) const NEEDS_AUTH: bool = true;

/// Where access tokens are exchanged for new ones: a path on the server, or an address of its own.
#[cfg(feature = "client")]
pub(crate) const TOKEN_URL: Option<&str> = Some("/oauth/tokens");

/// Whether that is asked for in JSON, and not in a form as the standard has it (RFC 6749).
#[cfg(feature = "client")]
pub(crate) const TOKENS_AS_JSON: bool = true;

/// What the client calls itself, if nothing else is set.
#[cfg(feature = "client")]
pub(crate) const USER_AGENT: &str = concat!("zendesk-client/", env!("CARGO_PKG_VERSION"));

/// The span of a request.
#[cfg(feature = "client")]
pub(crate) const SPAN: &str = "zendesk.request";

/// The header that warns in answers which are given nevertheless.
#[cfg(feature = "client")]
pub(crate) const WARNING: Option<&str> = Some("x-zendesk-api-warn");

/// Headers that number a request.
pub(crate) const REQUEST_IDS: &[&str] = &["x-request-id", "x-zendesk-request-id"];

#[cfg(feature = "client")]
impl crate::ClientBuilder {
    /// The account: the part before `.zendesk.com`. This or [`base_url`](Self::base_url) is needed; of several
    /// calls the last one counts.
    pub fn subdomain(self, subdomain: impl Into<String>) -> Self {
        self.server(SERVER).server_variable("subdomain", subdomain)
    }
}

#[cfg(feature = "client")]
impl crate::Auth {
    /// An API token together with the email address of its user. Not for the chat endpoints.
    ///
    /// The vendor has announced the end of API tokens for 2027-04-30; [`oauth`](Self::oauth) is what lasts.
    pub fn api_token(email: impl Into<String>, token: impl Into<String>) -> Self {
        Self::password(format!("{}/token", email.into()), token)
    }
}

impl ApiError {
    /// Whether an export was asked for records that are too new; a minute later they can be had.
    #[must_use]
    pub fn is_start_time_too_recent(&self) -> bool {
        is_too_early(self)
    }
}

/// Whether what was asked for is not ready yet, and will be.
pub(crate) fn is_too_early(error: &ApiError) -> bool {
    error.code() == Some("StartTimeTooRecent") || error.says("too recent start_time")
}

/// What to do about an error, where more is known than its status.
pub(crate) fn advice(error: &ApiError) -> Option<&'static str> {
    if is_too_early(error) {
        return Some(
            "exports hold back the newest records: ask again when start_time is over a minute in the past",
        );
    }
    if error.says("required scopes") {
        return Some("the OAuth token lacks a scope: create one that has it");
    }
    if error.says("no help desk at") {
        return Some("there is no account of that name: check the subdomain");
    }
    error.code().and_then(by_code).or_else(|| by_status(error.status()))
}

fn by_code(code: &str) -> Option<&'static str> {
    Some(match code {
        "InvalidEndpoint" => "the account's plan does not include this, or the path is wrong",
        "RecordNotFound" => "there is no record of that id, or it was deleted",
        "InvalidPaginationParameter" => "the cursor or page size is not valid: pass cursors on as they came",
        "InvalidPaginationDepth" => "too many pages in: page by cursor",
        "TooManyValues" => "send fewer values in one request",
        "ParameterMissing" => "a parameter that the server needs was not sent",
        "RecordInvalid" | "InvalidValue" => "the details say which fields are not valid",
        _ => return None,
    })
}

fn by_status(status: u16) -> Option<&'static str> {
    Some(match status {
        401 => "check the credentials: email and API token, or an OAuth token that has not expired",
        403 => "the user's role or the account's plan does not allow this",
        404 => "nothing is there: check the id and the subdomain",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ApiError;

    #[test]
    fn known_errors_say_what_to_do() {
        for (status, body, part) in [
            (400, json!({"error": "StartTimeTooRecent", "description": "…"}), "over a minute in the past"),
            (
                403,
                json!({"error": "Forbidden", "description": "Missing the following required scopes: read"}),
                "lacks a scope",
            ),
            (404, json!({"error": {"title": "No help desk at x.zendesk.com"}}), "check the subdomain"),
            (404, json!({"error": "InvalidEndpoint", "description": "Not found"}), "plan does not include"),
            (404, json!({"error": "RecordNotFound", "description": "Not found"}), "no record of that id"),
            (422, json!({"error": "RecordInvalid"}), "details say which"),
            (401, json!({"error": "Couldn't authenticate you"}), "email and API token"),
        ] {
            let text =
                ApiError::new(status, [("x-request-id", "r1")], body.to_string().as_bytes()).to_string();
            assert!(text.starts_with(&format!("the server answered {status}")), "{text}");
            assert!(text.contains(part) && text.ends_with("[request r1]"), "{text}");
        }
    }
}
