//! `Node` for the field types of this crate.

use crate::impl_serde;
use crate::model::extra::Extra;
use crate::model::node::{
    ConvertedSlot, Decode, Node, OptionalSlot, ParseSlot, Slot, View, slot_of, view_of,
};
use crate::model::slot::INTEGER;
use crate::types::accuracy::Accuracy;
use crate::types::maybe::Maybe;
use crate::types::null::Null;
use crate::types::number::{Number, NumberView};
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

    fn clear(&mut self) {
        *self = Self::Absent;
    }

    fn present(&mut self) -> Slot<'_> {
        *self = Self::Value(T::blank());
        match self {
            Self::Value(value) => slot_of(value),
            Self::Absent | Self::Null => Slot::Unit,
        }
    }
}

impl Node for Null {
    fn slot(&mut self) -> Slot<'_> {
        Slot::Null
    }

    fn view(&self) -> View<'_> {
        View::Null
    }
}

impl Decode for Null {
    const IS_NULL: bool = true;

    fn blank() -> Self {
        Self
    }
}

impl_serde!(Null);

impl Node for Number {
    fn slot(&mut self) -> Slot<'_> {
        Slot::Number(self)
    }

    fn view(&self) -> View<'_> {
        match Number::view(self) {
            NumberView::Integer(integer) => View::I64(integer),
            NumberView::Text(text) => View::Json(text),
        }
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
        "a date and time, such as 2026-03-05T10:11:12Z"
    }

    fn parse(&mut self, text: &str) -> Option<Accuracy> {
        let (timestamp, accuracy) = Self::read(text)?;
        *self = timestamp;
        Some(accuracy)
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
        impl ConvertedSlot for $type {
            fn expected(&self) -> &'static str {
                INTEGER
            }

            fn convert(&mut self, fill: &mut dyn FnMut(Slot<'_>) -> bool) -> Option<bool> {
                let mut value = 0;
                if fill(Slot::I64(&mut value)) {
                    *self = Self::new(value);
                }
                None
            }
        }

        impl Node for $type {
            #[inline]
            fn slot(&mut self) -> Slot<'_> {
                Slot::Converted(self)
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
