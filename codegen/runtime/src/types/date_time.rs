//! Dates and times as strings: RFC 3339, and the variations that servers send.

use std::fmt;

use time::{Date, Month};

use super::accuracy::Accuracy;

/// The Julian day of 1970-01-01.
const EPOCH_DAY: i64 = 2_440_588;
const DAY: i64 = 24 * 60 * 60;
/// Days from 1970 to a year that is out of range.
const OUT_OF_RANGE: i64 = 10_000_000;
/// The years 0000 to 9999, in seconds since 1970.
pub(super) const FIRST: i64 = -62_167_219_200;
pub(super) const LAST: i64 = 253_402_300_799;
/// The largest offset from UTC, in minutes.
const MAX_OFFSET: i16 = 23 * 60 + 59;
/// In place of an offset: there is none.
const NO_OFFSET: i16 = i16::MIN;
/// The number of fractional digits that fit into nanoseconds.
const MAX_DIGITS: usize = 9;

/// How a date and time is written. Four bytes, so that a timestamp needs no more memory than its nanoseconds do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DateTimeFormat {
    /// The offset from UTC in minutes, or `NO_OFFSET`.
    offset: i16,
    /// The least number of fractional digits.
    digits: u8,
    flags: u8,
}

/// `z` instead of `Z`.
const SMALL_Z: u8 = 1;
/// An offset as numbers, and not `Z`.
const NUMERIC: u8 = 1 << 1;
/// An offset without a colon.
const NO_COLON: u8 = 1 << 2;
/// An offset of hours only.
const HOURS_ONLY: u8 = 1 << 3;
/// `t` between date and time.
const SMALL_T: u8 = 1 << 4;
/// A space between date and time.
const SPACE: u8 = 1 << 5;
/// No seconds.
const NO_SECONDS: u8 = 1 << 6;
/// A leap second: the time is written as the second 60 of the minute before it.
const LEAP: u8 = 1 << 7;

/// A point in time, as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DateTime {
    /// The seconds since 1970, rounded down; of the local time in UTC if there is no offset.
    pub(super) seconds: i64,
    pub(super) nanos: u32,
    pub(super) format: DateTimeFormat,
    pub(super) accuracy: Accuracy,
}

impl DateTimeFormat {
    /// UTC, with as many digits as needed.
    pub(super) const UTC: Self = Self { offset: 0, digits: 0, flags: 0 };

    /// Returns the format with an offset, written as numbers; `None` if it is a day or more.
    pub(super) fn with_offset(self, minutes: i16) -> Option<Self> {
        let is_valid = (-MAX_OFFSET..=MAX_OFFSET).contains(&minutes);
        is_valid.then_some(Self { offset: minutes, flags: self.flags & !LEAP | NUMERIC, ..self })
    }

    /// Returns the offset in minutes, if there is one.
    pub(super) const fn offset(self) -> Option<i16> {
        if self.offset == NO_OFFSET { None } else { Some(self.offset) }
    }

    /// Returns the format for another time.
    pub(super) const fn of_another_time(self) -> Self {
        Self { flags: self.flags & !LEAP, ..self }
    }

    const fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Returns the seconds from the UTC time to the local time.
    pub(super) fn shift(self) -> i64 {
        i64::from(self.offset().unwrap_or(0)) * 60
    }
}

/// Reads a date and time.
pub(super) fn read(text: &str) -> Option<DateTime> {
    text.as_bytes().try_into().ok().and_then(read_usual).or_else(|| read_any(text))
}

