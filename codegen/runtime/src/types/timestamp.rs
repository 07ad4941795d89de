//! Points in time as RFC 3339 strings.

use std::cmp::Ordering;
use std::error::Error;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Add, Sub};
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::accuracy::Accuracy;
use super::date_time::{self, DateTimeFormat, FIRST, LAST};

/// A point in time, an RFC 3339 string in JSON: `2026-03-05T10:11:12Z`.
///
/// It is written as it was read: with its offset from UTC, and with as many fractional digits, up to nine. The
/// variations that servers send are read and kept, too: an offset without a colon, a space instead of `T`, no seconds.
/// A timestamp that was not read is written in UTC, with as many digits as needed.
///
/// A time without an offset is taken as UTC, and has no [`offset_minutes`](Self::offset_minutes); if the server means
/// another time zone, use [`assume_offset_minutes`](Self::assume_offset_minutes).
///
/// Comparisons, hashes and arithmetic use the point in time, whatever the offset: `10:00:00+01:00` and `09:00:00Z` are
/// equal. The range is the years 0000 to 9999. `From` conversions and arithmetic that exceed the range result in
/// [`MIN`](Self::MIN) or [`MAX`](Self::MAX).
#[derive(Clone, Copy)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
    format: DateTimeFormat,
}

const NANOS: i128 = 1_000_000_000;
impl Timestamp {
    /// The earliest timestamp: the start of the year 0000.
    pub const MIN: Self = Self::utc(FIRST, 0);
    /// The latest timestamp: the last nanosecond of the year 9999.
    pub const MAX: Self = Self::utc(LAST, 999_999_999);
    /// The Unix epoch: the start of 1970, UTC.
    pub const UNIX_EPOCH: Self = Self::utc(0, 0);

    const fn utc(seconds: i64, nanos: u32) -> Self {
        Self { seconds, nanos, format: DateTimeFormat::UTC }
    }

    /// Returns the current time.
    #[must_use]
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// Creates a timestamp from the seconds since the Unix epoch; `None` if it is out of range.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Option<Self> {
        if seconds < FIRST || seconds > LAST { None } else { Some(Self::utc(seconds, 0)) }
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

    /// Returns the offset from UTC as the timestamp is written, in minutes; `None` if it was read without one.
    ///
    /// ```
    /// use clientwright_runtime::Timestamp;
    ///
    /// let time: Timestamp = "2026-03-05T10:00:00+05:30".parse()?;
    /// assert_eq!(time.offset_minutes(), Some(330));
    /// assert_eq!(time.to_string(), "2026-03-05T10:00:00+05:30");
    /// assert_eq!(time.to_utc().to_string(), "2026-03-05T04:30:00Z");
    /// # Ok::<(), clientwright_runtime::ParseTimestampError>(())
    /// ```
    #[must_use]
    pub const fn offset_minutes(self) -> Option<i16> {
        self.format.offset()
    }

    /// Returns the same point in time, written with another offset. `None` if the offset is a day or more, or the local
    /// time is out of range.
    #[must_use]
    pub fn with_offset_minutes(self, minutes: i16) -> Option<Self> {
        self.written(self.format.with_offset(minutes)?)
    }

    /// Returns the point in time that a time without an offset means in the time zone with this offset. A time with an
    /// offset stays as it is. `None` if the offset is a day or more.
    ///
    /// ```
    /// use clientwright_runtime::Timestamp;
    ///
    /// let time: Timestamp = "2026-03-05T10:00:00".parse()?;
    /// assert_eq!(time.offset_minutes(), None);
    /// assert_eq!(time.assume_offset_minutes(60), Some("2026-03-05T10:00:00+01:00".parse()?));
    /// # Ok::<(), clientwright_runtime::ParseTimestampError>(())
    /// ```
    #[must_use]
    pub fn assume_offset_minutes(self, minutes: i16) -> Option<Self> {
        let format = self.format.with_offset(minutes)?;
        if self.offset_minutes().is_some() {
            return Some(self);
        }
        Some(Self::at(self.nanos() - i128::from(minutes) * 60 * NANOS, format))
    }

