//! What to do about the errors that are known.

use super::api::ApiError;

/// What to do about an error.
pub(super) fn advice(error: &ApiError) -> Option<&'static str> {
    if error.is_start_time_too_recent() {
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
        409 => "something else changed it at the same time: try again",
        413 => "the request is too large: send less in one request",
        429 => "too many requests: wait as long as retry_after says",
        500..=599 => "the fault is on the server's side: try again later",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::ApiError;

    fn text(status: u16, body: &Value) -> String {
        ApiError::new(status, [("x-request-id", "r1")], body.to_string().as_bytes()).to_string()
    }

    #[test]
    fn errors_say_what_to_do() {
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
            (401, json!({"error": "Couldn't authenticate you"}), "check the credentials"),
            (429, json!(null), "retry_after"),
            (524, json!(null), "server's side"),
        ] {
            let text = text(status, &body);
            assert!(text.starts_with(&format!("the server answered {status}")), "{text}");
            assert!(text.contains(part) && text.ends_with("[request r1]"), "{text}");
        }
        assert_eq!(text(418, &json!(null)), "the server answered 418 [request r1]");
    }
}
