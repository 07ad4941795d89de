//! The response to a token request.

use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::decode::text::decode;
use crate::tokens::Tokens;
use crate::types::timestamp::Timestamp;

/// The longest time before its expiry at which a token is refreshed.
const REFRESH_BEFORE: Duration = Duration::from_secs(60);
/// A token with a shorter lifetime is not refreshed before it expires, but when the server rejects it. Otherwise each
/// request would need a refresh.
const MIN_LIFETIME: Duration = Duration::from_secs(10);

/// Parses new tokens, and returns them with the time of their refresh, if they are refreshed before they expire. If there
/// is no new refresh token, the previous one remains valid (RFC 6749, section 6).
///
/// `now` is a time of the client's clock, as is the expiry: the lifetime starts when the response arrives (section 5.1).
pub(super) fn parse(body: &[u8], previous: &Tokens, now: SystemTime) -> Option<(Tokens, Option<SystemTime>)> {
    let body: Value = decode(body).ok()?;
    let string = |key: &str| body.get(key).and_then(Value::as_str).filter(|value| !value.is_empty());
    let tokens =
        Tokens::new(string("access_token")?, string("refresh_token").unwrap_or(previous.refresh_token()));
    let Some(lifetime) = body.get("expires_in").and_then(seconds) else { return Some((tokens, None)) };
    let expires_at = Timestamp::from(now) + lifetime;
    // A tenth of the lifetime if that is short.
    let refresh_at = expires_at - REFRESH_BEFORE.min(lifetime / 10);
    let refresh_at = (lifetime >= MIN_LIFETIME).then(|| refresh_at.into());
    Some((tokens.expiring_at(expires_at), refresh_at))
}

/// Returns when to refresh tokens of unknown age.
pub(super) fn refresh_at(tokens: &Tokens) -> Option<SystemTime> {
    tokens.expires_at().map(|time| (time - REFRESH_BEFORE).into())
}

fn seconds(value: &Value) -> Option<Duration> {
    let seconds = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())?;
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use super::{Tokens, parse};

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn tokens_are_parsed() {
        let previous = Tokens::new("a0", "r0");
        let next = |body: &str| parse(body.as_bytes(), &previous, at(1000));
        for (body, expected, refresh_at) in [
            (r#"{"access_token":"a","refresh_token":"r"}"#, Tokens::new("a", "r"), None),
            (r#"{"access_token":"a","expires_in":null}"#, Tokens::new("a", "r0"), None),
            (
                r#"{"access_token":"a","refresh_token":"r","expires_in":1800,"scope":"read"}"#,
                Tokens::new("a", "r").expiring_at(at(2800).into()),
                Some(at(2740)),
            ),
            (
                r#"{"access_token":"a","refresh_token":"r","expires_in":"100"}"#,
                Tokens::new("a", "r").expiring_at(at(1100).into()),
                Some(at(1090)),
            ),
            (
                r#"{"access_token":"a","expires_in":0}"#,
                Tokens::new("a", "r0").expiring_at(at(1000).into()),
                None,
            ),
            (
                r#"{"access_token":"a","expires_in":9}"#,
                Tokens::new("a", "r0").expiring_at(at(1009).into()),
                None,
            ),
            (r#"{"access_token":"a","expires_in":-1}"#, Tokens::new("a", "r0"), None),
        ] {
            assert_eq!(next(body), Some((expected, refresh_at)), "{body}");
        }
        for body in ["", "{}", "[]", r#"{"access_token":""}"#, r#"{"access_token":5}"#, "<html>"] {
            assert_eq!(next(body), None, "{body}");
        }
    }
}
