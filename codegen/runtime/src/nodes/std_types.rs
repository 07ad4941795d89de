//! `Node` for types of the standard library and `serde_json`.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde_json::{Map, Value};

use crate::model::descriptor::ModelDescriptor;
use crate::model::node::{
    ArraySlot, ArrayView, Decode, MapSlot, MapView, Node, OptionalSlot, Slot, View, slot_of, view_of,
};

macro_rules! scalar {
    ($($type:ty: $slot:ident $(or $optional:ident)?, $view:expr;)*) => {$(
        impl Node for $type {
            #[inline]
            fn slot(&mut self) -> Slot<'_> {
                Slot::$slot(self)
            }

            #[inline]
            fn view(&self) -> View<'_> {
                let view: fn(&$type) -> View<'_> = $view;
                view(self)
            }
        }

        impl Decode for $type {
            #[inline]
            fn blank() -> Self {
                Self::default()
            }

            $(
                #[inline]
                fn optional(value: &mut Option<Self>) -> Slot<'_> {
                    Slot::$optional(value)
                }
            )?
        }
    )*};
}

scalar! {
    bool: Bool or OptionalBool, |value| View::Bool(*value);
    i64: I64 or OptionalI64, |value| View::I64(*value);
    u64: U64, |value| View::U64(*value);
    f64: F64, |value| View::F64(*value);
    String: String or OptionalString, |value| View::Str(value);
    Value: Any, |value| View::Any(value);
    Map<String, Value>: Free, |value| View::Free(value);
}

impl Node for str {
    fn view(&self) -> View<'_> {
        View::Str(self)
    }
}

/// For encoding only: the values of parameters and bodies.
impl<T: Node + ?Sized> Node for &T {
    fn descriptor(&self) -> Option<&'static ModelDescriptor> {
        (**self).descriptor()
    }

    fn field_at(&self, index: usize) -> &dyn Node {
        (**self).field_at(index)
    }

    fn view(&self) -> View<'_> {
        (**self).view()
    }
}

impl<T: Node> Node for Box<T> {
    #[inline]
    fn descriptor(&self) -> Option<&'static ModelDescriptor> {
        (**self).descriptor()
    }

    #[inline]
    fn field_at(&self, index: usize) -> &dyn Node {
        (**self).field_at(index)
    }

    #[inline]
    fn field_at_mut(&mut self, index: usize) -> &mut dyn Node {
        (**self).field_at_mut(index)
    }

    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        (**self).slot()
    }

    #[inline]
    fn view(&self) -> View<'_> {
        (**self).view()
    }
}

impl<T: Decode> Decode for Box<T> {
    #[inline]
    fn blank() -> Self {
        Self::new(T::blank())
    }
}

impl<T: Decode> Node for Option<T> {
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        T::optional(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Absent, view_of)
    }
}

impl<T: Decode> Decode for Option<T> {
    #[inline]
    fn blank() -> Self {
        None
    }
}

impl<T: Decode> OptionalSlot for Option<T> {
    #[inline]
    fn set_null(&mut self) -> bool {
        *self = if T::IS_NULL { Some(T::blank()) } else { None };
        T::IS_NULL
    }

    #[inline]
    fn clear(&mut self) {
        *self = None;
    }

    #[inline]
    fn present(&mut self) -> Slot<'_> {
        slot_of(self.insert(T::blank()))
    }
}

array! { [T: Decode] Vec<T> }

impl<T: Decode> Decode for Vec<T> {
    #[inline]
    fn blank() -> Self {
        Self::new()
    }
}

impl<T: Decode> ArraySlot for Vec<T> {
    #[inline]
    fn push(&mut self, _index: usize) -> Option<Slot<'_>> {
        self.push(T::blank());
        self.last_mut().map(slot_of)
    }

    #[inline]
    fn pop(&mut self) -> bool {
        self.pop().is_some()
    }
}

impl<T: Node> Node for &[T] {
    fn view(&self) -> View<'_> {
        View::Array(self)
    }
}

impl<T: Node> ArrayView for Vec<T> {
    #[inline]
    fn len(&self) -> usize {
        self.len()
    }

    #[inline]
    fn get(&self, index: usize) -> View<'_> {
        self.as_slice().get(index).map_or(View::Absent, view_of)
    }
}

impl<T: Node> ArrayView for &[T] {
    fn len(&self) -> usize {
        (**self).len()
    }

    fn get(&self, index: usize) -> View<'_> {
        (**self).get(index).map_or(View::Absent, view_of)
    }
}

impl<T: Decode> Node for BTreeMap<String, T> {
    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::Map(self)
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    #[inline]
    fn blank() -> Self {
        Self::new()
    }
}

impl<T: Decode> MapSlot for BTreeMap<String, T> {
    fn entry(&mut self, key: String) -> Option<Slot<'_>> {
        match BTreeMap::entry(self, key) {
            Entry::Vacant(entry) => Some(slot_of(entry.insert(T::blank()))),
            Entry::Occupied(_) => None,
        }
    }

    #[inline]
    fn remove(&mut self, key: &str) {
        BTreeMap::remove(self, key);
    }
}

impl<T: Node> MapView for BTreeMap<String, T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, key: &str) -> Option<View<'_>> {
        BTreeMap::get(self, key).map(view_of)
    }

    fn each(&self, visit: &mut dyn FnMut(&str, View<'_>)) {
        for (key, value) in self {
            visit(key, view_of(value));
        }
    }
}

impl MapView for Map<String, Value> {
    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, key: &str) -> Option<View<'_>> {
        Self::get(self, key).map(View::Any)
    }

    fn each(&self, visit: &mut dyn FnMut(&str, View<'_>)) {
        for (key, value) in self {
            visit(key, View::Any(value));
        }
    }
}
