//! The header field `Retry-After`.

use std::time::{Duration, SystemTime};

/// The maximum number of seconds, a year. A larger number is no delay: some servers send a Unix time.
const MAX_SECONDS: f64 = 31_536_000.0;

/// Parses seconds or an HTTP date. Returns `None` for other text, and for a date before `now`.
pub(crate) fn parse(text: &str, now: SystemTime) -> Option<Duration> {
    let text = text.trim();
    match text.parse::<f64>() {
        Ok(seconds) => (0.0..=MAX_SECONDS).contains(&seconds).then(|| Duration::from_secs_f64(seconds)),
        Err(_) => httpdate::parse_http_date(text).ok()?.duration_since(now).ok(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::parse;

    fn now() -> SystemTime {
        httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:30 GMT").unwrap()
    }

    #[test]
    fn seconds_and_dates_are_parsed() {
        for (text, millis) in [
            ("7", 7000),
            (" 93 ", 93_000),
            ("0", 0),
            ("-0", 0),
            ("0.25", 250),
            ("1.5", 1500),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 7000),
            ("Sunday, 06-Nov-94 08:49:37 GMT", 7000),
            ("Sun Nov  6 08:49:37 1994", 7000),
            ("Sun, 06 Nov 1994 08:49:30 GMT", 0),
        ] {
            assert_eq!(parse(text, now()), Some(Duration::from_millis(millis)), "{text}");
        }
    }

    #[test]
    fn an_invalid_value_is_none() {
        for text in [
            "",
            "soon",
            "-1",
            "1e99",
            "NaN",
            "inf",
            "-inf",
            "60 s",
            "7, 8",
            "Sun, 06 Nov 1994 08:49:29 GMT",
            "1767225600",
        ] {
            assert_eq!(parse(text, now()), None, "{text}");
        }
    }
}
