//! Points in time as RFC 3339 strings.

use std::error::Error;
use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A point in time, an RFC 3339 string in JSON: `2026-03-05T10:11:12Z`.
///
/// It is parsed with any offset and any number of fractional digits, of which nine are kept. It is written in UTC, with
/// as many digits as needed. The range is the years 0000 to 9999. `From` conversions and arithmetic that exceed the
/// range result in [`MIN`](Self::MIN) or [`MAX`](Self::MAX).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

const NANOS: i128 = 1_000_000_000;
/// The years 0000 to 9999, in seconds since 1970.
const FIRST: i64 = -62_167_219_200;
const LAST: i64 = 253_402_300_799;

impl Timestamp {
    /// The earliest timestamp: the start of the year 0000.
    pub const MIN: Self = Self { seconds: FIRST, nanos: 0 };
    /// The latest timestamp: the last nanosecond of the year 9999.
    pub const MAX: Self = Self { seconds: LAST, nanos: 999_999_999 };
    /// The Unix epoch: the start of 1970, UTC.
    pub const UNIX_EPOCH: Self = Self { seconds: 0, nanos: 0 };

    /// Returns the current time.
    #[must_use]
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// Creates a timestamp from the seconds since the Unix epoch; `None` if it is out of range.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Option<Self> {
        if seconds < FIRST || seconds > LAST { None } else { Some(Self { seconds, nanos: 0 }) }
    }

    /// Creates a timestamp from the microseconds since the Unix epoch; `None` if it is out of range.
    #[must_use]
    pub fn from_micros(micros: i64) -> Option<Self> {
        let nanos = i128::from(micros) * 1000;
        (nanos.div_euclid(NANOS) >= FIRST.into() && nanos.div_euclid(NANOS) <= LAST.into())
            .then(|| Self::from_nanos(nanos))
    }

    /// Returns the seconds since the Unix epoch, rounded down.
    #[must_use]
    pub const fn as_seconds(self) -> i64 {
        self.seconds
    }

    /// Returns the microseconds since the Unix epoch, rounded down.
    #[must_use]
    pub fn as_micros(self) -> i64 {
        self.seconds * 1_000_000 + i64::from(self.nanos / 1000)
    }

    /// Returns the nanoseconds within the second.
    #[must_use]
    pub const fn subsec_nanos(self) -> u32 {
        self.nanos
    }

    /// Returns the duration from an earlier timestamp to this one; `None` if the other one is later.
    #[must_use]
    pub fn since(self, earlier: Self) -> Option<Duration> {
        let nanos = u128::try_from(self.nanos() - earlier.nanos()).ok()?;
        let seconds = u64::try_from(nanos / NANOS.unsigned_abs()).ok()?;
        let subsec = u32::try_from(nanos % NANOS.unsigned_abs()).ok()?;
        Some(Duration::new(seconds, subsec))
    }

    /// Returns the nanoseconds since the Unix epoch.
    fn nanos(self) -> i128 {
        i128::from(self.seconds) * NANOS + i128::from(self.nanos)
    }

    /// Creates a timestamp from the nanoseconds since the Unix epoch, clamped to the range.
    pub(super) fn from_nanos(nanos: i128) -> Self {
        let nanos = nanos.clamp(Self::MIN.nanos(), Self::MAX.nanos());
        match (i64::try_from(nanos.div_euclid(NANOS)), u32::try_from(nanos.rem_euclid(NANOS))) {
            (Ok(seconds), Ok(nanos)) => Self { seconds, nanos },
            _ => Self::UNIX_EPOCH,
        }
    }
}

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let nanos = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i128::try_from(after.as_nanos()),
            Err(error) => i128::try_from(error.duration().as_nanos()).map(|before| -before),
        };
        Self::from_nanos(nanos.unwrap_or(i128::MAX))
    }
}

/// A timestamp outside the range of `SystemTime` becomes the Unix epoch. The years 1900 to 9999 are in the range on
/// every platform.
impl From<Timestamp> for SystemTime {
    fn from(timestamp: Timestamp) -> Self {
        let distance = Duration::new(timestamp.seconds.unsigned_abs(), 0);
        let whole = if timestamp.seconds < 0 {
            UNIX_EPOCH.checked_sub(distance)
        } else {
            UNIX_EPOCH.checked_add(distance)
        };
        let nanos = Duration::from_nanos(timestamp.nanos.into());
        whole.and_then(|whole| whole.checked_add(nanos)).unwrap_or(UNIX_EPOCH)
    }
}

impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self::from_nanos(
            self.nanos().saturating_add(i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX)),
        )
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        Self::from_nanos(
            self.nanos().saturating_sub(i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX)),
        )
    }
}

impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(text: &str) -> Result<Self, ParseTimestampError> {
        let error = || ParseTimestampError(());
        let time = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| error())?;
        // An offset may lead out of the year 0000 or 9999, where RFC 3339 has no form in UTC.
        let seconds = time.unix_timestamp();
        Self::from_seconds(seconds).map(|whole| Self { nanos: time.nanosecond(), ..whole }).ok_or_else(error)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = OffsetDateTime::from_unix_timestamp(self.seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let (year, month, day) = time.to_calendar_date();
        let (hour, minute, second) = time.to_hms();
        write!(f, "{year:04}-{:02}-{day:02}T{hour:02}:{minute:02}:{second:02}", u8::from(month))?;
        if self.nanos != 0 {
            let digits = format!("{:09}", self.nanos);
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }
        f.write_str("Z")
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// An error for a string that is not an RFC 3339 timestamp.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseTimestampError(());

impl fmt::Display for ParseTimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date and time with an offset, such as 2026-03-05T10:11:12Z")
    }
}

impl Error for ParseTimestampError {}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use proptest::prelude::*;

    use super::Timestamp;

    fn text(text: &str) -> String {
        text.parse::<Timestamp>().map_or_else(|error| error.to_string(), |time| time.to_string())
    }

    #[test]
    fn every_rfc_3339_form_is_parsed() {
        for (from, to) in [
            ("2026-03-05T10:11:12Z", "2026-03-05T10:11:12Z"),
            ("2026-03-05T10:11:12+00:00", "2026-03-05T10:11:12Z"),
            ("2026-03-05T10:11:12-03:30", "2026-03-05T13:41:12Z"),
            ("2026-03-05T10:11:12.123456Z", "2026-03-05T10:11:12.123456Z"),
            ("2026-03-05T10:11:12.500000Z", "2026-03-05T10:11:12.5Z"),
            ("2026-03-05T10:11:12.000000001Z", "2026-03-05T10:11:12.000000001Z"),
            ("1969-12-31T23:59:59.9Z", "1969-12-31T23:59:59.9Z"),
            ("2024-02-29t00:00:00z", "2024-02-29T00:00:00Z"),
            ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
        ] {
            assert_eq!(text(from), to);
        }
    }

    #[test]
    fn other_strings_are_rejected() {
        for from in [
            "",
            "2026-03-05",
            "2026-03-05T10:11:12",
            "2026-02-29T00:00:00Z",
            "2026-03-05T24:00:00Z",
            "1772705472",
            "0000-01-01T00:00:00+01:00",
            "9999-12-31T23:59:59-01:00",
            " 2026-03-05T10:11:12Z",
            "2026-03-05T10:11:12Z ",
        ] {
            assert!(text(from).starts_with("not a date and time"), "{from}");
        }
    }

    #[test]
    fn times_before_1970_have_negative_seconds() {
        let time: Timestamp = "1969-12-31T23:59:58.750001Z".parse().unwrap();
        assert_eq!((time.as_seconds(), time.as_micros(), time.subsec_nanos()), (-2, -1_249_999, 750_001_000));
        assert_eq!(Timestamp::from_micros(-1_249_999), Some(time));
        assert_eq!(Timestamp::from_seconds(i64::MAX), None);
        assert_eq!(Timestamp::from_micros(i64::MIN), None);
    }

    #[test]
    fn arithmetic_stays_in_range() {
        let day = Duration::from_secs(24 * 60 * 60);
        let time = Timestamp::UNIX_EPOCH + day;
        assert_eq!(time.to_string(), "1970-01-02T00:00:00Z");
        assert_eq!(time - day - Duration::from_nanos(1), "1969-12-31T23:59:59.999999999Z".parse().unwrap());
        assert_eq!(time + Duration::MAX, Timestamp::MAX);
        assert_eq!(time - Duration::MAX, Timestamp::MIN);
        assert_eq!((time.since(Timestamp::UNIX_EPOCH), Timestamp::UNIX_EPOCH.since(time)), (Some(day), None));
        assert!(Timestamp::now() > time);
    }

    #[test]
    fn system_times_are_kept_to_the_nanosecond() {
        for time in [
            UNIX_EPOCH + Duration::from_millis(1500),
            UNIX_EPOCH - Duration::from_millis(1500),
            SystemTime::now(),
        ] {
            assert_eq!(SystemTime::from(Timestamp::from(time)), time);
        }
    }

    proptest! {
        #[test]
        fn a_written_timestamp_is_parsed_to_the_same_time(
            seconds in Timestamp::MIN.as_seconds()..=Timestamp::MAX.as_seconds(),
            nanos in 0_u32..1_000_000_000,
        ) {
            let time = Timestamp { seconds, nanos };
            prop_assert_eq!(time.to_string().parse::<Timestamp>(), Ok(time));
            prop_assert_eq!(Timestamp::from(SystemTime::from(time)), time);
        }
    }
}