    /// Returns the same point in time, written in UTC and with as many digits as needed.
    #[must_use]
    pub const fn to_utc(self) -> Self {
        Self::utc(self.seconds, self.nanos)
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

    /// Returns the same point in time in another format; `None` if its local time is out of range.
    fn written(self, format: DateTimeFormat) -> Option<Self> {
        let local = self.seconds + format.shift();
        (FIRST..=LAST).contains(&local).then_some(Self { format, ..self })
    }

    /// Returns another point in time, written in this format if its local time is in range.
    fn at(nanos: i128, format: DateTimeFormat) -> Self {
        let time = Self::from_nanos(nanos);
        time.written(format).unwrap_or(time)
    }

    /// Reads a date and time, and returns how accurate the timestamp is.
    pub(crate) fn read(text: &str) -> Option<(Self, Accuracy)> {
        let date_time::DateTime { seconds, nanos, format, accuracy } = date_time::read(text)?;
        Some((Self { seconds, nanos, format }, accuracy))
    }

    /// Creates a timestamp from the nanoseconds since the Unix epoch, clamped to the range.
    pub(super) fn from_nanos(nanos: i128) -> Self {
        let nanos = nanos.clamp(Self::MIN.nanos(), Self::MAX.nanos());
        match (i64::try_from(nanos.div_euclid(NANOS)), u32::try_from(nanos.rem_euclid(NANOS))) {
            (Ok(seconds), Ok(nanos)) => Self::utc(seconds, nanos),
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
        let duration = i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX);
        Self::at(self.nanos().saturating_add(duration), self.format.of_another_time())
    }
}

impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        let duration = i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX);
        Self::at(self.nanos().saturating_sub(duration), self.format.of_another_time())
    }
}

impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        (self.seconds, self.nanos) == (other.seconds, other.nanos)
    }
}

impl Eq for Timestamp {}

impl Hash for Timestamp {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.seconds, self.nanos).hash(state);
    }
}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.seconds, self.nanos).cmp(&(other.seconds, other.nanos))
    }
}

/// Digits after the ninth are dropped.
impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(text: &str) -> Result<Self, ParseTimestampError> {
        match Self::read(text) {
            Some((time, Accuracy::Exact | Accuracy::Rounded)) => Ok(time),
            Some((_, Accuracy::OutOfRange)) | None => Err(ParseTimestampError(())),
        }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        date_time::write(self.seconds, self.nanos, self.format, f)
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
        f.write_str("not a date and time, such as 2026-03-05T10:11:12Z")
    }
}

