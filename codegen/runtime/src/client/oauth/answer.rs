//! The answer to a request for new tokens.

use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::decode::text::decode;
use crate::tokens::Tokens;
use crate::types::timestamp::Timestamp;

/// No token is refreshed earlier than this before it expires.
const EARLIEST: Duration = Duration::from_secs(60);

/// Reads a new pair. If it holds no refresh token, the one before stays valid (RFC 6749, section 6).
pub(super) fn read(body: &[u8], before: &Tokens, now: SystemTime) -> Option<(Tokens, Option<SystemTime>)> {
    let body: Value = decode(body).ok()?;
    let text = |key: &str| body.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let tokens = Tokens::new(text("access_token")?, text("refresh_token").unwrap_or(before.refresh_token()));
    let Some(lifetime) = body.get("expires_in").and_then(seconds) else { return Some((tokens, None)) };
    let expires_at = Timestamp::from(now) + lifetime;
    // Of a short life, a tenth.
    let refresh_at = expires_at - EARLIEST.min(lifetime / 10);
    Some((tokens.expiring_at(expires_at), Some(refresh_at.into())))
}

/// When a pair of unknown age is to be refreshed.
pub(super) fn refresh_at(tokens: &Tokens) -> Option<SystemTime> {
    tokens.expires_at().map(|time| (time - EARLIEST).into())
}

fn seconds(value: &Value) -> Option<Duration> {
    let seconds = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())?;
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use super::{Tokens, read};

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn pairs_are_read() {
        let before = Tokens::new("a0", "r0");
        let next = |body: &str| read(body.as_bytes(), &before, at(1000));
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
        ] {
            assert_eq!(next(body), Some((expected, refresh_at)), "{body}");
        }
        for body in ["", "{}", "[]", r#"{"access_token":""}"#, r#"{"access_token":5}"#, "<html>"] {
            assert_eq!(next(body), None, "{body}");
        }
    }
}
