//! Advice for known error responses.

use std::borrow::Cow;
use std::time::Duration;

use crate::api::ErrorHint;

/// Returns what to do: the hint of the API, or what the status code means for any server.
///
/// Where the server says what is wrong (`is_explained`), only what is always true of the status code is added. A server that
/// failed may have done what the request asked for, so one that is not idempotent is not to be repeated blindly.
pub(super) fn advice(
    hint: Option<&'static ErrorHint>,
    status: u16,
    retry_after: Option<Duration>,
    is_explained: bool,
    is_idempotent: bool,
) -> Option<Cow<'static, str>> {
    let retry_after = retry_after.filter(|delay| !delay.is_zero());
    let by_status = || by_status(status, retry_after, is_explained, is_idempotent);
    hint.map(ErrorHint::help).map(Cow::Borrowed).or_else(by_status)
}

fn by_status(
    status: u16,
    retry_after: Option<Duration>,
    is_explained: bool,
    is_idempotent: bool,
) -> Option<Cow<'static, str>> {
    Some(Cow::Borrowed(match (status, retry_after) {
        (401, _) => "check the credentials",
        (403 | 404 | 501 | 505, _) if is_explained => return None,
        (403, _) => "the credentials do not allow this",
        (404, _) => "check the ID and the base URL",
        (413, _) => "the request is too large: send less in one request",
        (429, Some(delay)) => return Some(format!("too many requests: wait {}", seconds(delay)).into()),
        (429, None) => "too many requests: wait before the next one",
        (503, Some(delay)) => return Some(format!("try again in {}", seconds(delay)).into()),
        (501 | 505, _) => "the server does not support this",
        (500..=599, _) if is_idempotent => "the server failed: try again later",
        (500..=599, _) => {
            "the server failed, but may have processed the request: check that before you send it again"
        }
        _ => return None,
    }))
}

/// Formats a duration in seconds, rounded up.
fn seconds(delay: Duration) -> String {
    let seconds = delay.as_secs() + u64::from(delay.subsec_nanos() > 0);
    format!("{seconds} {}", if seconds == 1 { "second" } else { "seconds" })
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use crate::ApiError;
    use crate::api::test_api::API;
    use crate::error::arrival::Arrival;
    use crate::secrets::Secrets;

    #[test]
    fn the_message_says_what_to_do() {
        let message = |status| ApiError::new(status, [("x-request-id", "r1")], b"null").to_string();
        for (status, part) in [(404, "check the ID"), (429, "wait before"), (524, "the server failed")] {
            let message = message(status);
            assert!(message.contains(part) && message.ends_with("[request r1]"), "{message}");
        }
        // A conflict can have many causes.
        assert_eq!(message(409), "the server responded with 409 Conflict [request r1]");
        assert_eq!(message(499), "the server responded with 499 [request r1]");
    }

    #[test]
    fn a_request_that_may_have_been_processed_is_not_to_be_repeated_blindly() {
        let secrets = Secrets::default();
        let arrival = |is_idempotent| Arrival { now: UNIX_EPOCH, is_idempotent, secrets: &secrets };
        let message = |status, is_idempotent| {
            ApiError::received(&arrival(is_idempotent), &API, status, [], b"").to_string()
        };
        for status in [500, 502, 503, 504, 524] {
            assert!(message(status, false).contains("check that before you send it again"), "{status}");
            assert!(message(status, true).contains("try again later"), "{status}");
        }
        assert_eq!(message(404, false), message(404, true));
        assert_eq!(message(501, false), message(501, true));
    }

    #[test]
    fn the_message_names_the_delay() {
        for (status, header, part) in [
            (429, "7", "wait 7 seconds"),
            (429, "0.5", "wait 1 second)"),
            (429, "soon", "wait before the next one"),
            (503, "90", "try again in 90 seconds"),
            (429, "0", "wait before the next one"),
            (503, "0", "the server failed: try again later"),
        ] {
            let message = ApiError::new(status, [("retry-after", header)], b"").to_string();
            assert!(message.contains(part), "{message}");
        }
    }
}