impl Error for ParseTimestampError {}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use proptest::prelude::*;

    use super::{Accuracy, Timestamp};

    fn text(text: &str) -> String {
        text.parse::<Timestamp>().map_or_else(|error| error.to_string(), |time| time.to_string())
    }

    fn in_utc(text: &str) -> String {
        text.parse::<Timestamp>().map_or_else(|error| error.to_string(), |time| time.to_utc().to_string())
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
            ("1990-12-31T23:59:60Z", "1991-01-01T00:00:00Z"),
            ("1990-12-31T15:59:60-08:00", "1991-01-01T00:00:00Z"),
        ] {
            assert_eq!(in_utc(from), to);
            assert_eq!(text(from), from);
        }
    }

    #[test]
    fn other_forms_that_servers_send_are_parsed_and_kept() {
        for (from, to) in [
            ("2026-03-05T10:11:12", "2026-03-05T10:11:12Z"),
            ("2026-03-05T10:11:12.1234567", "2026-03-05T10:11:12.1234567Z"),
            ("2026-03-05 10:11:12.5+02:00", "2026-03-05T08:11:12.5Z"),
            ("2026-03-05T10:11:12+0000", "2026-03-05T10:11:12Z"),
            ("2026-03-05T10:11:12-0330", "2026-03-05T13:41:12Z"),
            ("2026-03-05T10:11:12+01", "2026-03-05T09:11:12Z"),
            ("2026-03-05T10:11Z", "2026-03-05T10:11:00Z"),
            ("2026-03-05T10:11+01:00", "2026-03-05T09:11:00Z"),
            ("2026-03-05t10:11:12.0", "2026-03-05T10:11:12Z"),
        ] {
            assert_eq!(in_utc(from), to);
            assert_eq!(text(from), from);
        }
    }

    #[test]
    fn forms_that_a_timestamp_does_not_keep_are_parsed() {
        for (from, to) in [
            ("2026-03-05", "2026-03-05T00:00:00"),
            ("2026-03-05T24:00:00Z", "2026-03-06T00:00:00Z"),
            ("2026-03-05 10:11:12 UTC", "2026-03-05 10:11:12Z"),
            ("2026-03-05 10:11:12 +0100", "2026-03-05 10:11:12+0100"),
            ("2026-03-05T10:11:12,5Z", "2026-03-05T10:11:12.5Z"),
            ("2026-03-05T10:11:12-00:00", "2026-03-05T10:11:12+00:00"),
            ("2026-03-05T10:11:12.0123456789Z", "2026-03-05T10:11:12.012345678Z"),
            ("+2026-03-05T10:11:12Z", "2026-03-05T10:11:12Z"),
        ] {
            assert_eq!(text(from), to);
            assert_eq!(Timestamp::read(from).unwrap().1, Accuracy::Rounded, "{from}");
        }
    }

    #[test]
    fn other_strings_are_rejected() {
        for from in [
            "",
            "now",
            "2026-02-29T00:00:00Z",
            "2026-03-05T24:00:01Z",
            "2026-03-05T25:00:00Z",
            "2026-03-05T10:60:00Z",
            "2026-03-05T10:11:61Z",
            "2026-03-05T10Z",
            "2026-03-05T10:11:12.Z",
            "2026-03-05T10:11:12+24:00",
            "2026-03-05T10:11:12+01:60",
            "2026-03-05T10:11:12+1:00",
            "2026-03-05T10:11:12Z+01:00",
            "2026-3-5T10:11:12Z",
            "20260305T101112Z",
            "1772705472",
            "0000-01-01T00:00:00+01:00",
            "9999-12-31T23:59:59-01:00",
            "12026-03-05T10:11:12Z",
            "+12026-03-05T10:11:12Z",
            "-0001-03-05T10:11:12Z",
            " 2026-03-05T10:11:12Z",
            "2026-03-05T10:11:12Z ",
        ] {
            assert!(text(from).starts_with("not a date and time"), "{from}");
        }
        let out_of_range = |text| Timestamp::read(text).filter(|read| read.1 == Accuracy::OutOfRange);
        let (far, _) = out_of_range("+12026-03-05T10:11:12Z").unwrap();
        let (early, _) = out_of_range("0000-01-01T00:00:00+01:00").unwrap();
        assert_eq!((far, early), (Timestamp::MAX, Timestamp::MIN));
    }

    #[test]
    fn comparisons_ignore_the_offset() {
        let [time, same]: [Timestamp; 2] =
            ["2026-03-05T10:00:00+05:30", "2026-03-05T04:30:00.000Z"].map(|text| text.parse().unwrap());
        assert_eq!(time, same);
        assert!(time < "2026-03-05T10:00:00".parse().unwrap());
        assert_eq!(time.with_offset_minutes(-90).unwrap().to_string(), "2026-03-05T03:00:00-01:30");
        assert_eq!(time.with_offset_minutes(24 * 60), None);
        assert_eq!(time.assume_offset_minutes(0).unwrap().to_string(), time.to_string());
        let hour = Duration::from_secs(3600);
        assert_eq!((time + hour).to_string(), "2026-03-05T11:00:00+05:30");
        assert_eq!(Timestamp::MAX.with_offset_minutes(60), None);
        assert_eq!((Timestamp::MAX.with_offset_minutes(-60).unwrap() + hour), Timestamp::MAX);
        assert_eq!(size_of::<Timestamp>(), 16);
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
            let time = Timestamp::utc(seconds, nanos);
            prop_assert_eq!(time.to_string().parse::<Timestamp>(), Ok(time));
            prop_assert_eq!(Timestamp::from(SystemTime::from(time)), time);
        }

        #[test]
        fn a_date_and_time_is_written_as_it_was_read(
            text in "[0-9]{4}-(0[1-9]|1[0-2])-([01][0-9]|2[0-8])[Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:([0-5][0-9]|60)([.][0-9]{1,9})?)?([Zz]|[+-](0[0-9]|1[0-9]|2[0-3])(:?[0-5][0-9])?)?",
        ) {
            match Timestamp::read(&text) {
                Some((time, Accuracy::Exact)) => prop_assert_eq!(time.to_string(), text),
                Some((_, Accuracy::Rounded)) => prop_assert!(text.contains("-00")),
                Some((_, Accuracy::OutOfRange)) => {
                    prop_assert!(text.starts_with("0000-01-01") || text.starts_with("9999-12-"));
                }
                None => prop_assert!(text.contains("-00")),
            }
        }

        #[test]
        fn any_text_is_read_or_rejected(text in "[-+0-9TZtz:., UGMC]{0,40}") {
            if let Some((time, Accuracy::Exact)) = Timestamp::read(&text) {
                prop_assert_eq!(time.to_string(), text);
            }
        }
    }
}
