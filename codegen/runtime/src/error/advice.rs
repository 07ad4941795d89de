//! What to do about the errors that are known.

use crate::api::ErrorHint;

/// What to do about an error of a status, of which the API says this.
pub(super) fn advice(hint: Option<&'static ErrorHint>, status: u16) -> Option<&'static str> {
    hint.map(ErrorHint::help).or_else(|| by_status(status))
}

fn by_status(status: u16) -> Option<&'static str> {
    Some(match status {
        401 => "check the credentials",
        403 => "the credentials do not allow this",
        404 => "nothing is there: check the id and the address",
        409 => "something else changed it at the same time: try again",
        413 => "the request is too large: send less in one request",
        429 => "too many requests: wait as long as retry_after says",
        500..=599 => "the fault is on the server's side: try again later",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::ApiError;

    #[test]
    fn statuses_say_what_to_do() {
        let text = |status| ApiError::new(status, [("x-request-id", "r1")], b"null").to_string();
        for (status, part) in [(409, "try again"), (429, "retry_after"), (524, "server's side")] {
            let text = text(status);
            assert!(text.contains(part) && text.ends_with("[request r1]"), "{text}");
        }
        assert_eq!(text(418), "the server answered 418 [request r1]");
    }
}
