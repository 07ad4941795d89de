//! `Node` for values of types that this crate doesn't know.

use crate::decode::transcode::deserialize;
use crate::encode::serialize::serialize;
use crate::model::node::{Decode, Node, Slot, View};
use crate::serde::{Deserialize, Deserializer, Serialize, Serializer};
use crate::types::conversion::Conversion;
use crate::types::custom::Custom;

impl<T, C: Conversion<T>> Node for Custom<T, C> {
    fn slot(&mut self) -> Slot<'_> {
        Slot::Custom(self)
    }

    fn view(&self) -> View<'_> {
        if self.value().is_some() { View::Custom(self) } else { View::Absent }
    }
}

impl<T, C: Conversion<T>> Decode for Custom<T, C> {
    fn blank() -> Self {
        Self::blank()
    }
}

impl<T, C: Conversion<T>> Serialize for Custom<T, C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl<'de, T, C: Conversion<T>> Deserialize<'de> for Custom<T, C> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}
