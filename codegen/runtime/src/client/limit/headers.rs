//! What an answer's headers say of the limits.

use std::time::Duration;

/// How the names of the account's general headers begin; which of them come differs.
const GENERAL: [&str; 3] = ["x-rate-limit", "rate-limit", "ratelimit"];

/// What an answer says of the two buckets that its request counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Reports {
    pub(super) own: Option<Report>,
    pub(super) general: Option<Report>,
}

/// What the server says of a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Report {
    /// How many requests the window takes.
    pub(super) total: Option<u32>,
    /// How many it still takes.
    pub(super) remaining: Option<u32>,
    /// After how long it starts again.
    pub(super) resets: Option<Duration>,
}

impl Reports {
    /// Reads the headers: that of the operation's own bucket, and the general ones.
    pub(in super::super) fn read<'a>(own: Option<&str>, header: impl Fn(&str) -> Option<&'a str>) -> Self {
        let own = own.and_then(&header).and_then(read_own);
        let general = GENERAL.iter().find_map(|prefix| {
            let value = |suffix: &str| header(&format!("{prefix}{suffix}"));
            report(value("-limit").or_else(|| value("")), value("-remaining"), value("-reset"))
        });
        Self { own, general }
    }
}

/// Reads `total=10; remaining=9; resets=6`.
fn read_own(text: &str) -> Option<Report> {
    let value = |name: &str| {
        let mut pairs = text.split([';', ',']).filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| key.trim().eq_ignore_ascii_case(name)).map(|(_, value)| value)
    };
    report(value("total"), value("remaining"), value("resets"))
}

/// What can be read of the three values; nothing if that says nothing.
fn report(total: Option<&str>, remaining: Option<&str>, resets: Option<&str>) -> Option<Report> {
    let number = |text: &str| text.trim().parse().ok();
    let seconds = |text: &str| Duration::try_from_secs_f64(text.trim().parse().ok()?).ok();
    let (total, remaining) = (total.and_then(number), remaining.and_then(number));
    (total.is_some() || remaining.is_some()).then(|| Report {
        total,
        remaining,
        resets: resets.and_then(seconds),
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Report, Reports};

    fn read(headers: &[(&str, &'static str)]) -> (Option<Report>, Option<Report>) {
        let find = |name: &str| headers.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
        let Reports { own, general } = Reports::read(Some("x-own"), find);
        (own, general)
    }

    #[expect(clippy::unnecessary_wraps, reason = "it is compared with optional reports")]
    fn report(total: u32, remaining: Option<u32>, resets: Option<u64>) -> Option<Report> {
        Some(Report { total: Some(total), remaining, resets: resets.map(Duration::from_secs) })
    }

    #[test]
    fn the_operations_own_header_is_read() {
        for (text, expected) in [
            ("total=10; remaining=9; resets=6", report(10, Some(9), Some(6))),
            ("Total=30;remaining = 0 ,resets=60", report(30, Some(0), Some(60))),
            ("total=10", report(10, None, None)),
            ("total=10; remaining=-1; resets=-5", report(10, None, None)),
            ("total=10; remaining=1; resets=NaN", report(10, Some(1), None)),
            ("remaining=many", None),
            ("", None),
        ] {
            assert_eq!(read(&[("x-own", text)]), (expected, None), "{text}");
        }
    }

    #[test]
    fn general_headers_are_read_in_every_spelling() {
        assert_eq!(
            read(&[("x-rate-limit", "700"), ("x-rate-limit-remaining", "692")]).1,
            report(700, Some(692), None)
        );
        for prefix in ["x-rate-limit", "rate-limit", "ratelimit"] {
            let names = ["limit", "remaining", "reset"].map(|name| format!("{prefix}-{name}"));
            let headers = [(&*names[0], "700"), (&*names[1], "692"), (&*names[2], "58")];
            assert_eq!(read(&headers), (None, report(700, Some(692), Some(58))), "{prefix}");
        }
        assert_eq!(read(&[("ratelimit", "limit=5"), ("date", "…")]), (None, None));
    }
}
