//! Points in time as integers.

use std::time::SystemTime;

use super::timestamp::Timestamp;

macro_rules! unix_time {
    ($type:ident, $unit:literal, $nanos:literal, $read:ident) => {
        impl $type {
            #[doc = concat!("Creates a point in time from the ", $unit, " since the Unix epoch.")]
            #[must_use]
            pub const fn new(value: i64) -> Self {
                Self(value)
            }

            #[doc = concat!("Returns the ", $unit, " since the Unix epoch.")]
            #[must_use]
            pub const fn get(self) -> i64 {
                self.0
            }

            /// Returns the current time.
            #[must_use]
            pub fn now() -> Self {
                Timestamp::now().into()
            }
        }

        /// Rounds down to the unit.
        impl From<Timestamp> for $type {
            fn from(timestamp: Timestamp) -> Self {
                Self(timestamp.$read())
            }
        }

        /// A time outside the range of [`Timestamp`] becomes its minimum or maximum.
        impl From<$type> for Timestamp {
            fn from(time: $type) -> Self {
                Self::from_nanos(i128::from(time.0) * $nanos)
            }
        }

        /// Rounds down to the unit.
        impl From<SystemTime> for $type {
            fn from(time: SystemTime) -> Self {
                Timestamp::from(time).into()
            }
        }

        impl From<$type> for SystemTime {
            fn from(time: $type) -> Self {
                Timestamp::from(time).into()
            }
        }
    };
}

/// A point in time, in seconds since the Unix epoch; an integer in JSON.
///
/// There is no `From<i64>`, because some endpoints count seconds and others microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnixSeconds(i64);

/// A point in time, in microseconds since the Unix epoch; an integer in JSON.
///
/// There is no `From<i64>`, because some endpoints count seconds and others microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnixMicros(i64);

unix_time!(UnixSeconds, "seconds", 1_000_000_000, as_seconds);
unix_time!(UnixMicros, "microseconds", 1000, as_micros);

/// Rounds down to a second.
impl From<UnixMicros> for UnixSeconds {
    fn from(time: UnixMicros) -> Self {
        Self(time.0.div_euclid(1_000_000))
    }
}

/// A time outside the range of an `i64` becomes its minimum or maximum.
impl From<UnixSeconds> for UnixMicros {
    fn from(time: UnixSeconds) -> Self {
        Self(time.0.saturating_mul(1_000_000))
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::{Timestamp, UnixMicros, UnixSeconds};

    #[test]
    fn seconds_and_microseconds_convert_into_each_other() {
        let time: Timestamp = "1969-12-31T23:59:58.750001Z".parse().unwrap();
        assert_eq!(UnixSeconds::from(time), UnixSeconds::new(-2));
        assert_eq!(UnixMicros::from(time).get(), -1_249_999);
        assert_eq!(Timestamp::from(UnixMicros::new(-1_249_999)), time);
        assert_eq!(UnixSeconds::from(UnixMicros::new(-1)), UnixSeconds::new(-1));
        assert_eq!(UnixMicros::from(UnixSeconds::new(3)), UnixMicros::new(3_000_000));
        assert_eq!(Timestamp::from(UnixSeconds::new(i64::MAX)), Timestamp::MAX);
        assert_eq!(UnixSeconds::from(UNIX_EPOCH - Duration::from_millis(1500)), UnixSeconds::new(-2));
    }
}
