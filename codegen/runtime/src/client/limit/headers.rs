//! The rate limit headers of a response.

use std::time::Duration;

/// The prefixes of the general headers. Servers use different ones.
const GENERAL_PREFIXES: [&str; 3] = ["x-rate-limit", "rate-limit", "ratelimit"];

/// The state of the two buckets of a request, as its response reports it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct ReportedLimits {
    pub(super) own: Option<ReportedLimit>,
    pub(super) general: Option<ReportedLimit>,
}

/// The state of a bucket, as the server reports it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ReportedLimit {
    /// The number of requests in a window.
    pub(super) total: Option<u32>,
    /// The number of requests that are left in the window.
    pub(super) remaining: Option<u32>,
    /// The time until the window ends.
    pub(super) reset: Option<Duration>,
}

impl ReportedLimits {
    /// Parses the header field of the operation's own bucket, and the general ones.
    pub(in super::super) fn parse<'a>(own: Option<&str>, header: impl Fn(&str) -> Option<&'a str>) -> Self {
        let own = own.and_then(&header).and_then(parse_own);
        let general = GENERAL_PREFIXES.iter().find_map(|prefix| {
            let value = |suffix: &str| header(&format!("{prefix}{suffix}"));
            reported_limit(value("-limit").or_else(|| value("")), value("-remaining"), value("-reset"))
        });
        Self { own, general }
    }
}

/// Parses `total=10; remaining=9; resets=6`.
fn parse_own(value: &str) -> Option<ReportedLimit> {
    let number = |name: &str| {
        let mut pairs = value.split([';', ',']).filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| key.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    reported_limit(number("total"), number("remaining"), number("resets"))
}

/// Parses the three values. Returns `None` if neither of the first two is valid.
fn reported_limit(
    total: Option<&str>,
    remaining: Option<&str>,
    reset: Option<&str>,
) -> Option<ReportedLimit> {
    let number = |text: &str| text.trim().parse().ok();
    let seconds = |text: &str| Duration::try_from_secs_f64(text.trim().parse().ok()?).ok();
    let (total, remaining) = (total.and_then(number), remaining.and_then(number));
    (total.is_some() || remaining.is_some()).then(|| ReportedLimit {
        total,
        remaining,
        reset: reset.and_then(seconds),
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{ReportedLimit, ReportedLimits};

    fn parse(headers: &[(&str, &'static str)]) -> (Option<ReportedLimit>, Option<ReportedLimit>) {
        let find = |name: &str| headers.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
        let ReportedLimits { own, general } = ReportedLimits::parse(Some("x-own"), find);
        (own, general)
    }

    #[expect(clippy::unnecessary_wraps, reason = "it is compared with optional limits")]
    fn limit(total: u32, remaining: Option<u32>, reset: Option<u64>) -> Option<ReportedLimit> {
        Some(ReportedLimit { total: Some(total), remaining, reset: reset.map(Duration::from_secs) })
    }

    #[test]
    fn the_header_of_an_operation_is_parsed() {
        for (text, expected) in [
            ("total=10; remaining=9; resets=6", limit(10, Some(9), Some(6))),
            ("Total=30;remaining = 0 ,resets=60", limit(30, Some(0), Some(60))),
            ("total=10", limit(10, None, None)),
            ("total=10; remaining=-1; resets=-5", limit(10, None, None)),
            ("total=10; remaining=1; resets=NaN", limit(10, Some(1), None)),
            ("remaining=many", None),
            ("", None),
        ] {
            assert_eq!(parse(&[("x-own", text)]), (expected, None), "{text}");
        }
    }

    #[test]
    fn general_headers_are_parsed_in_every_spelling() {
        assert_eq!(
            parse(&[("x-rate-limit", "700"), ("x-rate-limit-remaining", "692")]).1,
            limit(700, Some(692), None)
        );
        for prefix in ["x-rate-limit", "rate-limit", "ratelimit"] {
            let names = ["limit", "remaining", "reset"].map(|name| format!("{prefix}-{name}"));
            let headers = [(&*names[0], "700"), (&*names[1], "692"), (&*names[2], "58")];
            assert_eq!(parse(&headers), (None, limit(700, Some(692), Some(58))), "{prefix}");
        }
        assert_eq!(parse(&[("ratelimit", "limit=5"), ("date", "…")]), (None, None));
    }
}
