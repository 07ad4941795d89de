//! Simulated time and its formats. Instants are Unix microseconds.

use std::fmt::Write;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;

/// Microseconds in a second.
pub(crate) const SECOND: i64 = 1_000_000;
/// Microseconds in a minute.
pub(crate) const MINUTE: i64 = 60 * SECOND;
/// Microseconds in a day.
pub(crate) const DAY: i64 = 24 * 60 * MINUTE;

/// A clock that starts at a fixed instant and runs `scale` times as fast as the real one.
pub(crate) struct Clock {
    epoch: i64,
    started: Instant,
    scale: f64,
    /// The microseconds by which it was advanced manually.
    advanced: AtomicI64,
}

impl Clock {
    /// Creates a clock that shows `epoch` now. With a scale of 0, it doesn't advance.
    pub(crate) fn new(epoch: i64, scale: f64) -> Self {
        Self { epoch, started: Instant::now(), scale, advanced: AtomicI64::new(0) }
    }

    /// Returns the simulated time in microseconds.
    pub(crate) fn now(&self) -> i64 {
        let elapsed = self.started.elapsed().mul_f64(self.scale);
        self.epoch + micros(elapsed) + self.advanced.load(Ordering::Relaxed)
    }

    /// Advances the clock.
    pub(crate) fn advance(&self, by: Duration) {
        self.advanced.fetch_add(micros(by), Ordering::Relaxed);
    }
}

/// Returns a duration in microseconds.
pub(crate) fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

/// Returns the second of an instant.
pub(crate) fn seconds(micros: i64) -> i64 {
    micros.div_euclid(SECOND)
}

/// Formats an instant as in records: `2026-03-02T12:00:00Z`, with six more digits if it has a fraction of a second.
pub(crate) fn stamp(micros: i64) -> String {
    let mut text = String::with_capacity(27);
    let when = OffsetDateTime::from_unix_timestamp(seconds(micros)).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (date, clock) = (when.date(), when.time());
    let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
    let (hour, minute, second) = clock.as_hms();
    // Writing to a string can't fail.
    let _ = write!(text, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
    let fraction = micros.rem_euclid(SECOND);
    if fraction != 0 {
        let _ = write!(text, ".{fraction:06}");
    }
    text.push('Z');
    text
}

/// Formats seconds with as few decimals as possible: `1512172860.657078`, `1512172860`.
pub(crate) fn decimal_seconds(micros: i64) -> String {
    let (whole, fraction) = (seconds(micros), micros.rem_euclid(SECOND));
    if fraction == 0 {
        return whole.to_string();
    }
    format!("{whole}.{fraction:06}").trim_end_matches('0').to_owned()
}

/// Parses the output of [`decimal_seconds`].
pub(crate) fn parse_seconds(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 6 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction: i64 = format!("{fraction:0<6}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(SECOND)?.checked_add(fraction)
}

/// Formats an instant as in HTTP headers.
pub(crate) fn http_date(micros: i64) -> String {
    let since_epoch = Duration::from_micros(u64::try_from(micros).unwrap_or(0));
    httpdate::fmt_http_date(UNIX_EPOCH.checked_add(since_epoch).unwrap_or_else(SystemTime::now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_formatted_with_its_fraction() {
        assert_eq!(stamp(1_512_172_860_657_078), "2017-12-02T00:01:00.657078Z");
        assert_eq!(stamp(1_512_172_860_000_000), "2017-12-02T00:01:00Z");
        assert_eq!(decimal_seconds(1_512_172_860_657_000), "1512172860.657");
        assert_eq!(http_date(1_512_172_860_657_078), "Sat, 02 Dec 2017 00:01:00 GMT");
    }

    #[test]
    fn decimal_seconds_round_trip() {
        for micros in [0, 1_512_172_860_657_078, 1_512_172_860_000_000, 1_512_172_860_500_000] {
            assert_eq!(parse_seconds(&decimal_seconds(micros)), Some(micros));
        }
        assert_eq!(parse_seconds("1e9"), None);
        assert_eq!(parse_seconds("1.2345678"), None);
    }
}