/// Reads the usual form, `2026-03-05T10:11:12Z`; `None` if the text may have another one.
fn read_usual(text: &[u8; 20]) -> Option<DateTime> {
    let [y0, y1, y2, y3, b'-', o0, o1, b'-', d0, d1, b'T', h0, h1, b':', m0, m1, b':', s0, s1, b'Z'] = *text
    else {
        return None;
    };
    let pair = |tens: u8, ones: u8| {
        let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
        (tens < 10 && ones < 10).then(|| tens * 10 + ones)
    };
    let year = i32::from(pair(y0, y1)?) * 100 + i32::from(pair(y2, y3)?);
    let date = Date::from_calendar_date(year, Month::try_from(pair(o0, o1)?).ok()?, pair(d0, d1)?).ok()?;
    let (hour, minute, second) = (pair(h0, h1)?, pair(m0, m1)?, pair(s0, s1)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let second_of_day = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
    let seconds = (i64::from(date.to_julian_day()) - EPOCH_DAY) * DAY + second_of_day;
    Some(DateTime { seconds, nanos: 0, format: DateTimeFormat::UTC, accuracy: Accuracy::Exact })
}

/// Reads a date and time of any form.
fn read_any(text: &str) -> Option<DateTime> {
    let mut cursor = Cursor { rest: text.as_bytes(), accuracy: Accuracy::Exact };
    let days = cursor.date()?;
    let mut format = DateTimeFormat { offset: NO_OFFSET, digits: 0, flags: 0 };
    let (mut second_of_day, mut nanos) = (0, 0);
    if let Some(separator) = cursor.byte() {
        format.flags |= match separator {
            b'T' => 0,
            b't' => SMALL_T,
            b' ' => SPACE,
            _ => return None,
        };
        (second_of_day, nanos) = cursor.time(&mut format)?;
        cursor.offset(&mut format)?;
    } else {
        cursor.accuracy = Accuracy::Rounded;
    }
    let seconds = days * DAY + second_of_day - format.shift();
    if (FIRST..=LAST).contains(&seconds) {
        return Some(DateTime { seconds, nanos, format, accuracy: cursor.accuracy });
    }
    let (seconds, nanos) = if seconds < FIRST { (FIRST, 0) } else { (LAST, 999_999_999) };
    Some(DateTime { seconds, nanos, format: DateTimeFormat::UTC, accuracy: Accuracy::OutOfRange })
}

/// Reads the parts of a date and time in their order.
struct Cursor<'t> {
    rest: &'t [u8],
    accuracy: Accuracy,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn expect(&mut self, expected: u8) -> Option<()> {
        (self.byte()? == expected).then_some(())
    }

    /// Reads a byte if it is the next one.
    fn skip(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        if is_next {
            self.byte();
        }
        is_next
    }

    fn two_digits(&mut self) -> Option<u8> {
        let digit = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
        Some(digit(self.byte()?)? * 10 + digit(self.byte()?)?)
    }

    /// Reads digits, and returns their number and value. More than 18 of them are not read.
    fn digits(&mut self) -> Option<(usize, i64)> {
        let length = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.rest.split_at_checked(length).filter(|_| (1..=18).contains(&length))?;
        self.rest = rest;
        Some((length, digits.iter().fold(0, |value, byte| value * 10 + i64::from(byte - b'0'))))
    }

    /// Reads a date, and returns the days since 1970.
    fn date(&mut self) -> Option<i64> {
        let sign = self.peek().filter(|byte| matches!(byte, b'+' | b'-'));
        if sign.is_some() {
            // RFC 3339 has years of four digits only, ISO 8601 has others with a sign.
            self.accuracy = Accuracy::Rounded;
            self.byte();
        }
        let (length, year) = self.digits()?;
        if length < 4 || (length > 4 && sign.is_none()) {
            return None;
        }
        let year = if sign == Some(b'-') { -year } else { year };
        self.expect(b'-')?;
        let month = Month::try_from(self.two_digits()?).ok()?;
        self.expect(b'-')?;
        let day = self.two_digits()?;
        let is_near = (0..=9999).contains(&year);
        // The calendar repeats every 400 years.
        let near = if is_near { year } else { 2000 + year.rem_euclid(400) };
        let date = Date::from_calendar_date(i32::try_from(near).ok()?, month, day).ok()?;
        Some(match is_near {
            true => i64::from(date.to_julian_day()) - EPOCH_DAY,
            false if year < 0 => -OUT_OF_RANGE,
            false => OUT_OF_RANGE,
        })
    }

    /// Reads a time of day: its seconds and nanoseconds.
    fn time(&mut self, format: &mut DateTimeFormat) -> Option<(i64, u32)> {
        let hour = self.two_digits()?;
        self.expect(b':')?;
        let minute = self.two_digits()?;
        let (mut second, mut nanos) = (0, 0);
        if self.skip(b':') {
            second = self.two_digits()?;
            nanos = self.fraction(format)?;
        } else {
            format.flags |= NO_SECONDS;
        }
        if second == 60 {
            format.flags |= LEAP;
        }
        if hour == 24 {
            // Midnight at the end of the day, as in ISO 8601.
            self.accuracy = Accuracy::Rounded;
        }
        let is_valid =
            (hour < 24 && minute < 60 && second <= 60) || (hour, minute, second, nanos) == (24, 0, 0, 0);
        is_valid.then(|| (i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second), nanos))
    }

    /// Reads the fraction of a second, if there is one.
    fn fraction(&mut self, format: &mut DateTimeFormat) -> Option<u32> {
        if self.skip(b',') {
            self.accuracy = Accuracy::Rounded;
        } else if !self.skip(b'.') {
            return Some(0);
        }
        let length = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (digits, rest) = self.rest.split_at_checked(length).filter(|_| length > 0)?;
        self.rest = rest;
        if length > MAX_DIGITS {
            self.accuracy = Accuracy::Rounded;
        }
        format.digits = u8::try_from(length.min(MAX_DIGITS)).ok()?;
        let digits = digits.iter().map(|byte| u32::from(byte - b'0')).chain(std::iter::repeat(0));
        Some(digits.take(MAX_DIGITS).fold(0, |value, digit| value * 10 + digit))
    }

    /// Reads the offset, up to the end of the text. There may be none.
    fn offset(&mut self, format: &mut DateTimeFormat) -> Option<()> {
        match self.rest {
            [] => return Some(()),
            b"Z" => format.offset = 0,
            b"z" => (format.offset, format.flags) = (0, format.flags | SMALL_Z),
            b" UTC" | b" GMT" | b" Z" | b"UTC" | b"GMT" => {
                (format.offset, self.accuracy) = (0, Accuracy::Rounded);
            }
            _ => return self.numeric_offset(format),
        }
        Some(())
    }

    fn numeric_offset(&mut self, format: &mut DateTimeFormat) -> Option<()> {
        if self.skip(b' ') {
            self.accuracy = Accuracy::Rounded;
        }
        let sign = self.byte()?;
        let hours = i16::from(self.two_digits()?);
        let minutes = match self.peek() {
            None => {
                format.flags |= HOURS_ONLY;
                0
            }
            Some(b':') => {
                self.byte();
                i16::from(self.two_digits()?)
            }
            Some(_) => {
                format.flags |= NO_COLON;
                i16::from(self.two_digits()?)
            }
        };
        let minutes = match sign {
            _ if hours > 23 || minutes > 59 => return None,
            b'+' => hours * 60 + minutes,
            b'-' => -(hours * 60 + minutes),
            _ => return None,
        };
        // The offset `-00:00` means that the local offset is unknown.
        if sign == b'-' && minutes == 0 {
            self.accuracy = Accuracy::Rounded;
        }
        (format.offset, format.flags) = (minutes, format.flags | NUMERIC);
        self.rest.is_empty().then_some(())
    }
}

