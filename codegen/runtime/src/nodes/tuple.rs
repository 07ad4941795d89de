//! `Node` for tuples: arrays whose items have different types.
//!
//! An item that may be missing is an `Option`, one that may also be null a `Maybe`. Only the last items may be missing: an
//! absent item before another one is written as null.

use std::ops::{Deref, DerefMut};

use crate::model::node::{ArraySlot, ArrayView, Decode, Node, Slot, View, slot_of, view_of};
use crate::serde::{Deserialize, Deserializer, Serialize, Serializer};
use crate::types::tuple::Tuple;

macro_rules! tuples {
    ($(($($index:tt $item:ident)+) $count:literal;)*) => {$(
        array! { [$($item: Decode),+] ($($item,)+) }

        impl<$($item: Decode),+> Decode for ($($item,)+) {
            #[inline]
            fn blank() -> Self {
                ($($item::blank(),)+)
            }
        }

        impl<$($item: Decode),+> ArraySlot for ($($item,)+) {
            fn push(&mut self, index: usize) -> Option<Slot<'_>> {
                match index {
                    $($index => Some(slot_of(&mut self.$index)),)+
                    _ => None,
                }
            }

            fn pop(&mut self) -> bool {
                false
            }

            fn lengths(&mut self) -> Option<(usize, usize)> {
                let mut min = 0;
                $(if !slot_of(&mut self.$index).is_optional() {
                    min = $index + 1;
                })+
                Some((min, $count))
            }
        }

        impl<$($item: Decode),+> ArrayView for ($($item,)+) {
            fn len(&self) -> usize {
                let is_present = |index: &usize| !matches!(self.get(*index), View::Absent);
                (0..$count).rev().find(is_present).map_or(0, |index| index + 1)
            }

            fn positions(&self) -> usize {
                $count
            }

            fn get(&self, index: usize) -> View<'_> {
                match index {
                    $($index => view_of(&self.$index),)+
                    _ => View::Absent,
                }
            }
        }
    )*};
}

tuples! {
    (0 A) 1;
    (0 A 1 B) 2;
    (0 A 1 B 2 C) 3;
    (0 A 1 B 2 C 3 D) 4;
    (0 A 1 B 2 C 3 D 4 E) 5;
    (0 A 1 B 2 C 3 D 4 E 5 F) 6;
    (0 A 1 B 2 C 3 D 4 E 5 F 6 G) 7;
    (0 A 1 B 2 C 3 D 4 E 5 F 6 G 7 H) 8;
    (0 A 1 B 2 C 3 D 4 E 5 F 6 G 7 H 8 I) 9;
    (0 A 1 B 2 C 3 D 4 E 5 F 6 G 7 H 8 I 9 J) 10;
    (0 A 1 B 2 C 3 D 4 E 5 F 6 G 7 H 8 I 9 J 10 K) 11;
    (0 A 1 B 2 C 3 D 4 E 5 F 6 G 7 H 8 I 9 J 10 K 11 L) 12;
}

array! { [T: Decode + ArraySlot + ArrayView, R: Decode] Tuple<T, R> }

impl<T: Decode + ArraySlot + ArrayView, R: Decode> Decode for Tuple<T, R> {
    #[inline]
    fn blank() -> Self {
        Self { items: T::blank(), rest: Vec::new() }
    }
}

impl<T: Decode + ArraySlot + ArrayView, R: Decode> ArraySlot for Tuple<T, R> {
    fn push(&mut self, index: usize) -> Option<Slot<'_>> {
        if index < ArrayView::positions(&self.items) {
            return self.items.push(index);
        }
        ArraySlot::push(&mut self.rest, index)
    }

    fn pop(&mut self) -> bool {
        self.rest.pop().is_some()
    }

    fn lengths(&mut self) -> Option<(usize, usize)> {
        self.items.lengths()
    }
}

impl<T: ArrayView, R: Node> ArrayView for Tuple<T, R> {
    fn len(&self) -> usize {
        if self.rest.is_empty() { self.items.len() } else { self.positions() }
    }

    fn positions(&self) -> usize {
        self.items.positions() + self.rest.len()
    }

    fn get(&self, index: usize) -> View<'_> {
        match index.checked_sub(self.items.positions()) {
            None => self.items.get(index),
            Some(index) => self.rest.as_slice().get(index).map_or(View::Absent, view_of),
        }
    }
}

impl<T, R> Deref for Tuple<T, R> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.items
    }
}

impl<T, R> DerefMut for Tuple<T, R> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.items
    }
}

impl<T, R> Serialize for Tuple<T, R>
where
    Self: Node,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::encode::serialize::serialize(self, serializer)
    }
}

impl<'de, T, R> Deserialize<'de> for Tuple<T, R>
where
    Self: Decode,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::decode::transcode::deserialize(deserializer)
    }
}
