//! `Node` for the field types of this crate.

use crate::impl_serde;
use crate::model::extra::Extra;
use crate::model::node::{Decode, IntegerSlot, Node, OptionalSlot, ParseSlot, Slot, View, slot_of, view_of};
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

impl<T: Decode> Node for Maybe<T> {
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

impl<T: Decode> Decode for Maybe<T> {
    #[inline]
    fn blank() -> Self {
        Self::Absent
    }
}

impl<T: Decode> OptionalSlot for Maybe<T> {
    fn set_null(&mut self) -> bool {
        *self = Self::Null;
        true
    }

    fn present(&mut self) -> Slot<'_> {
        *self = Self::Value(T::blank());
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

impl Decode for Number {
    fn blank() -> Self {
        Self::from(0)
    }
}

impl_serde!(Number);

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

impl Decode for Timestamp {
    #[inline]
    fn blank() -> Self {
        Self::UNIX_EPOCH
    }
}

impl_serde!(Timestamp);

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

        impl Decode for $type {
            #[inline]
            fn blank() -> Self {
                Self::new(0)
            }
        }

        impl_serde!($type);
    )*};
}

unix_time!(UnixSeconds, UnixMicros);
