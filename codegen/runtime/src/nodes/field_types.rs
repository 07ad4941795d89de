//! The field types of this crate.

use crate::model::extra::Extra;
use crate::model::node::{IntegerSlot, Node, OptionalSlot, ParseSlot, Slot, View, slot_of, view_of};
use crate::through_driver;
use crate::types::maybe::Maybe;
use crate::types::number::Number;
use crate::types::timestamp::Timestamp;
use crate::types::unix_time::{UnixMicros, UnixSeconds};

impl Node for Extra {
    fn slot(&mut self) -> Slot<'_> {
        Slot::Extra(self)
    }

    fn view(&self) -> View<'_> {
        View::Extra(self)
    }
}

impl<T: Node + Default> Node for Maybe<T> {
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Optional(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        match self {
            Self::Absent => View::Absent,
            Self::Null => View::Null,
            Self::Value(value) => view_of(value),
        }
    }
}

impl<T: Node + Default> OptionalSlot for Maybe<T> {
    fn set_null(&mut self) -> bool {
        *self = Self::Null;
        true
    }

    fn present(&mut self) -> Slot<'_> {
        *self = Self::Value(T::default());
        match self {
            Self::Value(value) => slot_of(value),
            Self::Absent | Self::Null => Slot::Unit,
        }
    }
}

impl Node for Number {
    fn slot(&mut self) -> Slot<'_> {
        Slot::Number(self.as_json_mut())
    }

    fn view(&self) -> View<'_> {
        View::Number(self.as_json())
    }
}

through_driver!(Number);

impl ParseSlot for Timestamp {
    fn expected(&self) -> &'static str {
        "a date and time with an offset, such as 2026-03-05T10:11:12Z"
    }

    fn parse(&mut self, text: &str) -> bool {
        text.parse().map(|timestamp| *self = timestamp).is_ok()
    }
}

impl Node for Timestamp {
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Parsed(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::Time(*self)
    }
}

through_driver!(Timestamp);

macro_rules! unix_time {
    ($($type:ty),*) => {$(
        impl IntegerSlot for $type {
            fn set(&mut self, value: i64) {
                *self = Self::new(value);
            }
        }

        impl Node for $type {
            #[inline]
            fn slot(&mut self) -> Slot<'_> {
                Slot::Integer(self)
            }

            #[inline]
            fn view(&self) -> View<'_> {
                View::I64(self.get())
            }
        }

        through_driver!($type);
    )*};
}

unix_time!(UnixSeconds, UnixMicros);