/// Writes a date and time.
pub(super) fn write(
    seconds: i64,
    nanos: u32,
    format: DateTimeFormat,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let local = seconds + format.shift();
    let is_leap = format.has(LEAP) && local.rem_euclid(60) == 0;
    let local = if is_leap { local - 1 } else { local };
    let (days, second_of_day) = (local.div_euclid(DAY), local.rem_euclid(DAY));
    let (hour, minute) = (second_of_day / 3600, second_of_day / 60 % 60);
    let second = second_of_day % 60 + i64::from(is_leap);
    let day = i32::try_from(days + EPOCH_DAY).ok().and_then(|day| Date::from_julian_day(day).ok());
    let (year, month, day) = day.unwrap_or(Date::MAX).to_calendar_date();
    let separator = match format.flags & (SMALL_T | SPACE) {
        0 => 'T',
        SMALL_T => 't',
        _ => ' ',
    };
    write!(f, "{year:04}-{:02}-{day:02}{separator}{hour:02}:{minute:02}", u8::from(month))?;
    if !format.has(NO_SECONDS) || second != 0 || nanos != 0 {
        write!(f, ":{second:02}")?;
        write_fraction(nanos, format.digits, f)?;
    }
    write_offset(format, f)
}

fn write_fraction(nanos: u32, least: u8, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let digits = format!("{nanos:09}");
    let needed = digits.trim_end_matches('0').len();
    match digits.get(..needed.max(usize::from(least))) {
        Some("") | None => Ok(()),
        Some(digits) => write!(f, ".{digits}"),
    }
}

fn write_offset(format: DateTimeFormat, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Some(offset) = format.offset() else { return Ok(()) };
    if !format.has(NUMERIC) {
        return f.write_str(if format.has(SMALL_Z) { "z" } else { "Z" });
    }
    let sign = if offset < 0 { '-' } else { '+' };
    let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
    write!(f, "{sign}{hours:02}")?;
    match (format.has(HOURS_ONLY), format.has(NO_COLON)) {
        (true, _) if minutes == 0 => Ok(()),
        (_, true) => write!(f, "{minutes:02}"),
        _ => write!(f, ":{minutes:02}"),
    }
}
