//! Points in time as integers.

use std::time::SystemTime;

use super::slot::IntegerSlot;
use super::{Node, Slot, Timestamp, View};

macro_rules! unix_time {
    ($type:ident, $unit:literal, $nanos:literal, $read:ident) => {
        impl $type {
            #[doc = concat!("The point in time so many ", $unit, " after the start of 1970.")]
            #[must_use]
            pub const fn new(value: i64) -> Self {
                Self(value)
            }

            #[doc = concat!("The ", $unit, " since the start of 1970.")]
            #[must_use]
            pub const fn get(self) -> i64 {
                self.0
            }

            /// The current time.
            #[must_use]
            pub fn now() -> Self {
                Timestamp::now().into()
            }
        }

        /// A fraction is cut towards the past.
        impl From<Timestamp> for $type {
            fn from(timestamp: Timestamp) -> Self {
                Self(timestamp.$read())
            }
        }

        /// Out of the range of [`Timestamp`], its nearest end.
        impl From<$type> for Timestamp {
            fn from(time: $type) -> Self {
                Self::from_nanos(i128::from(time.0) * $nanos)
            }
        }

        /// A fraction is cut towards the past.
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

        impl IntegerSlot for $type {
            fn set(&mut self, value: i64) {
                self.0 = value;
            }
        }

        impl Node for $type {
            #[inline]
            fn slot(&mut self) -> Slot<'_> {
                Slot::Integer(self)
            }

            #[inline]
            fn view(&self) -> View<'_> {
                View::I64(self.0)
            }
        }

        through_driver!($type);
    };
}

/// A point in time in whole seconds since the start of 1970, an integer on the wire.
///
/// There is deliberately no conversion from a bare integer: some endpoints count seconds and others
/// microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnixSeconds(i64);

/// A point in time in whole microseconds since the start of 1970, an integer on the wire.
///
/// There is deliberately no conversion from a bare integer: some endpoints count seconds and others
/// microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnixMicros(i64);

unix_time!(UnixSeconds, "seconds", 1_000_000_000, as_seconds);
unix_time!(UnixMicros, "microseconds", 1000, as_micros);

/// A fraction is cut towards the past.
impl From<UnixMicros> for UnixSeconds {
    fn from(time: UnixMicros) -> Self {
        Self(time.0.div_euclid(1_000_000))
    }
}

/// Out of the range of 64 bits, its nearest end.
impl From<UnixSeconds> for UnixMicros {
    fn from(time: UnixSeconds) -> Self {
        Self(time.0.saturating_mul(1_000_000))
    }
}
